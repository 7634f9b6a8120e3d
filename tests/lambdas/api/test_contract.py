"""The API keeps to its own OpenAPI document, whatever is sent: no 5xx, no answer that it does not know.

Schemathesis makes the requests out of the document, right ones and wrong ones, in a dialogue that is open.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

from tests.conformance import CONFORMANCE
from tests.fakes.dialogue_data import RETENTION, reply
from tests.fakes.platform import FakePlatform, Visitor

PLATFORM = FakePlatform()
OPERATIONS = {
    found.ok().label: found.ok()
    for found in schemathesis.openapi.from_asgi("/v1/openapi.json", PLATFORM.app).get_all_operations()
}
MESSAGES = ("answered", "growing", "waiting", "unknown")


def a_dialogue() -> Visitor:
    """With an answer, one that grows, one that nobody has taken; it came by a campaign that has a code."""
    PLATFORM.queue.messages.clear()
    PLATFORM.store.gifts_left = {"autumn": ["GIFT"]}
    visitor = PLATFORM.open(campaign="autumn")
    for message_id in MESSAGES[:3]:
        visitor.ask(message_id=message_id, wait_seconds=0)
    answered, growing = (PLATFORM.turns.claim(visitor.session_id, each, 60) for each in MESSAGES[:2])
    PLATFORM.turns.finish(answered, reply(), retention=RETENTION)
    PLATFORM.turns.write_draft(growing, "Да.", first=True)
    return visitor


def tried() -> Iterator[tuple[str, GenerationMode]]:
    """Each operation with right requests, and with wrong ones where something of it can be wrong."""
    for label, operation in OPERATIONS.items():
        yield label, GenerationMode.POSITIVE
        if operation.body or operation.query:
            yield label, GenerationMode.NEGATIVE


@pytest.mark.parametrize(("label", "mode"), list(tried()))
def test_the_document_is_kept(label: str, mode: GenerationMode) -> None:
    requests = OPERATIONS[label].as_strategy(generation_mode=mode)

    @settings(max_examples=settings.default.max_examples // 5)
    @given(case=requests, message_id=st.sampled_from(MESSAGES))
    def ask(case: Any, message_id: str) -> None:
        visitor = a_dialogue()
        ours = {"assistant": "tester", "session_id": visitor.session_id, "message_id": message_id}
        case.path_parameters.update({name: ours[name] for name in ours if name in case.path_parameters})
        case.headers.update(visitor.headers)
        case.validate_response(case.call(), checks=CONFORMANCE)
        assert not PLATFORM.telemetry.alarms

    ask()
