"""One reply of several, where a message asks for more than one thing. Refuses to know what they answer."""

from __future__ import annotations

from collections.abc import Sequence

from core.dialogue import Reply


def joined(replies: Sequence[Reply], reason: str | None) -> Reply:
    """In their order; it remembers what the last one does."""
    return replies[-1].model_copy(
        update={
            "text": "\n\n".join(reply.text for reply in replies),
            "sources": tuple(source for reply in replies for source in reply.sources),
            "facts": tuple(fact for reply in replies for fact in reply.facts),
            "reason": reason,
            "stock_as_of": next((reply.stock_as_of for reply in replies if reply.stock_as_of), None),
            "offers": tuple(dict.fromkeys(offer for reply in replies for offer in reply.offers)),
        }
    )


def found_first(replies: Sequence[Reply]) -> Reply:
    """Of two questions on the stock what there is comes before what there is not."""
    row = sorted(replies, key=lambda reply: reply.reason is not None)
    return joined(row, row[0].reason).model_copy(update={"memory": replies[-1].memory})
