"""The API's own address, asked as CloudFront would: does it admit this token?"""

from __future__ import annotations

from http import HTTPStatus
from http.client import HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from lambdas.adapters.edge_distribution import HEADER

PATIENCE_SECONDS = 15


class ApiDoor:
    """`health_url` answers 200 to whoever is admitted."""

    def __init__(self, health_url: str) -> None:
        self._url = urlsplit(health_url)

    def admits(self, token: str) -> bool:
        """False as well when nobody answers: then nothing is known, and nothing may be changed."""
        connection = HTTPSConnection(self._url.netloc, timeout=PATIENCE_SECONDS)
        try:
            connection.request("GET", self._url.path, headers={HEADER: token, "User-Agent": "rotation"})
            return connection.getresponse().status == HTTPStatus.OK
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()
