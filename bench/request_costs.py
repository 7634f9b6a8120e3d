"""What one question uses up on AWS: calls, DynamoDB units, log bytes, milliseconds of every function.

    .venv/bin/python -m bench.request_costs [--home local] [--questions 30] [--write]

The same dialogues are held twice with a deployed embedded cloud. Once over HTTP, as the page does: the logs
of the functions tell invocations, billed milliseconds and bytes. Once with the handlers of this working tree
inside this process, against the same tables and documents: there every call to AWS is metered. `--write` puts
the result into cli/usage.toml, from which `attendant cost` computes.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import io
import json
import os
import platform
import random
import statistics
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx

from bench.function_logs import FunctionLog, function_logs
from bench.in_process import InProcess
from cli.bill_lines import EXPORT
from cli.conversation import Attendant
from cli.deployment import PROJECT, Deployment, address, find, home_settings
from core.spec import AssistantSpec, all_specs

USAGE = PROJECT / "cli" / "usage.toml"
QUESTIONS_A_DIALOGUE = 3
LOADED = ("index.html", "site.css", "icon.svg", "widget.js")  # by a visitor of the sample page
ANSWER_SECONDS = 120
RUNS_OF_A_SCHEDULE = 3
NOT_A_QUESTIONS = {EXPORT, "owner"}
"""The export is reckoned by the turns that it writes (`cli/bill_lines.py`), the owners' page by nobody."""
UNITS = ("dynamodb_reads", "dynamodb_writes", "s3_gets", "s3_puts", "sqs_requests", "secret_calls")
HEADER = """\
# What one question and one run of a schedule use up. Written by a command, not by hand:
#
#     .venv/bin/python -m bench.request_costs --home {home} --questions {questions} --write
#
# [question] is an average over the dialogues that were held: sessions of three evaluation questions each,
# read to the end as the page reads them, the page loaded once a session without a cache. `model_seconds` is
# how long a turn with the model took; the model "paced" is bench/paced_model.py, which answers at the pace of
# the 1.5B model on two idle cores.
# [invocations] is how often a question calls each function.
# [functions.*] is one invocation. From the logs of the deployed functions: `milliseconds` as the REPORT lines
# of Lambda bill them (the mean; for what runs by the clock the median) and `log_bytes`, with Lambda's own
# lines and the 26 bytes that CloudWatch Logs adds to an event. Metered in the same handlers inside the
# measuring process: calls and units. DynamoDB units follow the sizes of the items, indexes included;
# transactions count twice.
"""

Tables = dict[str, dict[str, Any]]


@dataclass
class Wire:
    """What went over the line between the page and the API."""

    requests: int = 0
    bytes_out: int = 0

    def send(self, client: httpx.Client, request: httpx.Request) -> httpx.Response:
        response = client.send(
            httpx.Request(request.method, request.url, headers=request.headers, content=request.content)
        )
        self.requests += 1
        self.bytes_out += len(response.content) + sum(len(k) + len(v) + 4 for k, v in response.headers.raw)
        kept = [
            (k, v) for k, v in response.headers.items() if k not in ("content-encoding", "content-length")
        ]
        return httpx.Response(response.status_code, headers=kept, content=response.content)


def questions(spec: AssistantSpec, *, seed: int) -> list[str]:
    """The assistant's own evaluation questions, in an order that the seed decides."""
    lines = (spec.folder / "evals.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["question"] for line in lines if line.strip()]
    random.Random(seed).shuffle(texts)
    return texts


def hold(api: Attendant, assistant: str, texts: list[str]) -> None:
    """Dialogues of three questions each."""
    for start in range(0, len(texts), QUESTIONS_A_DIALOGUE):
        dialogue = api.open(assistant)
        for text in texts[start : start + QUESTIONS_A_DIALOGUE]:
            dialogue.ask(text, lambda _piece: None, timeout_seconds=ANSWER_SECONDS)


def over_http(url: str, assistant: str, texts: list[str]) -> Wire:
    wire = Wire()
    with httpx.Client(timeout=60) as client:
        transport = httpx.MockTransport(lambda request: wire.send(client, request))
        hold(Attendant(url, transport=transport), assistant, texts)
    time.sleep(2)  # the last log lines are on their way
    return wire


def measured(deployment: Deployment, url: str, texts: list[str], assistant: str) -> Tables:
    """The tables of cli/usage.toml."""
    hold(Attendant(url), assistant, texts[:QUESTIONS_A_DIALOGUE])  # first invocations do not count
    began = datetime.now(UTC)
    wire = over_http(url, assistant, texts)
    logs = function_logs(deployment, began)
    inside = InProcess(deployment, assistant)
    with contextlib.redirect_stdout(io.StringIO()):  # what the handlers log
        with inside.at_work() as transport:
            hold(Attendant("http://inside", transport=transport), assistant, texts)
        scheduled = inside.scheduled(RUNS_OF_A_SCHEDULE)
    ever = function_logs(deployment)
    asked = {
        service: logs[service].invocations if service in logs else 0
        for service in ever
        if service not in {*scheduled, *NOT_A_QUESTIONS}
    }
    tables: Tables = {
        "question": _question(wire, logs["answer"], len(texts), inside.stored_bytes()),
        "invocations": {service: times / len(texts) for service, times in asked.items()},
    }
    for service, times in asked.items():
        timed = _timed(logs.get(service, ever[service]), statistics.fmean)
        tables[f"functions.{service}"] = timed | _each(inside.units(service), times)
    for service in (each for each in scheduled if each not in NOT_A_QUESTIONS):
        timed = _timed(ever[service], statistics.median)
        tables[f"functions.{service}"] = timed | _each(inside.units(service), RUNS_OF_A_SCHEDULE)
    return tables


def _question(wire: Wire, answers: FunctionLog, count: int, stored_bytes: int) -> dict[str, Any]:
    page = [(PROJECT / "web" / "dist" / name).read_bytes() for name in LOADED]
    with_model = len(answers.model_tokens)
    return {
        "http_requests": wire.requests / count,
        "http_bytes_out": wire.bytes_out / count,
        "page_requests": len(page) / QUESTIONS_A_DIALOGUE,
        "page_bytes_out": sum(len(gzip.compress(file)) for file in page) / QUESTIONS_A_DIALOGUE,
        "model_share": with_model / count,
        "model_tokens": statistics.fmean(answers.model_tokens or [0]),
        "model_seconds": statistics.median(answers.model_turn_milliseconds or [0]) / 1_000,
        "stored_bytes": stored_bytes / count,
    }


def _timed(log: FunctionLog, middle: Any) -> dict[str, float]:
    return {"milliseconds": middle(log.milliseconds), "log_bytes": log.bytes / log.invocations}


def _each(units: Mapping[str, float], times: int) -> dict[str, float]:
    return {name: units.get(name, 0) / times for name in UNITS if units.get(name)}


def toml(tables: Tables) -> Iterator[str]:
    for name, table in tables.items():
        yield f"\n[{name}]"
        yield from (f"{key} = {_said(value)}" for key, value in table.items())


def _said(value: Any) -> str:
    if isinstance(value, str):
        return json.dumps(value)
    return f"{value:.0f}" if value >= 1_000 or value == int(value) else f"{value:.4g}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--home", default="local")
    parser.add_argument("--questions", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true", help=f"into {USAGE.relative_to(PROJECT)}")
    given = parser.parse_args()
    spec = max(all_specs(), key=lambda spec: len(questions(spec, seed=given.seed)))
    texts = questions(spec, seed=given.seed)[: given.questions]
    made = {
        "on": f"{datetime.now(UTC):%Y-%m-%d}",
        "machine": f"{os.cpu_count()} cores, Python {platform.python_version()},"
        f" load average {os.getloadavg()[0]:.0f}",
        "model": home_settings(given.home).model,
        "questions": len(texts),
    }
    tables = {"measured": made, **measured(find(given.home), address(given.home), texts, spec.id)}
    told = HEADER.format(home="local", questions=len(texts)) + "\n".join(toml(tables)) + "\n"
    if given.write:
        USAGE.write_text(told, encoding="utf-8")
        print(f"written to {USAGE.relative_to(PROJECT)}")
    else:
        print(told)


if __name__ == "__main__":
    main()
