"""The page and the widget as files in a bucket, and, where the stage has one, the edge before page and API.

The CLI publishes the files. Refuses to publish by itself: a helper that copies files at deploy time would be
a function that nobody wrote.
"""

from __future__ import annotations

from typing import Any

from aws_cdk import CfnOutput, CrossStackReferences, ReferenceStrength, Stack
from aws_cdk import aws_apigatewayv2 as apigatewayv2
from constructs import Construct

from infra.buckets import PrivateBucket, access_log_bucket
from infra.data import DataStack
from infra.edge import SiteEdge
from infra.encryption import DataKey
from infra.origin_token import OriginToken
from infra.permissions import allow
from infra.stages import Edge, Stage

EDGE_REGION = "us-east-1"  # CloudFront takes firewalls and certificates from there alone


def site_region(stage: Stage) -> str:
    return EDGE_REGION if stage.behind_cloudfront else stage.region


class SiteStack(Stack):
    """Deployed last, in a region of its own where there is an edge: it refers to the others weakly, since any
    other reference across regions would plant a function.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        stage: Stage,
        data: DataStack,
        http_api: apigatewayv2.HttpApi,
        **stack: Any,
    ) -> None:
        super().__init__(scope, id_, **stack)
        CrossStackReferences.of(self).consume(ReferenceStrength.WEAK)
        if stage.customer_key and data.key_for(self) is None:
            data.take_key(DataKey(self, "Key", stage=stage))
        self.access_logs = access_log_bucket(self, "AccessLogs", stage=stage)
        self.site = PrivateBucket(self, "Site", stage=stage, access_logs=self.access_logs)
        CfnOutput(self, "SiteBucket", value=self.site.bucket_name)
        if stage.edge is not None:
            self._edge(stage, stage.edge, data, http_api)

    def _edge(self, stage: Stage, edge: Edge, data: DataStack, http_api: apigatewayv2.HttpApi) -> None:
        api_domain = f"{http_api.api_id}.execute-api.{stage.region}.amazonaws.com"
        token = OriginToken(self, "OriginToken", stage=stage, data=data)
        front = SiteEdge(
            self,
            "Edge",
            stage=stage,
            edge=edge,
            data=data,
            site=self.site,
            api_domain=api_domain,
            origin_token=token.reference,
            logs_to=self.access_logs,
        )
        token.rotate(
            stage=stage,
            data=data,
            distribution=front.distribution.ref,
            health=f"https://{api_domain}/v1/health",
            rights=(
                allow(["cloudfront:GetDistribution", "cloudfront:UpdateDistribution"], front.arn),
                allow(["wafv2:GetWebACL"], front.firewall.attr_arn),  # an update reads the one that it keeps
            ),
        )
        CfnOutput(self, "SiteUrl", value=f"https://{edge.domain_name}")
        CfnOutput(self, "DistributionId", value=front.distribution.ref)
        CfnOutput(self, "DistributionDomain", value=front.distribution.attr_domain_name)
