"""From messages to the tokens of a prompt, and from tokens to bytes, with OpenVINO's tokenizer.

Knows the tokenizer: what it cuts off and what it takes for control words. Refuses to know answers and steps.
"""

from __future__ import annotations

import re
from typing import Any

from inference_container.engines.control_words import CUT, cut_apart

END_WORDS = (b"<|im_end|>", b"<|endoftext|>", b"<|eot_id|>")
"""What ends a turn in the models' own words; a GGUF names one of them only."""

PORTION_BYTES = 8000
"""A token is a byte at least."""

_CUTS = re.compile(r"(?<=\n)(?=\S)|(?<=\S)(?= \S)")


class Vocabulary:
    """Tokens as bytes, and the control words among them."""

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        self._bytes = {number: word for word, number in tokenizer.get_vocab().items()}
        bracketed = {n: w for n, w in self._bytes.items() if w.startswith(b"<") and w.endswith(b">")}
        self._control = {n: w for n, w in bracketed.items() if not tokenizer.decode([n])}
        self._words = tuple(word.decode() for word in self._control.values())
        self.ends = {n for n, word in self._control.items() if word in END_WORDS}
        self.ends.add(tokenizer.get_eos_token_id())

    def bytes_of(self, token: int) -> bytes:
        return b"" if token in self._control else self._bytes.get(token, b"")

    def prompt(self, messages: list[dict[str, str]]) -> list[int]:
        """The model's own template filled in. What stands in a message never becomes a control token."""
        spoken = [{**message, "content": cut_apart(message["content"], self._words)} for message in messages]
        whole = self._tokenizer.apply_chat_template(spoken, add_generation_prompt=True)
        return [token for part in whole.split(CUT) for token in self._encoded(part)]

    def _encoded(self, text: str) -> list[int]:
        tokens: list[int] = []
        for part in portions(text):
            tokens += self._tokenizer.encode(part, add_special_tokens=False).input_ids.data[0].tolist()
        return tokens


def portions(text: str) -> list[str]:
    """`text` in parts that the tokenizer takes: it cuts off what is beyond 8192 tokens, and says nothing.

    They are cut before a word, where no token reaches across, as long as there is such a place.
    """
    parts = []
    while len(text.encode()) > PORTION_BYTES:
        window = text[: PORTION_BYTES // 4]  # four bytes a character at the most
        at = max((cut.end() for cut in _CUTS.finditer(window)), default=0) or len(window)
        parts.append(text[:at])
        text = text[at:]
    return [*parts, text]
