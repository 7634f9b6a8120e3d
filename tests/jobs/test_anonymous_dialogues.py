"""What leaves the dialogues: masked, agreed to, and nobody's."""

from __future__ import annotations

from typing import Any

import pytest

from core.anonymous import anonymous, dialogue_name
from core.dialogue import Consent
from core.personal_data import Published
from jobs.anonymous_dialogues import leaving
from lambdas.adapters.dialogue_table import DialogueTable
from lambdas.adapters.dialogues import Dialogues
from lambdas.adapters.turns import Turns
from tests.fakes.clock import NOON, FakeClock
from tests.fakes.dialogue_data import RETENTION, reply, session, stepped, turn

SAID = "Меня зовут Аркадий Белов, 8 911 555-44-33, сколько стоит C 180?"
ANSWERED = "Аркадий, C 180 стоит 5 450 000 ₽, звоните +7 (812) 555-01-23."
SALONS = Published.by(["Телефон +7 (812) 555-01-23"])


class Kept:
    def __init__(self, dynamodb: Any) -> None:
        table = DialogueTable(dynamodb, "dialogues", FakeClock())
        self.dialogues, self.turns = Dialogues(table), Turns(table)

    def dialogue(self, session_id: str, *, training: bool) -> None:
        consent = Consent(storage=True, training=training, text_version="1", given_at=NOON)
        self.dialogues.open(session(session_id, consent=consent))
        moved = stepped(self.dialogues.session(session_id), NOON)  # type: ignore[arg-type]
        self.turns.accept(moved, turn(moved, question=SAID))
        claimed = self.turns.claim(session_id, "m1", 60)
        self.turns.finish(claimed, reply(ANSWERED), retention=RETENTION)

    def leave(self, purpose: str) -> list[Any]:
        day = NOON.date()
        return list(leaving(self.dialogues, "tester", day, purpose=purpose, published=SALONS))


@pytest.fixture
def kept(dynamodb: Any) -> Kept:
    made = Kept(dynamodb)
    made.dialogue("S1", training=True)
    made.dialogue("S2", training=False)
    return made


def test_what_was_said_leaves_masked_and_the_salons_own_words_stand(kept: Kept) -> None:
    left = kept.leave("analytics")[0]
    assert left.question == "Меня зовут [имя], [телефон], сколько стоит C 180?"
    assert left.answer == "[имя], C 180 стоит 5 450 000 ₽, звоните +7 (812) 555-01-23."
    assert left.found == {"имя": 2, "телефон": 1}


def test_for_training_a_dialogue_leaves_with_consent_alone(kept: Kept) -> None:
    assert [each.dialogue for each in kept.leave("training")] == [dialogue_name("S1")]
    assert len(kept.leave("analytics")) == 2


def test_what_was_erased_does_not_leave(kept: Kept) -> None:
    kept.dialogues.erase("S1")
    assert kept.leave("training") == []


def test_a_turn_without_an_end_does_not_leave() -> None:
    with pytest.raises(ValueError, match="ended"):
        anonymous(turn(session()))
