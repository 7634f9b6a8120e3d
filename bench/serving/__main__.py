"""`python -m bench.serving WHAT`: measures the model server and keeps the figures in .attendant/bench/.

    compare   beside llama.cpp's own server, OpenVINO GenAI and transformers, at 1, 4, 10 and 50 in flight
    storm     200 callers leave: how soon is the server where it was?
    soak      minutes of everything that callers do: does anything grow?
    page      puts what was measured last into docs/performance.md

Exit code 1 where a promise is broken.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import shlex
import signal
import sys
import time
from collections.abc import Sequence
from typing import Any, NoReturn

from bench.serving import compare, page, soak, storm
from bench.serving.candidates import Transformers
from bench.serving.our_server import STATE
from bench.serving.summary import summary
from inference_container.weights import DEFAULT_CHAT_MODEL

SMALL = "smollm2-135m-instruct"
LONG = ("notes", "runs")
"""Kept in the file, too long to be printed."""
EVERYBODY = (*compare.STARTS, Transformers.name)


def main(argv: Sequence[str] | None = None) -> int:
    given = arguments(argv)
    signal.signal(signal.SIGTERM, _interrupted)
    if given.measure is None:
        page.write()
        return 0
    words = shlex.join(sys.argv[1:] if argv is None else argv)
    told = {
        "day": time.strftime("%Y-%m-%d"),
        "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}",
        "command": f"python -m bench.serving {words}",
        "engine": getattr(given, "engine", None),
        "part": getattr(given, "part", None),
        **given.measure(given),
    }
    keep(told)
    print(json.dumps({name: each for name, each in told.items() if name not in LONG}, indent=1))
    return 1 if told["faults"] else 0


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench.serving",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    whats = parser.add_subparsers(required=True, metavar="WHAT")
    one = _what(whats, "compare", _compare, model=DEFAULT_CHAT_MODEL)
    one.add_argument("--in-flight", type=int, nargs="+", default=[1, 4, 10, 50])
    one.add_argument("--repeats", type=int, default=3)
    one.add_argument("--minutes", type=float, default=24, help="of which repeats are left out to end in time")
    one.add_argument("--who", nargs="+", default=EVERYBODY, choices=EVERYBODY)
    one.add_argument("--part", help="kept beside the parts of other names; the page puts them together")
    one = _what(whats, "storm", _storm)
    one.add_argument("--clients", type=int, default=200)
    one.add_argument("--parallel", type=int, default=8)
    one.add_argument("--rounds", type=int, default=2)
    one = _what(whats, "soak", _soak)
    one.add_argument("--callers", type=int, default=12)
    one.add_argument("--parallel", type=int, default=4)
    one.add_argument("--minutes", type=float, default=20)
    whats.add_parser("page").set_defaults(measure=None)
    return parser.parse_args(argv)


def _what(whats: Any, name: str, measure: Any, *, model: str = SMALL) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = whats.add_parser(name)
    parser.add_argument("--model", default=model)
    parser.add_argument("--threads", type=int, default=2, help="of each engine")
    if measure is not _compare:
        parser.add_argument("--engine", help="of our server; left out, its own rule")
    parser.set_defaults(measure=measure)
    return parser


def _engine(given: argparse.Namespace) -> list[str]:
    return ["--threads", str(given.threads), *(["--engine", given.engine] if given.engine else [])]


def _compare(given: argparse.Namespace) -> dict[str, Any]:
    plan = compare.Plan(
        model=given.model,
        in_flight=sorted(given.in_flight),
        repeats=given.repeats,
        threads=given.threads,
        minutes=given.minutes,
        who=given.who,
    )
    try:
        found = summary(compare.compare(plan))
    except ValueError as error:
        sys.exit(str(error))
    return {
        "kind": "compare",
        "model": given.model,
        "threads": given.threads,
        "shared_tokens": compare.SHARED_TOKENS,
        "answer_tokens": compare.ANSWER_TOKENS,
        **found,
    }


def _storm(given: argparse.Namespace) -> dict[str, Any]:
    plan = storm.Plan(
        model=given.model,
        engine=_engine(given),
        clients=given.clients,
        parallel=given.parallel,
        rounds=given.rounds,
    )
    return asyncio.run(storm.storm(plan))


def _soak(given: argparse.Namespace) -> dict[str, Any]:
    plan = soak.Plan(
        model=given.model,
        engine=_engine(given),
        callers=given.callers,
        parallel=given.parallel,
        minutes=given.minutes,
    )
    return asyncio.run(soak.soak(plan))


def keep(told: dict[str, Any]) -> None:
    STATE.mkdir(parents=True, exist_ok=True)
    name = "-".join([told["kind"], *(told[of] for of in ("engine", "part") if told.get(of))])
    (STATE / f"serving-{name}.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def _interrupted(_number: int, _frame: object) -> NoReturn:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
