"""The firewall before everything: AWS's managed rules, a limit per address, and what its log may tell.

Knows which managed rules would refuse an honest question. Refuses to know countries: CloudFront turns them
away itself, before a rule is paid for.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from aws_cdk import ArnFormat, Stack
from aws_cdk import aws_wafv2 as wafv2
from constructs import Construct

from infra.data import DataStack
from infra.log_groups import PlatformLogs
from infra.stages import Edge, Stage

WINDOW_SECONDS = 300
RETRY_AFTER_SECONDS = 300
TOO_MANY = "too-many"
# In the shape of the API's own errors (lambdas/api/schemas.py), which the page can show.
TOO_MANY_BODY = {
    "error": {
        "code": "too_many_requests",
        "message": "С вашего адреса пришло слишком много запросов. Пожалуйста, повторите через пять минут.",
        "fields": [],
        "request_id": "edge",
    }
}
# Only counted. A question is free text inside JSON that nobody takes for a form, a path or a page. A Russian
# letter is two bytes of UTF-8, and six when it is escaped: 2,000 of them pass the rule's 8 KB (lambdas/api
# refuses above 64 KB). A visitor may paste a link, a piece of a page or "../" from anywhere, and the page
# shows it as text. Headers, cookies, query and path are judged by the same rules and refused.
COUNTED_IN_BODIES = (
    "SizeRestrictions_BODY",
    "CrossSiteScripting_BODY",
    "GenericLFI_BODY",
    "GenericRFI_BODY",
)
COMMON = "AWSManagedRulesCommonRuleSet"
MANAGED = (  # in order: the cheapest refusal first
    ("AWSManagedRulesAmazonIpReputationList", ()),
    ("AWSManagedRulesKnownBadInputsRuleSet", ()),
    (COMMON, COUNTED_IN_BODIES),
)
NEVER_LOGGED = ("authorization", "cookie")


class EdgeFirewall(Construct):
    """Of scope CLOUDFRONT, which exists in us-east-1 alone."""

    def __init__(self, scope: Construct, id_: str, *, stage: Stage, edge: Edge, data: DataStack) -> None:
        super().__init__(scope, id_)
        self.acl = wafv2.CfnWebACL(
            self,
            "Acl",
            name=f"attendant-{stage.name}",
            scope="CLOUDFRONT",
            default_action=wafv2.CfnWebACL.DefaultActionProperty(allow={}),
            visibility_config=_visibility("all"),
            rules=[
                _per_address(edge.requests_per_address),
                *(_managed(n, name, counted) for n, (name, counted) in enumerate(MANAGED, start=1)),
            ],
            custom_response_bodies={
                TOO_MANY: wafv2.CfnWebACL.CustomResponseBodyProperty(
                    content=json.dumps(TOO_MANY_BODY, ensure_ascii=False), content_type="APPLICATION_JSON"
                )
            },
            data_protection_config=wafv2.CfnWebACL.DataProtectionConfigProperty(data_protections=_hidden()),
        )
        self._log(stage, data)

    def _log(self, stage: Stage, data: DataStack) -> None:
        """Of what was refused or would have been. AWS demands the name's beginning."""
        name = f"aws-waf-logs-attendant-{stage.name}"
        group = PlatformLogs(self, "Log", stage=stage, data=data, name=name)
        arn = Stack.of(self).format_arn(  # the attribute ends in ":*", which the firewall does not take
            service="logs",
            resource="log-group",
            resource_name=group.log_group_name,
            arn_format=ArnFormat.COLON_RESOURCE_NAME,
        )
        kept = [{"ActionCondition": {"Action": action}} for action in ("BLOCK", "COUNT", "EXCLUDED_AS_COUNT")]
        wafv2.CfnLoggingConfiguration(
            self,
            "Logging",
            resource_arn=self.acl.attr_arn,
            log_destination_configs=[arn],
            logging_filter={
                "DefaultBehavior": "DROP",
                "Filters": [{"Behavior": "KEEP", "Requirement": "MEETS_ANY", "Conditions": kept}],
            },
        )


def _per_address(limit: int) -> wafv2.CfnWebACL.RuleProperty:
    return wafv2.CfnWebACL.RuleProperty(
        name="RequestsPerAddress",
        priority=0,
        action=wafv2.CfnWebACL.RuleActionProperty(
            block=wafv2.CfnWebACL.BlockActionProperty(
                custom_response=wafv2.CfnWebACL.CustomResponseProperty(
                    response_code=429,
                    custom_response_body_key=TOO_MANY,
                    response_headers=[
                        wafv2.CfnWebACL.CustomHTTPHeaderProperty(
                            name="Retry-After", value=str(RETRY_AFTER_SECONDS)
                        )
                    ],
                )
            )
        ),
        statement=wafv2.CfnWebACL.StatementProperty(
            rate_based_statement=wafv2.CfnWebACL.RateBasedStatementProperty(
                aggregate_key_type="IP", limit=limit, evaluation_window_sec=WINDOW_SECONDS
            )
        ),
        visibility_config=_visibility("RequestsPerAddress"),
    )


def _managed(priority: int, name: str, counted: Sequence[str]) -> wafv2.CfnWebACL.RuleProperty:
    return wafv2.CfnWebACL.RuleProperty(
        name=name,
        priority=priority,
        override_action=wafv2.CfnWebACL.OverrideActionProperty(none={}),
        statement=wafv2.CfnWebACL.StatementProperty(
            managed_rule_group_statement=wafv2.CfnWebACL.ManagedRuleGroupStatementProperty(
                vendor_name="AWS",
                name=name,
                rule_action_overrides=[
                    wafv2.CfnWebACL.RuleActionOverrideProperty(
                        name=rule, action_to_use=wafv2.CfnWebACL.RuleActionProperty(count={})
                    )
                    for rule in counted
                ]
                or None,
            )
        ),
        visibility_config=_visibility(name),
    )


def _hidden() -> list[wafv2.CfnWebACL.DataProtectProperty]:
    """Neither the log nor the samples in the console show a visitor's words or token."""
    fields = [
        wafv2.CfnWebACL.FieldToProtectProperty(field_type="BODY"),
        wafv2.CfnWebACL.FieldToProtectProperty(field_type="QUERY_STRING"),
        wafv2.CfnWebACL.FieldToProtectProperty(field_type="SINGLE_HEADER", field_keys=list(NEVER_LOGGED)),
    ]
    return [wafv2.CfnWebACL.DataProtectProperty(field=field, action="SUBSTITUTION") for field in fields]


def _visibility(name: str) -> wafv2.CfnWebACL.VisibilityConfigProperty:
    return wafv2.CfnWebACL.VisibilityConfigProperty(
        cloud_watch_metrics_enabled=True, metric_name=name, sampled_requests_enabled=True
    )
