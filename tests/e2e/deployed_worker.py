"""The salon's worker on the deployed stack, and a way to keep it from its queue.

Refuses to know what it answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from cli.deployment import Deployment


@contextmanager
def nobody_answers(deployment: Deployment) -> Iterator[None]:
    """What is asked meanwhile waits in the queue."""
    functions = deployment.client("lambda")
    (mapping,) = functions.list_event_source_mappings(
        FunctionName=deployment.output("AnswerFunctionShowroom")
    )["EventSourceMappings"]
    functions.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False)
    try:
        yield
    finally:
        functions.update_event_source_mapping(UUID=mapping["UUID"], Enabled=True)
