"""A model of two layers with random weights, with tokenizer and chat template, as a folder of safetensors."""

from __future__ import annotations

from pathlib import Path

from inference_container.engines import GenerationRequest, Message, Piece
from inference_container.engines.transformers import TransformersEngine

TEMPLATE = (
    "{% for message in messages %}<|{{ message['role'] }}|>{{ message['content'] }}<|end|>{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)
HALF = "\N{REPLACEMENT CHARACTER}"
"""Bytes at an answer's end that are no character yet: the engine leaves them out."""
SPECIAL = ["<|end|>", "<|system|>", "<|user|>", "<|assistant|>"]


def make(folder: Path) -> Path:
    """Bytes are tokens, the roles have one each; `<|end|>` ends an answer."""
    import torch
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    signs = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {sign: number for number, sign in enumerate([*SPECIAL, *signs])}
    spoken = Tokenizer(models.BPE(vocab=vocabulary, merges=[]))
    spoken.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    spoken.decoder = decoders.ByteLevel()
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=spoken, eos_token="<|end|>", additional_special_tokens=SPECIAL[1:]
    )
    tokenizer.chat_template = TEMPLATE
    tokenizer.save_pretrained(folder)
    torch.manual_seed(20261122)
    shape = LlamaConfig(
        vocab_size=len(vocabulary),
        hidden_size=64,
        intermediate_size=96,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=1024,
        eos_token_id=0,
        bos_token_id=None,
        initializer_range=0.3,  # far apart logits: a choice does not hang on the last bit
    )
    LlamaForCausalLM(shape).save_pretrained(folder)
    return folder


def engine(folder: Path, **more: object) -> TransformersEngine:
    options: dict = {"context_tokens": 256, "parallel": 4, "prefix_homes": 2, "threads": 2, **more}
    return TransformersEngine(model=folder.name, folder=folder, **options)


def request(text: str, **more: object) -> GenerationRequest:
    messages = (Message("system", "Отвечай кратко. " * 4), Message("user", text))
    return GenerationRequest(messages=messages, **{"max_tokens": 24, **more})  # type: ignore[arg-type]


async def whole(engine: TransformersEngine, asked: GenerationRequest) -> tuple[str, Piece]:
    pieces = [piece async for piece in engine.stream(asked)]
    return "".join(piece.text for piece in pieces), pieces[-1]


def alone(model: object, tokenizer: object, asked: GenerationRequest) -> str:
    """What `generate` says greedily to this one request."""
    import torch

    spoken = [{"role": message.role, "content": message.content} for message in asked.messages]
    tokens = tokenizer.apply_chat_template(  # type: ignore[attr-defined]
        spoken, add_generation_prompt=True, tokenize=True, return_dict=False
    )
    said = model.generate(  # type: ignore[attr-defined]
        torch.tensor([tokens]),
        attention_mask=torch.ones(1, len(tokens), dtype=torch.int64),
        do_sample=False,
        max_new_tokens=asked.max_tokens,
        eos_token_id=tokenizer.eos_token_id,  # type: ignore[attr-defined]
        pad_token_id=tokenizer.eos_token_id,  # type: ignore[attr-defined]
    )
    text = tokenizer.decode(said[0, len(tokens) :], skip_special_tokens=True)  # type: ignore[attr-defined]
    return text.rstrip(HALF)
