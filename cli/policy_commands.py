"""`attendant policy …`: forbidden topics of an assistant, looked at and changed.

Knows names, options and their help. Refuses to do anything itself, as `main.py`.
"""

# ruff: noqa: PLC0415  imports stand in the commands on purpose: `--help` answers at once
# ruff: noqa: PLR0917  the parameters of a command are its options

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.failures import AttendantGroup, CommandFailed
from cli.options import Assistant, Home, Json, Outputs

if TYPE_CHECKING:
    from cli.policy_versions import PolicyVersions, Published
    from core.spec import AssistantSpec
    from core.topics import CompiledPolicy

policy_commands = typer.Typer(
    cls=AttendantGroup,
    no_args_is_help=True,
    help="Forbidden topics: docs/policy.md.",
)
VersionOption = Annotated[
    str | None, typer.Option("--version", help="As in `history`. Default: the current.")
]


@policy_commands.command("check")
def check(
    text: Annotated[str | None, typer.Argument(help="One message.")] = None,
    policy: Annotated[Path | None, typer.Option(help="A policy file, topics.toml.")] = None,
    assistant: Annotated[str | None, typer.Option(help="Or the published policy of this assistant.")] = None,
    file: Annotated[Path | None, typer.Option(help="Messages, one a line; - is stdin.")] = None,
    as_json: Json = False,
    home: Home = "local",
    outputs: Outputs = None,
) -> None:
    """Say for each message whether it may pass, which topic it touches and which phrase hit.

    With neither a message nor --file the policy's own samples are checked.
    """
    from cli import policy as policies

    if text is not None and file is not None:
        raise CommandFailed("either a message or --file", exit_code=2)
    judge = _judge(policy, assistant, home, outputs)
    if file is not None:
        policies.check_file(judge, file, as_json=as_json)
    elif text is not None:
        policies.check_text(judge, text, as_json=as_json)
    else:
        policies.check_own_samples(judge)


@policy_commands.command("show")
def show(
    assistant: Assistant, version: VersionOption = None, home: Home = "local", outputs: Outputs = None
) -> None:
    """Print a published policy as a file that `edit --file` takes."""
    print(_versions(assistant, home, outputs).show(version), end="")


@policy_commands.command("edit")
def edit(
    assistant: Assistant,
    file: Annotated[Path | None, typer.Option(help="Publish this file. Default: open $EDITOR.")] = None,
    home: Home = "local",
    outputs: Outputs = None,
) -> None:
    """Change the policy. One that breaks the schema or its own samples is not published.

    What a file would change for questions that visitors have asked: `attendant policy replay FILE`.
    """
    _tell(_versions(assistant, home, outputs).edit(file))


@policy_commands.command("replay")
def replay(
    file: Annotated[Path, typer.Argument(help="The new policy, topics.toml.")],
    days: Annotated[int, typer.Option(min=1, max=366, help="So many days back, today included.")] = 30,
    assistant: Annotated[
        str | None, typer.Option(help="Whose dialogues. Left out: those of every assistant.")
    ] = None,
    fail: Annotated[bool, typer.Option("--fail", help="Exit with 1 when anything would change.")] = False,
    as_json: Json = False,
    home: Home = "local",
    outputs: Outputs = None,
) -> None:
    """Show what a policy would change: the stored questions that it judges otherwise than the published one.

    Nothing is published. Examples are masked.
    """
    from cli import policy as policies
    from cli import policy_replay as replays
    from cli.deployment import find
    from cli.progress import days_read

    new = policies.read_policy(file)
    if wrong := policies.wrong_samples(new):
        print(f"{len(wrong)} of its own samples fail, so it could not be published", file=sys.stderr)
    deployment, changed = find(home, outputs), False
    for spec in _specs(assistant):
        with days_read(spec.id, days) as progress:
            told = replays.replay(deployment, spec, new, days, progress)
        changed = changed or bool(told.changes or told.silenced)
        lines = (
            [json.dumps(replays.as_json(told), ensure_ascii=False)] if as_json else replays.sentences(told)
        )
        print("\n".join(lines))
    if fail and changed:
        raise typer.Exit(1)


@policy_commands.command("history")
def history(
    assistant: Assistant,
    limit: Annotated[int, typer.Option(min=1, max=100, help="So many versions.")] = 10,
    as_json: Json = False,
    home: Home = "local",
    outputs: Outputs = None,
) -> None:
    """Show who published what and when, newest first."""
    from dataclasses import asdict

    for version in _versions(assistant, home, outputs).history(limit):
        if as_json:
            print(json.dumps(asdict(version), ensure_ascii=False, default=str))
            continue
        print(f"{version.version}  {version.published_at:%Y-%m-%d %H:%M} UTC  {version.author}")
        changes = ["what it changed is not known any more"] if version.changes is None else version.changes
        print("\n".join(f"    {line}" for line in changes or ["nothing"]))


@policy_commands.command("rollback")
def rollback(
    assistant: Assistant, version: VersionOption = None, home: Home = "local", outputs: Outputs = None
) -> None:
    """Publish an older version once more: the one before the current one if none is named."""
    _tell(_versions(assistant, home, outputs).rollback(version))


def _versions(assistant: str, home: str, outputs: Path | None) -> PolicyVersions:
    from cli.deployment import find
    from cli.policy_versions import PolicyVersions

    return PolicyVersions(find(home, outputs), assistant)


def _specs(assistant: str | None) -> list[AssistantSpec]:
    from core.spec import all_specs

    specs = [spec for spec in all_specs() if assistant in (None, spec.id)]
    if not specs:
        raise CommandFailed(f"there is no assistant {assistant}", "attendant status", exit_code=2)
    return specs


def _judge(policy: Path | None, assistant: str | None, home: str, outputs: Path | None) -> CompiledPolicy:
    from cli.policy import read_policy

    if (policy is None) == (assistant is None):
        raise CommandFailed("name a policy: --policy FILE or --assistant ID", exit_code=2)
    if policy is not None:
        return read_policy(policy)
    assert assistant is not None
    return _versions(assistant, home, outputs).compiled()


def _tell(published: Published) -> None:
    from cli.policy_versions import LIVE

    if published.version is None:
        print("nothing to change: that is what the current policy says")
        return
    print("\n".join(published.changes))
    print(f"published as {published.version} by {published.author}; {LIVE}")
