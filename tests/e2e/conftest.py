"""One deployed LOCAL stack for all tests here: own home, own ports, the smallest model.

It is brought up by the command line as a person would, and put to sleep at the end with its state kept, so
that the next run is warm. ATTENDANT_E2E_KEEP=1 leaves it running, ATTENDANT_E2E_HOME takes another home.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page

from cli.conversation import Attendant, Dialogue
from cli.deployment import Deployment, address, find, home_folder
from core.facts import DocumentKind
from core.spec import WEEKDAYS, OwnerSettings, iso_duration, read_spec
from tests.e2e.breaker_clock import set_clock
from tests.e2e.deployed_owner import Owner
from tests.e2e.visits import Visit
from tests.web.conftest import browser  # noqa: F401 - a fixture
from tests.web.looks import Look

HOME = os.environ.get("ATTENDANT_E2E_HOME", "e2e")
PORT, EMULATOR_PORT, MODEL_PORT = 8480, 4880, 8490
MODEL = "smollm2-135m-instruct"
SALON, SECOND_SALON = "showroom", "geely_volga"
TIME_ZONE = "Europe/Moscow"  # of both
ROOT = Path(__file__).resolve().parents[2]
SLOW_ANSWERS, LONGER_THAN_ANY_ANSWER_MS = "attendant-local-slow-answers", 3_600_000
SNAPSHOT_NOTICED_SECONDS = 6  # readers look at the manifest every five


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.timeout(900))


class CommandLine:
    """`attendant` against this stack."""

    def __call__(
        self, *words: str, timeout: float = 600, check: bool = True
    ) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "cli.main", *words],
            cwd=ROOT,
            env={**os.environ, "ATTENDANT_HOME": HOME, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
        if check:
            assert done.returncode == 0, (
                f"attendant {' '.join(words)}\n{done.stdout[-3000:]}{done.stderr[-3000:]}"
            )
        return done

    def json(self, *words: str, **options: Any) -> Any:
        return json.loads(self(*words, "--json", **options).stdout)


@pytest.fixture(scope="session")
def attendant() -> Iterator[CommandLine]:
    """The stack is up while this is held."""
    command = CommandLine()
    mine = command("status", check=False).returncode != 0
    if mine:
        command("down")
        ports = ("--port", str(PORT), "--emulator-port", str(EMULATOR_PORT), "--model-port", str(MODEL_PORT))
        command("up", "--detach", *ports, "--model", MODEL, timeout=800)
    _as_on_the_first_day(find(HOME))
    _however_slow_this_machine_is(find(HOME))
    yield command
    if mine and not os.environ.get("ATTENDANT_E2E_KEEP"):
        command("down")


def _as_on_the_first_day(deployment: Deployment) -> None:
    """An earlier run may have been stopped with other settings in force, or with the clock standing still."""
    from cli import retention

    set_clock(deployment, "ENABLED")
    documents, kind = deployment.documents(), DocumentKind.SETTINGS
    for assistant in (SALON, SECOND_SALON):
        first = read_spec(ROOT / "assistants" / assistant).owner
        if retention.show(deployment, assistant) != iso_duration(first.retention):
            retention.change(deployment, assistant, iso_duration(first.retention))
        now = documents.current(assistant, kind)
        if OwnerSettings.model_validate(now.json_value()) != first:
            shape = {"rows": now.manifest.rows, "schema": now.manifest.schema_name}
            told = {"author": "e2e", "expected": now.manifest}
            documents.publish(assistant, kind, first.model_dump_json().encode(), **shape, **told)


def _however_slow_this_machine_is(deployment: Deployment) -> None:
    """Answers that take long are no reason here to shut the endpoint down in the middle of other tests."""
    cloudwatch = deployment.client("cloudwatch")
    (alarm,) = cloudwatch.describe_alarms(AlarmNames=[SLOW_ANSWERS])["MetricAlarms"]
    accepted = cloudwatch.meta.service_model.operation_model("PutMetricAlarm").input_shape.members
    told = {name: value for name, value in alarm.items() if name in accepted}
    cloudwatch.put_metric_alarm(**told | {"Threshold": LONGER_THAN_ANY_ANSWER_MS})


@pytest.fixture(scope="session")
def deployment(attendant: CommandLine) -> Deployment:
    return find(HOME)


@pytest.fixture(scope="session")
def api(attendant: CommandLine) -> Iterator[Attendant]:
    talking = Attendant(address(HOME))
    yield talking
    talking.close()


@pytest.fixture(scope="session")
def http(attendant: CommandLine) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address(HOME), timeout=40) as client:
        yield client


@pytest.fixture(scope="session")
def signed_in(http: httpx.Client) -> Callable[[], Owner]:
    kept = json.loads((home_folder(HOME) / "owner.json").read_text())
    return lambda: Owner(http, kept, SALON)


@pytest.fixture(scope="module")
def owner(signed_in: Callable[[], Owner]) -> Owner:
    """Not for the session: a test signs all of the owner's sessions out."""
    return signed_in()


@pytest.fixture(scope="module")
def working_hours(owner: Owner) -> Iterator[None]:
    """The salon is open around the clock, and everybody is asked for a recommendation."""
    week = dict.fromkeys(WEEKDAYS, ("00:00:00", "23:59:59"))
    with owner.settings(hours={"time_zone": TIME_ZONE, "week": week}, nps_share=1):
        yield


@pytest.fixture
def visitor(attendant: CommandLine, browser: Browser) -> Iterator[Callable[..., Page]]:  # noqa: F811
    """A tab that looks as it is told. Whatever the browser reports as an error fails the test."""
    contexts, broken = [], list[str]()

    def opened(**look: Any) -> Page:
        wish = {"locale": "ru-RU", "timezone_id": TIME_ZONE} | look
        context = browser.new_context(base_url=address(HOME), **wish)
        contexts.append(context)
        context.on("weberror", lambda error: broken.append(str(error.error)))
        context.on(
            "console", lambda line: "Content Security Policy" in line.text and broken.append(line.text)
        )
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()
    assert broken == []


@pytest.fixture
def visit(visitor: Callable[..., Page], look: Look, http: httpx.Client, owner: Owner) -> Visit:
    return Visit(visitor(**look.context), look.words, http, owner)


@pytest.fixture
def dialogue(api: Attendant) -> Dialogue:
    return api.open(SALON)


@pytest.fixture
def ask(api: Attendant) -> Callable[..., Any]:
    """One question in a session of its own."""

    def asked(question: str, assistant: str = SALON):
        return api.open(assistant).ask(question, lambda _piece: None, timeout_seconds=120)

    return asked


class SourceDatabase:
    """A copy of the salon's sample that a test may change, and the way to export from it."""

    def __init__(self, path: Path, attendant: CommandLine) -> None:
        self.path = path
        self._changed = self.published_changes = False
        self._attendant = attendant

    @property
    def url(self) -> str:
        return f"sqlite:///{self.path}"

    def change(self, statement: str) -> int:
        self._changed = True
        with sqlite3.connect(self.path) as connection:
            return connection.execute(statement).rowcount

    def export(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        done = self._attendant("export-inventory", SALON, "--source", self.url, *words, check=check)
        self.published_changes |= self._changed and done.returncode == 0
        return done

    def noticed(self) -> None:
        """Every reader has looked for a new snapshot by then."""
        time.sleep(SNAPSHOT_NOTICED_SECONDS)


@pytest.fixture
def source(attendant: CommandLine, deployment: Deployment, tmp_path: Path) -> Iterator[SourceDatabase]:
    sample = home_folder(HOME) / "source" / f"{SALON}.sqlite"
    copy = tmp_path / "stock.sqlite"
    shutil.copy(sample, copy)
    made = SourceDatabase(copy, attendant)
    yield made
    attendant("export-inventory", SALON, "--source", f"sqlite:///{sample}", "--accept-shrink")
    if made.published_changes:
        made.noticed()


def until(check: Callable[[], Any], seconds: float, step: float = 0.5) -> Any:
    """The first truthy value of `check`, or its last one."""
    deadline = time.monotonic() + seconds
    while not (value := check()) and time.monotonic() < deadline:
        time.sleep(step)
    return value
