"""The stacks of LOCAL, DEV and PROD, synthesised once a session for two assistants of which one has stock."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aws_cdk import App

from core.spec import AssistantSpec, all_specs
from infra.nag_report import SOME_MODEL, SOME_SITE, synthesis_context
from infra.stacks import build_stacks
from infra.stage_context import pick_stage
from infra.stages import LOCAL, Stage

MANIFEST = """
id = "{id}"
name = "Sample"
flow = "assistants.sample.flow"
capabilities = [{capabilities}]
{inventory}

[owner.hours]
time_zone = "Europe/Moscow"
[owner.hours.week]
mon = ["09:00", "21:00"]

[owner.terms]
version = "1"
storage = "s"
training = "t"

[owner.texts]
greeting = "g"
off_topic = "o"
no_fact = "n"
apology = "a"
resting = "r"
callback_accepted = "c"
office_closed = "x"
"""


GOLDEN = """
[[questions]]
id = "faq"
text = "q"
expects = "sources"
needs_model = true
"""


@dataclass(frozen=True)
class Resource:
    stack: str
    name: str
    kind: str
    body: dict[str, Any]

    @property
    def properties(self) -> dict[str, Any]:
        return self.body.get("Properties", {})


@dataclass(frozen=True)
class Deployment:
    """What a stage would deploy: templates by the stack's part ("data", "api"...)."""

    stage: Stage
    folder: Path
    templates: dict[str, dict[str, Any]]

    def all(self, kind: str | None = None) -> Iterator[Resource]:
        for stack, template in self.templates.items():
            for name, body in template["Resources"].items():
                if kind in (None, body["Type"]):
                    yield Resource(stack, name, body["Type"], body)

    def outputs(self) -> dict[str, Any]:
        return {
            name: output["Value"]
            for template in self.templates.values()
            for name, output in template.get("Outputs", {}).items()
            if "Export" not in output and not name.startswith("PublishOutput")  # between stacks
        }

    def function(self, service: str, assistant: str | None = None) -> Resource:
        (found,) = [
            function
            for function in self.all("AWS::Lambda::Function")
            if function.properties["Handler"] == f"lambdas.{service}.handler.handler"
            and assistant in (None, variables(function).get("ASSISTANT"))
        ]
        return found


def variables(function: Resource) -> dict[str, Any]:
    return function.properties["Environment"]["Variables"]


def first_deployed(template: dict[str, Any], **given: str) -> dict[str, Any]:
    """The template as the first deploy has it, with its parameters at their defaults, or at what is `given`:
    without the resources whose condition does not hold.
    """
    values = {
        name: given.get(name, parameter["Default"])
        for name, parameter in template.get("Parameters", {}).items()
        if parameter["Type"] == "String"
    }

    def filled(value: Any) -> Any:
        if isinstance(value, dict):
            if set(value) == {"Ref"} and value["Ref"] in values:
                return values[value["Ref"]]
            return {key: filled(inner) for key, inner in value.items()}
        return [filled(inner) for inner in value] if isinstance(value, list) else value

    conditions = {name: holds(filled(each)) for name, each in template.get("Conditions", {}).items()}
    resources = {
        name: filled(body)
        for name, body in template["Resources"].items()
        if conditions.get(body.get("Condition"), True)
    }
    return {**template, "Resources": resources}


def holds(condition: dict[str, Any]) -> bool:
    ((function, arguments),) = condition.items()
    if function == "Fn::Not":
        return not holds(arguments[0])
    assert function == "Fn::Equals", f"{function} is not known here yet"
    return arguments[0] == arguments[1]


def read_deployment(stage: Stage, folder: Path, **given: str) -> Deployment:
    prefix = f"attendant-{stage.name}-"
    templates = {
        path.name.removeprefix(prefix).removesuffix(".template.json"): first_deployed(
            json.loads(path.read_text()), **given
        )
        for path in sorted(folder.glob("*.template.json"))
    }
    return Deployment(stage, folder, templates)


def synthesise(stage: Stage, assistants: tuple[AssistantSpec, ...], folder: Path) -> Deployment:
    app = App(context=synthesis_context(), outdir=str(folder))
    build_stacks(app, stage=stage, assistants=assistants)
    app.synth()
    return read_deployment(stage, folder)


@pytest.fixture(scope="session")
def assistants(tmp_path_factory: pytest.TempPathFactory) -> tuple[AssistantSpec, ...]:
    folder = tmp_path_factory.mktemp("assistants")
    for name, stocked in (("night_desk", False), ("salon", True)):
        (folder / name).mkdir()
        text = MANIFEST.format(
            id=name,
            capabilities='"inventory", "ratings"' if stocked else "",
            inventory='[inventory]\nschedule_minutes = 20\nmax_age = "PT6H"' if stocked else "",
        )
        (folder / name / "assistant.toml").write_text(text)
        (folder / name / "golden.toml").write_text(GOLDEN)
    return tuple(all_specs(folder))


@pytest.fixture(scope="session")
def local(assistants: tuple[AssistantSpec, ...], tmp_path_factory: pytest.TempPathFactory) -> Deployment:
    return synthesise(LOCAL, assistants, tmp_path_factory.mktemp("local"))


@pytest.fixture(scope="session")
def prod(assistants: tuple[AssistantSpec, ...], tmp_path_factory: pytest.TempPathFactory) -> Deployment:
    stage = pick_stage({"stage": "prod", **SOME_SITE}.get)
    return synthesise(stage, assistants, tmp_path_factory.mktemp("prod"))


@pytest.fixture(scope="session")
def prod_ec2(assistants: tuple[AssistantSpec, ...], tmp_path_factory: pytest.TempPathFactory) -> Deployment:
    stage = pick_stage({"stage": "prod", "endpoint": "ec2", **SOME_SITE}.get)
    return synthesise(stage, assistants, tmp_path_factory.mktemp("prod_ec2"))


@pytest.fixture(scope="session")
def dev(assistants: tuple[AssistantSpec, ...], tmp_path_factory: pytest.TempPathFactory) -> Deployment:
    stage = pick_stage({"stage": "dev", "model_url": SOME_MODEL, **SOME_SITE}.get)
    return synthesise(stage, assistants, tmp_path_factory.mktemp("dev"))


@pytest.fixture(params=["local", "dev", "prod"])
def deployment(request: pytest.FixtureRequest) -> Deployment:
    return request.getfixturevalue(request.param)
