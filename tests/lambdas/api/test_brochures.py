"""A brochure by e-mail: a fixed text with its link, once, to one address, few of them; no address is kept."""

from __future__ import annotations

from typing import Any

import pytest

from core.brochures import Brochure, Brochures
from core.errors import StoreAway
from core.facts import DocumentKind
from lambdas.adapters.letters import CLAIM, OF_A_SESSION, TO_AN_ADDRESS_A_DAY
from tests.fakes.platform import FakePlatform, Visitor

ADDRESS = "arkadiy.v@example.ru"
WISH = {"brochure": "gle", "email": ADDRESS}


def listed(platform: FakePlatform) -> FakePlatform:
    brochures = [
        Brochure(id=f"b{place}", title=f"Брошюра {place}", bytes=9, sha256="0" * 64) for place in range(9)
    ]
    brochures.append(Brochure(id="gle", title="Каталог GLE", models=("GLE",), bytes=9, sha256="0" * 64))
    data = Brochures(brochures=tuple(brochures)).model_dump_json().encode()
    platform.documents.put("tester", DocumentKind.BROCHURES, data, "b1")
    return platform


@pytest.fixture
def platform() -> FakePlatform:
    return listed(FakePlatform())


def send(visitor: Visitor, **change: Any) -> Any:
    return visitor.call("POST", "/brochures", json=WISH | change)


def problem(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


def test_the_letter_has_the_link_and_nothing_of_the_visitors(
    platform: FakePlatform, visitor: Visitor
) -> None:
    assert visitor.opened["brochures"] == {"by_email": True}
    answer = send(visitor)
    assert (answer.status_code, answer.json()["state"]) == (201, "sent"), answer.text
    ((address, subject, text),) = platform.mail.sent
    assert address == ADDRESS
    assert subject == "Брошюра от салона «Тест»"
    assert "https://salon.example/brochures/tester/gle.pdf\n" in text
    assert "Каталог GLE" in text
    assert ADDRESS not in answer.text


def test_the_same_letter_goes_out_once(platform: FakePlatform, visitor: Visitor) -> None:
    first = send(visitor)
    platform.clock.advance(600)
    again = send(visitor, email=ADDRESS.upper())
    assert (again.status_code, again.json()) == (201, first.json())
    assert len(platform.mail.sent) == 1


def test_while_it_is_sent_another_request_sends_none(platform: FakePlatform, visitor: Visitor) -> None:
    platform.letters.unsent = lambda _letter: None  # type: ignore[method-assign]  # as if it died on the way
    platform.mail.broken = True
    assert send(visitor).status_code == 503
    platform.mail.broken = False
    under_way = send(visitor)
    assert (under_way.status_code, under_way.json()["state"]) == (201, "sending")
    assert platform.mail.sent == []
    platform.clock.advance(CLAIM.total_seconds() + 1)
    assert send(visitor).json()["state"] == "sent"
    assert len(platform.mail.sent) == 1


def test_a_post_that_is_away_is_said_so_and_the_next_try_sends(
    platform: FakePlatform, visitor: Visitor
) -> None:
    platform.mail.broken = True
    refused = send(visitor)
    assert problem(refused) == (503, "mail_away")
    assert refused.headers["Retry-After"] == "60"
    assert "скачайте" in refused.json()["error"]["message"]
    platform.mail.broken = False
    assert send(visitor).json()["state"] == "sent"
    assert len(platform.mail.sent) == 1


def test_a_letter_that_is_out_is_told_so_whatever_the_table_does(
    platform: FakePlatform, visitor: Visitor
) -> None:
    def away(_: Any) -> None:
        raise StoreAway

    platform.letters.sent = away  # type: ignore[method-assign]
    assert send(visitor).json()["state"] == "sent"


def test_where_no_sender_is_verified() -> None:
    visitor = listed(FakePlatform(mails=False)).open()
    assert visitor.opened["brochures"] == {"by_email": False}
    refused = send(visitor)
    assert problem(refused) == (409, "mail_not_offered")
    assert "ссылк" in refused.json()["error"]["message"]


def test_only_what_is_listed_is_sent(platform: FakePlatform, visitor: Visitor) -> None:
    assert send(visitor, brochure="gls").status_code == 404
    assert FakePlatform().open().call("POST", "/brochures", json=WISH).status_code == 404
    assert platform.mail.sent == []


@pytest.mark.parametrize(
    "email",
    [
        "", "a", "a@b", "a b@example.ru", "a@example.ru,b@example.ru", "a@example.ru\nBcc: b@example.ru",
        "Name <a@example.ru>", ".a@example.ru", "a..b@example.ru", "a@-example.ru", "a@example.ru\u0000",
        "a@почта.рф", "a" * 250 + "@example.ru", 7, None, ["a@example.ru"],
    ],
)  # fmt: skip
def test_one_plain_address_is_taken(platform: FakePlatform, visitor: Visitor, email: Any) -> None:
    answer = send(visitor, email=email)
    assert answer.status_code == 422
    assert {wrong["field"] for wrong in answer.json()["error"]["fields"]} == {"email"}
    assert platform.mail.sent == []


def test_no_text_of_the_visitor_is_taken(visitor: Visitor) -> None:
    assert send(visitor, comment="Купите!").status_code == 422


def test_a_session_sends_few(platform: FakePlatform, visitor: Visitor) -> None:
    answers = [send(visitor, email=f"a{place}@example.ru") for place in range(OF_A_SESSION + 1)]
    assert [answer.status_code for answer in answers] == [201] * OF_A_SESSION + [429]
    assert problem(answers[-1]) == (429, "too_many_letters")
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert send(visitor, email="a0@example.ru").status_code == 201  # is out already
    assert len(platform.mail.sent) == OF_A_SESSION


def test_an_address_gets_few_a_day_from_however_many_sessions(platform: FakePlatform) -> None:
    spellings = (ADDRESS, ADDRESS.upper(), ADDRESS.replace("@", "+x@"))
    statuses = [
        send(platform.open(), email=spellings[place % 3]).status_code
        for place in range(TO_AN_ADDRESS_A_DAY + 2)
    ]
    assert statuses == [201] * TO_AN_ADDRESS_A_DAY + [429] * 2
    platform.clock.advance(24 * 3_600)
    assert send(platform.open()).status_code == 201


def test_a_post_that_fails_counts_as_well(platform: FakePlatform, visitor: Visitor) -> None:
    """A letter may be out although the post did not say so."""
    platform.mail.broken = True
    statuses = [send(visitor).status_code for _ in range(OF_A_SESSION + 1)]
    assert statuses == [503] * OF_A_SESSION + [429]


def test_a_stranger_sends_nothing(platform: FakePlatform, visitor: Visitor) -> None:
    assert platform.client.post(visitor.path + "/brochures", json=WISH).status_code == 401


def test_the_address_is_kept_and_told_nowhere(platform: FakePlatform, visitor: Visitor) -> None:
    send(visitor)
    platform.mail.broken = True
    send(visitor, brochure="b1")
    everything = f"{vars(platform.store)}{platform.telemetry.lines}".lower()
    assert "arkadiy" not in everything
    assert visitor.call("DELETE").status_code == 204
    assert not platform.store.letters
