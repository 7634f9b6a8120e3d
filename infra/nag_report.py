"""What cdk-nag still finds in the stacks of a stage: `python -m infra.nag_report --stage prod`.

Knows how to synthesise a stage without bundling, to ask the AwsSolutions pack and to count its answer by
rule. Refuses to judge: the exit status is 0 with findings too, unless `--strict`.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aws_cdk import App, Validations
from cdk_nag import AwsSolutionsChecks

from core.spec import AssistantSpec, all_specs
from infra.stacks import build_stacks
from infra.stages import STAGES, Stage, pick_stage

CDK_JSON = Path(__file__).resolve().parent.parent / "cdk.json"
SOME_MODEL = "https://model.example"


@dataclass(frozen=True)
class Finding:
    """`detail` tells findings of one rule on one construct apart."""

    rule: str
    detail: str
    construct: str


def synthesis_context(**context: Any) -> dict[str, Any]:
    """The context of cdk.json, with bundling left out."""
    described: dict[str, Any] = json.loads(CDK_JSON.read_text(encoding="utf-8"))["context"]
    return {**described, "aws:cdk:bundling-stacks": [], **context}


def findings(
    stage: Stage, assistants: Sequence[AssistantSpec], *, keep: Path | None = None
) -> tuple[Finding, ...]:
    """Everything that AwsSolutions finds, acknowledgements left out. The templates stay in `keep`."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = keep or Path(scratch)
        quiet = {"@aws-cdk/core:failSynthOnValidationErrors": False}  # the report file is what counts
        app = App(context=synthesis_context(**quiet), outdir=str(folder))
        build_stacks(app, stage=stage, assistants=assistants)
        Validations.of(app).add_plugins(AwsSolutionsChecks(app))
        app.synth()
        report = json.loads((folder / "validation-report.json").read_text(encoding="utf-8"))
    return tuple(_read(report))


def _read(report: dict[str, Any]) -> Iterator[Finding]:
    for plugin in report["pluginReports"]:
        for violation in plugin["violations"]:
            rule, _, detail = violation["ruleName"].partition("[")
            for construct in violation["violatingConstructs"]:
                yield Finding(rule, detail.removesuffix("]"), construct["constructPath"])


def main() -> int:
    parser = argparse.ArgumentParser(description="Counts the open findings of cdk-nag by rule.")
    parser.add_argument("--stage", choices=sorted(STAGES), default="prod")
    parser.add_argument("--each", action="store_true", help="name the constructs too")
    parser.add_argument("--strict", action="store_true", help="exit 1 when something is open")
    parser.add_argument("--output", type=Path, help="keep the templates in this folder")
    arguments = parser.parse_args()
    asked = {"stage": arguments.stage}
    if arguments.stage == "dev":
        asked["model_url"] = SOME_MODEL
    found = findings(pick_stage(asked.get), tuple(all_specs()), keep=arguments.output)
    say = sys.stdout.write
    say(f"cdk-nag AwsSolutions, stage {arguments.stage}: {len(found)} open\n")
    for rule, count in sorted(Counter(finding.rule for finding in found).items()):
        say(f"  {count:3} {rule}\n")
        if arguments.each:
            for finding in sorted((f.construct, f.detail) for f in found if f.rule == rule):
                say(f"      {' '.join(finding).rstrip()}\n")
    return 1 if arguments.strict and found else 0


if __name__ == "__main__":
    sys.exit(main())
