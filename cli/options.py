"""Arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Assistant = Annotated[str, typer.Argument(help="The assistant's id, as in GET /v1/assistants.")]
AnyAssistant = Annotated[str | None, typer.Argument(help="Left out: the first one of GET /v1/assistants.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line instead of text.")]
Url = Annotated[
    str | None, typer.Option("--url", envvar="ATTENDANT_URL", help="The API. Default: the stack of --home.")
]
Home = Annotated[
    str,
    typer.Option("--home", envvar="ATTENDANT_HOME", help="Which embedded cloud: a folder in .attendant/."),
]
Outputs = Annotated[
    Path | None,
    typer.Option(
        "--outputs", help="cdk's outputs file of a deployment in an AWS account, instead of --home."
    ),
]
