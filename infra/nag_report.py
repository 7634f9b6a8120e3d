"""What cdk-nag still finds in the stacks, stage by stage: `python -m infra.nag_report --stage prod`.

Knows how to synthesise a stage without bundling, to ask its packs and to count its answer by
rule. Refuses to judge: the exit status is 0 with findings too, unless `--strict`.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aws_cdk import App, Validations
from cdk_nag import AwsSolutionsChecks, ServerlessChecks

from core.spec import AssistantSpec, all_specs
from infra.stacks import build_stacks
from infra.stage_context import pick_stage
from infra.stages import ENDPOINTS, STAGES, Stage

CDK_JSON = Path(__file__).resolve().parent.parent / "cdk.json"
SOME_MODEL = "https://model.example"
SOME_SITE = {
    "domain": "assistant.example.ru",
    "certificate": "arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d-0000-4000-8000-000000000000",
    "sender": "assistant@example.ru",
}


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


def combinations(stage: str | None = None) -> Iterator[dict[str, str]]:
    """The context of every stage with every kind of endpoint, or of that stage alone."""
    for name in STAGES if stage is None else (stage,):
        for kind in ENDPOINTS:
            model = {"model_url": SOME_MODEL} if kind == "external" else {}
            yield {"stage": name, "endpoint": kind, **SOME_SITE, **model}


def findings(
    stage: Stage, assistants: Sequence[AssistantSpec], *, keep: Path | None = None
) -> tuple[Finding, ...]:
    """What is open in the stacks of a stage. The templates stay in `keep`."""
    return findings_of(lambda app: build_stacks(app, stage=stage, assistants=assistants), keep=keep)


def findings_of(build: Callable[[App], None], *, keep: Path | None = None) -> tuple[Finding, ...]:
    """Everything that both packs find in what `build` adds to an app, acknowledgements left out."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = keep or Path(scratch)
        quiet = {"@aws-cdk/core:failSynthOnValidationErrors": False}  # the report file is what counts
        app = App(context=synthesis_context(**quiet), outdir=str(folder))
        build(app)
        Validations.of(app).add_plugins(AwsSolutionsChecks(app), ServerlessChecks(app))
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
    parser.add_argument("--stage", choices=sorted(STAGES), help="left out: all of them")
    parser.add_argument("--endpoint", choices=sorted(ENDPOINTS), help="left out: every kind")
    parser.add_argument("--each", action="store_true", help="name the constructs too")
    parser.add_argument("--strict", action="store_true", help="exit 1 when something is open")
    parser.add_argument("--output", type=Path, help="keep the templates below this folder")
    arguments = parser.parse_args()
    is_open = False
    for context in combinations(arguments.stage):
        if arguments.endpoint in (None, context["endpoint"]):
            name = f"{context['stage']}-{context['endpoint']}"
            keep = arguments.output / name if arguments.output else None
            found = findings(pick_stage(context.get), tuple(all_specs()), keep=keep)
            is_open = is_open or bool(found)
            sys.stdout.write(_report(name, found, each=arguments.each))
    return 1 if arguments.strict and is_open else 0


def _report(name: str, found: Sequence[Finding], *, each: bool) -> str:
    lines = [f"cdk-nag AwsSolutions and Serverless, {name}: {len(found)} open"]
    for rule, count in sorted(Counter(finding.rule for finding in found).items()):
        lines.append(f"  {count:3} {rule}")
        if each:
            named = sorted((f.construct, f.detail) for f in found if f.rule == rule)
            lines += [f"      {' '.join(finding).rstrip()}" for finding in named]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
