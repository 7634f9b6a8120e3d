"""A run of questions under faults, against a LOCAL stack of its own: does every promise hold?

    python bench/faults.py --turns 5000 --seed 7 --faults all --at-once 24 --home /tmp/faults

Brings the stack up in `--home` (with a scripted model, or a real one by `--model`), asks, breaks things by
schedule, mends them, redrives, reads everything again and checks the ledger. Exit code 1 with a violation.
`--check LEDGER` only checks a ledger that is there. Stays on this machine, and ends what it started.
"""

from __future__ import annotations

import argparse
import json
import signal
import subprocess
import sys
import time
import tomllib
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NoReturn

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.chaos.baseline import salon_questions
from bench.chaos.checker import check
from bench.chaos.ledger import Ledger, read
from bench.chaos.mischief import ALL, FOR_A_REAL_MODEL, Mischief, ScriptedServer
from bench.chaos.questions import Plan, Sentences, schedule
from bench.chaos.report import as_text, report
from bench.chaos.settling import Settling
from bench.chaos.stack import PROBE, FaultStack, Ports, StackError
from bench.chaos.visitors import Habits, Visitors
from bench.muting import mute
from cli.conversation import Attendant
from core.spec import read_spec

SCRIPTED = "scripted"
SCRIPTED_SLOTS = 8


def main() -> int:
    given = arguments()
    if given.check is not None:
        return tell(given.check, given.json)
    signal.signal(signal.SIGTERM, _interrupted)
    ledger = given.home / "ledgers" / f"{time.strftime('%Y%m%d-%H%M%S')}-seed{given.seed}.jsonl"
    try:
        run(given, ledger)
    except (StackError, subprocess.TimeoutExpired, KeyboardInterrupt) as error:
        say(f"the run was cut off: {str(error) or 'interrupted'}")
        return 2
    return tell(ledger, given.json)


def run(given: argparse.Namespace, path: Path) -> None:
    """One run, written into the ledger at `path`. Raises StackError."""
    stack = FaultStack(given.home, Ports(given.port, given.emulator_port, given.model_port))
    scripted = given.model == SCRIPTED
    given.home.mkdir(parents=True, exist_ok=True)
    with ExitStack() as undo:
        ledger = undo.enter_context(Ledger(path))
        server = ScriptedServer(given.model_port, stack.home / "moods.json", given.seed) if scripted else None
        if server is not None:
            server.start()
            undo.callback(server.kill)
        undo.callback(stack.down)
        say("bringing the stack up")
        stack.up(*model_options(given))
        mute(stack.deployment())  # each fault is to be felt to its end; the breaker has a time of its own
        if not stack.close_breaker():
            raise StackError("the breaker of this home stays open: attendant endpoint status --home …")
        api = Attendant(stack.url, attempts=1)
        undo.callback(api.close)
        faults = chosen(given.faults, scripted=scripted)
        ledger.write("run", **described(given, faults), texts=texts(stack))
        salons = salon_questions(api, stack, given.seed)
        plan = Plan(
            schedule(given.turns, faults, given.seed),
            given.seed,
            sentences(),
            scripted=scripted,
            salons=salons,
        )
        habits = Habits()
        mischief = Mischief(stack, ledger, habits, given.seed, server)
        visitors = Visitors(
            api, stack.url, ledger, plan, habits, given.seed, lambda visit: mischief.enter(visit.phase)
        )
        mischief.sent = visitors.sent
        undo.callback(mischief.end, also_deadly=True)
        visitors.run(given.at_once)
        say(f"{len(visitors.sent)} questions asked; the faults end")
        Settling(stack, visitors, mischief, ledger, given.patience, say).run()
        ledger.write("end")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--turns", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--faults", default="all", help=f"all, none, or some of {', '.join(ALL)}")
    parser.add_argument("--at-once", type=int, default=24)
    parser.add_argument("--patience", type=float, default=900, help="seconds for what is left to end")
    parser.add_argument("--model", default=SCRIPTED, help="scripted, or a model that attendant up can run")
    parser.add_argument("--home", type=lambda text: Path(text).resolve(), default=Path(".attendant/faults"))
    parser.add_argument("--port", type=int, default=8516)
    parser.add_argument("--emulator-port", type=int, default=4916)
    parser.add_argument("--model-port", type=int, default=8526)
    parser.add_argument("--check", type=Path, help="a ledger: check it and do nothing else")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def chosen(wish: str, *, scripted: bool) -> tuple[str, ...]:
    """Raises SystemExit for a fault that there is not."""
    possible = ALL if scripted else FOR_A_REAL_MODEL
    if wish in {"all", "none"}:
        return possible if wish == "all" else ()
    names = tuple(dict.fromkeys(wish.split(",")))
    if unknown := set(names) - set(possible):
        sys.exit(f"no such fault: {', '.join(sorted(unknown))}; there are {', '.join(possible)}")
    return names


def model_options(given: argparse.Namespace) -> tuple[str, ...]:
    if given.model != SCRIPTED:
        return ("--model", given.model)
    address = f"http://127.0.0.1:{given.model_port}"
    return ("--model-url", address, "--model", SCRIPTED, "--model-slots", str(SCRIPTED_SLOTS))


def described(given: argparse.Namespace, faults: tuple[str, ...]) -> dict[str, Any]:
    return {
        "turns": given.turns,
        "seed": given.seed,
        "at_once": given.at_once,
        "model": given.model,
        "faults": faults,
    }


def texts(stack: FaultStack) -> dict[str, dict[str, str]]:
    return {spec.id: {"apology": spec.owner.texts.apology} for spec in stack.assistants()}


def sentences() -> Sentences:
    policy = tomllib.loads((PROBE / "topics.toml").read_text(encoding="utf-8"))
    said = read_spec(PROBE).owner.texts
    return Sentences(said.off_topic, policy["topics"][0]["reply"], said.resting)


def tell(ledger: Path, as_json: bool) -> int:
    told = report(check(read(ledger)))
    beside = ledger.with_suffix(".report.json")
    beside.write_text(json.dumps(told, ensure_ascii=False, indent=1))
    print(json.dumps(told, ensure_ascii=False) if as_json else as_text(told))
    say(f"ledger {ledger}, report {beside}")
    return 0 if told["ok"] else 1


def say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')}  {text}", file=sys.stderr, flush=True)


def _interrupted(_number: int, _frame: object) -> NoReturn:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
