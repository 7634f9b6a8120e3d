"""Picks a stage, builds the stacks, nothing else.

`cdk deploy --all -c stage=local|dev|prod`
"""

from __future__ import annotations

import sys

from aws_cdk import App

from core.spec import all_specs
from infra.model_endpoints import StageError
from infra.stacks import build_stacks
from infra.stage_context import pick_stage

app = App()
try:
    stage = pick_stage(app.node.try_get_context)
    build_stacks(app, stage=stage, assistants=tuple(all_specs()))
except StageError as error:
    sys.exit(str(error))
app.synth()
