"""What the stores of dialogues promise: the same tests against DynamoDB (moto) and against the fake."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from core.dialogue import Callback, CallbackKind, Exchange, Feedback, Rating, Reply, Thumb, TurnState
from core.errors import AnswerPending, LostClaim, MessageExists, NotFound, StaleSession, TurnBusy, TurnOver
from lambdas.adapters.dialogue_table import DialogueTable
from lambdas.adapters.dialogues import Dialogues
from lambdas.adapters.turns import Remembered, Turns
from lambdas.adapters.unfinished_turns import DEAD_LETTERED, UnfinishedTurns
from tests.fakes.clock import FakeClock
from tests.fakes.dialogue_data import RETENTION, reply, session, stepped, turn
from tests.fakes.dialogues import FakeDialogues, FakeStore, FakeTurns, FakeUnfinishedTurns


@dataclass
class Stores:
    dialogues: Any
    turns: Any
    unfinished: Any
    clock: FakeClock

    def accepted(self, message_id: str = "m1") -> Any:
        if self.dialogues.session("S1") is None:
            self.dialogues.open(session())
        moved = stepped(self.dialogues.session("S1"), self.clock())
        fresh = turn(moved, message_id)
        self.turns.accept(moved, fresh)
        return fresh


@pytest.fixture(params=["dynamodb", "fake"])
def stores(request: pytest.FixtureRequest) -> Stores:
    clock = FakeClock()
    if request.param == "fake":
        store = FakeStore(clock)
        return Stores(FakeDialogues(store), FakeTurns(store), FakeUnfinishedTurns(store), clock)
    table = DialogueTable(request.getfixturevalue("dynamodb"), "dialogues", clock)
    return Stores(Dialogues(table), Turns(table), UnfinishedTurns(table), clock)


def test_a_session_comes_back_as_it_was_put(stores: Stores) -> None:
    kept = session(
        memory={"wish": {"color": "белый", "price": 1.5}}, recent=(Exchange(question="а", answer="б"),)
    )
    stores.dialogues.open(kept)
    assert stores.dialogues.session("S1") == kept


def test_a_session_id_is_used_once(stores: Stores) -> None:
    stores.dialogues.open(session())
    stores.dialogues.open(session())  # the answer to the first was lost
    with pytest.raises(ValueError):
        stores.dialogues.open(session(token_sha256="another"))


def test_an_expired_session_is_gone_before_ttl_has_come_to_it(stores: Stores) -> None:
    stores.accepted()
    stores.clock.advance(RETENTION.total_seconds())
    assert stores.dialogues.session("S1") is None
    assert stores.turns.get("S1", "m1") is None
    with pytest.raises(TurnOver):
        stores.turns.claim("S1", "m1", 60)


def test_accepting_moves_the_session_on(stores: Stores) -> None:
    stores.dialogues.open(session())
    stores.clock.advance(5)
    fresh = stores.accepted()
    assert stores.turns.get("S1", "m1") == fresh
    moved = stores.dialogues.session("S1")
    assert (moved.sequence, moved.last_activity_at) == (1, stores.clock())
    assert moved.message_times == (stores.clock(),)


def test_a_message_is_accepted_once(stores: Stores) -> None:
    stores.accepted()
    moved = stepped(stores.dialogues.session("S1"), stores.clock())
    with pytest.raises(MessageExists):
        stores.turns.accept(moved, turn(moved))
    assert stores.dialogues.session("S1").sequence == 1


def test_an_expired_turn_makes_room_for_its_name(stores: Stores) -> None:
    stores.dialogues.open(session())
    moved = stepped(stores.dialogues.session("S1"), stores.clock())
    stores.turns.accept(moved, turn(moved, expires_at=stores.clock() + timedelta(seconds=60)))
    stores.clock.advance(60)
    again = stores.accepted()
    assert stores.turns.get("S1", "m1") == again


@pytest.mark.parametrize("change", ["another message", "the end", "erasure"])
def test_nothing_is_accepted_on_a_session_that_moved(stores: Stores, change: str) -> None:
    stores.dialogues.open(session())
    moved = stepped(stores.dialogues.session("S1"), stores.clock())
    if change == "another message":
        stores.accepted("m0")
    elif change == "the end":
        stores.dialogues.end(moved)
    else:
        stores.dialogues.erase("S1")
    with pytest.raises(StaleSession):
        stores.turns.accept(moved, turn(moved))
    assert stores.turns.get("S1", "m1") is None


def test_a_claim_counts_and_fences(stores: Stores) -> None:
    stores.accepted()
    claimed = stores.turns.claim("S1", "m1", 60)
    assert claimed.state is TurnState.ANSWERING
    assert (claimed.claims, claimed.fence, claimed.revision) == (1, 1, 1)
    assert claimed.lease_until == stores.clock() + timedelta(seconds=60)
    assert stores.turns.get("S1", "m1") == claimed


def test_a_live_lease_keeps_others_out(stores: Stores) -> None:
    stores.accepted()
    claimed = stores.turns.claim("S1", "m1", 60)
    stores.clock.advance(59)
    with pytest.raises(TurnBusy) as busy:
        stores.turns.claim("S1", "m1", 60)
    assert busy.value.lease_until == claimed.lease_until
    stores.clock.advance(2)
    assert stores.turns.claim("S1", "m1", 60).fence == 2


def test_a_late_worker_changes_nothing(stores: Stores) -> None:
    stores.accepted()
    late = stores.turns.claim("S1", "m1", 60)
    stores.turns.write_draft(late, "Старое.", first=True)
    stores.clock.advance(61)
    present = stores.turns.claim("S1", "m1", 60)
    stores.turns.write_draft(present, "Новое.", first=True)
    for write in (
        lambda: stores.turns.write_draft(late, "Старое. Ещё.", first=False),
        lambda: stores.turns.write_draft(late, "Старое.", first=True),
        lambda: stores.turns.release(late),
        lambda: stores.turns.finish(late, reply("Старое."), retention=RETENTION),
    ):
        with pytest.raises(LostClaim):
            write()
    assert stores.turns.draft(stores.turns.get("S1", "m1")) == "Новое."
    stores.turns.finish(present, reply("Новое."), retention=RETENTION)
    assert stores.turns.get("S1", "m1").reply.text == "Новое."


def test_a_draft_grows_and_is_the_present_workers_alone(stores: Stores) -> None:
    stores.accepted()
    claimed = stores.turns.claim("S1", "m1", 60)
    assert stores.turns.draft(claimed) is None
    stores.turns.write_draft(claimed, "Да.", first=True)
    stores.turns.write_draft(claimed, "Да. Есть.", first=False)
    assert stores.turns.draft(claimed) == "Да. Есть."
    stores.clock.advance(61)
    assert stores.turns.draft(stores.turns.claim("S1", "m1", 60)) is None


def test_finishing_writes_the_answer_and_what_is_remembered(stores: Stores) -> None:
    stores.accepted()
    claimed = stores.turns.claim("S1", "m1", 60)
    stores.clock.advance(3)
    past = Remembered({"model": "C 180"}, (Exchange(question="а", answer="б"),))
    ended = stores.turns.finish(
        claimed, reply(reason="no_fact"), retention=timedelta(days=1), remembered=past
    )
    assert stores.turns.get("S1", "m1") == ended
    assert (ended.state, ended.finished_at, ended.lease_until) == (TurnState.ANSWERED, stores.clock(), None)
    assert ended.expires_at == stores.clock() + timedelta(days=1)
    moved = stores.dialogues.session("S1")
    assert (moved.memory, moved.recent) == (past.memory, past.recent)
    assert (moved.last_activity_at, moved.expires_at) == (stores.clock(), ended.expires_at)
    with pytest.raises(TurnOver):
        stores.turns.claim("S1", "m1", 60)


def test_a_failure_leaves_the_memory_alone_and_replaces_the_draft(stores: Stores) -> None:
    stores.dialogues.open(session(memory={"model": "GLC"}))
    stores.accepted()
    claimed = stores.turns.claim("S1", "m1", 60)
    failed = Reply(state=TurnState.FAILED, text="Простите.", reason="error")
    ended = stores.turns.finish(claimed, failed, retention=RETENTION, continues_draft=False)
    assert ended.revision == claimed.revision + 1
    assert stores.dialogues.session("S1").memory == {"model": "GLC"}


def test_a_release_is_as_if_nothing_had_been_claimed(stores: Stores) -> None:
    stores.accepted()
    stores.turns.release(stores.turns.claim("S1", "m1", 60))
    released = stores.turns.get("S1", "m1")
    assert (released.state, released.claims, released.lease_until) == (TurnState.QUEUED, 0, None)
    assert stores.turns.claim("S1", "m1", 60).fence == 2


def test_a_release_whose_answer_was_lost_is_recognised(stores: Stores) -> None:
    stores.accepted()
    claimed = stores.turns.claim("S1", "m1", 60)
    stores.turns.release(claimed, forgiven=False)
    stores.turns.release(claimed, forgiven=False)
    assert stores.turns.get("S1", "m1").claims == 1


def test_whatever_takes_a_readable_text_away_changes_the_revision(stores: Stores) -> None:
    stores.accepted()
    claimed = stores.turns.claim("S1", "m1", 60)
    revisions = [claimed.revision]
    stores.turns.release(claimed)
    revisions.append(stores.turns.get("S1", "m1").revision)
    stores.clock.advance(61)
    again = stores.unfinished.next_attempt(stores.turns.claim("S1", "m1", 60))
    revisions.append(again.revision)
    assert stores.unfinished.bury(
        again, Reply(state=TurnState.FAILED, text="Простите.", reason=DEAD_LETTERED)
    )
    buried = stores.turns.get("S1", "m1")
    revisions += [buried.revision, stores.unfinished.revive(buried).revision]
    assert revisions == sorted(set(revisions))


def test_erasure_takes_everything_and_nothing_comes_back(stores: Stores) -> None:
    stores.accepted()
    claimed = stores.turns.claim("S1", "m1", 60)
    stores.turns.write_draft(claimed, "Да.", first=True)
    kept = stores.dialogues.session("S1")
    stores.dialogues.rate(kept, Rating(csat=9, rated_at=stores.clock()))
    assert stores.dialogues.erase("S1") == 4
    assert stores.dialogues.session("S1") is None
    assert stores.turns.get("S1", "m1") is None
    assert stores.dialogues.rating("S1") is None
    for write in (
        lambda: stores.turns.write_draft(claimed, "Да. Есть.", first=False),
        lambda: stores.turns.write_draft(claimed, "Да. Есть.", first=True),
        lambda: stores.turns.finish(claimed, reply(), retention=RETENTION),
    ):
        with pytest.raises(LostClaim):
            write()
    with pytest.raises(NotFound):
        stores.dialogues.rate(kept, Rating(csat=9, rated_at=stores.clock()))
    assert stores.turns.get("S1", "m1") is None


def test_the_first_end_counts(stores: Stores) -> None:
    stores.dialogues.open(session())
    first = stores.dialogues.end(session())
    stores.clock.advance(10)
    assert stores.dialogues.end(session()) == first
    assert stores.dialogues.session("S1").ended_at == first


def test_the_last_rating_counts(stores: Stores) -> None:
    stores.dialogues.open(session())
    for csat, nps in ((3, None), (9, 10)):
        last = Rating(csat=csat, nps=nps, comment="Спасибо", rated_at=stores.clock())
        stores.dialogues.rate(session(), last)
    assert stores.dialogues.rating("S1") == last


STOPPED = Reply(state=TurnState.REFUSED, text="Ответ остановлен.", reason="stopped")


def test_a_stop_ends_a_turn_over_its_worker(stores: Stores) -> None:
    stores.accepted()
    claimed = stores.turns.claim("S1", "m1", 60)
    stores.turns.write_draft(claimed, "Да.", first=True)
    stores.clock.advance(3)
    said = reply("Да.", reason="stopped")
    ended = stores.turns.stop(claimed, said, shown="Да.", retention=timedelta(days=1))
    assert stores.turns.get("S1", "m1") == ended
    assert (ended.reply, ended.revision, ended.lease_until) == (said, claimed.revision, None)
    assert stores.dialogues.session("S1").expires_at == ended.expires_at
    for write in (
        lambda: stores.turns.write_draft(claimed, "Да. Есть.", first=False),
        lambda: stores.turns.write_draft(claimed, "Да. Есть.", first=True),
        lambda: stores.turns.release(claimed),
        lambda: stores.turns.finish(claimed, reply(), retention=RETENTION),
        lambda: stores.turns.stop(claimed, said, shown="Да.", retention=RETENTION),
    ):
        with pytest.raises(LostClaim):
            write()
    with pytest.raises(TurnOver):
        stores.turns.claim("S1", "m1", 60)
    assert list(stores.unfinished.waiting("tester", stores.clock() + timedelta(days=1))) == []
    assert stores.turns.get("S1", "m1") == ended


def test_a_stop_before_the_first_word_keeps_the_worker_silent(stores: Stores) -> None:
    stores.accepted()
    claimed = stores.turns.claim("S1", "m1", 60)
    ended = stores.turns.stop(claimed, STOPPED, shown=None, retention=RETENTION)
    for first in (True, False):
        with pytest.raises(LostClaim):
            stores.turns.write_draft(claimed, "Да.", first=first)
    assert stores.turns.get("S1", "m1") == ended


def test_a_stop_counts_only_for_what_was_seen(stores: Stores) -> None:
    stores.accepted()
    queued = stores.turns.get("S1", "m1")
    first = stores.turns.claim("S1", "m1", 60)
    stores.turns.write_draft(first, "Да.", first=True)
    stale = [(queued, None), (first, None), (first, "Д")]
    for seen, shown in stale:
        with pytest.raises(LostClaim):
            stores.turns.stop(seen, STOPPED, shown=shown, retention=RETENTION)
    stores.turns.write_draft(first, "Да. Есть.", first=False)
    stores.turns.release(first)
    released = stores.turns.get("S1", "m1")
    again = stores.turns.claim("S1", "m1", 60)
    for seen, shown in ((first, "Да. Есть."), (released, None)):
        with pytest.raises(LostClaim):
            stores.turns.stop(seen, STOPPED, shown=shown, retention=RETENTION)
    assert stores.turns.stop(again, STOPPED, shown=None, retention=RETENTION).reply == STOPPED


def test_a_stop_of_what_was_given_back(stores: Stores) -> None:
    stores.accepted()
    claimed = stores.turns.claim("S1", "m1", 60)
    stores.turns.write_draft(claimed, "Да.", first=True)
    stores.turns.release(claimed)
    released = stores.turns.get("S1", "m1")
    assert stores.turns.stop(released, STOPPED, shown=None, retention=RETENTION).reply == STOPPED


def test_a_stop_brings_no_erased_dialogue_back(stores: Stores) -> None:
    stores.accepted()
    claimed = stores.turns.claim("S1", "m1", 60)
    stores.dialogues.erase("S1")
    with pytest.raises(LostClaim):
        stores.turns.stop(claimed, STOPPED, shown=None, retention=RETENTION)
    assert stores.dialogues.session("S1") is None
    assert stores.turns.get("S1", "m1") is None
    assert stores.turns.draft(claimed) is None


def test_the_last_thumb_of_an_answer_counts(stores: Stores) -> None:
    stores.accepted()
    up, down = (
        Feedback(thumb=thumb, reason="Спасибо", given_at=stores.clock()) for thumb in (Thumb.UP, Thumb.DOWN)
    )
    with pytest.raises(AnswerPending):
        stores.turns.rate("S1", "m1", up)
    claimed = stores.turns.claim("S1", "m1", 60)
    with pytest.raises(AnswerPending):
        stores.turns.rate("S1", "m1", up)
    ended = stores.turns.finish(claimed, reply(), retention=RETENTION)
    for feedback in (up, down):
        stores.turns.rate("S1", "m1", feedback)
    assert stores.turns.get("S1", "m1") == ended.model_copy(update={"feedback": down})


def test_a_thumb_brings_nothing_back(stores: Stores) -> None:
    feedback = Feedback(thumb=Thumb.UP, given_at=stores.clock())
    for message_id in ("m1", "m2"):
        stores.accepted(message_id)
        stores.turns.finish(stores.turns.claim("S1", message_id, 60), reply(), retention=RETENTION)
    stores.clock.advance(RETENTION.total_seconds())
    with pytest.raises(NotFound):
        stores.turns.rate("S1", "m1", feedback)
    stores.dialogues.erase("S1")
    with pytest.raises(NotFound):
        stores.turns.rate("S1", "m2", feedback)
    assert stores.turns.get("S1", "m2") is None


def test_the_same_callback_is_kept_once(stores: Stores) -> None:
    stores.dialogues.open(session())
    wanted = Callback(
        callback_id="c1",
        session_id="S1",
        assistant="tester",
        name="Иван",
        phone="+7 900 123-45-67",
        created_at=stores.clock(),
        expires_at=session().expires_at,
    )
    stores.dialogues.request_callback(wanted)
    stores.dialogues.request_callback(wanted)
    assert stores.dialogues.callbacks("S1") == [wanted]
    assert stores.dialogues.callback("S1", "c1") == wanted
    assert stores.dialogues.callback("S1", "c2") is None


def test_a_test_drive_is_a_callback_with_a_car_and_a_moment(stores: Stores) -> None:
    stores.dialogues.open(session())
    wanted = Callback(
        callback_id="c1",
        kind=CallbackKind.TEST_DRIVE,
        session_id="S1",
        assistant="tester",
        name="Иван",
        phone="+7 900 123-45-67",
        car="C 180",
        wished_at=stores.clock(),
        created_at=stores.clock(),
        expires_at=session().expires_at,
    )
    stores.dialogues.request_callback(wanted)
    assert stores.dialogues.callbacks("S1") == [wanted]


def test_unfinished_turns_are_found_until_they_end(stores: Stores) -> None:
    fresh = stores.accepted()
    soon = stores.clock() + timedelta(seconds=1)
    assert list(stores.unfinished.waiting("tester", stores.clock())) == []
    assert list(stores.unfinished.waiting("other", soon)) == []
    assert list(stores.unfinished.waiting("tester", soon)) == [(fresh, stores.clock())]
    claimed = stores.turns.claim("S1", "m1", 60)
    assert [each for each, _ in stores.unfinished.waiting("tester", soon)] == [claimed]
    stores.turns.finish(claimed, reply(), retention=RETENTION)
    assert list(stores.unfinished.waiting("tester", soon)) == []


def test_another_attempt_happens_once_and_only_to_what_was_read(stores: Stores) -> None:
    fresh = stores.accepted()
    stores.clock.advance(100)
    again = stores.unfinished.next_attempt(fresh)
    assert (again.state, again.attempt) == (TurnState.QUEUED, 2)
    assert stores.unfinished.next_attempt(fresh) is None
    assert [
        sent for _, sent in stores.unfinished.waiting("tester", stores.clock() + timedelta(seconds=1))
    ] == [stores.clock()]
    stores.turns.claim("S1", "m1", 60)
    assert stores.unfinished.next_attempt(again) is None


def test_a_worker_whose_turn_was_sent_again_has_lost_it(stores: Stores) -> None:
    stores.accepted()
    late = stores.turns.claim("S1", "m1", 60)
    stores.clock.advance(61)
    assert stores.unfinished.next_attempt(late) is not None
    with pytest.raises(LostClaim):
        stores.turns.finish(late, reply(), retention=RETENTION)
    with pytest.raises(LostClaim):
        stores.turns.release(late)


def test_burying_and_reviving(stores: Stores) -> None:
    fresh = stores.accepted()
    apology = Reply(state=TurnState.FAILED, text="Простите.", reason=DEAD_LETTERED)
    assert stores.unfinished.bury(fresh, apology)
    assert not stores.unfinished.bury(fresh, apology)
    buried = stores.turns.get("S1", "m1")
    assert (buried.state, buried.reply) == (TurnState.FAILED, apology)
    stores.clock.advance(3600)
    alive = stores.unfinished.revive(buried)
    assert (alive.state, alive.attempt, alive.claims, alive.reply) == (TurnState.QUEUED, 2, 0, None)
    assert alive.waiting_since == stores.clock() > alive.created_at
    assert stores.unfinished.revive(buried) is None
    assert stores.turns.claim("S1", "m1", 60).state is TurnState.ANSWERING


def test_only_a_dead_lettered_turn_is_revived(stores: Stores) -> None:
    stores.accepted()
    failed = Reply(state=TurnState.FAILED, text="Простите.", reason="error")
    ended = stores.turns.finish(stores.turns.claim("S1", "m1", 60), failed, retention=RETENTION)
    assert stores.unfinished.revive(ended) is None


def test_a_worker_whose_turn_was_buried_has_lost_it(stores: Stores) -> None:
    stores.accepted()
    late = stores.turns.claim("S1", "m1", 60)
    stores.clock.advance(61)
    apology = Reply(state=TurnState.FAILED, text="Простите.", reason=DEAD_LETTERED)
    assert stores.unfinished.bury(late, apology)
    with pytest.raises(LostClaim):
        stores.turns.finish(late, reply(), retention=RETENTION)
    with pytest.raises(LostClaim):
        stores.turns.write_draft(late, "Да.", first=True)
    assert stores.turns.get("S1", "m1").reply == apology
