"""A run is killed and goes on, reports say the same whichever way, and a locked split stays locked."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from core.dialogue import Reply, Source, TurnState
from core.errors import EvaluationRefused
from core.facts import DocumentKind
from core.flow import FlowResources, Question
from core.model import ChatDelta, ChatMessage, ChatRequest
from jobs.evaluation import comparison, desk, measures, running
from jobs.evaluation.answers import FILE, AnswerBook
from jobs.evaluation.judging import Judge
from jobs.evaluation.page import page
from jobs.evaluation.published import Published
from jobs.evaluation.sets import Dialogue, Kind, LabelledSet, Split
from jobs.evaluation.stocks import Stock
from jobs.evaluation.truth import Truths
from tests.jobs.evaluation.conftest import STOCK, row

REQUEST = ChatRequest(messages=(ChatMessage(role="user", content="?"),), max_tokens=5)


@dataclass
class Echo:
    """A flow that remembers how often it was asked in a dialogue, and asks the model for every answer."""

    resources: FlowResources
    asked: list[str] = field(default_factory=list)

    def answer(self, question: Question, publish: Callable[[str], None]) -> Reply:
        if question.text == "Упади":
            raise KeyError(question.text)
        self.asked.append(question.text)
        turn = question.memory.get("turn", 0) + 1
        try:
            words = "".join(delta.text for delta in self.resources.model.stream(REQUEST))
        except Exception:  # noqa: BLE001 - the model is down
            words = "без модели"
        text = f"{turn}-й ответ ({len(question.recent)} раньше), {words}"
        source = Source(kind="faq", id="hours", title="Часы")
        return Reply(state=TurnState.ANSWERED, text=text, sources=(source,), memory={"turn": turn})


class Talker:
    name = "talker"

    def stream(self, request: ChatRequest) -> Iterator[ChatDelta]:
        yield ChatDelta(text="с моделью")
        yield ChatDelta(prompt_tokens=10, completion_tokens=2)


class Weightless:
    def embed_query(self, text: str) -> list[float]:
        return [0.0]

    def embed_passages(self, texts: Any) -> list[list[float]]:
        return [[0.0] for _ in texts]


class Killed(Exception):
    """The process ends here."""


@pytest.fixture
def flows(monkeypatch: pytest.MonkeyPatch) -> list[Echo]:
    made: list[Echo] = []

    def build(resources: FlowResources) -> Echo:
        made.append(Echo(resources))
        return made[-1]

    monkeypatch.setattr(desk, "build_flow", build)
    monkeypatch.setattr(running, "code_sha256", lambda root: "code")
    return made


def labelled(split: Split = Split.DEV) -> LabelledSet:
    rows = [
        row(id="a", kind=Kind.SALON, question="Один?", answer="Первый ответ", sources=frozenset({"hours"})),
        row(id="b", kind=Kind.SALON, dialogue="d", question="Два?", sources=frozenset({"other"})),
        row(id="c", kind=Kind.SALON, dialogue="d", question="Три?", answer="Секретный ответ"),
        row(id="e", kind=Kind.EDGE, question="Упади"),
        row(id="f", kind=Kind.FORBIDDEN, question="Кто победит: выборы президента?", expect="forbidden"),
    ]
    return LabelledSet(split, tuple(rows), "set")


@dataclass
class Bench:
    published: Published
    folder: Path
    model: Any = field(default_factory=Talker)

    def run(
        self, *, resume: bool = False, killed_after: int | None = None, limit: int | None = None
    ) -> AnswerBook:
        wish = running.Wish(labelled=labelled(), resume=resume, model_limit=limit)
        assistant = running.Assistant(
            spec=self.published.spec,
            published=self.published.documents,
            embedder=Weightless(),
            model=self.model,
        )

        def progress(done: int, total: int) -> None:
            if done == killed_after:
                raise Killed

        return running.run(wish, assistant, {"sample": STOCK}, self.folder, progress)

    def report(self, book: AnswerBook, rows: LabelledSet | None = None) -> dict[str, Any]:
        judge = Judge(self.published, {"sample": STOCK}, Truths([STOCK]))
        rows = rows or labelled()
        asked = book.asked.model_copy(update={"split": rows.split})
        return measures.measured(asked, list(judge.judge(rows, book)), [each.answer for each in rows.rows])


@pytest.fixture
def bench(published: Published, tmp_path: Path) -> Bench:
    return Bench(published, tmp_path / "run")


def test_a_dialogue_is_one_session(bench: Bench, flows: list[Echo]) -> None:
    texts = {answer.id: answer.text for answer in bench.run()}
    assert texts["a"].startswith("1-й ответ (0 раньше)")
    assert texts["c"].startswith("2-й ответ (1 раньше)")
    assert texts["f"] == "О политике я не говорю."


def test_each_dialogue_is_asked_about_its_own_stock(bench: Bench, flows: list[Echo]) -> None:
    """One flow serves all stocks, also where they are asked about by turns."""
    asked = desk.Desk(
        bench.published.spec, bench.published.documents, Weightless(), desk.RationedModel(Talker(), None)
    )
    other = Stock("other", STOCK.cars[:1], ())
    seen = []
    for stock in (STOCK, other, STOCK):
        asked.ask(Dialogue("d", stock.name, (row(id="a"),)), stock)
        seen.append(flows[0].resources.documents.current(DocumentKind.SNAPSHOT).manifest.rows)
    assert seen == [len(STOCK.cars), 1, len(STOCK.cars)]
    assert len(flows) == 1


def test_a_flow_that_falls_is_an_outcome(bench: Bench, flows: list[Echo]) -> None:
    (fallen,) = [answer for answer in bench.run() if answer.id == "e"]
    assert (fallen.state, fallen.reason) == (TurnState.FAILED, "error:KeyError")
    assert "Упади" not in fallen.text


@pytest.mark.parametrize("killed_after", [2, 3])
def test_a_killed_run_goes_on_and_ends_the_same(bench: Bench, flows: list[Echo], killed_after: int) -> None:
    whole = {answer.id: answer.text for answer in bench.run()}
    with pytest.raises(Killed):
        bench.run(killed_after=killed_after)
    with (bench.folder / FILE).open("a", encoding="utf-8") as file:
        file.write('{"dialogue": "e", "answ')  # the kill came in the middle of a line
    flows.clear()
    gone_on = {answer.id: answer.text for answer in bench.run(resume=True)}
    assert gone_on == whole
    assert flows[0].asked == ["Один?"]
    lines = (bench.folder / FILE).read_text("utf-8").splitlines()
    assert [json.loads(line).get("dialogue") for line in lines[1:]] == ["d", "f", "e", "a"]


def test_without_resume_it_begins_anew(bench: Bench, flows: list[Echo]) -> None:
    bench.run()
    bench.run()
    assert flows[1].asked == flows[0].asked


def test_another_run_is_not_gone_on_with(bench: Bench, flows: list[Echo]) -> None:
    bench.run()
    with pytest.raises(EvaluationRefused, match="model changed since"):
        Bench(bench.published, bench.folder, desk.NoModel()).run(resume=True)


def test_a_line_that_is_damaged_is_named(bench: Bench, flows: list[Echo]) -> None:
    bench.run()
    path = bench.folder / FILE
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join((lines[0], "{}", *lines[2:], "")), encoding="utf-8")
    with pytest.raises(EvaluationRefused, match="line 2: not a line of a run"):
        bench.run(resume=True)


def test_the_models_ration_holds_over_a_kill(bench: Bench, flows: list[Echo]) -> None:
    with pytest.raises(Killed):
        bench.run(killed_after=3, limit=2)
    book = bench.run(resume=True, limit=2)
    assert [answer.id for answer in book if answer.model_calls] == ["b", "c"]
    assert sum(answer.tokens for answer in book) == 24


def test_a_model_that_is_down_was_not_asked(bench: Bench, flows: list[Echo]) -> None:
    book = Bench(bench.published, bench.folder, desk.NoModel()).run()
    assert all("без модели" in answer.text for answer in book if answer.id in "abc")
    assert not any(answer.model_calls for answer in book)


def test_the_report(bench: Bench, flows: list[Echo]) -> None:
    report = bench.report(bench.run())
    assert report["outcomes"]["all"] == {"right": 3, "wrong_source": 1, "failed": 1}
    assert report["tokens"]["total"] == 36
    assert report["tokens"]["questions_with_model"] == 3
    assert report["refusals"]["forbidden"]["recall"]["share"] == 1.0
    assert json.loads(json.dumps(report, ensure_ascii=False)) == report
    assert "Два?" in page(report)


def test_a_locked_split_tells_no_text(bench: Bench, flows: list[Echo]) -> None:
    report = bench.report(bench.run(), labelled(Split.TEST))
    told = json.dumps(report, ensure_ascii=False) + page(report)
    for hidden in ("Один?", "Секретный ответ", "1-й ответ", "выборы", '"id": "a"'):
        assert hidden not in told


def test_what_was_asked_is_escaped(bench: Bench, flows: list[Echo]) -> None:
    report = bench.report(bench.run())
    report["items"][1]["answer"] = "<script>alert(1)</script>"
    assert "<script" not in page(report)


def test_runs_are_compared_in_pairs(bench: Bench, flows: list[Echo], tmp_path: Path) -> None:
    first = bench.report(bench.run())
    second = json.loads(json.dumps(first))
    for item in second["items"]:
        item["seconds"] += 1.0
    moved = next(item for item in second["items"] if item["outcome"] == "wrong_source")
    moved["outcome"] = "right"
    found = comparison.compared(first, second)
    by_name = {each.measure: each for each in found.differences}
    assert by_name["seconds"].interval.low == pytest.approx(1.0)
    assert not by_name["seconds"].by_chance
    assert by_name["right"].by_chance  # one question of five
    assert found.moved == {("wrong_source", "right"): 1}
    assert any("wrong_source -> right" in line for line in comparison.lines(found))


def test_reports_without_a_common_question(bench: Bench, flows: list[Echo]) -> None:
    first = bench.report(bench.run())
    with pytest.raises(EvaluationRefused, match="no question in common"):
        comparison.compared(first, {**first, "items": []})
