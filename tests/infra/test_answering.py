"""Each assistant has a queue of its own whose numbers belong together."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import ManifestError
from core.spec import AssistantSpec
from infra.answering import BUNDLE
from infra.python_bundle import ROOT
from infra.stages import LOCAL, STAGES
from tests.infra.conftest import Deployment, Resource, synthesise


def queues(deployment: Deployment) -> Iterator[tuple[Resource, Resource]]:
    """Each queue with its dead letters."""
    by_name = {queue.name: queue for queue in deployment.all("AWS::SQS::Queue")}
    for queue in by_name.values():
        if "RedrivePolicy" in queue.properties:
            target = queue.properties["RedrivePolicy"]["deadLetterTargetArn"]
            yield queue, by_name[target["Fn::GetAtt"][0]]


def test_each_assistant_has_a_fifo_queue_with_fifo_dead_letters(deployment: Deployment) -> None:
    pairs = list(queues(deployment))
    assert len(pairs) == 2
    for queue, dead_letters in pairs:
        assert queue.properties["FifoQueue"] is True
        assert dead_letters.properties["FifoQueue"] is True
        assert queue.properties["RedrivePolicy"]["maxReceiveCount"] == 100
        assert dead_letters.properties["MessageRetentionPeriod"] == 14 * 86_400


def test_a_message_stays_invisible_for_longer_than_the_function_may_run(deployment: Deployment) -> None:
    functions = [f for f in deployment.all("AWS::Lambda::Function") if "answer" in f.properties["Handler"]]
    assert len(functions) == 2
    timeouts = {function.properties["Timeout"] for function in functions}
    assert timeouts == {deployment.stage.answer.timeout_seconds}
    for queue, _ in queues(deployment):
        assert queue.properties["VisibilityTimeout"] == timeouts.copy().pop() + 15


def test_mappings_take_one_message_and_report_their_failures(deployment: Deployment) -> None:
    mappings = list(deployment.all("AWS::Lambda::EventSourceMapping"))
    assert len(mappings) == 2
    for mapping in mappings:
        assert mapping.properties["BatchSize"] == 1
        assert mapping.properties["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        assert mapping.properties["ScalingConfig"] == {"MaximumConcurrency": deployment.stage.answer_workers}


def test_no_stage_asks_for_fewer_workers_than_aws_allows() -> None:
    assert all(stage.answer_workers >= 2 for stage in STAGES.values())


def test_a_worker_without_a_slot_is_not_mistaken_for_a_broken_one() -> None:
    """Handing back a message for want of a slot counts as a receive: a full backlog must fit into them."""
    for stage in STAGES.values():
        seconds_of_patience = 100 * (stage.slot_wait_seconds + 1)
        assert seconds_of_patience >= 600


def test_all_answering_functions_share_one_bundle(deployment: Deployment) -> None:
    functions = [f for f in deployment.all("AWS::Lambda::Function") if "answer" in f.properties["Handler"]]
    assert len({str(function.properties["Code"]) for function in functions}) == 1


def test_queues_refuse_plain_http_and_are_encrypted(deployment: Deployment) -> None:
    queued = {queue.name for queue in deployment.all("AWS::SQS::Queue")}
    guarded = set()
    for policy in deployment.all("AWS::SQS::QueuePolicy"):
        for statement in policy.properties["PolicyDocument"]["Statement"]:
            if statement["Effect"] == "Deny" and "aws:SecureTransport" in str(statement["Condition"]):
                guarded |= {queue["Ref"] for queue in policy.properties["Queues"]}
    assert guarded == queued
    assert all(queue.properties["SqsManagedSseEnabled"] for queue in deployment.all("AWS::SQS::Queue"))


def test_an_assistant_that_cannot_be_tried_is_not_deployed(
    assistants: tuple[AssistantSpec, ...], tmp_path: Path
) -> None:
    untried = assistants[0].model_copy(update={"folder": tmp_path})
    with pytest.raises(ManifestError, match=r"golden\.toml is missing"):
        synthesise(LOCAL, (untried,), tmp_path / "out")


def test_golden_questions_travel_with_the_function() -> None:
    files = BUNDLE.sources()
    assert {name for name in files if name.endswith("/golden.toml")} == {
        f"{path.parent.relative_to(ROOT).as_posix()}/golden.toml"
        for path in (ROOT / "assistants").glob("*/assistant.toml")
    }
