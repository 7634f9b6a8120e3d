"""CloudFront before page and API, under one name: the only way in from outside.

Knows what goes where, who may look at the bucket, and what is written down of a request: nothing that could
name a visitor. Refuses to know the token that it shows to the API (`infra/origin_token.py`) and what the
firewall refuses (`infra/edge_firewall.py`).
"""

from __future__ import annotations

from aws_cdk import ArnFormat, Stack
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_iam as iam
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.buckets import PrivateBucket
from infra.data import DataStack
from infra.edge_firewall import EdgeFirewall
from infra.edge_policies import ApiHeaders, PageCache, PageHeaders
from infra.origin_token import ORIGIN_HEADER
from infra.stages import Edge, Stage

API_PATHS = "/v1/*"
PAGE, API = "page", "api"
GATEWAY_SECONDS = 30  # API Gateway ends a request after 30 itself
KEPT_OPEN_SECONDS = 60
LOGGED = (  # neither address nor path nor anything that the visitor has sent
    "date",
    "time",
    "x-edge-request-id",
    "x-edge-location",
    "c-country",
    "cs-method",
    "cache-behavior-path-pattern",
    "cs-protocol-version",
    "ssl-protocol",
    "sc-status",
    "sc-bytes",
    "time-taken",
    "time-to-first-byte",
    "x-edge-result-type",
    "x-edge-response-result-type",
    "x-edge-detailed-result-type",
)


class SiteEdge(Construct):
    """`api_domain` is the gateway's, `origin_token` the reference by which CloudFormation reads the token.

    `logs_to` receives the access log.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        stage: Stage,
        edge: Edge,
        data: DataStack,
        site: PrivateBucket,
        api_domain: str,
        origin_token: str,
        logs_to: PrivateBucket,
    ) -> None:
        super().__init__(scope, id_)
        self.firewall = EdgeFirewall(self, "Firewall", stage=stage, edge=edge, data=data).acl
        self.distribution = cloudfront.CfnDistribution(  # CDK's own knows only the log that tells addresses
            self,
            "Distribution",
            distribution_config=cloudfront.CfnDistribution.DistributionConfigProperty(
                enabled=True,
                comment=f"attendant {stage.name}",
                aliases=[edge.domain_name],
                viewer_certificate=cloudfront.CfnDistribution.ViewerCertificateProperty(
                    acm_certificate_arn=edge.certificate_arn,
                    minimum_protocol_version="TLSv1.2_2021",
                    ssl_support_method="sni-only",
                ),
                http_version="http2and3",
                ipv6_enabled=True,
                price_class="PriceClass_100",  # the nearest places to COUNTRIES are European, which it has
                web_acl_id=self.firewall.attr_arn,
                restrictions=_only_from(edge.countries),
                default_root_object="index.html",
                origins=[self._page_origin(stage, site), _api_origin(api_domain, origin_token)],
                default_cache_behavior=self._page_behavior(stage),
                cache_behaviors=[self._api_behavior(stage)],
                # Says of the log below that it takes no cookies. A bucket here would ask for the old log.
                logging=cloudfront.CfnDistribution.LoggingProperty(include_cookies=False),
            ),
        )
        self.arn = Stack.of(self).format_arn(
            service="cloudfront", region="", resource="distribution", resource_name=self.distribution.ref
        )
        self._let_in(site)
        self._log(stage, logs_to)

    def _page_origin(self, stage: Stage, site: PrivateBucket) -> cloudfront.CfnDistribution.OriginProperty:
        control = cloudfront.CfnOriginAccessControl(
            self,
            "PageAccess",
            origin_access_control_config=cloudfront.CfnOriginAccessControl.OriginAccessControlConfigProperty(
                name=f"attendant-{stage.name}-page",
                origin_access_control_origin_type="s3",
                signing_behavior="always",
                signing_protocol="sigv4",
            ),
        )
        return cloudfront.CfnDistribution.OriginProperty(
            id=PAGE,
            domain_name=site.bucket_regional_domain_name,
            origin_access_control_id=control.attr_id,
            s3_origin_config=cloudfront.CfnDistribution.S3OriginConfigProperty(origin_access_identity=""),
        )

    def _page_behavior(self, stage: Stage) -> cloudfront.CfnDistribution.DefaultCacheBehaviorProperty:
        return cloudfront.CfnDistribution.DefaultCacheBehaviorProperty(
            target_origin_id=PAGE,
            viewer_protocol_policy="redirect-to-https",
            allowed_methods=["GET", "HEAD"],
            compress=True,
            cache_policy_id=PageCache(self, "PageCache", stage=stage).cache_policy_id,
            response_headers_policy_id=PageHeaders(
                self, "PageHeaders", stage=stage
            ).response_headers_policy_id,
        )

    def _api_behavior(self, stage: Stage) -> cloudfront.CfnDistribution.CacheBehaviorProperty:
        """Everything passes but the host, by which the gateway knows its APIs; nothing is kept."""
        everything = cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER
        return cloudfront.CfnDistribution.CacheBehaviorProperty(
            path_pattern=API_PATHS,
            target_origin_id=API,
            viewer_protocol_policy="https-only",
            allowed_methods=["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"],
            cache_policy_id=cloudfront.CachePolicy.CACHING_DISABLED.cache_policy_id,
            origin_request_policy_id=everything.origin_request_policy_id,
            response_headers_policy_id=ApiHeaders(self, "ApiHeaders", stage=stage).response_headers_policy_id,
        )

    def _let_in(self, site: PrivateBucket) -> None:
        """Without the right to list, S3 answers for a file that is not there: you may not."""
        for action, resource in (
            ("s3:GetObject", site.arn_for_objects("*")),
            ("s3:ListBucket", site.bucket_arn),
        ):
            site.add_to_resource_policy(
                iam.PolicyStatement(
                    actions=[action],
                    resources=[resource],
                    principals=[iam.ServicePrincipal("cloudfront.amazonaws.com")],
                    conditions={"StringEquals": {"AWS:SourceArn": self.arn}},
                )
            )

    def _log(self, stage: Stage, bucket: PrivateBucket) -> None:
        name = f"attendant-{stage.name}-edge"
        source = logs.CfnDeliverySource(
            self, "LogSource", name=name, log_type="ACCESS_LOGS", resource_arn=self.arn
        )
        target = logs.CfnDeliveryDestination(
            self, "LogTarget", name=name, destination_resource_arn=bucket.bucket_arn, output_format="json"
        )
        delivery = logs.CfnDelivery(
            self,
            "Log",
            delivery_source_name=source.ref,
            delivery_destination_arn=target.attr_arn,
            record_fields=list(LOGGED),
        )
        written = bucket.add_to_resource_policy(
            iam.PolicyStatement(
                actions=["s3:PutObject"],
                resources=[bucket.arn_for_objects("*")],
                principals=[iam.ServicePrincipal("delivery.logs.amazonaws.com")],
                conditions={
                    "StringEquals": {
                        "s3:x-amz-acl": "bucket-owner-full-control",
                        "aws:SourceAccount": Stack.of(self).account,
                    },
                    "ArnEquals": {"aws:SourceArn": self._delivery_source_arn(name)},
                },
            )
        )
        assert written.policy_dependable is not None  # the bucket is of this stack
        delivery.node.add_dependency(written.policy_dependable)

    def _delivery_source_arn(self, name: str) -> str:
        return Stack.of(self).format_arn(
            service="logs",
            resource="delivery-source",
            resource_name=name,
            arn_format=ArnFormat.COLON_RESOURCE_NAME,
        )


def _api_origin(domain: str, token: str) -> cloudfront.CfnDistribution.OriginProperty:
    return cloudfront.CfnDistribution.OriginProperty(
        id=API,
        domain_name=domain,
        custom_origin_config=cloudfront.CfnDistribution.CustomOriginConfigProperty(
            origin_protocol_policy="https-only",
            origin_ssl_protocols=["TLSv1.2"],
            origin_read_timeout=GATEWAY_SECONDS,
            origin_keepalive_timeout=KEPT_OPEN_SECONDS,
        ),
        origin_custom_headers=[
            cloudfront.CfnDistribution.OriginCustomHeaderProperty(
                header_name=ORIGIN_HEADER, header_value=token
            )
        ],
    )


def _only_from(countries: tuple[str, ...]) -> cloudfront.CfnDistribution.RestrictionsProperty:
    return cloudfront.CfnDistribution.RestrictionsProperty(
        geo_restriction=cloudfront.CfnDistribution.GeoRestrictionProperty(
            restriction_type="whitelist", locations=list(countries)
        )
    )
