"""The same AWS for the jobs as for the functions."""

from tests.lambdas.conftest import aws, dynamodb

__all__ = ["aws", "dynamodb"]
