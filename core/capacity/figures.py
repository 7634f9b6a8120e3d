"""What a model, a way of quantising and a GPU are, as far as capacity follows from it: the table beside it.

Knows `figures.toml`, where every figure has its source, and what follows from one entry alone (parameters,
bytes of weights). Refuses to know what they give together: `memory.py` and `roofline.py` do.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, PositiveFloat, PositiveInt

from core.errors import FigureUnknown

TABLE = Path(__file__).with_name("figures.toml")
BITS = 8
MANAGED = "ml."
"""How SageMaker begins the name of an EC2 instance type."""


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    source: str


class ModelShape(_Entry):
    """A dense decoder of the Llama family: grouped queries, a gated feed-forward net of width `inner`."""

    layers: PositiveInt
    hidden: PositiveInt
    heads: PositiveInt
    kv_heads: PositiveInt
    head_size: PositiveInt
    inner: PositiveInt
    vocabulary: PositiveInt
    tied_head: bool
    attention_bias: bool
    context_tokens: PositiveInt

    @property
    def projections(self) -> tuple[tuple[int, int], ...]:
        """Inputs and outputs of the matrices of one layer: query, key, value, output, gate, up, down."""
        queries, keys = self.heads * self.head_size, self.kv_heads * self.head_size
        attention = ((self.hidden, queries), (self.hidden, keys), (self.hidden, keys), (queries, self.hidden))
        return (*attention, (self.hidden, self.inner), (self.hidden, self.inner), (self.inner, self.hidden))

    @property
    def layer_parameters(self) -> int:
        """Of all layers: matrices, the biases of query, key and value, two norms each, and the last norm."""
        matrices = sum(inputs * outputs for inputs, outputs in self.projections)
        biases = (self.heads + 2 * self.kv_heads) * self.head_size if self.attention_bias else 0
        return self.layers * (matrices + biases + 2 * self.hidden) + self.hidden

    @property
    def embedding_parameters(self) -> int:
        """Of one table of embeddings; the head is another one of this size, or the same one."""
        return self.vocabulary * self.hidden

    @property
    def parameters(self) -> int:
        return self.layer_parameters + self.embedding_parameters * (1 if self.tied_head else 2)

    @property
    def computed_parameters(self) -> int:
        """Those that every token is multiplied with: without the table that it is looked up in."""
        return self.layer_parameters + self.embedding_parameters


class Quantisation(_Entry):
    """Bits of a weight, scales included. `compute_capability` is the oldest GPU that computes with it."""

    layer_bits: PositiveFloat
    embedding_bits: PositiveFloat
    head_bits: PositiveFloat
    compute_capability: PositiveFloat
    engine: Literal["vllm", "llama_cpp"]
    alone_share: float = Field(gt=0, le=1)
    busy_share: float = Field(gt=0, le=1)

    def weights_bytes(self, model: ModelShape) -> float:
        """What lies in memory. A head that is tied to the embeddings lies there once, in its own bits."""
        tables = self.head_bits if model.tied_head else self.head_bits + self.embedding_bits
        return (model.layer_parameters * self.layer_bits + model.embedding_parameters * tables) / BITS

    def read_bytes(self, model: ModelShape) -> float:
        """What one step of decoding reads of them: all but the table of embeddings."""
        return (model.layer_parameters * self.layer_bits + model.embedding_parameters * self.head_bits) / BITS


class Gpu(_Entry):
    """One GPU. GiB are 2^30 bytes, GB/s and TFLOPS decimal, throughput dense."""

    title: str
    memory_gib: PositiveFloat
    bandwidth_gb_s: PositiveFloat
    fp16_tflops: PositiveFloat
    compute_capability: PositiveFloat
    instances: tuple[str, ...]

    def computes(self, quantisation: Quantisation) -> bool:
        return self.compute_capability >= quantisation.compute_capability


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    models: dict[str, ModelShape]
    quantisations: dict[str, Quantisation]
    gpus: dict[str, Gpu]


Figure = TypeVar("Figure", ModelShape, Quantisation, Gpu)


@cache
def figures() -> _Table:
    document = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    named = {
        kind: {name: {"name": name, **entry} for name, entry in entries.items()}
        for kind, entries in document.items()
    }
    return _Table.model_validate(named)


def model(name: str) -> ModelShape:
    """Raises FigureUnknown."""
    return _find("model", figures().models, name)


def quantisation(name: str) -> Quantisation:
    """Raises FigureUnknown."""
    return _find("quantisation", figures().quantisations, name)


def gpu(name: str) -> Gpu:
    """Raises FigureUnknown."""
    return _find("GPU", figures().gpus, name)


def gpu_of_instance(instance_type: str) -> Gpu:
    """The GPU of an instance type of EC2 or SageMaker with one GPU. Raises FigureUnknown."""
    known = figures().gpus.values()
    for one in known:
        if instance_type.removeprefix(MANAGED) in one.instances:
            return one
    types = ", ".join(type_ for one in known for type_ in one.instances)
    raise FigureUnknown(f"no GPU of {instance_type}: {TABLE.name} knows {types}, each with or without ml.")


def _find(kind: str, entries: Mapping[str, Figure], name: str) -> Figure:
    if name not in entries:
        raise FigureUnknown(f"no {kind} {name}: {TABLE.name} knows {', '.join(entries)}")
    return entries[name]
