"""What takes longer than a page waits: a function's own call of itself, for which nobody waits.

Lambda tries a call that failed twice more, and keeps it among the failed ones. Refuses to know what is done.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from lambdas.adapters.outages import told_as_store_away


class Later:
    """`function` is the name of the function that this is. Raises StoreAway."""

    def __init__(self, lambda_: Any, function: str) -> None:
        self._lambda = lambda_
        self._function = function

    def restamp(self, assistant: str, newest: date | None = None) -> None:
        """Carries the retention over to what is kept, from the day `newest` back."""
        event = {"restamp": {"assistant": assistant, "newest": newest.isoformat() if newest else None}}
        with told_as_store_away():
            self._lambda.invoke(
                FunctionName=self._function, InvocationType="Event", Payload=json.dumps(event).encode()
            )
