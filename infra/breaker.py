"""The breaker: critical alarms -> a composite alarm -> the function that shuts down -> on-call, and the state
machine of the tested restart.

The function stands outside the endpoint's network on purpose: it speaks to AWS alone, and what switches a
network's machines off must not hang on that network. No template says how many copies there are: the function
is the one writer of capacity, so a deploy while the breaker is open leaves it open. Refuses to know what the
function does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aws_cdk import Annotations, ArnFormat, CfnOutput, Stack
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_logs as logs
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs
from aws_cdk import aws_stepfunctions as stepfunctions
from aws_cdk.aws_cloudwatch import AlarmRule, AlarmState
from aws_cdk.aws_cloudwatch_actions import SnsAction
from aws_cdk.aws_sns_subscriptions import EmailSubscription, LambdaSubscription
from constructs import Construct

from infra.answering import Answering
from infra.clocks import Every
from infra.critical_alarms import Critical, critical_alarms
from infra.data import DataStack
from infra.endpoint import Endpoint
from infra.functions import PlatformFunction
from infra.log_groups import PlatformLogs
from infra.model_endpoints import GpuEndpoint
from infra.permissions import allow, items
from infra.python_bundle import AssistantParts, Bundle, python_code
from infra.restart_states import restart_states
from infra.stage_context import listed
from infra.stages import FunctionSize, Stage

BUNDLE = Bundle(function="endpoint_breaker", assistants=AssistantParts.MANIFESTS)
SIZE = FunctionSize(memory_mb=512, timeout_seconds=50)
TICK_MINUTES = 1
LONGEST_WAIT_SECONDS = 15
GOLDEN_MARGIN_SECONDS = 5
EXECUTION_MARGIN_SECONDS = 1_800


class BreakerStack(Stack):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        stage: Stage,
        data: DataStack,
        lines: Sequence[Answering],
        endpoint: Endpoint,
        **stack: Any,
    ) -> None:
        super().__init__(scope, id_, **stack)
        self._stage, self._data, self._lines = stage, data, lines
        key = self._key() if stage.encrypt_notices else None
        self.oncall = sns.Topic(self, "Oncall", master_key=key, enforce_ssl=True)
        self.critical = critical_alarms(self, stage=stage, lines=lines, endpoint=endpoint)
        self.breaker = self._breaker(endpoint, key)
        self.function = self.breaker.function
        self._machine()
        self._trip(key, undelivered=self.breaker.failed_calls)
        self._subscribe_oncall(undelivered=self.breaker.failed_calls)
        Every(
            self,
            "Ticking",
            minutes=TICK_MINUTES,
            function=self.function,
            payload={"command": "tick"},
        )

        CfnOutput(self, "EndpointBreakerFunction", value=self.function.function_name)
        CfnOutput(self, "OncallTopicArn", value=self.oncall.topic_arn)
        CfnOutput(self, "RestartMachineArn", value=self._machine_arn)

    @property
    def _machine_name(self) -> str:
        return f"attendant-{self._stage.name}-restart"

    @property
    def _machine_arn(self) -> str:
        """By name: the machine calls the function that starts it."""
        return self.format_arn(
            service="states",
            resource="stateMachine",
            resource_name=self._machine_name,
            arn_format=ArnFormat.COLON_RESOURCE_NAME,
        )

    def _key(self) -> kms.Key:
        """Alarms cannot use the account's own key of SNS."""
        key = kms.Key(self, "NoticesKey", enable_key_rotation=True, removal_policy=self._stage.removal)
        key.add_to_resource_policy(self._for_alarms(["kms:Decrypt", "kms:GenerateDataKey"], "*"))
        return key

    def _for_alarms(self, actions: list[str], resource: str) -> iam.PolicyStatement:
        return iam.PolicyStatement(
            principals=[iam.ServicePrincipal("cloudwatch.amazonaws.com")],
            actions=actions,
            resources=[resource],
            conditions={"StringEquals": {"aws:SourceAccount": self.account}},
        )

    def _subscribe_oncall(self, undelivered: sqs.IQueue) -> None:
        """One message an incident; the context `oncall` names who reads it: mail addresses, by comma."""
        addresses = listed(self.node.try_get_context("oncall"))
        for address in addresses:
            self.oncall.add_subscription(EmailSubscription(address, dead_letter_queue=undelivered))
        if self._stage.keep_data and not addresses:
            Annotations.of(self).add_warning_v2(
                "attendant:oncall", "Nobody is told when the endpoint is shut down: -c oncall=a@x.ru,b@x.ru"
            )

    def _breaker(self, endpoint: Endpoint, key: kms.Key | None) -> PlatformFunction:
        breaker = PlatformFunction(
            self,
            "Breaker",
            stage=self._stage,
            data=self._data,
            service="endpoint_breaker",
            name=f"attendant-{self._stage.name}-endpoint-breaker",
            code=python_code(self, BUNDLE, stage=self._stage),
            size=SIZE,
            environment={**self._told(), **endpoint.capacity.environment},
            permissions=(*self._allowed(key), *endpoint.capacity.permissions),
            stores=False,
        )
        breaker.forget_what_is_late()  # a call that died is finished by the next minute
        return breaker

    def _told(self) -> dict[str, str]:
        limits, model = self._stage.breaker, self._stage.endpoint
        sleep = self._stage.sleep
        return {
            "CONTROL_TABLE": self._data.control.table_name,
            "AUDIT_TABLE": self._data.audit.table_name,
            "ONCALL_TOPIC_ARN": self.oncall.topic_arn,
            "RESTART_MACHINE_ARN": self._machine_arn,
            "CRITICAL_ALARMS": self.to_json_string([_names(critical) for critical in self.critical]),
            "ANY_CRITICAL_ALARM": self._any_critical,
            "ANSWER_FUNCTIONS": self.to_json_string(
                {line.assistant.id: line.function.function_name for line in self._lines}
            ),
            "ANSWER_SECONDS": str(self._stage.answer.timeout_seconds + GOLDEN_MARGIN_SECONDS),
            "MODEL_SLOTS": str(model.model_slots),
            "INSTANCE_TYPE": model.instance_type if isinstance(model, GpuEndpoint) else "",
            "PROBES": str(limits.probes),
            "WATCH_SECONDS": str(limits.watch_seconds),
            "STARTUP_SECONDS": str(limits.startup_seconds),
            **({"SLEEP": self.to_json_string(vars(sleep))} if sleep else {}),
        }

    def _allowed(self, key: kms.Key | None) -> tuple[iam.PolicyStatement, ...]:
        encrypted = (allow(["kms:Decrypt", "kms:GenerateDataKey"], key.key_arn),) if key else ()
        return (
            items(self._data.control, "GetItem", "PutItem", "UpdateItem", "ConditionCheckItem"),
            items(self._data.audit, "PutItem", "Query"),
            allow(["sns:Publish"], self.oncall.topic_arn),
            allow(["states:StartExecution"], self._machine_arn),
            allow(["lambda:InvokeFunction"], *(line.function.function_arn for line in self._lines)),
            *encrypted,
        )

    def _trip(self, key: kms.Key | None, undelivered: sqs.IQueue) -> None:
        """The composite alarm rings when one of the critical ones does, and the function hears of it."""
        topic = sns.Topic(self, "Critical", master_key=key, enforce_ssl=True)
        topic.add_to_resource_policy(self._for_alarms(["sns:Publish"], topic.topic_arn))
        topic.add_subscription(LambdaSubscription(self.function, dead_letter_queue=undelivered))
        composite = cloudwatch.CompositeAlarm(
            self,
            "AnyCritical",
            composite_alarm_name=self._any_critical,
            alarm_description="Shuts the model's endpoint down. docs/runbook.md",
            alarm_rule=AlarmRule.any_of(*(_rule(critical) for critical in self.critical)),
        )
        composite.add_alarm_action(SnsAction(topic))
        CfnOutput(self, "CriticalAlarmArn", value=composite.alarm_arn)

    @property
    def _any_critical(self) -> str:
        return f"attendant-{self._stage.name}-critical"

    def _machine(self) -> None:
        """The plain resource, because CDK's construct would write rights of its own into the role."""
        limits = self._stage.breaker
        role = iam.Role(
            self,
            "RestartRole",
            assumed_by=iam.ServicePrincipal(
                "states.amazonaws.com", conditions={"StringEquals": {"aws:SourceAccount": self.account}}
            ),
            managed_policies=[self._data.unscopable],
        )
        policy = iam.Policy(self, "RestartPermissions", roles=[role])
        policy.add_statements(allow(["lambda:InvokeFunction"], self.function.function_arn))
        log_group = PlatformLogs(
            self,
            "RestartLogs",
            stage=self._stage,
            data=self._data,
            name=f"/aws/vendedlogs/states/{self._machine_name}",
        )
        machine = stepfunctions.CfnStateMachine(
            self,
            "Restart",
            state_machine_name=self._machine_name,
            role_arn=role.role_arn,
            definition_string=self.to_json_string(
                restart_states(
                    function_arn=self.function.function_arn,
                    again_after_seconds=min(LONGEST_WAIT_SECONDS, max(1, limits.watch_seconds // 10)),
                    step_seconds=SIZE.timeout_seconds + GOLDEN_MARGIN_SECONDS,
                    longest_seconds=limits.startup_seconds + limits.watch_seconds + EXECUTION_MARGIN_SECONDS,
                )
            ),
            logging_configuration=_log_everything(log_group),
            tracing_configuration=stepfunctions.CfnStateMachine.TracingConfigurationProperty(enabled=True),
        )
        machine.node.add_dependency(policy)


def _log_everything(log_group: logs.LogGroup) -> stepfunctions.CfnStateMachine.LoggingConfigurationProperty:
    """Steps and outcomes; what stands in an error is nobody's business."""
    return stepfunctions.CfnStateMachine.LoggingConfigurationProperty(
        level="ALL",
        include_execution_data=False,
        destinations=[
            stepfunctions.CfnStateMachine.LogDestinationProperty(
                cloud_watch_logs_log_group=stepfunctions.CfnStateMachine.CloudWatchLogsLogGroupProperty(
                    log_group_arn=log_group.log_group_arn
                )
            )
        ],
    )


def _alarms(critical: Critical) -> list[cloudwatch.Alarm]:
    return [critical.alarm] if critical.also is None else [critical.alarm, critical.also]


def _names(critical: Critical) -> list[str]:
    return [alarm.alarm_name for alarm in _alarms(critical)]


def _rule(critical: Critical) -> cloudwatch.IAlarmRule:
    return AlarmRule.all_of(*(AlarmRule.from_alarm(alarm, AlarmState.ALARM) for alarm in _alarms(critical)))
