"""Messages as tokens, in the words of a model's own chat template, by a tokenizer of `transformers`.

Knows that what a visitor writes must not become one of the template's words. Refuses to load tokenizers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from inference_container.engines import Message
from inference_container.engines.control_words import joined_by_nothing


def prompt_tokens(tokenizer: Any, messages: Sequence[Message]) -> list[int]:
    """The prompt up to where the answer begins. Raises what the template raises for roles it does not take.

    The tokenizer finds its added words (`<|im_end|>`, `<s>`, `[INST]`) wherever they stand in the text.
    """
    words = tokenizer.get_added_vocab()
    spoken = [
        {"role": message.role, "content": joined_by_nothing(message.content, words)} for message in messages
    ]
    tokens: list[int] = tokenizer.apply_chat_template(
        spoken, add_generation_prompt=True, tokenize=True, return_dict=False
    )
    return tokens
