"""`attendant model …`: versions of the model, and the embedded model server.

Knows names, options and their help. Refuses to do anything itself, as `main.py`.
"""

# ruff: noqa: PLC0415  imports stand in the commands on purpose: `--help` answers at once
# ruff: noqa: PLR0917  the parameters of a command are its options

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.failures import AttendantGroup
from cli.options import Home, Json, Outputs

if TYPE_CHECKING:
    from cli.model_versions import ModelVersions

model_commands = typer.Typer(
    cls=AttendantGroup,
    no_args_is_help=True,
    help="Versions of the model on a stage's own endpoint; the embedded model server.",
)
Version = Annotated[str, typer.Argument(help="A prefix of the bucket of models, e.g. attendant/2.")]


@model_commands.command("upload")
def upload(
    version: Version,
    folder: Annotated[Path, typer.Option("--from", help="The folder with the model's files.")],
    base_model: Annotated[str, typer.Option(help="What it was made of, e.g. a name of the model hub.")],
    evaluation: Annotated[Path | None, typer.Option(help="JSON report that it was judged by.")] = None,
    home: Home = "local",
    outputs: Outputs = None,
) -> None:
    """Put a version into the bucket of models: the model's files, and the adapters that assistants name.

    A version is never overwritten.
    """
    from core.spec import all_specs

    adapters = {spec.generation.adapter for spec in all_specs() if spec.generation.adapter}
    written = _versions(home, outputs).store.upload(
        version, folder, base_model=base_model, evaluation=evaluation, adapters=adapters
    )
    print(f"{version}: {len(written.files)} files, {sum(file.bytes for file in written.files):,} bytes")


@model_commands.command("versions")
def versions(as_json: Json = False, home: Home = "local", outputs: Outputs = None) -> None:
    """Show the versions, which one is live and where a rollback would go."""
    known = _versions(home, outputs)
    live = known.live()
    for manifest in known.store.all():
        marks = {live.version: "live", live.previous: "previous"}
        if as_json:
            told = {**manifest.model_dump(mode="json"), "mark": marks.get(manifest.version)}
            print(json.dumps(told, ensure_ascii=False))
        else:
            mark, made = marks.get(manifest.version, ""), f"{manifest.created_at:%Y-%m-%d %H:%M}"
            print(f"{manifest.version:<24} {mark:<9} {made}  {manifest.base_model}")


@model_commands.command("deploy")
def deploy(version: Version, home: Home = "local", outputs: Outputs = None) -> None:
    """Roll a version out, under the critical alarm; CloudFormation goes back by itself when it rings."""
    _versions(home, outputs).deploy(version, _say)


@model_commands.command("rollback")
def rollback(home: Home = "local", outputs: Outputs = None) -> None:
    """Go to the version that was live before, in the same way."""
    _versions(home, outputs).rollback(_say)


@model_commands.command("try")
def try_version(
    version: Annotated[str | None, typer.Argument(help="The candidate, e.g. attendant/3.")] = None,
    percent: Annotated[int | None, typer.Option(min=0, max=100, help="Share of the visitors.")] = None,
    stop: Annotated[
        bool, typer.Option("--stop", help="Send nobody there any more and take it away.")
    ] = False,
    home: Home = "local",
    outputs: Outputs = None,
) -> None:
    """Let a version answer a share of the visitors, beside the live one; each stays with theirs."""
    from cli.failures import CommandFailed
    from cli.model_trial import ModelTrial

    trial = ModelTrial(_versions(home, outputs))
    if stop and version is None and percent is None:
        trial.stop(_say)
    elif not stop and version is not None and percent is not None:
        trial.begin(version, percent, _say)
    else:
        raise CommandFailed(
            "either a version with its share or --stop",
            "attendant model try VERSION --percent 10 | attendant model try --stop",
            exit_code=2,
        )


@model_commands.command("compare")
def compare(
    days: Annotated[int, typer.Option(min=1, max=400, help="How far back, days of UTC.")] = 7,
    as_json: Json = False,
    home: Home = "local",
    outputs: Outputs = None,
) -> None:
    """Compare the versions that answered: turns, how long they took, and what visitors thought."""
    from dataclasses import asdict
    from datetime import UTC, datetime

    from core.spec import all_specs
    from jobs import compare_variants
    from lambdas.adapters.dialogue_table import DialogueTable
    from lambdas.adapters.dialogues import Dialogues

    deployment = _versions(home, outputs).deployment
    table = DialogueTable(deployment.client("dynamodb"), deployment.output("DialoguesTable"))
    assistants = [spec.id for spec in all_specs()]
    today = datetime.now(UTC).date()
    compared = compare_variants.compare(Dialogues(table), assistants, newest=today, days=days)
    if as_json:
        for each in compared:
            print(json.dumps(asdict(each), ensure_ascii=False))
        return
    for line in compare_variants.lines(compared):
        print(line)
    if not compared:
        print(f"no answer of a model in {days} days")


@model_commands.command("kill")
def kill(
    down_for: Annotated[str, typer.Option(help="Keep it dead for so long.")] = "0s",
    home: Home = "local",
) -> None:
    """Kill the embedded model server and wait until it is back: a fault to be tried out."""
    from cli import stack
    from cli.durations import seconds_of

    print(f"the model server is back after {stack.kill_model(home, seconds_of(down_for)):.1f} s")


def _versions(home: str, outputs: Path | None) -> ModelVersions:
    from cli.deployment import find
    from cli.model_versions import ModelVersions

    return ModelVersions(find(home, outputs))


def _say(line: str) -> None:
    print(line, flush=True)
