from tests.lambdas.conftest import aws as aws  # noqa: F401 - the same AWS for the jobs
from tests.lambdas.conftest import dynamodb as dynamodb  # noqa: F401
