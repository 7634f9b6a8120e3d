"""The faults, by name: what each does while it is on, and how it is taken back.

Ends processes only below the emulator of this run, found by what they run. Refuses to know who asks what;
that comes from the schedule (`questions.py`).
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from bench.chaos.environments import environments
from bench.chaos.ledger import Ledger
from bench.chaos.questions import BREAKER, DEADLY, Phase
from bench.chaos.stack import FaultStack
from bench.chaos.visitors import Habits, Sent
from cli.deployment import title
from cli.embedded_cloud.processes import Processes
from cli.stack import kill_model

MOODS = {
    "model_hangs": ("hang", 0.3),
    "model_drips": ("drip", 0.3),
    "model_errors": ("error", 0.4),
    "model_breaks_off": ("cut", 0.4),
    "model_talks_nonsense": ("broken", 0.4),
    "model_busy": ("busy", 0.4),
    DEADLY: ("deadly", 1.0),
}
OPERATIONS = ("GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query", "TransactWriteItems")
TABLES = {"table_throttles": ("throttled", 0.3), "table_loses_answers": ("lost", 0.2)}
OF_THE_MODEL = frozenset({"model_killed", *MOODS})
ALL = tuple(
    sorted(
        {*OF_THE_MODEL, *TABLES, BREAKER, "worker_killed", "api_killed", "queue_redelivers"}
        | {"client_repeats", "client_hangs_up"}
    )
)
FOR_A_REAL_MODEL = tuple(name for name in ALL if name not in MOODS)
MODEL_DOWN_SECONDS, MODEL_UP_SECONDS = 2.0, 4.0
KILL_EVERY_SECONDS = 3.0
GROWN_UP_SECONDS = 8.0  # who dies before it has started never dies in mid-turn
REDELIVER_EVERY_SECONDS = 0.3
REDELIVERED_AT_MOST = 2  # each question: more would only be a long queue
TABLE_FAULT_SECONDS = 3600


class ScriptedServer:
    """The scripted model as a process."""

    def __init__(self, port: int, moods: Path, seed: int) -> None:
        self._command = [sys.executable, str(Path(__file__).with_name("scripted_model.py"))]
        self._command += ["--port", str(port), "--moods", str(moods), "--seed", str(seed)]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(self._command, stdin=subprocess.DEVNULL)

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def kill_for(self, seconds: float) -> None:
        self.kill()
        time.sleep(seconds)
        self.start()


@dataclass
class Mischief:
    """`sent` is what the visitors have asked so far."""

    stack: FaultStack
    ledger: Ledger
    habits: Habits
    seed: int
    server: ScriptedServer | None
    sent: Sequence[Sent] = ()
    on: frozenset[str] = frozenset()
    _busy: dict[str, tuple[threading.Event, threading.Thread]] = field(default_factory=dict)
    _turn: threading.Lock = field(default_factory=threading.Lock)
    _place: int = -1

    @property
    def moods(self) -> Path:
        return self.stack.home / "moods.json"

    def enter(self, phase: Phase) -> None:
        """Switches to the faults of this phase, once, however many visits tell of it. Deadly words stay."""
        with self._turn:
            if phase.place <= self._place:
                return
            self._place = phase.place
            self._switch(frozenset(phase.faults) | (self.on & {DEADLY}))

    def end(self, *, also_deadly: bool) -> None:
        with self._turn:
            self._switch(frozenset() if also_deadly else self.on & {DEADLY})

    def _switch(self, wanted: frozenset[str]) -> None:
        for name in sorted(self.on - wanted):
            self._stop(name)
            self.ledger.write("fault", name=name, what="ended")
        for name in sorted(wanted - self.on):
            self.ledger.write("fault", name=name, what="began")
        self.on = wanted
        self.moods.write_text(
            json.dumps({MOODS[name][0]: MOODS[name][1] for name in wanted if name in MOODS})
        )
        self._table_faults(wanted)
        self.habits.repeats = 0.5 if "client_repeats" in wanted else 0.0
        self.habits.hangs_up = 0.5 if "client_hangs_up" in wanted else 0.0
        for name, work in self._works().items():
            if name in wanted and name not in self._busy:
                self._start(name, work)

    def _works(self) -> dict[str, Callable[[threading.Event], None]]:
        return {
            "model_killed": self._kill_model,
            "worker_killed": lambda over: self._kill(over, "worker_killed", "answer-"),
            "api_killed": lambda over: self._kill(over, "api_killed", "api"),
            "queue_redelivers": self._redeliver,
            BREAKER: self._open_breaker,
        }

    def _start(self, name: str, work: Callable[[threading.Event], None]) -> None:
        over = threading.Event()
        thread = threading.Thread(target=work, args=(over,), daemon=True)
        self._busy[name] = (over, thread)
        thread.start()

    def _stop(self, name: str) -> None:
        if name in self._busy:
            over, thread = self._busy.pop(name)
            over.set()
            thread.join()

    def _table_faults(self, wanted: frozenset[str]) -> None:
        file = self.stack.settings.table_faults_file
        chosen = [TABLES[name] for name in sorted(wanted) if name in TABLES]
        if not chosen:
            file.unlink(missing_ok=True)
            return
        fault, share = chosen[self.seed % len(chosen)]  # one kind at a time
        wish = {"until": time.time() + TABLE_FAULT_SECONDS, "fault": fault, "seed": self.seed}
        fresh = file.with_suffix(".new")
        fresh.write_text(json.dumps({**wish, "operations": dict.fromkeys(OPERATIONS, share)}))
        fresh.replace(file)

    def _kill_model(self, over: threading.Event) -> None:
        while not over.wait(MODEL_UP_SECONDS):
            self.ledger.write("fault", name="model_killed", what="killed")
            if self.server is not None:
                self.server.kill_for(MODEL_DOWN_SECONDS)
            else:
                kill_model(str(self.stack.home), MODEL_DOWN_SECONDS)

    def _kill(self, over: threading.Event, name: str, function: str) -> None:
        dice = random.Random(f"{self.seed}:{name}")
        while not over.wait(KILL_EVERY_SECONDS):
            workers = sorted(environments(self._emulator(), function, older_than_seconds=GROWN_UP_SECONDS))
            if workers:
                with suppress(ProcessLookupError):  # it ended by itself
                    os.kill(dice.choice(workers), signal.SIGKILL)
                self.ledger.write("fault", name=name, what="killed")

    def _open_breaker(self, over: threading.Event) -> None:
        """Shut down by a word, and restarted as on-call would: until it is closed, or patience is over."""
        self.stack.attendant("endpoint", "stop", "--reason", "a fault run")
        self.ledger.write("fault", name=BREAKER, what="opened")
        over.wait()
        what = "closed" if self.stack.close_breaker() else "stayed open"
        self.ledger.write("fault", name=BREAKER, what=what)

    def _emulator(self) -> int:
        processes = Processes(run=self.stack.settings.run, logs=self.stack.settings.logs)
        return next(process.pid for process in processes.running() if process.name == "emulator")

    def _redeliver(self, over: threading.Event) -> None:
        """Pointers to turns of several sessions, mixed, some twice, as if nobody had acknowledged them."""
        deployment = self.stack.deployment()
        sqs, dice = deployment.client("sqs"), random.Random(f"{self.seed}:redeliver")
        while not over.wait(REDELIVER_EVERY_SECONDS):
            recent = [
                sent
                for sent in self.sent[-40:]
                if sent.accepted and sent.redelivered < REDELIVERED_AT_MOST  # only what was sent comes again
            ]
            for sent in dice.choices(recent, k=min(4, len(recent))):
                sent.redelivered += 1
                pointer = {
                    "session_id": sent.dialogue.session_id,
                    "message_id": sent.message_id,
                    "assistant": sent.dialogue.assistant,
                }
                sqs.send_message(
                    QueueUrl=deployment.output(f"QueueUrl{title(sent.dialogue.assistant)}"),
                    MessageBody=json.dumps(pointer),
                    MessageGroupId=sent.dialogue.session_id,
                    MessageDeduplicationId=uuid.uuid4().hex,
                )
