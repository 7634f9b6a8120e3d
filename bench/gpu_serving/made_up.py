"""A model of a given shape with random weights, and a tokenizer whose words are the numbers of its tokens.

Knows torch and transformers. Refuses to write weights to a disk: they are made where they are used.
"""

from __future__ import annotations

from typing import Any

import torch
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import GenerationConfig, PreTrainedTokenizerFast, Qwen2Config, Qwen2ForCausalLM

from core.capacity import ModelShape
from inference_container.engines.transformers_weights import Loaded

SPREAD = 0.02
NO_END = -1
"""No token has this number, so answers are as long as they were asked for."""
NOTHING = "nothing"
TEMPLATE = "{% for message in messages %}{{ message['content'] }}{% endfor %}"


def made_up(shape: ModelShape) -> Loaded:
    """On the GPU in bf16 (fp16 before 8.0), else on the processor in 32 bits."""
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.manual_seed(0)
    model = _model(shape, device)
    return Loaded(model=model, tokenizer=numbered(shape.vocabulary), grammars=None, ends={NO_END})  # type: ignore[arg-type]


def numbered(vocabulary: int) -> Any:
    """`17 4` are the tokens 17 and 4."""
    numbers = {str(number): number for number in range(1, vocabulary)}
    words = Tokenizer(models.WordLevel({NOTHING: 0, **numbers}, unk_token=NOTHING))
    words.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=words, unk_token=NOTHING)
    tokenizer.chat_template = TEMPLATE
    return tokenizer


def _model(shape: ModelShape, device: torch.device) -> Any:
    config = Qwen2Config(
        vocab_size=shape.vocabulary,
        hidden_size=shape.hidden,
        intermediate_size=shape.inner,
        num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads,
        num_key_value_heads=shape.kv_heads,
        head_dim=shape.head_size,
        tie_word_embeddings=shape.tied_head,
        max_position_embeddings=shape.context_tokens,
        attn_implementation="sdpa",
        dtype=_width(device),
    )
    default = torch.get_default_dtype()
    torch.set_default_dtype(_width(device))
    try:
        with torch.device("meta"):
            model = Qwen2ForCausalLM(config)
    finally:
        torch.set_default_dtype(default)
    # Rotary tables are computed at construction and kept in no state dict: made again off the meta device.
    rotary = type(model.model.rotary_emb)(config)
    model.to_empty(device=device)
    model.model.rotary_emb = rotary.to(device)
    with torch.no_grad():
        for name, weights in model.named_parameters():
            if "norm" in name:
                weights.fill_(1.0)
            else:
                weights.normal_(0.0, SPREAD)
    model.tie_weights()
    model.generation_config = GenerationConfig(do_sample=False, pad_token_id=0)
    return model.eval()


def _width(device: torch.device) -> torch.dtype:
    if device.type != "cuda":
        return torch.float32
    return torch.bfloat16 if torch.cuda.get_device_capability(device) >= (8, 0) else torch.float16
