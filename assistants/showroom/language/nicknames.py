"""What Russian makes of the names of classes: «S-ка», «GLE-шка», «глешка», «ешечка», «эсочка».

Knows how nicknames are formed. Refuses to know which classes there are and how a nickname is declined
(`naming.py`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from assistants.showroom.language.naming import CONSONANTS, declined, of_many, spellings
from core.russian import is_known

_MOST_LETTERS = 3
_NOUNS = ("ка", "шка")
_HANDY = ("ик", "ика", "ики", "ику", "иком", "ике", "иков", "икам", "иками", "иках")
_JOINED = ("ка", "шка", "ешка", "эшка", "шечка")


def nicknames(letters: str, others: Collection[str] = ()) -> Iterator[str]:
    """«S-ка», «GLE-шкам», «глешка»: what Russian makes of a name of letters; of `others` it is not: «глска»
    is no GLC where there is a GLS.
    """
    if not (letters.isascii() and letters.isalpha() and len(letters) <= _MOST_LETTERS):
        return
    endings = (*_NOUNS, *(form for noun in _NOUNS for form in declined(noun)), *_HANDY)
    yield from (f"{letters}-{ending}" for ending in endings)
    if len(letters) > 1:
        for spelled in spellings(letters.lower()):
            if _as_heard(letters.lower(), spelled) in {other.lower() for other in others}:
                continue
            joined = (spelled + ending for ending in _JOINED if not spelled.isascii())
            yield from (name for name in joined if not is_known(name))


def _as_heard(letters: str, spelled: str) -> str | None:
    """What a spelling with the look-alike «с» for C would be by ear, where it is another name."""
    if len(spelled) != len(letters):
        return None
    heard = "".join(
        "s" if (one, other) == ("c", "с") else one for one, other in zip(letters, spelled, strict=True)
    )
    return heard if heard != letters else None


def diminutives(kind: str, name: str) -> Iterator[str]:
    """«Ешечка» for «ешка», «эсочка» for «эска», «пикапчик» and «кабриолетик» for the bodies."""
    if kind == "class" and name.endswith("шка"):
        yield f"{name.removesuffix('шка')}шечка"
    elif kind == "class" and (many := of_many(name)):
        yield f"{many[:-1]}чка"
    if kind == "body" and name[-1] in CONSONANTS and not name.endswith("ик"):
        yield from (f"{name}чик", f"{name}ик")
