"""The model's endpoints: what each kind is made of, and how much the ones of our own carry.

Knows the sizes of PROD's machines, and what capacity computes from them: how many answers at once, with which
profile of the engine. Reads the container's catalogue and profiles as data. Refuses a model that its GPU
cannot serve, and refuses to know how an endpoint is built (`infra/endpoint/`) and which stage has which.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Self

from core.capacity import Capacity, EngineSettings, capacity, gpu_of_instance, model, quantisation
from core.errors import FigureUnknown
from core.spec import AssistantSpec

CONTAINER = Path(__file__).resolve().parents[1] / "inference_container"
CATALOGUE = CONTAINER / "weights" / "models.toml"
PROFILES = CONTAINER / "engines" / "vllm_profiles.toml"


class StageError(ValueError):
    """The context asks for a stage, or for a setting of one, that does not exist or cannot be."""


@dataclass(frozen=True, kw_only=True)
class ExternalEndpoint:
    """Any OpenAI-compatible server. `secret` asks for a secret that holds its key.

    `capacity_path` is where a server of ours takes its capacity (`PUT`), None for one that we cannot switch.
    """

    url: str
    model_name: str
    model_slots: int
    secret: bool
    capacity_path: str | None = None


@dataclass(frozen=True, kw_only=True)
class GpuEndpoint:
    """What both GPU endpoints need: the image, the weights and how much one copy carries.

    `image` is repository:tag in the account's own registry, `weights` the version's prefix in the bucket of
    models with `<model_name>/` below it, and there the files that the container's catalogue names, a
    `manifest.json` and nothing else; both are put there before the first deploy of the endpoint.
    `model_name` is an id of that catalogue, `context_tokens` the longest dialogue, answer included,
    `max_copies` where scaling ends. `manifest_sha256` is of the version's manifest; empty, the catalogue's
    own hashes count. `adapters` are the LoRA adapters that assistants name: parts of the version.
    """

    instance_type: str
    image: str
    weights: str
    model_name: str
    context_tokens: int
    startup_seconds: int
    max_copies: int
    manifest_sha256: str = ""
    adapters: tuple[str, ...] = ()

    @property
    def gpu(self) -> str:
        """Whose profile the engine takes. Raises StageError."""
        return self.capacity.gpu.name

    @property
    def model_slots(self) -> int:
        """How many answers one copy generates at once. Raises StageError."""
        return self.capacity.slots

    @property
    def capacity(self) -> Capacity:
        """What one copy can do, computed. Raises StageError where it cannot serve the model."""
        return _capacity(self.instance_type, self.model_name, self.context_tokens, len(self.adapters))

    def checked(self) -> Self:
        """Itself. Raises StageError where its GPU cannot serve its model."""
        _capacity(self.instance_type, self.model_name, self.context_tokens, len(self.adapters))
        return self


@dataclass(frozen=True, kw_only=True)
class SageMakerEndpoint(GpuEndpoint):
    """An inference component on instances that SageMaker manages; its copies can go to 0.

    `reserved_memory_mb` is what has to be free on an instance for a copy; it is no limit.
    """

    reserved_memory_mb: int


@dataclass(frozen=True, kw_only=True)
class Ec2Endpoint(GpuEndpoint):
    """An Auto Scaling group in isolated subnets.

    `memory_limit_mb` is what the container may take, the rest is the machine's. `customer_network` is the
    CIDR of a network that may ask the model too, over a VPN gateway, None for none.
    """

    memory_limit_mb: int
    disk_gb: int
    customer_network: str | None


ModelEndpoint = ExternalEndpoint | SageMakerEndpoint | Ec2Endpoint


def with_adapters(endpoint: ModelEndpoint, assistants: Sequence[AssistantSpec]) -> ModelEndpoint:
    """The same endpoint with the adapters that the assistants name. Raises StageError where they do not fit.

    A server of somebody else's has what it has.
    """
    if isinstance(endpoint, ExternalEndpoint):
        return endpoint
    named = {spec.generation.adapter for spec in assistants if spec.generation.adapter}
    return replace(endpoint, adapters=tuple(sorted(named))).checked()


def model_of(endpoint: ModelEndpoint, assistant: AssistantSpec) -> str:
    """What the assistant's function asks for: its adapter, or the model itself."""
    own = None if isinstance(endpoint, ExternalEndpoint) else assistant.generation.adapter
    return own or endpoint.model_name


def catalogue_entry(model_name: str) -> dict[str, Any]:
    """What the container's catalogue says of a model. Raises StageError."""
    models: dict[str, dict[str, Any]] = tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))["models"]
    if model_name not in models:
        raise StageError(f"{CATALOGUE.name} has no model {model_name}: {', '.join(models)}")
    return models[model_name]


@cache
def _capacity(instance_type: str, model_name: str, context_tokens: int, adapters: int) -> Capacity:
    entry, profiles = catalogue_entry(model_name), tomllib.loads(PROFILES.read_text(encoding="utf-8"))
    if "shape" not in entry:
        raise StageError(f"{CATALOGUE.name} has no shape of {model_name}: no GPU endpoint can serve it.")
    try:
        card = gpu_of_instance(instance_type)
        shape, quantised = model(entry["shape"]), quantisation(entry["quantisation"])
    except FigureUnknown as unknown:
        raise StageError(f"{unknown}.") from unknown
    if card.name not in profiles["gpus"]:
        raise StageError(f"{PROFILES.name} has no profile of {card.title}: {', '.join(profiles['gpus'])}.")
    flags = {**profiles["common"], **profiles["gpus"][card.name]}
    settings = EngineSettings(
        memory_share=flags["gpu_memory_utilization"],
        batch_tokens=flags["max_num_batched_tokens"],
        adapters=adapters,
        adapter_rank=profiles["adapters"]["max_lora_rank"],
    )
    found = capacity(shape, quantised, card, context_tokens=context_tokens, settings=settings)
    if found.obstacle:
        raise StageError(f"{instance_type} cannot serve {model_name}: {found.obstacle}.")
    if not found.slots:
        raise StageError(
            f"{instance_type} is too slow for {model_name}: not one answer is expected "
            f"within {found.load.deadline_seconds:g} s."
        )
    return found


SAGEMAKER = SageMakerEndpoint(
    instance_type="ml.g4dn.2xlarge",
    image="attendant/model-server:1",
    weights="attendant/1/",
    model_name="qwen2.5-7b-instruct-awq",
    context_tokens=4096,
    startup_seconds=900,
    max_copies=1,
    reserved_memory_mb=1024,  # SageMaker lends far less than the machine has, and more is refused unexplained
)

EC2 = Ec2Endpoint(
    instance_type="g4dn.2xlarge",
    image=SAGEMAKER.image,
    weights=SAGEMAKER.weights,
    model_name=SAGEMAKER.model_name,
    context_tokens=SAGEMAKER.context_tokens,
    startup_seconds=SAGEMAKER.startup_seconds,
    max_copies=SAGEMAKER.max_copies,
    memory_limit_mb=24_576,  # of 32 GiB
    disk_gb=100,  # the machine image with its drivers takes more than half
    customer_network=None,
)
