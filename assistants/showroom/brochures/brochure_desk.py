"""Hands out brochures by their links, from the owner's list alone.

Knows which of them fit a message, and what is said where none does. Refuses to know how a message asks
(`asked.py`) and to send anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assistants.showroom.brochures.asked import Asked, read_request, speaks_of_brochures
from assistants.showroom.brochures.shelf import Shelf
from assistants.showroom.desk.memory import remembered
from core.brochures import Brochure, brochure_link
from core.dialogue import Fact, Reply, Source, TurnState, Versions
from core.knowledge import Passage

LISTED = 10
ONE, SEVERAL = "Брошюра по ссылке:", "Брошюры по ссылкам:"
NONE_AT_ALL = "Брошюр у меня пока нет."
NONE_OF_THIS = "Брошюры именно по этой модели у меня нет."
OTHERS = "Есть другие:"
BY_FORM = "Чтобы получить ссылку письмом, укажите адрес в форме под этим ответом."
NOT_BY_MAIL = "Писем я не отправляю, но файл можно скачать по ссылке."
CALL = "Оставьте заявку на обратный звонок — менеджер салона поможет."


@dataclass(frozen=True)
class HandedOut:
    """`fits` says that the brochures are what was asked for, and not others in their place."""

    text: str
    brochures: tuple[Brochure, ...]
    fits: bool


@dataclass(frozen=True)
class BrochureDesk:
    """`site_url` is where links begin, `by_mail` whether this deployment sends letters."""

    shelf: Shelf
    assistant: str
    site_url: str
    by_mail: bool

    def answer(self, question: str, memory: dict[str, Any], now: datetime) -> HandedOut | None:
        """None where no brochure is asked for, or others may know more of what is."""
        asked = read_request(question)
        if asked is None:
            return None
        if not self.shelf.brochures:
            return None if asked.loosely or asked.other_things else HandedOut(NONE_AT_ALL, (), fits=False)
        found, named = self._found(question, asked, memory, now)
        if found:
            return self._told(found, asked)
        if asked.loosely or asked.other_things:
            return None
        if named:
            return HandedOut(
                "\n".join((NONE_OF_THIS, OTHERS, *self._lines(self.shelf.brochures))),
                self.shelf.brochures[:LISTED],
                fits=False,
            )
        return self._told(self.shelf.brochures, asked)

    def _found(
        self, question: str, asked: Asked, memory: dict[str, Any], now: datetime
    ) -> tuple[Sequence[Brochure], bool]:
        """What fits the car that is named, or the one spoken of before; and whether any car was named."""
        if asked.other_things:
            return self.shelf.titled(asked.wanted), False
        wish = self.shelf.stock.reading(asked.wanted, now).wish
        found = [*self.shelf.by_name(question), *self.shelf.about(asked.wanted, wish, now)]
        if found or wish.names_a_car:
            return list(dict.fromkeys(found)), True
        before = remembered(memory).wish
        return (self.shelf.about("", before, now) if before is not None else []), False

    def _told(self, brochures: Sequence[Brochure], asked: Asked) -> HandedOut:
        said = [SEVERAL if len(brochures) > 1 else ONE, *self._lines(brochures)]
        if self.by_mail:
            said.append(BY_FORM)
        elif asked.by_mail:
            said.append(NOT_BY_MAIL)
        return HandedOut("\n".join(said), tuple(brochures[:LISTED]), fits=True)

    def reply(
        self, handed: HandedOut, passage: Passage | None, memory: dict[str, Any], versions: Versions
    ) -> Reply:
        """With what the owner's FAQ says of brochures, if the passage is that; else with a way on."""
        faq = passage if passage is not None and speaks_of_brochures(" ".join(passage.questions)) else None
        closing = faq.text if faq is not None else "" if handed.fits else CALL
        by_form = ("brochure",) if self.by_mail else ()
        sources = [Source(kind="brochure", id=each.id, title=each.title) for each in handed.brochures]
        facts = [
            Fact(kind="brochure", id=each.id, values={"title": each.title, "link": self.link(each)})
            for each in handed.brochures
        ]
        if faq is not None:
            sources.append(Source(kind=faq.kind, id=faq.id, title=faq.title))
            facts.append(Fact(kind=faq.kind, id=faq.id, values={"text": faq.text}))
        return Reply(
            state=TurnState.ANSWERED,
            text=f"{handed.text}\n{closing}".strip(),
            reason=None if handed.fits else "no_brochure",
            sources=tuple(sources),
            facts=tuple(facts),
            offers=by_form if handed.fits else ("callback",),
            memory=memory,
            versions=versions,
        )

    def _lines(self, brochures: Sequence[Brochure]) -> list[str]:
        left = len(brochures) - LISTED
        shown = [f"— {each.title} — {self.link(each)}" for each in brochures[:LISTED]]
        return [*shown, f"и ещё {left}: назовите, пожалуйста, модель."] if left > 0 else shown

    def link(self, brochure: Brochure) -> str:
        return brochure_link(self.site_url, self.assistant, brochure.id)
