"""`attendant eval`: an assistant asked and judged against its labelled sets, and what is made of reports.

Knows names, options and their help, and that `attendant eval ASSISTANT` is short for `attendant eval run
ASSISTANT`. Refuses to do anything itself, as `main.py`.
"""

# ruff: noqa: PLC0415  imports stand in the commands on purpose: `--help` answers at once
# ruff: noqa: PLR0917  the parameters of a command are its options

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from cli.failures import AttendantGroup
from cli.options import Assistant


class _EvalGroup(AttendantGroup):
    """What is no command of the group is the assistant to evaluate."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = ["run", *args]
        return super().parse_args(ctx, args)


eval_commands = typer.Typer(
    cls=_EvalGroup,
    no_args_is_help=True,
    help="attendant eval ASSISTANT [OPTIONS]: ask it its labelled questions, judge, write a report.",
)


@eval_commands.command("compare")
def compare(
    first: Annotated[Path, typer.Argument(help="report.json of a run.")],
    second: Annotated[Path, typer.Argument(help="report.json of another run on the same questions.")],
) -> None:
    """Set two reports side by side, with bootstrap intervals of every difference."""
    from cli import eval_reports

    eval_reports.compare(first, second)


@eval_commands.command("sheet")
def sheet(
    report: Annotated[Path, typer.Argument(help="report.json of a run.")],
    raters: Annotated[int, typer.Option(min=1, max=20, help="How many people mark the answers.")] = 2,
    output: Annotated[Path | None, typer.Option(help="A folder. Default: the report's.")] = None,
) -> None:
    """Write a sheet for each rater: questions and answers in an order of its own, to be marked 0 to 5."""
    from cli import eval_reports

    eval_reports.sheet(report, raters=raters, output=output)


@eval_commands.command("agreement")
def agreement(
    files: Annotated[list[Path], typer.Argument(help="The sheets as the raters have marked them.")],
) -> None:
    """Say how far raters agree (Krippendorff's alpha) and what their marks are."""
    from cli import eval_reports

    eval_reports.agreement(files)


@eval_commands.command("run")
def run(
    assistant: Assistant,
    split: Annotated[str, typer.Option(help="dev or test; of test the report shows no texts.")] = "dev",
    kinds: Annotated[str | None, typer.Option(help="Of these kinds only: stock,salon,cars...")] = None,
    stock: Annotated[
        Path | None, typer.Option(help="A stock (CSV) in the place of those that the questions name.")
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(help="One of inference_container/weights/models.toml; with --model-url its name there."),
    ] = None,
    model_url: Annotated[
        str | None, typer.Option(help="An OpenAI-compatible server to ask instead of starting one.")
    ] = None,
    no_model: Annotated[bool, typer.Option("--no-model", help="Facts and passages alone; seconds.")] = False,
    limit_model: Annotated[
        int | None,
        typer.Option(
            min=0,
            help="So many questions may go to the model. Default: 60, with --model-url all.",
        ),
    ] = None,
    output: Annotated[Path | None, typer.Option(help="A folder. Default: one in .attendant/evals/.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with a run that was broken off.")] = False,
) -> None:
    """Ask an assistant its labelled questions in this process, judge the answers, write a report."""
    from cli import evaluating

    evaluating.evaluate(
        evaluating.EvalWish(
            assistant=assistant,
            split=split,
            kinds=kinds,
            stock=stock,
            model=model,
            model_url=model_url,
            no_model=no_model,
            limit_model=limit_model,
            output=output,
            resume=resume,
        )
    )
