"""What CloudFront keeps, passes on and adds to answers: caching and security headers of page and API.

Knows the page's own content policy (`web/pages`). Refuses CORS for the API: `lambdas/api` answers that.
"""

from __future__ import annotations

from aws_cdk import Duration
from aws_cdk import aws_cloudfront as cloudfront
from constructs import Construct

from infra.stages import Stage

ONE_YEAR = Duration.days(365)
PAGE_KEPT = Duration.minutes(1)  # by the edge; after that S3 is asked whether the ETag is still the same
PAGE_KEPT_AT_MOST = Duration.hours(1)
PAGE_CONTENT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
API_CONTENT = "default-src 'none'; frame-ancestors 'none'"


class PageCache(cloudfront.CachePolicy):
    """Nothing of the visitor is part of the key: everybody gets the same files."""

    def __init__(self, scope: Construct, id_: str, *, stage: Stage) -> None:
        super().__init__(
            scope,
            id_,
            cache_policy_name=f"attendant-{stage.name}-page",
            min_ttl=Duration.seconds(0),
            default_ttl=PAGE_KEPT,
            max_ttl=PAGE_KEPT_AT_MOST,
            enable_accept_encoding_brotli=True,
            enable_accept_encoding_gzip=True,
        )


class PageHeaders(cloudfront.ResponseHeadersPolicy):
    """A page that nobody frames, and scripts that pages of the stage's site origins may load.

    Browsers ask each time whether they still have the newest file: what is published is seen at once.
    """

    def __init__(self, scope: Construct, id_: str, *, stage: Stage) -> None:
        super().__init__(
            scope,
            id_,
            response_headers_policy_name=f"attendant-{stage.name}-page",
            security_headers_behavior=_security(PAGE_CONTENT),
            cors_behavior=cloudfront.ResponseHeadersCorsBehavior(
                access_control_allow_origins=list(stage.site_origins),
                access_control_allow_methods=["GET", "HEAD"],
                access_control_allow_headers=["Content-Type"],
                access_control_allow_credentials=False,
                origin_override=True,
            ),
            custom_headers_behavior=cloudfront.ResponseCustomHeadersBehavior(
                custom_headers=[
                    _header("Cache-Control", "no-cache"),
                    _header("Cross-Origin-Resource-Policy", "cross-origin"),
                ]
            ),
        )


class ApiHeaders(cloudfront.ResponseHeadersPolicy):
    def __init__(self, scope: Construct, id_: str, *, stage: Stage) -> None:
        super().__init__(
            scope,
            id_,
            response_headers_policy_name=f"attendant-{stage.name}-api",
            security_headers_behavior=_security(API_CONTENT),
        )


def _security(content: str) -> cloudfront.ResponseSecurityHeadersBehavior:
    return cloudfront.ResponseSecurityHeadersBehavior(
        strict_transport_security=cloudfront.ResponseHeadersStrictTransportSecurity(
            access_control_max_age=ONE_YEAR,
            include_subdomains=False,  # names below the site's are not ours to bind
            override=True,
        ),
        content_security_policy=cloudfront.ResponseHeadersContentSecurityPolicy(
            content_security_policy=content, override=True
        ),
        content_type_options=cloudfront.ResponseHeadersContentTypeOptions(override=True),
        frame_options=cloudfront.ResponseHeadersFrameOptions(
            frame_option=cloudfront.HeadersFrameOption.DENY, override=True
        ),
        referrer_policy=cloudfront.ResponseHeadersReferrerPolicy(
            referrer_policy=cloudfront.HeadersReferrerPolicy.SAME_ORIGIN, override=True
        ),
    )


def _header(name: str, value: str) -> cloudfront.ResponseCustomHeader:
    return cloudfront.ResponseCustomHeader(header=name, value=value, override=True)
