"""The command line `attendant`: what can be said, and which module does it.

Knows names, options and their help. Refuses to do anything itself: every command imports its module when it
is called, so that `--help` answers at once.
"""

# ruff: noqa: PLC0415  imports stand in the commands on purpose, see above
# ruff: noqa: PLR0917  the parameters of a command are its options

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli import operator_commands
from cli.analytics_commands import analytics_commands
from cli.brochure_commands import brochure_commands
from cli.endpoint_commands import endpoint_commands
from cli.eval_commands import eval_commands
from cli.failures import AttendantGroup
from cli.model_commands import model_commands
from cli.options import AnyAssistant, Assistant, Home, Json, Url
from cli.owner_commands import owner_commands
from cli.pilot_commands import pilot_commands
from cli.policy_commands import policy_commands

app = typer.Typer(
    name="attendant",
    cls=AttendantGroup,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Several LLM assistants on one endpoint: run them here, ask them, look after them.",
)
erasures_commands = typer.Typer(cls=AttendantGroup, no_args_is_help=True, help="What visitors erased.")
turns_commands = typer.Typer(cls=AttendantGroup, no_args_is_help=True, help="Turns that found no end.")
app.add_typer(policy_commands, name="policy")
app.add_typer(owner_commands, name="owner")
app.add_typer(brochure_commands, name="brochure")
app.add_typer(turns_commands, name="turns")
app.add_typer(erasures_commands, name="erasures")
app.add_typer(model_commands, name="model")
app.add_typer(endpoint_commands, name="endpoint")
app.add_typer(eval_commands, name="eval")
app.add_typer(pilot_commands, name="pilot")
app.add_typer(analytics_commands, name="analytics")


@app.command()
def up(
    detach: Annotated[bool, typer.Option("--detach", help="Return when it is ready.")] = False,
    source: Annotated[
        str | None,
        typer.Option(
            envvar="ATTENDANT_SOURCE_DATABASE_URL",
            help="SQLAlchemy URL of the stock database, or ASSISTANT=URL. Default: the samples.",
        ),
    ] = None,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Page and API.")] = 8080,
    emulator_port: Annotated[int, typer.Option(min=1, max=65535, help="The AWS emulator.")] = 4566,
    model_port: Annotated[int, typer.Option(min=1, max=65535, help="The model server.")] = 8090,
    model: Annotated[
        str | None,
        typer.Option(help="One of inference_container/weights/models.toml; with --model-url its name there."),
    ] = None,
    model_url: Annotated[
        str | None, typer.Option(help="An OpenAI-compatible server to use instead of starting one.")
    ] = None,
    model_slots: Annotated[
        int | None, typer.Option(min=1, help="How many calls that server takes at once.")
    ] = None,
    home: Home = "local",
) -> None:
    """Bring the whole product up on this machine, without an AWS account."""
    import sys

    from cli import stack
    from cli.deployment import home_folder
    from cli.embedded_cloud.settings import DEFAULT_MODEL, EmbeddedCloudSettings
    from cli.failures import CommandFailed
    from cli.operations import usable_source

    if model_url is not None and model is None:
        raise CommandFailed("--model-url needs the model's name there", "add --model NAME", exit_code=2)
    if model_slots is not None and model_url is None:
        raise CommandFailed("--model-slots belongs to --model-url", "leave it out", exit_code=2)
    settings = EmbeddedCloudSettings(
        home=home_folder(home),
        port=port,
        emulator_port=emulator_port,
        model_port=model_port,
        model=model or DEFAULT_MODEL,
        model_url=model_url.rstrip("/") if model_url else None,
        model_slots=model_slots,
        source=usable_source(source),
    )
    if detach:
        stack.run_detached(settings, [word for word in sys.argv[2:] if word != "--detach"])
    else:
        stack.run(settings)


@app.command()
def down(
    erase: Annotated[bool, typer.Option("--erase", help="Remove its state and logs, too.")] = False,
    home: Home = "local",
) -> None:
    """Stop what `up` started; the state is kept."""
    from cli import stack

    stack.stop(home, erase=erase)


@app.command()
def status(as_json: Json = False, home: Home = "local") -> None:
    """Show what is running and whether it is well."""
    from cli import stack

    stack.status(home, as_json=as_json)


@app.command()
def ask(
    assistant: Assistant,
    question: Annotated[str | None, typer.Argument(help="Left out: a dialogue on the terminal.")] = None,
    file: Annotated[Path | None, typer.Option(help="A question a line, a session each; - is stdin.")] = None,
    as_json: Json = False,
    url: Url = None,
    home: Home = "local",
    timeout: Annotated[float, typer.Option(help="Seconds until an answer counts as not coming.")] = 180.0,
) -> None:
    """Ask an assistant and read the answer while it grows."""
    from cli import asking
    from cli.failures import CommandFailed

    address = _address(url, home)
    if question is not None and file is not None:
        raise CommandFailed("either a question or --file", exit_code=2)
    if file is not None:
        asking.ask_file(address, assistant, file, as_json=as_json, timeout_seconds=timeout)
    elif question is not None:
        asking.ask_one(address, assistant, question, as_json=as_json, timeout_seconds=timeout)
    else:
        asking.talk(address, assistant, as_json=as_json, timeout_seconds=timeout)


@app.command()
def loadtest(
    assistant: AnyAssistant = None,
    rate: Annotated[str | None, typer.Option(help="Steady load, e.g. 10/min.")] = None,
    duration: Annotated[str, typer.Option(help="How long the steady load lasts.")] = "5m",
    burst: Annotated[int | None, typer.Option(min=1, max=200, help="So many questions at once.")] = None,
    cold: Annotated[bool, typer.Option("--cold", help="Report only the first burst, unwarmed.")] = False,
    file: Annotated[Path | None, typer.Option(help="Questions, one a line. Default: the evals.")] = None,
    kill_model_after: Annotated[
        str | None, typer.Option(help="Kill the embedded model server so long after the start.")
    ] = None,
    model_down_for: Annotated[str, typer.Option(help="And start it again so long after that.")] = "15s",
    i_own_this_host: Annotated[bool, typer.Option("--i-own-this-host")] = False,
    as_json: Json = False,
    url: Url = None,
    home: Home = "local",
) -> None:
    """Send a load and balance the books: nothing lost, nothing twice, everything within 10 s."""
    from cli import load_command

    load_command.run(
        load_command.Wish(
            url=_address(url, home),
            home=home,
            assistant=assistant,
            rate=rate,
            duration=duration,
            burst=burst,
            cold=cold,
            file=file,
            kill_model_after=kill_model_after,
            model_down_for=model_down_for,
            i_own_this_host=i_own_this_host,
            as_json=as_json,
        )
    )


@app.command()
def transcripts(
    assistant: AnyAssistant = None,
    file: Annotated[Path, typer.Option(help="Questions, one a line.")] = Path(
        "docs/transcript-questions.txt"
    ),
    output: Annotated[Path, typer.Option(help="Where to write.")] = Path("docs/transcripts.md"),
    url: Url = None,
    home: Home = "local",
) -> None:
    """Ask the questions of a file and write the transcript with date, versions and times."""
    from cli import transcripts as writer

    writer.write(_address(url, home), assistant, file, output)


@app.command()
def cost(
    stage: Annotated[str, typer.Option(help="local, dev or prod.")] = "prod",
    endpoint: Annotated[str | None, typer.Option(help="sagemaker, ec2 or external; else its own.")] = None,
    region: Annotated[str | None, typer.Option(help="Whose prices. Default: the stage's region.")] = None,
    month: Annotated[str | None, typer.Option(help="Which month, e.g. 2026-12. Default: this one.")] = None,
    rate: Annotated[
        str | None, typer.Option(help="Questions in office hours, e.g. 10/min. Default: three loads.")
    ] = None,
    usd_per_million_tokens: Annotated[
        float | None, typer.Option(min=0, help="What somebody else's model costs, input and output alike.")
    ] = None,
    page: Annotated[
        Path | None, typer.Option(help="Write the generated part of docs/cost.md instead.")
    ] = None,
    rates: Annotated[
        Path | None, typer.Option(help="Write infra/day_rates.toml, for the owner's page, instead.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Estimate what a stage costs a month, line by line, before any deploy and without an account."""
    import json

    from cli import cost as costs
    from cli import cost_page, cost_report, day_rates
    from cli.durations import rate_of

    if page is not None:
        cost_page.write(page)
        return
    if rates is not None:
        day_rates.write(rates)
        return
    comparison = costs.compare(
        costs.Wish(
            stage=stage,
            endpoint=endpoint,
            region=region,
            month=month,
            per_minute=rate_of(rate) * 60 if rate else None,
            token_price=usd_per_million_tokens,
        )
    )
    if as_json:
        print(json.dumps(cost_report.as_json(comparison), ensure_ascii=False))
    else:
        print("\n".join(cost_report.as_text(comparison)))


@app.command()
def capacity(
    gpu: Annotated[str, typer.Option(help="t4, a10g, l4, h100 or h200; all compares them.")] = "t4",
    model: Annotated[str, typer.Option(help="One of core/capacity/figures.toml.")] = "qwen2.5-7b-instruct",
    quantisation: Annotated[str, typer.Option(help="fp16, bf16, awq, gptq, fp8, q4_k_m, q8_0.")] = "awq",
    context: Annotated[int, typer.Option(min=16, help="Tokens of the longest dialogue.")] = 4096,
    dialogues: Annotated[int, typer.Option(min=1, max=1000, help="Questions at once.")] = 50,
    adapters: Annotated[int, typer.Option(min=0, max=1000, help="LoRA adapters held at once.")] = 0,
    as_json: Json = False,
) -> None:
    """Compute how many dialogues fit a GPU with a model, and how fast it can be at most."""
    import json

    from rich.console import Console

    from cli import capacity_report

    found = capacity_report.capacities(
        gpu_name=gpu,
        model_name=model,
        quantisation_name=quantisation,
        context_tokens=context,
        dialogues=dialogues,
        adapters=adapters,
    )
    if as_json:
        for of in found:
            print(json.dumps(capacity_report.as_json(of)))
        return
    print(capacity_report.title(found))
    Console().print(capacity_report.as_table(found))
    print("\n".join(["", *capacity_report.notes(found)]))


def _address(url: str | None, home: str) -> str:
    from cli.deployment import address

    return url or address(home)


operator_commands.register(app, turns_commands, erasures_commands)

if __name__ == "__main__":
    app()
