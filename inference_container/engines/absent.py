"""No chat model: for a server of embeddings alone. Refuses every chat request as one for another model."""

from __future__ import annotations

from collections.abc import AsyncIterator

from inference_container.engines import GenerationRequest, Piece
from inference_container.errors import UnknownModel


class AbsentEngine:
    """Ready at once; its name is empty."""

    model, context_tokens = "", 0

    def load(self) -> None:
        """Nothing is loaded."""

    async def stream(self, _: GenerationRequest) -> AsyncIterator[Piece]:
        raise UnknownModel("This server's chat models: none.")
        yield Piece()  # makes it a stream

    def close(self) -> None:
        """Nothing is held."""
