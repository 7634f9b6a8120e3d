"""Processes, preflight and the clean-up after a run that died, without an emulator."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from cli.embedded_cloud.cloud import SUPERVISOR, clean_up_after_earlier_run, down, up
from cli.embedded_cloud.deployment import Deployment
from cli.embedded_cloud.errors import (
    AlreadyRunningError,
    EmbeddedCloudError,
    NotInstalledError,
    PortTakenError,
)
from cli.embedded_cloud.preflight import preflight
from cli.embedded_cloud.processes import Processes, RecordedProcess, hold, last_lines, start_time
from cli.embedded_cloud.settings import EmbeddedCloudSettings
from tests.cli.embedded_cloud.conftest import eventually, free_port

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


@pytest.fixture
def settings(tmp_path: Path) -> EmbeddedCloudSettings:
    return EmbeddedCloudSettings(
        home=tmp_path / "home", port=free_port(), emulator_port=free_port(), model_port=free_port()
    )


@pytest.fixture
def processes(settings: EmbeddedCloudSettings) -> Processes:
    return Processes(run=settings.run, logs=settings.logs)


def test_a_recorded_process_is_ended_and_forgotten(settings, processes) -> None:
    child = processes.start("model", SLEEP, env=os.environ, cwd=Path.cwd())
    assert [p.name for p in processes.running()] == ["model"]

    assert down(settings, erase=True, on_step=lambda _: None)

    child.popen.wait(5)  # its exit status may have gone to whoever ended it
    assert start_time(child.popen.pid) is None
    assert not settings.home.exists()


def test_a_process_that_got_the_number_of_ours_later_is_left_alone(settings, processes) -> None:
    stranger = subprocess.Popen(SLEEP)
    try:
        settings.run.mkdir(parents=True)
        processes._write([RecordedProcess("model", stranger.pid, "started at another time")])

        assert not down(settings, erase=False, on_step=lambda _: None)

        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_what_an_earlier_run_left_is_ended_first(settings, processes) -> None:
    child = processes.start("emulator", SLEEP, env=os.environ, cwd=Path.cwd())
    said: list[str] = []

    clean_up_after_earlier_run(settings, processes, said.append)

    child.popen.wait(5)  # its exit status may have gone to whoever ended it
    assert start_time(child.popen.pid) is None
    assert "emulator" in said[0]


def test_a_cloud_that_is_up_is_not_started_twice(settings, processes) -> None:
    processes.record(SUPERVISOR, os.getpid())

    with pytest.raises(AlreadyRunningError, match=settings.address):
        clean_up_after_earlier_run(settings, processes, lambda _: None)


def test_what_a_process_leaves_of_its_group_is_ended_too(settings, processes, tmp_path) -> None:
    told = tmp_path / "grandchild"
    leader = (
        "import pathlib, subprocess, sys, time;"
        f"child = subprocess.Popen({SLEEP!r});"
        f"pathlib.Path({str(told)!r}).write_text(str(child.pid));"
        "time.sleep(60)"
    )
    processes.start("cdk-deploy", [sys.executable, "-c", leader], env=os.environ, cwd=Path.cwd())
    assert eventually(lambda: told.exists() and told.read_text())
    grandchild = int(told.read_text())

    clean_up_after_earlier_run(settings, processes, lambda _: None)

    assert eventually(lambda: start_time(grandchild) is None, 5)


def test_of_two_that_start_at_once_one_is_told(settings, processes) -> None:
    first = hold(settings.run)
    assert first is not None
    settings.settings_file.write_text(settings.to_json())

    with pytest.raises(AlreadyRunningError, match=settings.address):
        up(replace(settings, port=free_port()), lambda _: None)

    first.close()
    again = hold(settings.run)
    assert again is not None
    again.close()


def test_an_up_that_fails_leaves_the_home_free(settings, tmp_path) -> None:
    for _ in range(2):
        with pytest.raises(NotInstalledError):
            up(replace(settings, emulator_python=tmp_path / "none"), lambda _: None)


def test_erasing_takes_only_what_a_cloud_has_laid_down(settings, processes, tmp_path) -> None:
    stranger = replace(settings, home=tmp_path / "project")
    (stranger.home / "run").mkdir(parents=True)
    (stranger.home / "run" / "mine.py").write_text("")
    processes.forget()
    (settings.home / "thesis.txt").write_text("")

    assert not down(stranger, erase=True, on_step=lambda _: None)
    assert not down(settings, erase=True, on_step=lambda _: None)

    assert (stranger.home / "run" / "mine.py").exists()
    assert [path.name for path in settings.home.iterdir()] == ["thesis.txt"]


def test_a_damaged_record_counts_as_empty(settings, processes) -> None:
    settings.run.mkdir(parents=True)
    (settings.run / "processes.json").write_text('[{"name"')

    assert processes.recorded() == []


def test_a_process_that_has_ended_has_no_start_time() -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()

    assert start_time(ended.pid) is None
    assert start_time(os.getpid()) is not None


def test_the_last_lines_of_a_log(tmp_path: Path) -> None:
    (tmp_path / "log").write_bytes(b"one\ntwo\n\xff three\n")

    assert last_lines(tmp_path / "log", 2) == "two\n\ufffd three"
    assert last_lines(tmp_path / "none") == ""


def installed(settings: EmbeddedCloudSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cli.embedded_cloud.preflight._check_tools", lambda _settings: None)


def test_a_taken_port_is_named_with_its_holder_and_the_way_out(settings, monkeypatch) -> None:
    installed(settings, monkeypatch)
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", settings.emulator_port))
        holder.listen()

        with pytest.raises(PortTakenError) as caught:
            preflight(settings)

    assert str(settings.emulator_port) in caught.value.message
    assert f"process {os.getpid()}" in caught.value.message
    assert "--emulator-port" in caught.value.way_out


def test_one_port_for_two_is_told(settings, monkeypatch) -> None:
    installed(settings, monkeypatch)

    with pytest.raises(PortTakenError, match="two are the same"):
        preflight(replace(settings, model_port=settings.port))


def test_a_model_of_somebody_else_must_answer_and_needs_no_port_here(settings, monkeypatch) -> None:
    installed(settings, monkeypatch)
    port = settings.model_port
    foreign = replace(settings, model_url=f"http://127.0.0.1:{port}", model="tiny", model_port=settings.port)
    for nobody in (foreign.model_url, "tiny:8000", "http://[", "ftp://127.0.0.1:1"):
        with pytest.raises(EmbeddedCloudError, match="No model server answers") as caught:
            preflight(replace(foreign, model_url=nobody))
        assert "--model-url" in caught.value.way_out

    with socket.socket() as server:
        server.bind(("127.0.0.1", port))
        server.listen()
        preflight(foreign)

    assert foreign.model_address == foreign.model_url


def test_a_deploy_knows_whose_model_it_is(settings) -> None:
    foreign = replace(settings, model_url="http://127.0.0.1:1", model_slots=8)
    hashes = set()
    for each in (settings, foreign, replace(foreign, model_slots=4)):
        deployment = Deployment(each, Processes(run=each.run, logs=each.logs), cloudformation=None)
        hashes.add(deployment._hash())
    context = list(deployment._foreign_model())

    assert len(hashes) == 3
    assert context == ["--context", "capacity_path=", "--context", "model_slots=4"]


def test_no_disk_is_told_before_anything_starts(settings, monkeypatch) -> None:
    installed(settings, monkeypatch)
    monkeypatch.setattr("cli.embedded_cloud.preflight.FREE_GB_WITH_MODEL", 1e9)
    monkeypatch.setattr("cli.embedded_cloud.preflight.FREE_GB_WITHOUT_MODEL", 1e9)

    with pytest.raises(EmbeddedCloudError, match="GB are free"):
        preflight(settings)


def test_a_missing_tool_names_make_run(settings, tmp_path) -> None:
    bare = EmbeddedCloudSettings(home=settings.home, emulator_python=tmp_path / "none")

    with pytest.raises(NotInstalledError) as caught:
        preflight(bare)

    assert "make run" in caught.value.way_out


class FakeCloudFormation:
    def __init__(self, **stacks: str) -> None:
        self.stacks = stacks

    def describe_stacks(self) -> dict[str, list[dict[str, str]]]:
        return {"Stacks": [{"StackName": n, "StackStatus": s} for n, s in self.stacks.items()]}


def test_a_deploy_is_skipped_only_when_sources_and_stacks_are_as_they_were(tmp_path: Path) -> None:
    root = tmp_path / "root"
    (root / "core").mkdir(parents=True)
    (root / "app.py").write_text("one")
    settings = EmbeddedCloudSettings(home=tmp_path / "home", root=root)
    settings.run.mkdir(parents=True)
    settings.outputs_file.write_text('{"stack": {"ApiId": "1"}}')
    processes = Processes(run=settings.run, logs=settings.logs)

    def deployment(**stacks: str) -> Deployment:
        return Deployment(settings, processes, FakeCloudFormation(**stacks))

    assert not deployment(stack="CREATE_COMPLETE").is_current()
    (settings.run / "deployed.json").write_text(json.dumps({"hash": deployment()._hash()}))
    assert deployment(stack="CREATE_COMPLETE").is_current()
    assert not deployment().is_current()
    assert not deployment(stack="UPDATE_IN_PROGRESS").is_current()
    (root / "core" / "new.py").write_text("")
    assert not deployment(stack="CREATE_COMPLETE").is_current()
    assert deployment().outputs() == {"ApiId": "1"}


def test_settings_survive_the_way_through_json(settings) -> None:
    assert EmbeddedCloudSettings.from_json(settings.to_json()) == settings
