"""`POST /v1/embeddings`: OpenAI's contract for the retrieval model, with one field more.

`input_type` says which side of a search the texts are on: the model was trained with "query: " before
questions and "passage: " before what is found, and the engine puts them there, so callers send bare text. The
default is "query", which the model's authors advise where both sides are alike. What is too long is refused,
never cut.
Refuses to know how vectors are made.
"""

from __future__ import annotations

import base64
from array import array
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError
from starlette.responses import JSONResponse, Response

from inference_container.embedder import DIMENSION, MAX_CHARACTERS, InputType, bearable
from inference_container.embeddings import Embedded, EmbeddingService
from inference_container.errors import SwitchedOff, UnknownModel
from inference_container.http_face.bodies import read_body
from inference_container.http_face.callers import GONE, caller_of, unless_gone
from inference_container.http_face.document import GENERATING, TIMEOUT_HEADER, reads, refusals
from inference_container.service import ChatService

MAX_TEXTS = 64

Text = Annotated[str, StringConstraints(min_length=1)]


class EmbeddingRequest(BaseModel):
    """The body of `/v1/embeddings`."""

    model_config = ConfigDict(extra="forbid", strict=True)

    model: str | None = None
    input_type: InputType = "query"  # before `input`, whose length it limits
    input: Text | Annotated[list[Text], Field(min_length=1, max_length=MAX_TEXTS)]
    encoding_format: Literal["float", "base64"] = "float"
    dimensions: Literal[384] | None = None
    user: str | None = None

    @property
    def texts(self) -> list[str]:
        return [self.input] if isinstance(self.input, str) else self.input

    @field_validator("input", mode="before")
    @classmethod
    def _texts_alone(cls, given: Any) -> Any:
        """Says in one sentence what the union would say in several, none of them to the point."""
        if isinstance(given, list) and any(isinstance(item, int | list) for item in given):
            raise PydanticCustomError("token_ids", "Token ids are not taken, send the text")
        if given in ("", []) or (isinstance(given, list) and "" in given):
            raise PydanticCustomError("empty_input", "There is no text, or one of them is empty")
        if isinstance(given, list) and len(given) > MAX_TEXTS:
            raise PydanticCustomError("too_many", f"No more than {MAX_TEXTS} texts at once")
        if not isinstance(given, str) and not _are_texts(given):
            raise PydanticCustomError("no_text", "A text or a list of texts is expected")
        return given

    @field_validator("input", mode="after")
    @classmethod
    def _bearable_for_the_engine(cls, given: str | list[str], info: ValidationInfo) -> str | list[str]:
        kind: InputType = info.data.get("input_type", "query")
        for text in [given] if isinstance(given, str) else given:
            if "\0" in text:
                raise PydanticCustomError("nul", "A text contains NUL")
            if len(bearable(text)) > MAX_CHARACTERS[kind]:
                raise PydanticCustomError(
                    "too_long", f"A {kind} has no more than {MAX_CHARACTERS[kind]} characters, split the text"
                )
        return given


class Embedding(BaseModel):
    """One text's, as numbers or as base64 of little-endian float32."""

    object: Literal["embedding"]
    index: int
    embedding: list[float] | str


class Embeddings(BaseModel):
    """The answer of `/v1/embeddings`."""

    object: Literal["list"]
    data: list[Embedding]
    model: str
    usage: dict[str, int]


def embeddings_router(
    embeddings: EmbeddingService, service: ChatService, *, max_body_bytes: int
) -> APIRouter:
    router = APIRouter()

    @router.post(
        "/v1/embeddings",
        openapi_extra=reads(EmbeddingRequest, TIMEOUT_HEADER),
        response_model=Embeddings,
        responses=refusals(*GENERATING),
    )
    async def embed(request: Request) -> Response:
        asked = await read_body(request, EmbeddingRequest, max_bytes=max_body_bytes)
        if asked.model not in (None, embeddings.model):
            raise UnknownModel(f"The embedding model of this server is {embeddings.model}.")
        if isinstance(refusal := service.refusal(), SwitchedOff):  # it is the whole server that is off
            raise refusal
        caller = caller_of(request, asked.user)
        done = await unless_gone(request, embeddings.embed(asked.texts, asked.input_type, caller))
        if done is None:
            return Response(status_code=GONE)
        return JSONResponse(_answer(done, embeddings.model, asked.encoding_format))

    return router


def _are_texts(given: Any) -> bool:
    return isinstance(given, list) and all(isinstance(item, str) for item in given)


def _answer(done: Embedded, model: str, encoding: Literal["float", "base64"]) -> dict[str, Any]:
    data = [
        {"object": "embedding", "index": index, "embedding": _written(vector, encoding)}
        for index, vector in enumerate(done.vectors)
    ]
    usage = {"prompt_tokens": done.tokens, "total_tokens": done.tokens}
    return {"object": "list", "data": data, "model": model, "usage": usage}


def _written(vector: bytes, encoding: Literal["float", "base64"]) -> list[float] | str:
    if encoding == "base64":
        return base64.b64encode(vector).decode()
    floats = array("f", vector)
    assert len(floats) == DIMENSION
    return floats.tolist()
