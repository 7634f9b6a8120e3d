"""The post: one letter to one address, by SES. Refuses to know what it says and whether it may be sent."""

from __future__ import annotations

from typing import Any

from lambdas.adapters.outages import told_as_mail_away


class SesMail:
    """`sesv2` is a client that tries once: a second try of its own would be a second letter."""

    def __init__(self, sesv2: Any, sender: str) -> None:
        self._sesv2 = sesv2
        self._sender = sender

    def send(self, address: str, subject: str, text: str) -> None:
        """Raises MailAway, of which nothing follows: the letter may be out all the same."""
        with told_as_mail_away():
            self._sesv2.send_email(
                FromEmailAddress=self._sender,
                Destination={"ToAddresses": [address]},
                Content={"Simple": {"Subject": _utf8(subject), "Body": {"Text": _utf8(text)}}},
            )


def _utf8(text: str) -> dict[str, str]:
    return {"Data": text, "Charset": "UTF-8"}
