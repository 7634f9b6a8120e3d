"""How a question changes the options of the sum before: one more, one in another's place, one less, both.

Knows what stays of those that were summed up. Refuses to know options by their words and which cars can have
them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistants.showroom.desk.trim import BOTH
from core.facts import TrimOption

# «А без неё?», «а совсем без опций?»
_WITHOUT_IT = re.compile(r"\bбез (?:него|нее)\b")
_WITHOUT_THEM = re.compile(
    r"\bбез (?:них|(?:всего )?этого|(?:вообще )?всего\b"
    r"|(?:(?:эт|вс|как|люб|дополнительн|так)[а-я]* (?:либо |нибудь )?)*"
    r"(?:опци\w+|доп(?:ов|а)?|пакет(?:а|ов)|навор\w+))\b"
)
_INSTEAD_OF_IT = re.compile(r"\b(?:вместо|взамен|заместо) (?:него|нее|них|этого|этой|этих)\b")


@dataclass(frozen=True)
class ChangedOptions:
    """`wanted` are the options that the question names, `gone` those that it names as not wanted, `before`
    those of the sum before, `told` the last two that were asked about.
    """

    spelling: str
    wanted: tuple[str, ...]
    gone: tuple[str, ...]
    before: tuple[str, ...]
    told: tuple[str, ...]

    @property
    def swaps(self) -> bool:
        """«А с люком вместо панорамы?», «а вместо неё люк?»"""
        return bool((self.gone or _INSTEAD_OF_IT.search(self.spelling)) and self.wanted)

    @property
    def drops(self) -> bool:
        """«А без панорамы?» behind a sum with it."""
        return bool({*self.gone} & {*self.before}) and not self.wanted

    @property
    def means_both(self) -> bool:
        """«А обе вместе?» behind a sum with the one and one with the other."""
        named = self.wanted or self.gone
        return len(self.told) == 2 and bool(self.before) and not named and bool(BOTH.search(self.spelling))

    @property
    def changes(self) -> bool:
        return bool(self.before) and (self.swaps or self.drops or self.means_both)

    @property
    def kept(self) -> tuple[str, ...]:
        """What stays in the sum beside what is named, where something changes."""
        if self.means_both:
            return self.told
        gone = self.gone or (self.told[-1:] if self.swaps else ())
        return tuple(name for name in self.before if name not in gone)


def unnamed_gone(spelling: str, before: Sequence[str], told: Sequence[str]) -> tuple[str, ...]:
    """Those of the sum before that «без неё» and «без опций» put out."""
    if _WITHOUT_THEM.search(spelling):
        return tuple(before)
    if not before or _WITHOUT_IT.search(spelling) is None:
        return ()
    return (next((name for name in reversed(told) if name in before), before[-1]),)


def had_by_none(names: Sequence[str], models: Collection[str], rows: Sequence[TrimOption]) -> tuple[str, ...]:
    """Those of the options that no car of these models can have."""
    had = {row.option for row in rows if row.model in models}
    return tuple(name for name in names if name not in had)
