"""Weights and tokenizer of one folder as transformers loads them: safetensors, or a GGUF file unpacked.

Knows files, the device and the width of its numbers. Refuses code from repositories of weights, pickles, the
model hub, and weights that are quantised in other ways: their kernels are other packages.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import llguidance
import llguidance.hf
import torch
from transformers import AutoConfig, AutoModelForCausalLM, AutoTokenizer

from inference_container.engines import EngineFailed


class Grammars:
    """JSON schemas as matchers of this tokenizer. `width` is the width of the model's logits."""

    def __init__(self, tokenizer: Any, *, width: int, ends: set[int]) -> None:
        self._tokenizer = llguidance.hf.from_tokenizer(tokenizer, n_vocab=width, eos_token=sorted(ends))

    def matcher(self, schema: dict[str, Any]) -> Any:
        """None for a schema that cannot be followed."""
        grammar = llguidance.LLMatcher.grammar_from_json_schema(json.dumps(schema))
        # Its log has tokens of answers.
        matcher = llguidance.LLMatcher(self._tokenizer, grammar, log_level=0)
        return None if matcher.is_error() else matcher


@dataclass(frozen=True)
class Loaded:
    """`ends` are the tokens that end an answer."""

    model: Any
    tokenizer: Any
    grammars: Grammars
    ends: set[int]


def load(folder: Path, *, threads: int) -> Loaded:
    """Raises EngineFailed for weights of another kind, and what the library raises."""
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.set_num_threads(threads)
    which = _files(folder)
    tokenizer = AutoTokenizer.from_pretrained(folder, **which)
    options = {} if "gguf_file" in which else {"use_safetensors": True}
    model = AutoModelForCausalLM.from_pretrained(
        folder, dtype=_width(device), attn_implementation="sdpa", **which, **options
    )
    model.to(device)
    ends = _ends(model, tokenizer)
    width = model.config.get_text_config().vocab_size
    return Loaded(model, tokenizer, Grammars(tokenizer, width=width, ends=ends), ends)


def _files(folder: Path) -> dict[str, Any]:
    """What the library is told of them. Nothing of a repository's code is run, and no network is asked."""
    safe = {"local_files_only": True, "trust_remote_code": False}
    gguf = sorted(folder.glob("*.gguf"))
    if len(gguf) > 1:
        raise EngineFailed(f"{folder.name} has {len(gguf)} GGUF files")
    if gguf:
        return safe | {"gguf_file": gguf[0].name}
    if getattr(AutoConfig.from_pretrained(folder, **safe), "quantization_config", None):
        raise EngineFailed(f"{folder.name} is quantised: transformers is for 16 bits or one GGUF file here")
    return safe


def _width(device: Any) -> Any:
    """16 bits on a GPU, bf16 where its tensor cores have it (from 8.0 on); a processor emulates them: 32."""
    if device.type != "cuda":
        return torch.float32
    return torch.bfloat16 if torch.cuda.get_device_capability(device) >= (8, 0) else torch.float16


def _ends(model: Any, tokenizer: Any) -> set[int]:
    """Those of the weights' own settings and of the tokenizer. Raises EngineFailed when there are none."""
    told = model.generation_config.eos_token_id
    ends = {*(told if isinstance(told, list) else [told]), tokenizer.eos_token_id} - {None}
    if not ends:
        raise EngineFailed("no token ends an answer of this model")
    return ends
