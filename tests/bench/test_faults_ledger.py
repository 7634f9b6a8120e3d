"""The checker of a fault run finds each planted bug, and nothing in a book without one."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.chaos.checker import check
from bench.chaos.ledger import Ledger, read
from tests.bench.books import APOLOGY, Event, Life, write_book

LIVES = st.builds(
    Life,
    kind=st.sampled_from(["model", "fragile", "fact", "sealed", "aside", "salon"]),
    end=st.sampled_from(["answered", "without_model", "failed"]),
    grows=st.lists(st.lists(st.integers(0, 3), max_size=3).map(tuple), max_size=3).map(tuple),
    dead_letters=st.integers(0, 2),
    repeats=st.integers(0, 2),
    overlapping=st.booleans(),
    changed=st.booleans(),
    shed=st.integers(0, 1),
    trouble=st.booleans(),
).map(lambda life: life if life.kind != "sealed" else Life(kind="sealed", repeats=life.repeats))


@given(st.lists(st.lists(LIVES, min_size=1, max_size=4), max_size=4))
def test_a_book_without_a_bug_is_found_without_one(sessions: list[list[Life]]) -> None:
    assert check(write_book(sessions)).violations == []


BASE = [
    [
        Life(grows=((1, 2),)),
        Life("fact", repeats=1),
        Life("model", end="without_model"),
        Life("sealed"),
        Life("aside"),
        Life("model", grows=((2,), (1, 3))),
        Life("model", dead_letters=1, grows=((1,),)),
        Life("fact"),
    ],
    [
        Life(grows=((2, 3),)),
        Life("model", end="failed"),
        Life("fact", changed=True),
        Life(overlapping=True),
    ],
    [Life("salon"), Life("salon", dead_letters=1)],
    [Life("fragile", end="without_model")],
]
Book = list[Event]
Plant = Callable[[Book], None]


def test_the_base_of_the_planted_bugs_has_none() -> None:
    assert check(write_book(BASE)).violations == []


def views(book: Book, message: str, **like: Any) -> list[Event]:
    found = [e for e in book if e["event"] == "view" and e["message"] == message]
    return [e for e in found if all(e[key] == value for key, value in like.items())]


def ends(book: Book, message: str) -> list[Event]:
    return [e for e in views(book, message) if e["state"] in {"answered", "refused", "failed"}]


def change(events: list[Event], **values: Any) -> None:
    assert events
    for event in events:
        event.update(values)


def retell(events: list[Event], text: str) -> None:
    change(events, text=text, offset=len(text))


def drop(book: Book, events: list[Event]) -> None:
    assert events
    book[:] = [e for e in book if all(e is not other for other in events)]


def later(moment: str, seconds: float) -> str:
    return (datetime.fromisoformat(moment) + timedelta(seconds=seconds)).isoformat()


def of_question(book: Book, message: str) -> Event:
    return next(e for e in book if e["event"] == "asked" and e["message"] == message)


def again(book: Book, view: Event, **values: Any) -> None:
    """The same view once more, after everything else of the book but its end."""
    moment = max(e["ended"] for e in book if e["event"] == "view") + 1
    book.insert(-1, {**view, "began": moment, "ended": moment + 1, **values})


def swap(book: Book, one: str, other: str) -> None:
    first, second = ends(book, one)[-1]["text"], ends(book, other)[-1]["text"]
    retell(ends(book, one), second)
    retell(ends(book, other), first)


def exchange_times(book: Book, one: str, other: str, name: str) -> None:
    first, second = ends(book, one)[-1][name], ends(book, other)[-1][name]
    change(views(book, one), **{name: second})
    change(views(book, other), **{name: first})


PLANTED: dict[str, tuple[Plant, str]] = {
    "a question is never answered": (lambda b: drop(b, ends(b, "m0.0")), "lost"),
    "a question hangs in the queue": (
        lambda b: change(ends(b, "m0.0"), state="queued", status=202, finished_at=None, text="", offset=0),
        "lost",
    ),
    "the API never took a question": (lambda b: drop(b, views(b, "m0.1")), "never_accepted"),
    "a dead letter is forgotten": (
        lambda b: drop(b, [e for e in ends(b, "m0.6") if e["reason"] != "dead_lettered"]),
        "not_redriven",
    ),
    "a dead letter stays dead": (
        lambda b: change(
            ends(b, "m2.1"), **{k: ends(b, "m2.1")[0][k] for k in ("state", "reason", "text", "offset")}
        ),
        "not_redriven",
    ),
    "nobody redrove, and the answer came from nowhere": (
        lambda b: drop(b, [e for e in b if e["event"] == "redrive"]),
        "two_ends",
    ),
    "letters that nobody can read": (
        lambda b: change([e for e in b if e["event"] == "redrive"], unreadable=1),
        "unreadable_letters",
    ),
    "answered twice, in other words": (
        lambda b: again(b, ends(b, "m1.0")[0], text=(t := ends(b, "m1.0")[0]["text"][:-1]), offset=len(t)),
        "two_ends",
    ),
    "answered twice, at another time": (
        lambda b: again(b, ends(b, "m0.1")[0], finished_at=later(ends(b, "m0.1")[0]["finished_at"], 9)),
        "two_ends",
    ),
    "answered first, failed later": (
        lambda b: again(b, ends(b, "m0.1")[0], state="failed", text=APOLOGY, offset=len(APOLOGY)),
        "two_ends",
    ),
    "an answer is taken back": (
        lambda b: again(b, ends(b, "m0.1")[0], state="queued", status=202, text="", offset=0),
        "reopened",
    ),
    "the answers of two sessions are exchanged": (
        lambda b: swap(b, "m0.0", "m1.0"),
        "answer_of_another_session",
    ),
    "the answers of one session are exchanged": (
        lambda b: swap(b, "m0.0", "m0.5"),
        "answer_of_another_question",
    ),
    "a salon tells of other cars": (lambda b: change(ends(b, "m2.0"), facts=["VIN9"]), "foreign_facts"),
    "an answer of nobody's": (lambda b: retell(ends(b, "m0.0"), "Здравствуйте!"), "foreign_answer"),
    "the model's words of another question": (
        lambda b: retell(ends(b, "m0.0"), "q0x0 after nothing. q9x9 is one."),
        "foreign_answer",
    ),
    "half an answer is final": (
        lambda b: retell(ends(b, "m0.0"), "q0x0 after nothing. q0x0 is one."),
        "foreign_answer",
    ),
    "another session's text grows here": (
        lambda b: retell(views(b, "m1.0", state="answering")[:1], "q0x0 after nothing."),
        "answer_of_another_session",
    ),
    "an apology counts as an answer": (
        lambda b: retell(ends(b, "m0.1"), APOLOGY),
        "apology_as_answer",
    ),
    "a failure without an apology": (lambda b: retell(ends(b, "m1.1"), ""), "failed_without_apology"),
    "a failure that nobody can explain": (
        lambda b: change(ends(b, "m1.1"), reason="unknown"),
        "unknown_reason",
    ),
    "the model was away and nobody says so": (
        lambda b: change(ends(b, "m0.2"), reason=None),
        "unknown_reason",
    ),
    "a forbidden question is answered": (
        lambda b: change(ends(b, "m0.3"), state="answered", reason=None),
        "let_through",
    ),
    "a forbidden question fails instead of being refused": (
        lambda b: change(ends(b, "m0.3"), state="failed", text=APOLOGY, offset=len(APOLOGY), reason="error"),
        "not_refused",
    ),
    "a forbidden question grows an answer": (
        lambda b: (
            change(views(b, "m0.4", state="queued"), state="answering"),
            retell(views(b, "m0.4", state="answering"), "q0x4 after q0x2."),
        ),
        "let_through",
    ),
    "a good question is refused": (
        lambda b: change(ends(b, "m0.1"), state="refused", reason="off_topic"),
        "refused_wrongly",
    ),
    "a question that needs no model is told that the model rests": (
        lambda b: change(ends(b, "m0.1"), state="refused", text="Отдыхаю.", offset=8, reason="model_resting"),
        "refused_wrongly",
    ),
    "the model rests although nobody has shut it down": (
        lambda b: drop(b, [e for e in b if e["event"] == "fault"]),
        "rests_uncalled_for",
    ),
    "refused in other words": (lambda b: retell(ends(b, "m0.4"), "Нет."), "foreign_refusal"),
    "taken in another order": (
        lambda b: exchange_times(b, "m0.0", "m0.1", "created_at"),
        "taken_out_of_order",
    ),
    "answered in another order": (
        lambda b: exchange_times(b, "m0.1", "m0.2", "finished_at"),
        "answered_out_of_order",
    ),
    "the session forgot an answer": (
        lambda b: retell(ends(b, "m0.1"), "q0x1 after nothing."),
        "memory_broken",
    ),
    "the session remembers what never was": (
        lambda b: retell(ends(b, "m0.1"), "q0x1 after q0x0 or q0x5."),
        "memory_broken",
    ),
    "a growing text shrinks": (
        lambda b: change(
            views(b, "m1.0", state="answering")[1:], asked_after=0, text="q1x0 after nothing.", offset=19
        ),
        "retracted",
    ),
    "a growing text is rewritten": (
        lambda b: change(
            views(b, "m0.0", state="answering")[1:], asked_after=0, text="q0x0 before", offset=11
        ),
        "rewritten",
    ),
    "the end replaces what was read, under the same revision": (
        lambda b: change(ends(b, "m0.5"), revision=views(b, "m0.5", state="answering")[0]["revision"]),
        "revision_fell",
    ),
    "an apology replaces what was read, under the same revision": (
        lambda b: change(ends(b, "m0.6")[:1], revision=views(b, "m0.6", state="answering")[0]["revision"]),
        "rewritten",
    ),
    "a piece is left out": (
        lambda b: change(
            views(b, "m0.0", state="answering")[1:], asked_after=33, offset=33 + len(" q0x0 is one.")
        ),
        "gap",
    ),
    "the offset is wrong": (lambda b: change(ends(b, "m0.0"), offset=3), "wrong_offset"),
    "an unfinished turn is told as done": (
        lambda b: change(views(b, "m0.0", state="answering"), status=200),
        "wrong_status",
    ),
    "a done turn is told as unfinished": (lambda b: change(ends(b, "m0.0"), status=202), "wrong_status"),
    "a state that does not exist": (
        lambda b: change(views(b, "m0.0", state="answering"), state="thinking"),
        "unknown_state",
    ),
    "another message comes back": (lambda b: change(ends(b, "m0.0"), echo="m0.1"), "other_message"),
    "ended before it began": (
        lambda b: change(ends(b, "m1.2"), finished_at=later(ends(b, "m1.2")[0]["created_at"], -60)),
        "ended_before_it_began",
    ),
    "a changed text is taken": (
        lambda b: change([e for e in b if e["event"] == "changed"], status=202),
        "changed_text_accepted",
    ),
    "a repeat is turned away": (
        lambda b: b.insert(
            -1, {**views(b, "m0.1")[0], "event": "rejected", "status": 409, "code": "message_changed"}
        ),
        "rejected",
    ),
    "a question vanished": (
        lambda b: b.insert(
            -1, {**views(b, "m0.1")[0], "event": "rejected", "status": 404, "code": "not_found"}
        ),
        "rejected",
    ),
    "a question was not read at the end": (
        lambda b: drop(b, views(b, "m0.1", via="last")),
        "not_read_last",
    ),
    "one question less than planned": (
        lambda b: drop(b, [e for e in b if e.get("message") == "m1.3"]),
        "not_all_asked",
    ),
    "a view of a question that nobody asked": (
        lambda b: drop(b, [of_question(b, "m0.0")]),
        "unknown_question",
    ),
    "one id for two questions": (lambda b: b.insert(-1, dict(of_question(b, "m0.0"))), "asked_twice"),
    "the run was cut off": (lambda b: b.pop(), "no_end"),
    "the beginning is missing": (lambda b: b.pop(0), "no_beginning"),
    "something was written after the end": (lambda b: b.append(dict(b[-2])), "out_of_place"),
    "a word that no book knows": (lambda b: change(b[-2:-1], event="seen"), "unknown_event"),
}


@pytest.mark.parametrize("bug", PLANTED)
def test_a_planted_bug_is_found(bug: str) -> None:
    plant, rule = PLANTED[bug]
    book: Book = json.loads(json.dumps(write_book(BASE)))
    plant(book)
    found = check(book).violations
    assert rule in {violation.rule for violation in found}, found


def test_every_rule_is_planted() -> None:
    from pathlib import Path

    import bench.chaos

    names = {rule for _, rule in PLANTED.values()}
    folder = Path(bench.chaos.__file__).parent
    sources = "".join((folder / f"{name}.py").read_text() for name in ("due", "followed", "checker"))
    assert all(f'"{name}"' in sources for name in names)
    assert len(PLANTED) >= 20


def test_a_violation_says_where(tmp_path) -> None:
    book = write_book(BASE)
    drop(book, ends(book, "m1.0"))
    (found,) = [v for v in check(book).violations if v.rule == "lost"]
    assert (found.session, found.message) == ("S1", "m1.0")


def test_a_ledger_outlives_the_crash_of_its_writer(tmp_path) -> None:
    path = tmp_path / "ledger.jsonl"
    with Ledger(path) as ledger:
        ledger.write("run", turns=1)
        ledger.write("asked", question="Есть ли C 180?")
    with path.open("a", encoding="utf-8") as torn:
        torn.write('{"event": "view", "te')

    assert [event["event"] for event in read(path)] == ["run", "asked"]
    with pytest.raises(FileExistsError):
        Ledger(path)
