"""The topic of on-call: one message, by SNS.

Refuses to know what it says and whether it has been sent before.
"""

from __future__ import annotations

from typing import Any

from lambdas.adapters.outages import told_as_store_away

LONGEST_SUBJECT = 100


class OnCall:
    def __init__(self, sns: Any, topic_arn: str) -> None:
        self._sns = sns
        self._topic_arn = topic_arn

    def tell(self, subject: str, text: str) -> None:
        """Raises StoreAway, of which nothing follows: the message may be out all the same."""
        with told_as_store_away():
            self._sns.publish(TopicArn=self._topic_arn, Subject=subject[:LONGEST_SUBJECT], Message=text)
