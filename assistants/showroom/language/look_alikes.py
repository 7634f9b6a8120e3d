"""What only looks like a car that is asked for: «нужен AMG, пакет AMG Line за AMG не считаю».

Knows that who asks for AMG and puts the package aside wants the models alone. Refuses to know options, and
the package where nothing else names AMG: «E 200, AMG Line не нужен» says which car of a kind.
"""

from __future__ import annotations

import re

from core.russian import normalise

_AMG = r"(?:amg|амг)"
_PACKAGE = (
    rf"(?:(?:пакет|обвес|стайлинг|комплект)\w* {_AMG}(?:[ -]?(?:line|лайн\w*))?|{_AMG}[ -]?(?:line|лайн\w*)"
    rf"(?: пакет\w*)?|{_AMG}[ -]пакет\w*)"
)
_AS_WHAT = r"(?: (?:за|как) (?:\w+ )?\w+)?"
_PUT_ASIDE = (
    r"(?:не (?:счита\w+|счет|в счет|бер(?:у|ем)|принима\w+|предлага\w+|нуж\w+|над[оа]|интерес\w+"
    r"|рассматрива\w+|подход\w+|годи\w+|устро\w+|показыва\w+|хо[чт]\w+|пута\w+|то)|мимо)"
)
_BESIDE = r"(?:(?:а|но|и|только|именно|просто|всякие|машины|те|у нас|меня|мне|нас|нам|это|уж|вот|так|со?) )*"
_START, _END = r"(?:^|[\s,.;:!?(—–-]+)", r"(?=\W|$)\)?"
_APART = r"(?:а не|но не|не|кроме|без учета|не считая|исключая|за вычетом)"
# A clause of its own, or one that hangs on the name: «AMG, а не пакет AMG Line».
_CLAUSE = re.compile(
    rf"{_START}{_BESIDE}{_PACKAGE}{_AS_WHAT} {_BESIDE}{_PUT_ASIDE}{_AS_WHAT}{_END}"
    rf"|{_START}{_BESIDE}{_PUT_ASIDE} {_BESIDE}{_PACKAGE}{_AS_WHAT}{_END}"
    rf"|[\s,(—–-]+{_APART} {_BESIDE}{_PACKAGE}{_END}"
)
_NAMED, _NO_NAME = re.compile(rf"\b{_AMG}\b"), re.compile(_PACKAGE)


def without_look_alikes(question: str) -> str:
    """The question without what it does not count, where the rest still names what it wants."""
    spelling = normalise(question)
    match = _CLAUSE.search(spelling)
    if match is None:
        return question
    said = question if len(question) == len(spelling) else spelling
    rest = f"{said[: match.start()]} {said[match.end() :]}".strip()
    return rest if _NAMED.search(_NO_NAME.sub(" ", normalise(rest))) else question
