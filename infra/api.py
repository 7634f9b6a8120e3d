"""The way in: an HTTP API in front of the visitors' function and the owner's, and who is let in there.

Knows routes, throttling and what the functions may touch. Refuses to know what is behind a path
(`lambdas/api`) and how a token is judged (`lambdas/admit`).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from aws_cdk import ArnFormat, CfnOutput, Duration, Stack
from aws_cdk import aws_apigatewayv2 as apigatewayv2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk.aws_apigatewayv2_authorizers import HttpLambdaAuthorizer, HttpLambdaResponseType
from aws_cdk.aws_apigatewayv2_integrations import HttpLambdaIntegration
from constructs import Construct

from core.facts import DocumentKind
from infra.answering import Answering
from infra.data import DataStack
from infra.endpoint.interface import Rights
from infra.functions import PlatformFunction
from infra.log_groups import PlatformLogs
from infra.origin_token import ORIGIN_HEADER, secret_arn, secret_name
from infra.owner import OWNERS_PATH, OwnerFunction
from infra.permissions import allow, items, read_documents
from infra.python_bundle import AssistantParts, Bundle, python_code
from infra.stages import FunctionSize, Stage

BUNDLE = Bundle(function="api", assistants=AssistantParts.MANIFESTS, speaks_http=True)
ADMIT_BUNDLE = Bundle(function="admit", assistants=AssistantParts.NOTHING)
# The gateway waits no longer. At once as many as it lets in a second: who guesses tokens at the gateway's own
# address must not keep the authorizer from our edge.
ADMIT_SIZE = FunctionSize(memory_mb=512, timeout_seconds=10, at_once=50)
ADMISSION_KEPT = Duration.hours(1)  # the gateway's most: so rarely is the authorizer asked about one token
ACCESS_LOG = {  # neither address nor path parameters: a visitor is nobody here
    "requestId": "$context.requestId",
    "time": "$context.requestTimeEpoch",
    "route": "$context.routeKey",
    "status": "$context.status",
    "milliseconds": "$context.responseLatency",
    "bytes": "$context.responseLength",
}


class ApiStack(Stack):
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
        waking, mailing = self._waking(stage), self._mailing(stage)
        self.function = PlatformFunction(
            self,
            "Api",
            stage=stage,
            data=data,
            service="api",
            name=f"attendant-{stage.name}-api",
            code=python_code(self, BUNDLE, stage=stage),
            size=stage.api,
            environment={
                "QUEUE_URLS": self.to_json_string(
                    {line.assistant.id: line.queue.queue_url for line in lines}
                ),
                "AUDIT_TABLE": data.audit.table_name,
                "WAITING_LIMIT": str(stage.waiting_limit),
                "BACKLOG_LIMIT": str(stage.backlog_limit),
                "ANSWER_DEADLINE_SECONDS": str(stage.answer_deadline_seconds),
                "SITE_ORIGINS": json.dumps(stage.site_origins),
                "SITE_URL": stage.site_url,
                **mailing.environment,
                **waking.environment,
            },
            permissions=(*_permissions(data, lines), *mailing.permissions, *waking.permissions),
        ).function
        owner = OwnerFunction(self, "OwnersPage", stage=stage, data=data, lines=lines)
        self.owner = owner.platform
        self.http_api = self._gateway(stage, data, admit=self._admit(stage, data), owner=owner.function)

        CfnOutput(self, "ApiId", value=self.http_api.api_id)
        CfnOutput(self, "ApiUrl", value=self.http_api.api_endpoint)
        CfnOutput(self, "ApiFunction", value=self.function.function_name)
        CfnOutput(self, "OriginTokenSecret", value=secret_name(stage))

    def _admit(self, stage: Stage, data: DataStack) -> lambda_.Function:
        return PlatformFunction(
            self,
            "Admit",
            stage=stage,
            data=data,
            service="admit",
            name=f"attendant-{stage.name}-admit",
            code=python_code(self, ADMIT_BUNDLE, stage=stage),
            size=ADMIT_SIZE,
            environment={"ORIGIN_TOKEN_SECRET": secret_name(stage)},
            permissions=(allow(["secretsmanager:GetSecretValue"], secret_arn(self, stage)),),
            stores=False,
        ).function

    def _waking(self, stage: Stage) -> Rights:
        """Where the endpoint may sleep, a visitor keeps it awake or has it woken."""
        if stage.sleep is None:
            return Rights()
        name = f"attendant-{stage.name}-endpoint-breaker"  # by name: its stack comes after this one
        arn = self.format_arn(
            service="lambda",
            resource="function",
            resource_name=name,
            arn_format=ArnFormat.COLON_RESOURCE_NAME,
        )
        return Rights(
            environment={"BREAKER_FUNCTION": name},
            permissions=(allow(["lambda:InvokeFunction"], arn),),
        )

    def _mailing(self, stage: Stage) -> Rights:
        """Where SES has verified a sender, letters go out in its name and are counted."""
        if stage.verified_sender is None:
            return Rights()
        CfnOutput(self, "VerifiedSender", value=stage.verified_sender)
        identity = self.format_arn(service="ses", resource="identity", resource_name=stage.verified_sender)
        return Rights(
            environment={"VERIFIED_SENDER": stage.verified_sender},
            permissions=(allow(["ses:SendEmail"], identity),),
        )

    def _gateway(
        self, stage: Stage, data: DataStack, *, admit: lambda_.Function, owner: lambda_.Function
    ) -> apigatewayv2.HttpApi:
        http_api = apigatewayv2.HttpApi(
            self, "Gateway", api_name=f"attendant-{stage.name}", create_default_stage=False
        )
        authorizer = HttpLambdaAuthorizer(  # our edge and nobody else: visitors have no account
            "Edge",
            admit,
            identity_source=[f"$request.header.{ORIGIN_HEADER}"],
            response_types=[HttpLambdaResponseType.SIMPLE],
            results_cache_ttl=ADMISSION_KEPT,
        )
        for name, path, function in (
            ("Function", "/{proxy+}", self.function),
            ("Owner", OWNERS_PATH, owner),
        ):
            http_api.add_routes(
                path=path,
                methods=[apigatewayv2.HttpMethod.ANY],
                integration=HttpLambdaIntegration(name, function),
                authorizer=authorizer,
            )
        access_log = PlatformLogs(
            self, "AccessLog", stage=stage, data=data, name=f"/aws/apigateway/attendant-{stage.name}"
        )
        apigatewayv2.CfnStage(  # the plain resource: CDK's own wants an interface that Python cannot fill
            self,
            "Stage",
            api_id=http_api.api_id,
            stage_name="$default",
            auto_deploy=True,
            default_route_settings=apigatewayv2.CfnStage.RouteSettingsProperty(
                detailed_metrics_enabled=True,
                throttling_rate_limit=stage.requests_per_second,
                throttling_burst_limit=stage.request_burst,
            ),
            access_log_settings=apigatewayv2.CfnStage.AccessLogSettingsProperty(
                destination_arn=self.format_arn(  # the attribute ends in ":*", which no log group is called
                    service="logs",
                    resource="log-group",
                    resource_name=access_log.log_group_name,
                    arn_format=ArnFormat.COLON_RESOURCE_NAME,
                ),
                format=json.dumps(ACCESS_LOG),
            ),
        )
        return http_api


def _permissions(data: DataStack, lines: Sequence[Answering]) -> tuple[iam.PolicyStatement, ...]:
    names = [line.assistant.id for line in lines]
    return (
        items(data.dialogues, "GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query"),
        items(data.control, "GetItem", "PutItem", "UpdateItem", "DeleteItem"),
        items(data.audit, "PutItem"),
        allow(["sqs:SendMessage", "sqs:GetQueueAttributes"], *(line.queue.queue_arn for line in lines)),
        *read_documents(
            data.published,
            names,
            DocumentKind.POLICY,
            DocumentKind.SETTINGS,
            DocumentKind.SNAPSHOT,
            DocumentKind.BROCHURES,
        ),
    )
