"""Numbers of the dialogues: what leaves them by the clock, and the tables over it.

Knows how often, and what the export may read. Refuses to know what a row is (`core/analytics`) and where the
files are kept (`infra/data.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aws_cdk import CfnOutput, Stack
from constructs import Construct

from core.facts import DocumentKind
from infra.analytics_files import may_write_analytics
from infra.answering import Answering
from infra.athena_tables import AthenaTables
from infra.clocks import Every
from infra.data import BY_ASSISTANT_DAY, DataStack
from infra.functions import PlatformFunction
from infra.permissions import index, items, read_documents
from infra.python_bundle import AssistantParts, Bundle, python_code
from infra.stages import Stage

BUNDLE = Bundle(function="dialogue_export", assistants=AssistantParts.MANIFESTS)
EVERY_MINUTES = 15
SPEAKING = (DocumentKind.KNOWLEDGE, DocumentKind.SNAPSHOT, DocumentKind.SETTINGS)


class AnalyticsStack(Stack):
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
        assistants = [line.assistant for line in lines]
        self.export = PlatformFunction(
            self,
            "DialogueExport",
            stage=stage,
            data=data,
            service="dialogue_export",
            name=f"attendant-{stage.name}-dialogue-export",
            code=python_code(self, BUNDLE, stage=stage),
            size=stage.dialogue_export,
            environment={
                "AUDIT_TABLE": data.audit.table_name,
                "ANALYTICS_BUCKET": data.analytics.bucket_name,
            },
            permissions=(
                items(data.dialogues, "Query"),
                index(data.dialogues, BY_ASSISTANT_DAY),
                items(data.audit, "Query"),
                *read_documents(data.published, [spec.id for spec in assistants], *SPEAKING),
            ),
        )
        written = may_write_analytics(self, self.export.role, data)
        self.export.function.node.add_dependency(written)
        self.export.forget_what_is_late()
        Every(self, "Exporting", minutes=EVERY_MINUTES, function=self.export.function, payload={})
        tables = AthenaTables(self, "Athena", stage=stage, data=data, assistants=assistants)

        CfnOutput(self, "DialogueExportFunction", value=self.export.function.function_name)
        CfnOutput(self, "AthenaWorkGroup", value=f"attendant-{stage.name}")
        CfnOutput(self, "AthenaDatabase", value=tables.database)
