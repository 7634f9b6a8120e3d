"""The capacity of a server that AWS does not run for us.

A server of ours (`inference_container --switchable`) is told over HTTP and forgets it when it restarts.
Somebody else's cannot be switched: it is not called, which the breaker's state sees to, and what was wanted
of it stands in the control table alone. Refuses to scale either.
"""

from __future__ import annotations

import http.client
import json
from typing import Any
from urllib.parse import urlsplit

from core.errors import CapacityUnknown
from lambdas.adapters.capacity.interface import Copies
from lambdas.adapters.items import from_wire, to_wire
from lambdas.adapters.outages import told_as_capacity_unknown

TIMEOUT_SECONDS = 4.0
_OK = 200


class HttpCapacity:
    """`url` is where the server takes `PUT {"copies": n}` and tells the same."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("the capacity's address must start with http:// or https://")
        self._connection = (
            http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        )
        self._address = (parts.hostname, parts.port)
        self._path = parts.path

    def hold(self) -> None:
        """Nothing scales it."""

    def release(self) -> None:
        """Nothing scales it."""

    def set_copies(self, number: int) -> None:
        self._ask("PUT", {"copies": number})

    def copies(self) -> Copies:
        answer = self._ask("GET")
        try:
            return Copies(wanted=int(answer["copies"]), ready=int(answer["ready"]))
        except (KeyError, TypeError, ValueError) as error:
            raise CapacityUnknown("the server tells something else than its capacity") from error

    def _ask(self, method: str, body: dict[str, int] | None = None) -> Any:
        host, port = self._address
        connection = self._connection(host, port, timeout=TIMEOUT_SECONDS)
        try:
            sent = None if body is None else json.dumps(body)
            connection.request(method, self._path, body=sent, headers={"Content-Type": "application/json"})
            response = connection.getresponse()
            if response.status != _OK:
                raise CapacityUnknown(f"the server answered {response.status}")
            return json.loads(response.read())
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise CapacityUnknown(type(error).__name__) from error
        finally:
            connection.close()


class RememberedCapacity:
    """What was wanted is read from the table `control`, where the breaker's function keeps it."""

    def __init__(self, dynamodb: Any, table: str) -> None:
        self._dynamodb = dynamodb
        self._table = table

    def hold(self) -> None:
        """Nothing scales it."""

    def release(self) -> None:
        """Nothing scales it."""

    def set_copies(self, number: int) -> None:
        """The caller has written it down."""

    def copies(self) -> Copies:
        with told_as_capacity_unknown():
            answer = self._dynamodb.get_item(
                TableName=self._table, Key=to_wire({"key": "capacity#model"}), ConsistentRead=True
            )
        wanted = int(from_wire(answer.get("Item", {})).get("wanted", 1))
        return Copies(wanted=wanted, ready=wanted)
