"""One typed settings object for the model server. Refuses to read the environment: `__main__` fills it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from inference_container.weights import DEFAULT_CHAT_MODEL

EngineName = Literal["auto", "llama_cpp", "openvino", "vllm", "transformers", "scripted", "none"]
GpuName = Literal["t4", "l4", "a10g"]

ADAPTER_FILES: dict[str, tuple[str, ...]] = {
    "auto": ("adapter.gguf",),  # with adapters it is llama.cpp
    "llama_cpp": ("adapter.gguf",),
    "vllm": ("adapter_config.json", "adapter_model.safetensors"),
    "scripted": (),
}
"""What lies in `adapters/{name}/` beside the weights, for the engines that have adapters."""


AdapterName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,60}$")]


class ServerSettings(BaseModel):
    """Everything that may differ between two servers."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    engine: EngineName = "auto"
    """`auto` is one for a CPU: which one, `engines/choice.py` decides."""

    model: str = DEFAULT_CHAT_MODEL
    version: str = Field(default="", pattern=r"^[\w./-]{0,90}$")
    """Told beside the model's name in answers: callers record which version it was."""

    embedding_model: str | None = None
    """Whose vectors `/v1/embeddings` gives; without one there is no such path."""

    adapters: tuple[AdapterName, ...] = ()
    """LoRA adapters of the model, parts of its version; a request names one as its model."""

    gpu: GpuName | None = None
    """Whose profile of `engines/vllm_profiles.toml` counts; for vllm, which must be told it."""

    models_dir: Path = Path(".attendant/models")
    manifest_sha256: str = Field(default="", pattern="^([0-9a-f]{64})?$")
    """Of the manifest beside the weights, for a version of the model; empty is the catalogue's own."""

    script: Path | None = None
    """What the scripted engine says; the file is read again for each request."""

    host: str = "127.0.0.1"
    port: int = Field(default=8090, ge=0, le=65535)

    parallel: int = Field(default=1, ge=1, le=64)
    """Generations at the same time. On two cores one at a time is the fastest for whoever is alone: two share
    the same arithmetic. More are for many dialogues at once, whose tokens cost less together."""

    prefix_homes: int = Field(default=4, ge=1, le=64)
    """Assistants (or other long-lived prompts) whose prefix stays computed at the same time."""

    threads: int = Field(default=2, ge=1, le=256)
    context_tokens: int = Field(default=4096, ge=256)
    """Prompt and answer of one request together."""

    queue_limit: int = Field(default=16, ge=0)
    """Requests that may wait for their turn, of chats and of embeddings each; the next one gets 429."""

    switchable: bool = False
    """Whether `PUT /capacity` may switch the server off and on; for whoever reaches its port."""

    max_body_bytes: int = Field(default=1 << 20, ge=1024)
    drain_seconds: int = Field(default=25, ge=0)
    """How long SIGTERM lets running generations finish."""

    @field_validator("adapters", mode="before")
    @classmethod
    def _from_one_word(cls, given: Any) -> Any:
        return tuple(filter(None, given.split(","))) if isinstance(given, str) else given

    @model_validator(mode="after")
    def _names_are_apart(self) -> Self:
        names = [self.model, *self.adapters, *filter(None, [self.embedding_model])]
        if len(set(names)) < len(names):
            raise ValueError("two models have one name")
        return self

    @model_validator(mode="after")
    def _adapters_are_vouched_for(self) -> Self:
        if self.adapters and self.engine not in ADAPTER_FILES:
            raise ValueError(f"engine {self.engine} has no adapters")
        if self.adapters and ADAPTER_FILES[self.engine] and not self.manifest_sha256:
            raise ValueError("adapters are parts of a version: name its --manifest-sha256")
        return self

    @model_validator(mode="after")
    def _serves_something(self) -> Self:
        if self.engine == "none" and self.embedding_model is None:
            raise ValueError("engine none is for a server of embeddings alone: name an --embedding-model")
        return self

    @model_validator(mode="after")
    def _vllm_knows_its_gpu(self) -> Self:
        if self.engine == "vllm" and self.gpu is None:
            raise ValueError(f"engine vllm needs --gpu: {', '.join(get_args(GpuName))}")
        return self
