"""How vLLM is set on a GPU: the profiles beside this module, joined with what the server was told.

Knows the table (`vllm_profiles.toml`, where each flag has its reason) and vLLM's names of what differs from
server to server. Refuses to import vLLM: profiles are data, and a test holds them against its parser's names.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

TABLE = Path(__file__).with_name("vllm_profiles.toml")

Flags = dict[str, str | int | float | bool]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    version: str
    common: Flags
    adapters: Flags
    gpus: dict[str, Flags]


@cache
def vllm_profiles() -> _Table:
    return _Table.model_validate(tomllib.loads(TABLE.read_text(encoding="utf-8")))


def engine_arguments(
    *, gpu: str, folder: Path, model: str, context_tokens: int, parallel: int, adapters: int = 0
) -> dict[str, Any]:
    """The arguments of vLLM's engine, by its own names; `adapters` is how many LoRA adapters it holds.

    Raises KeyError for a GPU without a profile.
    """
    profiles = vllm_profiles()
    own = {
        "model": str(folder),
        "served_model_name": model,
        "max_model_len": context_tokens,
        "max_num_seqs": parallel,
    }
    with_adapters = {**profiles.adapters, "max_loras": adapters} if adapters else {}
    return {**profiles.common, **profiles.gpus[gpu], **with_adapters, **own}
