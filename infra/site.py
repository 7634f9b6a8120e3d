"""The page and the widget as files in a bucket; the CLI publishes them, the edge will serve them.

Refuses to publish by itself: a helper that copies files at deploy time would be a function that nobody wrote.
"""

from __future__ import annotations

from typing import Any

from aws_cdk import CfnOutput, Stack
from constructs import Construct

from infra.buckets import PrivateBucket
from infra.data import DataStack
from infra.stages import Stage


class SiteStack(Stack):
    def __init__(self, scope: Construct, id_: str, *, stage: Stage, data: DataStack, **stack: Any) -> None:
        super().__init__(scope, id_, **stack)
        self.site = PrivateBucket(self, "Site", stage=stage, access_logs=data.access_logs)

        CfnOutput(self, "SiteBucket", value=self.site.bucket_name)
