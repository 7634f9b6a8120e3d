"""However the model's words are cut into pieces, what may not be said reaches neither the draft nor the end.

The platform's own draft stands behind the flow, its store remembers every text that a visitor could poll.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistants.showroom.phrasing import Phraser
from core.knowledge import Passage
from core.model import ChatDelta, ChatRequest
from core.spec import Generation
from core.topics import CompiledPolicy, compile_policy, screen
from lambdas.answer import draft as draft_module
from lambdas.answer.draft import Draft
from tests.fakes.clock import FakeClock
from tests.fakes.dialogue_data import session, turn
from tests.fakes.telemetry import FakeTelemetry

TEXT = (
    "Да, тест-драйв у нас есть: он бесплатный и длится около 30 минут, рядом едет наш специалист."
    " Лучше записаться заранее, чтобы нужная машина была свободна."
)
PROMPT = "Выпиши из справки."
PASSAGE = Passage(id="test_drive", kind="faq", title="Тест-драйв", text=TEXT)
# Both of its words stand in the passage, so nobody but the screen can tell.
POLICY = compile_policy(
    {"topics": [{"id": "gift", "phrases": ["бесплатная машина"], "reply": "Нет.", "gap": 2}]}
)
GOOD = "Да, тест-драйв бесплатный и длится около 30 минут."
FORBIDDEN = "Да, тест-драйв у нас есть: бесплатная машина длится около 30 минут, рядом едет наш специалист."
UNGROUNDED = "Да, тест-драйв у нас есть: он бесплатный и длится около 90 минут."
IN_WORDS = "Да, тест-драйв бесплатный и длится около девяноста минут."
OVER_TWO = "Да, тест-драйв у нас есть: рядом едет наш специалист, он бесплатный. Машина была свободна."
SAYINGS = (
    FORBIDDEN,
    UNGROUNDED,
    IN_WORDS,
    f"{GOOD} {FORBIDDEN}",
    f"{GOOD} {UNGROUNDED}",
    f"{GOOD}\n{UNGROUNDED}",
    f"{UNGROUNDED} {GOOD}",
    f"{GOOD} Лучше записаться заранее, чтобы бесплатная нужная машина была свободна.",
    OVER_TWO,
)
NEVER = ("90", "девяноста", "бесплатная", "он бесплатный. Машина")


class Pieces:
    """A model that says its pieces, whatever it is asked, and says them again."""

    name = "pieces"

    def __init__(self, pieces: Sequence[str]) -> None:
        self._pieces = pieces

    def stream(self, _request: ChatRequest) -> Iterator[ChatDelta]:
        for piece in self._pieces:
            yield ChatDelta(text=piece)


class Polled:
    """Every text that a visitor could have read."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def write_draft(self, _turn: Any, text: str, *, first: bool) -> None:
        self.texts.append(text)


@pytest.fixture(autouse=True, scope="module")
def _at_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(draft_module, "INTERVAL_SECONDS", 0.0)
        yield


def readable(pieces: Sequence[str], policy: CompiledPolicy = POLICY) -> list[str]:
    polled = Polled()
    phraser = Phraser(Pieces(pieces), PROMPT, Generation(), policy)
    with Draft(polled, turn(session()), FakeTelemetry(), clock=FakeClock()) as draft:
        phrased = phraser.phrase("Есть ли тест-драйв?", (PASSAGE,), 30.0, draft.publish)
    grown = [text for text in polled.texts if text != phrased.text]
    return [*grown, phrased.text]  # the end of the turn puts the whole in the place of what grew


def check(pieces: Sequence[str]) -> None:
    texts = readable(pieces)
    for text in texts:
        assert screen(text, POLICY).allowed, text
        assert not any(part in text for part in NEVER), text
    assert texts[-1].startswith("Да, тест-драйв")


def test_what_may_be_said_is_read_while_it_grows() -> None:
    texts = readable([GOOD, " Лучше записаться заранее", "."])
    assert texts[0] == GOOD
    assert "Лучше записаться заранее" in texts[-1]


@pytest.mark.parametrize("saying", SAYINGS)
def test_cut_in_two_at_every_place(saying: str) -> None:
    for place in range(len(saying) + 1):
        check([saying[:place], saying[place:]])


@pytest.mark.parametrize("saying", SAYINGS)
def test_said_sign_by_sign(saying: str) -> None:
    check(list(saying))


@given(st.sampled_from(SAYINGS), st.data())
def test_cut_anywhere_and_broken_off_anywhere(saying: str, data: st.DataObject) -> None:
    end = data.draw(st.integers(1, len(saying)))
    cuts = sorted(data.draw(st.sets(st.integers(0, end), max_size=12)))
    check([saying[start:stop] for start, stop in zip([0, *cuts], [*cuts, end], strict=True)])


def test_what_the_models_words_and_the_passages_say_together() -> None:
    """The passage completes the phrase; six words further on, «бесплатный» meets its «машина»."""
    topic = {"id": "gift", "phrases": ["бесплатная машина"], "reply": "Нет.", "gap": 6}
    policy = compile_policy({"topics": [topic]})
    said = "Да, тест-драйв у нас есть: рядом едет наш специалист, он бесплатный."
    assert readable([said], POLICY)[-1] != TEXT
    assert readable([said], policy) == [said, TEXT]
