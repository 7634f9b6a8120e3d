"""The breaker's item and its audit, in AWS and in the fake that the other tests use: they behave the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from lambdas.adapters.audit import AuditRecord, AuditTrail
from lambdas.adapters.breaker import Breaker, BreakerState, CapacityStatus
from lambdas.adapters.breaker_state import BreakerStore, Standing
from lambdas.adapters.capacity_record import CapacityRecord, CapacityRecords
from tests.fakes.breaker_outside import FakeAudit, FakeRecords, FakeStates, Life
from tests.fakes.clock import NOON

OPEN = Standing(
    state=BreakerState.OPEN,
    since=NOON,
    reason="slow-answers",
    detail="9 of 9",
    actor="alarm",
    incident="i1",
    held=True,
)
SECOND = timedelta(seconds=1)


def record(action: str = "trip", **fields: Any) -> AuditRecord:
    return AuditRecord(at=NOON, actor="alarm", action=action, before="closed", after="open", **fields)


@pytest.fixture(params=["aws", "fake"])
def stores(request: pytest.FixtureRequest) -> tuple[Any, Any, Any]:
    """States, audit and capacity records."""
    if request.param == "fake":
        audit = FakeAudit(Life())
        return FakeStates(audit, Life()), audit, FakeRecords(Life())
    dynamodb = request.getfixturevalue("dynamodb")
    trail = AuditTrail(dynamodb, "audit", "endpoint")
    return BreakerStore(dynamodb, "control", trail), trail, CapacityRecords(dynamodb, "control")


def opened(states: Any) -> Standing:
    written = states.change(Standing(), OPEN, record(incident="i1"))
    assert written is not None
    return written


def half_opened(states: Any) -> Standing:
    before = opened(states)
    after = replace(before, state=BreakerState.HALF_OPEN, restart="r1", restart_at=NOON, probes_left=3)
    written = states.change(before, after, record("half_open"))
    assert written is not None
    return written


def test_nothing_stored_is_closed(stores: Any) -> None:
    states, audit, records = stores
    assert states.read() == Standing()
    assert audit.newest(10) == []
    assert records.read() == CapacityRecord()


def test_a_change_is_kept_whole_with_its_record(stores: Any) -> None:
    states, audit, _ = stores
    written = opened(states)
    assert written.revision == 1
    assert states.read() == written == replace(OPEN, revision=1)
    assert audit.newest(10) == [record(incident="i1")]


def test_of_two_changes_one_wins_and_the_other_leaves_no_trace(stores: Any) -> None:
    states, audit, _ = stores
    opened(states)
    assert states.change(Standing(), replace(OPEN, incident="i2"), record(incident="i2")) is None
    assert states.read().incident == "i1"
    assert len(audit.newest(10)) == 1


def test_records_of_one_moment_stand_side_by_side(stores: Any) -> None:
    states, audit, _ = stores
    opened(states)
    audit.append(record("status"))
    assert states.note(states.read(), record("stop"))
    assert [each.action for each in audit.newest(2)] == ["stop", "status"]


def test_what_is_noted_on_an_old_state_is_refused(stores: Any) -> None:
    states, audit, _ = stores
    opened(states)
    assert not states.note(Standing(), record("stop"))
    assert len(audit.newest(10)) == 1


def test_marks_change_what_they_name_and_not_the_revision(stores: Any) -> None:
    states, _, _ = stores
    before = opened(states)
    assert states.mark(before, capacity_down=True)
    assert states.mark(before, restart_seen_at=NOON + SECOND)
    assert states.read() == replace(before, capacity_down=True, restart_seen_at=NOON + SECOND)
    assert not states.mark(replace(before, revision=0), notified=True)


def test_one_alone_may_tell_on_call_until_its_time_is_up(stores: Any) -> None:
    states, _, _ = stores
    opened(states)
    assert states.claim_notice("i1", NOON, NOON + 60 * SECOND)
    assert not states.claim_notice("i1", NOON + 59 * SECOND, NOON + 120 * SECOND)
    assert states.claim_notice("i1", NOON + 60 * SECOND, NOON + 120 * SECOND)
    states.told("i1")
    assert states.read().notified
    assert not states.claim_notice("i1", NOON + 600 * SECOND, NOON + 660 * SECOND)


def test_what_was_told_stays_told_whatever_becomes_of_the_incident(stores: Any) -> None:
    """A restart is claimed while on-call is being told: neither may undo the other."""
    states, _, _ = stores
    before = opened(states)
    assert states.claim_notice("i1", NOON, NOON + 60 * SECOND)
    claimed = states.change(before, replace(before, restart="r1", restart_at=NOON), record("restart"))
    assert claimed is not None
    stale = states.read()
    states.told("i1")
    half = states.change(stale, replace(stale, state=BreakerState.HALF_OPEN), record("half_open"))
    assert half is not None
    seen = states.read()
    assert (seen.state, seen.restart, seen.revision) == (BreakerState.HALF_OPEN, "r1", 3)
    assert seen.notified
    free = states.change(seen, replace(seen, restart="", restart_at=None), record("restart_refused"))
    assert free is not None
    assert states.read() == replace(seen, restart="", restart_at=None, revision=4)


def test_a_new_incident_is_told_of_anew_and_the_old_one_no_more(stores: Any) -> None:
    states, _, _ = stores
    before = opened(states)
    states.claim_notice("i1", NOON, NOON + 60 * SECOND)
    assert states.change(before, replace(OPEN, incident="i2"), record(incident="i2")) is not None
    states.told("i1")
    assert not states.read().notified
    assert not states.claim_notice("i1", NOON + 90 * SECOND, NOON + 150 * SECOND)
    assert states.claim_notice("i2", NOON, NOON + 60 * SECOND)


def test_it_does_not_close_over_a_probe_that_failed_meanwhile(dynamodb: Any) -> None:
    states = BreakerStore(dynamodb, "control", AuditTrail(dynamodb, "audit", "endpoint"))
    before = half_opened(states)
    assert Breaker(dynamodb, "control").take_probe(before.revision)
    Breaker(dynamodb, "control").count_probe(before.revision, ok=False)
    closed = Standing(revision=before.revision, since=NOON)
    assert states.change(before, closed, record("close")) is None
    seen = states.read()
    assert (seen.probes_left, seen.probes_failed) == (2, 1)


def test_it_opens_over_whatever_the_probes_say(dynamodb: Any) -> None:
    states = BreakerStore(dynamodb, "control", AuditTrail(dynamodb, "audit", "endpoint"))
    before = half_opened(states)
    Breaker(dynamodb, "control").count_probe(before.revision, ok=False)
    assert states.change(before, replace(OPEN, incident="i2"), record("give_up")) is not None


def test_probes_are_counted_for_their_own_revision_alone(dynamodb: Any) -> None:
    states = BreakerStore(dynamodb, "control", AuditTrail(dynamodb, "audit", "endpoint"))
    before = half_opened(states)
    reader = Breaker(dynamodb, "control")
    assert [reader.take_probe(before.revision) for _ in range(4)] == [True, True, True, False]
    assert not reader.take_probe(before.revision - 1)


def test_the_reader_sees_what_the_writer_wrote(dynamodb: Any) -> None:
    states = BreakerStore(dynamodb, "control", AuditTrail(dynamodb, "audit", "endpoint"))
    opened(states)
    status = Breaker(dynamodb, "control").status()
    assert (status.state, status.since, status.reason, status.revision) == (
        BreakerState.OPEN,
        NOON,
        "slow-answers",
        1,
    )


def test_capacity_is_written_on_what_was_read_and_leaves_the_last_question_alone(stores: Any) -> None:
    _, _, records = stores
    first = CapacityRecord(status=CapacityStatus.STOPPED, wanted=0, changed_at=NOON)
    assert records.write(CapacityRecord(), first)
    assert records.read() == first
    awake = replace(first, status=CapacityStatus.AWAKE, wanted=1, ready=1, slots=4, changed_at=NOON + SECOND)
    assert records.write(first, awake)
    assert not records.write(first, first)
    assert records.read() == awake


def test_the_moment_of_the_last_question_is_the_apis(dynamodb: Any) -> None:
    dynamodb.put_item(
        TableName="control",
        Item={"key": {"S": "capacity#model"}, "asked_at": {"S": "2026-11-23T09:00:00.000000Z"}},
    )
    records = CapacityRecords(dynamodb, "control")
    assert records.write(records.read(), CapacityRecord(changed_at=NOON, ready=1, slots=4))
    assert records.read().asked_at == NOON
    assert Breaker(dynamodb, "control").capacity().slots == 4
