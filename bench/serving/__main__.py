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
import signal
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from bench.serving import soak, storm
from bench.serving.our_server import STATE

SMALL = "smollm2-135m-instruct"


def main(argv: Sequence[str] | None = None) -> int:
    given = arguments(argv)
    signal.signal(signal.SIGTERM, _interrupted)
    told = given.measure(given)
    keep(told)
    print(json.dumps({name: each for name, each in told.items() if name != "notes"}, indent=1))
    return 1 if told["faults"] else 0


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench.serving",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    whats = parser.add_subparsers(required=True, metavar="WHAT")
    one = _what(whats, "storm", _storm)
    one.add_argument("--clients", type=int, default=200)
    one.add_argument("--parallel", type=int, default=8)
    one.add_argument("--rounds", type=int, default=2)
    one = _what(whats, "soak", _soak)
    one.add_argument("--callers", type=int, default=12)
    one.add_argument("--parallel", type=int, default=4)
    one.add_argument("--minutes", type=float, default=20)
    return parser.parse_args(argv)


def _what(whats: Any, name: str, measure: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = whats.add_parser(name)
    parser.add_argument("--model", default=SMALL)
    parser.add_argument("--threads", default="2", help="of our server")
    parser.add_argument("--engine", help="of our server; left out, its own rule")
    parser.set_defaults(measure=measure)
    return parser


def _engine(given: argparse.Namespace) -> list[str]:
    return ["--threads", given.threads, *(["--engine", given.engine] if given.engine else [])]


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
    (STATE / f"serving-{told['kind']}.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def _interrupted(_number: int, _frame: object) -> NoReturn:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
