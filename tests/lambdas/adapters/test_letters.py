"""What the store of letters promises, against DynamoDB (moto) and the fake; the post, against SES (moto)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from botocore.exceptions import ReadTimeoutError

from core.dialogue import Letter, LetterState
from core.errors import MailAway, NotFound, TooManyLetters
from lambdas.adapters.dialogue_table import DialogueTable
from lambdas.adapters.dialogues import Dialogues
from lambdas.adapters.letters import AN_HOUR, CLAIM, OF_A_SESSION, TO_AN_ADDRESS_A_DAY, Letters
from lambdas.adapters.mail import SesMail
from tests.fakes.aws import client
from tests.fakes.clock import FakeClock
from tests.fakes.dialogue_data import RETENTION, session
from tests.fakes.dialogues import FakeDialogues, FakeLetters, FakeStore

ADDRESS = "anna@example.ru"
SENDER = "salon@example.ru"


class Stores:
    def __init__(self, dialogues: Any, letters: Any, clock: FakeClock) -> None:
        self.dialogues, self.letters, self.clock = dialogues, letters, clock
        self.dialogues.open(session())

    def letter(self, name: str = "l1", session_id: str = "S1") -> Letter:
        now = self.clock()
        return Letter(
            letter_id=name,
            session_id=session_id,
            assistant="tester",
            brochure="gle",
            created_at=now,
            expires_at=now + RETENTION,
        )

    def claim(self, name: str = "l1", address: str = ADDRESS, session_id: str = "S1") -> LetterState:
        state: LetterState = self.letters.claim(self.letter(name, session_id), address)
        return state


@pytest.fixture(params=["dynamodb", "fake"])
def stores(request: pytest.FixtureRequest) -> Stores:
    clock = FakeClock()
    if request.param == "fake":
        store = FakeStore(clock)
        return Stores(FakeDialogues(store), FakeLetters(store), clock)
    dynamodb = request.getfixturevalue("dynamodb")
    table = DialogueTable(dynamodb, "dialogues", clock)
    return Stores(Dialogues(table), Letters(table, DialogueTable(dynamodb, "control", clock)), clock)


def test_a_letter_is_claimed_once_and_sent_once(stores: Stores) -> None:
    assert stores.claim() is LetterState.CLAIMED
    assert stores.claim() is LetterState.SENDING
    stores.letters.sent(stores.letter())
    assert stores.claim() is LetterState.SENT
    stores.clock.advance(CLAIM.total_seconds() + 1)
    assert stores.claim() is LetterState.SENT


def test_what_did_not_go_out_may_be_claimed_again(stores: Stores) -> None:
    stores.claim()
    stores.letters.unsent(stores.letter())
    assert stores.claim() is LetterState.CLAIMED
    stores.clock.advance(CLAIM.total_seconds() + 1)  # whoever had it died
    assert stores.claim() is LetterState.CLAIMED


def test_a_session_claims_few(stores: Stores) -> None:
    for place in range(OF_A_SESSION):
        assert stores.claim(f"l{place}", f"a{place}@example.ru") is LetterState.CLAIMED
    with pytest.raises(TooManyLetters):
        stores.claim("more", "more@example.ru")


def test_an_address_gets_few_a_day(stores: Stores) -> None:
    for place in range(TO_AN_ADDRESS_A_DAY + 1):
        stores.dialogues.open(session(session_id=f"T{place}"))
    for place in range(TO_AN_ADDRESS_A_DAY):
        assert stores.claim(session_id=f"T{place}") is LetterState.CLAIMED
    last = f"T{TO_AN_ADDRESS_A_DAY}"
    with pytest.raises(TooManyLetters) as refused:
        stores.claim(session_id=last)
    assert refused.value.retry_after_seconds > 0
    assert stores.claim(session_id=last, address="other@example.ru") is LetterState.CLAIMED
    stores.clock.advance(timedelta(days=1).total_seconds())
    assert stores.claim("l2", session_id=last) is LetterState.CLAIMED


def test_an_hour_has_its_limit(stores: Stores, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("lambdas.adapters.letters", "tests.fakes.dialogues"):
        monkeypatch.setattr(f"{module}.AN_HOUR", 2)
    assert AN_HOUR > 2
    for place in range(2):
        stores.claim(f"l{place}", f"a{place}@example.ru")
    with pytest.raises(TooManyLetters):
        stores.claim("more", "more@example.ru")
    stores.clock.advance(3_600)
    assert stores.claim("more", "more@example.ru") is LetterState.CLAIMED


def test_of_a_session_that_is_gone_nothing_is_claimed_or_noted(stores: Stores) -> None:
    stores.claim()
    stores.dialogues.erase("S1")
    stores.letters.sent(stores.letter())
    assert stores.dialogues.erase("S1") == 0
    with pytest.raises(NotFound):
        stores.claim()


def test_neither_table_holds_the_address(dynamodb: Any) -> None:
    clock = FakeClock()
    table = DialogueTable(dynamodb, "dialogues", clock)
    stores = Stores(Dialogues(table), Letters(table, DialogueTable(dynamodb, "control", clock)), clock)
    stores.claim()
    counted = dynamodb.scan(TableName="control")["Items"]
    assert len(counted) == 2
    assert all("expires_at" in item for item in counted)
    kept = dynamodb.scan(TableName="dialogues")["Items"]
    assert "anna" not in f"{counted}{kept}"


def test_ses_gets_one_plain_letter(aws: None) -> None:
    sesv2 = client("sesv2")
    sesv2.create_email_identity(EmailIdentity=SENDER)
    asked: list[Any] = []
    sesv2.meta.events.register(
        "before-parameter-build.sesv2.SendEmail", lambda params, **_: asked.append(params)
    )
    SesMail(sesv2, SENDER).send(ADDRESS, "Тема", "Текст")
    (letter,) = asked
    assert (letter["FromEmailAddress"], letter["Destination"]) == (SENDER, {"ToAddresses": [ADDRESS]})
    assert letter["Content"]["Simple"]["Body"] == {"Text": {"Data": "Текст", "Charset": "UTF-8"}}


def test_a_sender_that_nobody_has_verified_sends_nothing(aws: None) -> None:
    with pytest.raises(MailAway, match="MessageRejected"):
        SesMail(client("sesv2"), SENDER).send(ADDRESS, "Тема", "Текст")


def test_a_silent_post_is_away() -> None:
    class Silent:
        def send_email(self, **_: Any) -> None:
            raise ReadTimeoutError(endpoint_url="https://email")

    with pytest.raises(MailAway, match="ReadTimeoutError") as away:
        SesMail(Silent(), SENDER).send(ADDRESS, "Тема", "Текст")
    assert "anna" not in str(away.value)
