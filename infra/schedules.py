"""What runs by the clock: the inventory exports and the reconciler.

Knows how often, and the secrets that hold the addresses of the source databases. Refuses to know their
values: the operator sets them (`attendant up --source`), a template never does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from aws_cdk import CfnOutput, Stack
from aws_cdk import aws_iam as iam
from constructs import Construct

from core.facts import DocumentKind
from infra.answering import Answering
from infra.clocks import Every
from infra.data import UNFINISHED, DataStack
from infra.functions import PlatformFunction
from infra.others_secret import OthersSecret
from infra.permissions import allow, index, items, look_back, overwrite_documents, read_documents
from infra.python_bundle import AssistantParts, Bundle, python_code
from infra.stages import Stage

EXPORT_BUNDLE = Bundle(function="inventory_export", assistants=AssistantParts.MANIFESTS)
RECONCILE_BUNDLE = Bundle(function="reconcile", assistants=AssistantParts.MANIFESTS)
RECONCILE_EVERY_MINUTES = 1


class SchedulesStack(Stack):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        stage: Stage,
        data: DataStack,
        lines: Sequence[Answering],
        **stack: Any,
    ) -> None:
        super().__init__(scope, id_, **stack)
        stocked = [line.assistant for line in lines if line.assistant.inventory is not None]
        self.sources = {
            spec.id: OthersSecret(
                self,
                f"{spec.title}Source",
                stage=stage,
                data=data,
                description=f"SQLAlchemy URL of the stock of {spec.id}",
            )
            for spec in stocked
        }
        self.inventory_export = self._inventory_export(stage, data, self.sources)
        self.reconcile = self._reconcile(stage, data, lines)
        self.inventory_export.forget_what_is_late()
        self.reconcile.forget_what_is_late()

        for spec in stocked:
            assert spec.inventory is not None  # chosen above
            Every(
                self,
                f"Export{spec.title}",
                minutes=spec.inventory.schedule_minutes,
                function=self.inventory_export.function,
                payload={"assistant": spec.id},
            )
            CfnOutput(self, f"SourceSecret{spec.title}", value=self.sources[spec.id].attr_id)
        Every(
            self, "Reconciling", minutes=RECONCILE_EVERY_MINUTES, function=self.reconcile.function, payload={}
        )

        CfnOutput(self, "InventoryExportFunction", value=self.inventory_export.function.function_name)
        CfnOutput(self, "ReconcileFunction", value=self.reconcile.function.function_name)

    def _inventory_export(
        self, stage: Stage, data: DataStack, secrets: Mapping[str, OthersSecret]
    ) -> PlatformFunction:
        return PlatformFunction(
            self,
            "InventoryExport",
            stage=stage,
            data=data,
            service="inventory_export",
            name=f"attendant-{stage.name}-inventory-export",
            code=python_code(self, EXPORT_BUNDLE, stage=stage),
            size=stage.inventory_export,
            environment={
                "SOURCE_SECRETS": self.to_json_string(
                    {id_: secret.attr_id for id_, secret in secrets.items()}
                )
            },
            permissions=_export_permissions(data, secrets),
        )

    def _reconcile(self, stage: Stage, data: DataStack, lines: Sequence[Answering]) -> PlatformFunction:
        queues = {line.assistant.id: line.queue for line in lines}
        dead_letters = {line.assistant.id: line.dead_letters for line in lines}
        return PlatformFunction(
            self,
            "Reconcile",
            stage=stage,
            data=data,
            service="reconcile",
            name=f"attendant-{stage.name}-reconcile",
            code=python_code(self, RECONCILE_BUNDLE, stage=stage),
            size=stage.reconcile,
            environment={
                "QUEUE_URLS": self.to_json_string({id_: queue.queue_url for id_, queue in queues.items()}),
                "DEAD_LETTER_QUEUE_URLS": self.to_json_string(
                    {id_: queue.queue_url for id_, queue in dead_letters.items()}
                ),
            },
            permissions=(
                items(data.dialogues, "GetItem", "UpdateItem"),
                items(data.control, "GetItem"),
                index(data.dialogues, UNFINISHED),
                allow(
                    ["sqs:SendMessage"],
                    *(queue.queue_arn for queue in (*queues.values(), *dead_letters.values())),
                ),
                *read_documents(data.published, queues, DocumentKind.SETTINGS),
            ),
        )


def _export_permissions(
    data: DataStack, secrets: Mapping[str, OthersSecret]
) -> Iterable[iam.PolicyStatement]:
    if not secrets:  # no assistant has stock: a function without a right
        return ()
    return (
        allow(["secretsmanager:GetSecretValue"], *(secret.attr_id for secret in secrets.values())),
        *overwrite_documents(data.published, secrets, DocumentKind.SNAPSHOT),
        look_back(data.published, secrets, DocumentKind.SNAPSHOT),
    )
