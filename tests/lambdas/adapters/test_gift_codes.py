"""Gift codes: one a dialogue, each to one dialogue, redeemed once; whose one was goes with the dialogue."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from core.dialogue import Session
from core.errors import NotFound
from lambdas.adapters.dialogue_table import DialogueTable
from lambdas.adapters.dialogues import Dialogues
from lambdas.adapters.gift_codes import KEPT, GiftCodes
from tests.fakes.clock import FakeClock
from tests.fakes.dialogue_data import session

CODES = [f"GIFT-{number:02}" for number in range(6)]


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def dialogues(dynamodb: Any, clock: FakeClock) -> Dialogues:
    return Dialogues(DialogueTable(dynamodb, "dialogues", clock))


@pytest.fixture
def gifts(dynamodb: Any, clock: FakeClock) -> GiftCodes:
    return GiftCodes(DialogueTable(dynamodb, "dialogues", clock), DialogueTable(dynamodb, "control", clock))


def opened(dialogues: Dialogues, session_id: str, campaign: str | None = "autumn") -> Session:
    fresh = session(session_id, campaign=campaign)
    dialogues.open(fresh)
    return fresh


def test_a_dialogue_gets_one_code_and_the_same_again(dialogues: Dialogues, gifts: GiftCodes) -> None:
    assert gifts.add("autumn", CODES) == 6
    first, second = opened(dialogues, "S1"), opened(dialogues, "S2")
    assert [gifts.give(each) for each in (first, second, first)] == ["GIFT-00", "GIFT-01", "GIFT-00"]
    assert dialogues.session("S1") == first


def test_who_came_by_no_campaign_or_by_one_without_codes_gets_none(
    dialogues: Dialogues, gifts: GiftCodes
) -> None:
    gifts.add("autumn", CODES[:1])
    came = [opened(dialogues, "S1", None), opened(dialogues, "S2", "spring"), opened(dialogues, "S3")]
    assert [gifts.give(each) for each in came] == [None, None, "GIFT-00"]
    late = opened(dialogues, "S4")
    assert gifts.give(late) is None
    gifts.add("autumn", CODES)
    assert gifts.give(late) == "GIFT-01"


def test_a_code_is_put_in_once(gifts: GiftCodes) -> None:
    assert gifts.add("autumn", [*CODES, CODES[0]]) == 6
    assert gifts.add("autumn", CODES) == 0
    assert gifts.add("spring", [CODES[3], "ANOTHER"]) == 1
    assert Counter(code.campaign for code in gifts.all()) == {"autumn": 6, "spring": 1}


def test_of_many_at_once_no_two_get_one_code_and_nobody_two(dialogues: Dialogues, gifts: GiftCodes) -> None:
    gifts.add("autumn", CODES)
    visitors = [opened(dialogues, f"S{number}") for number in range(9)]
    with ThreadPoolExecutor(8) as at_once:
        given = list(at_once.map(gifts.give, [*visitors, *visitors, *reversed(visitors)]))
    by_visitor: dict[str, set[str | None]] = {}
    for visitor, code in zip([*visitors, *visitors, *reversed(visitors)], given, strict=True):
        by_visitor.setdefault(visitor.session_id, set()).add(code)
    assert all(len(codes) == 1 for codes in by_visitor.values())
    handed_out = [code for codes in by_visitor.values() for code in codes if code is not None]
    assert sorted(handed_out) == CODES
    assert all(code.given_at is not None for code in gifts.all())


def test_two_who_put_codes_in_lose_none(dialogues: Dialogues, gifts: GiftCodes) -> None:
    with ThreadPoolExecutor(2) as at_once:
        assert sum(at_once.map(lambda codes: gifts.add("autumn", codes), [CODES, CODES])) == 6
    assert sorted(str(gifts.give(opened(dialogues, f"S{number}"))) for number in range(6)) == CODES


def test_a_code_is_redeemed_once_and_only_after_it_was_given(
    dialogues: Dialogues, gifts: GiftCodes, clock: FakeClock
) -> None:
    gifts.add("autumn", CODES[:1])
    assert gifts.find("GIFT-00") is not None
    assert gifts.find("GIFT-99") is None
    assert not gifts.redeem("GIFT-99")
    assert not gifts.redeem("GIFT-00")
    gifts.give(opened(dialogues, "S1"))
    clock.advance(60)
    redeemed_at = clock()
    assert gifts.redeem("GIFT-00")
    clock.advance(60)
    assert not gifts.redeem("GIFT-00")
    known = gifts.find("GIFT-00")
    assert known is not None
    assert known.redeemed_at == redeemed_at
    assert gifts.find("GIFT-99") is None


def test_an_erased_dialogue_leaves_a_used_code_that_is_nobodys(
    dialogues: Dialogues, gifts: GiftCodes, dynamodb: Any
) -> None:
    gifts.add("autumn", CODES[:1])
    visitor = opened(dialogues, "a session to forget")
    gifts.give(visitor)
    dialogues.erase(visitor.session_id)
    with pytest.raises(NotFound):
        gifts.give(visitor)
    assert dialogues.session(visitor.session_id) is None
    assert "session" not in str(dynamodb.scan(TableName="control")["Items"])
    assert gifts.give(opened(dialogues, "S2")) is None
    assert gifts.redeem("GIFT-00")


def test_codes_are_kept_for_two_years(
    dialogues: Dialogues, gifts: GiftCodes, dynamodb: Any, clock: FakeClock
) -> None:
    gifts.add("autumn", CODES[:2])
    stamps = {int(item["expires_at"]["N"]) for item in dynamodb.scan(TableName="control")["Items"]}
    assert stamps == {int((clock() + KEPT).timestamp())}
    clock.advance(KEPT.total_seconds())
    gifts.add("autumn", CODES[2:])
    assert gifts.give(opened(dialogues, "S1")) == "GIFT-02"
    dynamodb.delete_item(TableName="control", Key={"key": {"S": "gifts#autumn#3"}})
    dynamodb.delete_item(TableName="control", Key={"key": {"S": "gift#GIFT-04"}})
    assert gifts.give(opened(dialogues, "S2")) == "GIFT-05"
