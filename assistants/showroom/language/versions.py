"""«CLS в версии 53 AMG», «AMG с индексом 43», «майбах на базе GLS»: what stands behind goes on from the name.

Knows the words for a version and for what a car is built on. Refuses those with no number, line or class
behind them: these ask which there are.
"""

from __future__ import annotations

import re

from core.russian import is_known, normalise

_VERSION = re.compile(
    r"\b(?:в\s)?(?:верси[яию]|модификаци[яию]|исполнени[еи])(?=\s(?:\d{2,3}\b|amg\b|амг\b))", re.IGNORECASE
)
_INDEX = re.compile(
    r"\b(?:с\s)?(?:индекс(?:ом)?|цифр(?:ой|ами)|числом)\s(?P<number>\d{2,3})\b(?!\s*(?:тыс|т\b|км|млн|лет|год))",
    re.IGNORECASE,
)


_BUILT_ON = re.compile(
    r"\bна (?:базе|основе|платформе|шасси)(?=\s+(?P<name>[a-z]{1,3}|[а-я]{1,6})(?![а-я]))", re.IGNORECASE
)


def without_versions(text: str) -> str:
    """The text with such words blanked, so that all else stands where it stood; a number that is called an
    index stands right behind its name.
    """
    text = _INDEX.sub(lambda match: match["number"].ljust(len(match[0])), text)
    return _BUILT_ON.sub(_on_a_class, _VERSION.sub(lambda match: " " * len(match[0]), text))


def _on_a_class(match: re.Match[str]) -> str:
    """No word of the dictionary is a class: «на базе отдыха»."""
    return match[0] if is_known(normalise(match["name"])) else " " * len(match[0])
