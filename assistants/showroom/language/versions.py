"""«CLS в версии 53 AMG», «GLC в исполнении 220 d»: the number goes on from the name before it.

Knows the words for a version. Refuses those with no number or line behind them: these ask which there are.
"""

from __future__ import annotations

import re

_VERSION = re.compile(
    r"\b(?:в\s)?(?:верси[яию]|модификаци[яию]|исполнени[еи])(?=\s(?:\d{2,3}\b|amg\b|амг\b))", re.IGNORECASE
)


def without_versions(text: str) -> str:
    """The text with such words blanked, so that all else stands where it stood."""
    return _VERSION.sub(lambda match: " " * len(match[0]), text)
