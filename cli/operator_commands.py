"""The operator's commands: exports, retention, redrive, logs, doctor. They reach a home or an AWS account.

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

from cli.options import Assistant, Home, Json, Outputs

if TYPE_CHECKING:
    from cli.deployment import Deployment


def register(app: typer.Typer, turns_commands: typer.Typer, erasures_commands: typer.Typer) -> None:
    """Adds the commands to `attendant`, to `attendant turns` and to `attendant erasures`."""
    turns_commands.command("redrive")(turns_redrive)
    erasures_commands.command("replay")(erasures_replay)
    app.command("export-inventory")(export_inventory)
    for command in (publish, retention, logs, doctor):
        app.command()(command)


def turns_redrive(
    assistant: Annotated[str | None, typer.Argument(help="Left out: all of them.")] = None,
    as_json: Json = False,
    home: Home = "local",
    outputs: Outputs = None,
) -> None:
    """Bring turns back from the dead-letter queues: each is queued once more with a clean record."""
    from dataclasses import asdict

    from cli import redrive

    redriven = redrive.redrive(_deployment(home, outputs), assistant)
    if as_json:
        print(json.dumps({name: asdict(done) for name, done in redriven.items()}))
        return
    for name, done in redriven.items():
        print(f"{name}: {redrive.sentence(done)}")


def erasures_replay(
    table: Annotated[
        str | None, typer.Option(help="A restored table of dialogues. Default: the one in use.")
    ] = None,
    home: Home = "local",
    outputs: Outputs = None,
) -> None:
    """Erase again what visitors have erased: after a restore, before the table is used. May be said twice."""
    from cli import erasures

    print(erasures.replay(_deployment(home, outputs), table))


def publish(home: Home = "local", outputs: Outputs = None) -> None:
    """Publish the page, and what the assistants' folders hold and no owner has changed."""
    from cli import publishing

    published = publishing.publish(_deployment(home, outputs))
    print(f"{published.files} files of the page")
    for assistant, kinds in published.documents.items():
        print(f"{assistant}: {', '.join(kinds) or 'nothing new'}")
        for passage in published.untold[assistant]:
            print(f"{assistant}: not told: {passage}", file=sys.stderr)


def export_inventory(
    assistant: Assistant,
    accept_shrink: Annotated[bool, typer.Option("--accept-shrink", help="Fewer cars is right.")] = False,
    source: Annotated[str | None, typer.Option(help="Change the source to this URL first.")] = None,
    as_json: Json = False,
    home: Home = "local",
    outputs: Outputs = None,
) -> None:
    """Read the stock from the source database now and publish it."""
    from cli import operations

    deployment = _deployment(home, outputs)
    if source is not None:
        operations.set_source(deployment, assistant, source)
    result = operations.export_inventory(deployment, assistant, accept_shrink=accept_shrink)
    sentence = f"{result['rows']} cars published, version {result['version']}"
    print(json.dumps(result, ensure_ascii=False) if as_json else sentence)


def retention(
    assistant: Assistant,
    duration: Annotated[str | None, typer.Argument(help="ISO 8601, e.g. P30D. Left out: show it.")] = None,
    home: Home = "local",
    outputs: Outputs = None,
) -> None:
    """Show or change how long dialogues are kept; older ones are re-stamped."""
    from cli import retention as retentions

    deployment = _deployment(home, outputs)
    if duration is None:
        print(retentions.show(deployment, assistant))
    else:
        print(f"{retentions.change(deployment, assistant, duration)} items re-stamped")


def logs(
    function: Annotated[str | None, typer.Argument(help="api, answer_<assistant>, reconcile...")] = None,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on until Ctrl-C.")] = False,
    since: Annotated[str, typer.Option(help="How far back: 90s, 10m, 1h.")] = "10m",
    home: Home = "local",
    outputs: Outputs = None,
) -> None:
    """Show what the functions logged."""
    from datetime import UTC, datetime, timedelta

    from cli import operations
    from cli.durations import seconds_of

    start = datetime.now(UTC) - timedelta(seconds=seconds_of(since))
    try:
        for line in operations.logs(_deployment(home, outputs), function, start, follow=follow):
            print(line, flush=True)
    except KeyboardInterrupt:
        return


def doctor(
    stage: Annotated[
        str | None, typer.Option(help="dev or prod: can the account of the credentials carry it?")
    ] = None,
    endpoint: Annotated[str | None, typer.Option(help="sagemaker, ec2 or external; else its own.")] = None,
    domain: Annotated[str | None, typer.Option(help="The site's name. Default: cdk.context.json.")] = None,
    certificate: Annotated[
        str | None, typer.Option(help="Its ARN. Default: cdk.context.json, or any that covers it.")
    ] = None,
    home: Home = "local",
    outputs: Outputs = None,
    as_json: Json = False,
) -> None:
    """Look whether this machine can carry the product, or with --stage or --outputs an AWS account."""
    if stage is not None:
        from cli import account_doctor, cost, findings
        from cli.account import Account, deploy_context

        said = deploy_context()
        account = Account(
            cost.read_materials(stage, endpoint or said.get("endpoint")),
            domain or said.get("domain"),
            certificate or said.get("certificate"),
            said.get("sender"),
        )
        findings.tell(account_doctor.examined(account), as_json=as_json)
        return
    from cli import doctor as doctors

    doctors.examine(home, outputs, as_json=as_json)


def _deployment(home: str, outputs: Path | None) -> Deployment:
    from cli.deployment import find

    return find(home, outputs)
