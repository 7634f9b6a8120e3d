"""The state machine that restarts the endpoint: one execution a restart, named after it.

Starting the same one twice is starting it once. Refuses to know its steps.
"""

from __future__ import annotations

import json
from typing import Any

from botocore.exceptions import ClientError

from lambdas.adapters.outages import told_as_store_away

THERE_ALREADY = "ExecutionAlreadyExists"


class RestartMachine:
    def __init__(self, states: Any, arn: str) -> None:
        self._states = states
        self._arn = arn

    def start(self, restart: str) -> None:
        """Raises StoreAway."""
        with told_as_store_away():
            try:
                self._states.start_execution(
                    stateMachineArn=self._arn, name=restart, input=json.dumps({"restart": restart})
                )
            except ClientError as error:
                if error.response.get("Error", {}).get("Code") != THERE_ALREADY:
                    raise
