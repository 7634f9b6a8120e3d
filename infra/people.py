"""What people may do: two roles that principals of the account take for an hour, with a second factor.

`ReadOnly` looks at dashboards, alarms, metrics, logs and traces: neither at dialogues nor at secrets.
`Operator` does what the command line does (`attendant endpoint`, `export-inventory`, `retention`, `turns
redrive`, `erasures replay`, `policy replay`, `analytics`) and nothing else. The breaker is switched through
its function alone, which writes down who asked.
Refuses to know who these people are: `-c people=` names them, left out it is whoever the account lets.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from aws_cdk import CfnOutput, Duration, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from core.facts import DocumentKind
from infra.analytics_files import may_read_analytics
from infra.answering import Answering
from infra.data import BY_ASSISTANT_DAY, DataStack
from infra.others_secret import OthersSecret
from infra.permissions import allow, index, items, overwrite_documents, read_documents
from infra.stages import Stage
from infra.unscopable import not_for_people

SESSION = Duration.hours(1)
LOOK_AT_LOGS = (
    "logs:DescribeLogStreams",
    "logs:FilterLogEvents",
    "logs:GetLogEvents",
    "logs:StartQuery",
)


class PeopleStack(Stack):
    """`sources` are the secrets of the source databases, `invoked` the functions that an operator calls."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        stage: Stage,
        data: DataStack,
        lines: Sequence[Answering],
        sources: Iterable[OthersSecret],
        invoked: Iterable[lambda_.IFunction],
        **stack: Any,
    ) -> None:
        super().__init__(scope, id_, **stack)
        looking = self._role("ReadOnly", stage, managed_policies=[data.unscopable])
        dashboard = f"arn:aws:cloudwatch::{self.account}:dashboard/attendant-{stage.name}"
        iam.Policy(self, "Looking", roles=[looking]).add_statements(
            allow(["cloudwatch:GetDashboard"], dashboard),
            allow(LOOK_AT_LOGS, *(group.log_group_arn for group in data.log_groups)),
            iam.PolicyStatement(effect=iam.Effect.DENY, actions=list(not_for_people(stage)), resources=["*"]),
        )
        operating = self._role("Operator", stage)
        iam.Policy(self, "Operating", roles=[operating]).add_statements(
            allow(["lambda:InvokeFunction"], *(function.function_arn for function in invoked)),
            *_redriving(data, lines),
            *_erasing_again(data),
            *_keeping(data, [line.assistant.id for line in lines]),
            *_replaying(data, [line.assistant.id for line in lines]),
            *_naming_the_source(sources),
        )
        may_read_analytics(self, operating, data)
        CfnOutput(self, "ReadOnlyRoleArn", value=looking.role_arn)
        CfnOutput(self, "OperatorRoleArn", value=operating.role_arn)

    def _role(self, id_: str, stage: Stage, **role: Any) -> iam.Role:
        people = [iam.ArnPrincipal(arn) for arn in stage.people] or [iam.AccountRootPrincipal()]
        condition = {"Bool": {"aws:MultiFactorAuthPresent": "true"}} if stage.second_factor else {}
        return iam.Role(
            self,
            id_,
            assumed_by=iam.CompositePrincipal(*(who.with_conditions(condition) for who in people)),
            max_session_duration=SESSION,
            **role,
        )


def _redriving(data: DataStack, lines: Sequence[Answering]) -> tuple[iam.PolicyStatement, ...]:
    return (
        allow(["sqs:ReceiveMessage", "sqs:DeleteMessage"], *(line.dead_letters.queue_arn for line in lines)),
        allow(["sqs:SendMessage"], *(line.queue.queue_arn for line in lines)),
        items(data.dialogues, "GetItem", "UpdateItem"),
    )


def _erasing_again(data: DataStack) -> tuple[iam.PolicyStatement, ...]:
    return (items(data.audit, "Query"), items(data.dialogues, "Query", "DeleteItem"))


def _keeping(data: DataStack, assistants: Sequence[str]) -> tuple[iam.PolicyStatement, ...]:
    """The owner's retention, told in the audit, and carrying it over to what is kept already."""
    return (
        items(data.audit, "PutItem"),
        *overwrite_documents(data.published, assistants, DocumentKind.SETTINGS),
        items(data.dialogues, "GetItem", "Query", "UpdateItem"),
        index(data.dialogues, BY_ASSISTANT_DAY),
    )


def _replaying(data: DataStack, assistants: Sequence[str]) -> tuple[iam.PolicyStatement, ...]:
    """A new policy over questions (read by `_keeping`) and passages, beside the published one. For analytics
    the stock is read as well: what it names is not masked.
    """
    return read_documents(
        data.published, assistants, DocumentKind.POLICY, DocumentKind.KNOWLEDGE, DocumentKind.SNAPSHOT
    )


def _naming_the_source(sources: Iterable[OthersSecret]) -> tuple[iam.PolicyStatement, ...]:
    secrets = [secret.attr_id for secret in sources]
    return (allow(["secretsmanager:PutSecretValue"], *secrets),) if secrets else ()
