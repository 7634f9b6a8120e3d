"""The words that steer a model (`<|im_end|>` and its like), when somebody writes them into a message.

A template joins messages by such words, and a tokenizer that is given the joined text cannot tell the
template's from the visitor's: who writes `<|im_end|>` would end their own turn and speak as the system.
Refuses to know tokenizers: they are told where to cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

CUT = "\ufdd0"
"""Where a text is to be cut before it becomes tokens. A noncharacter: no text that means something has it."""

WORD_JOINER = "\u2060"
_BRACKETED = re.compile(r"<(?=\|[^<>|\s]{1,60}\|>)")


def cut_apart(content: str, words: Iterable[str]) -> str:
    """`content` with a CUT inside each of `words`: halves of a control word are plain text."""
    return _parted(content.replace(CUT, ""), words, CUT)


def joined_by_nothing(content: str, words: Iterable[str] = ()) -> str:
    """`content` with an invisible character in each `<|word|>` and each of `words`, for whoever takes whole
    texts alone.
    """
    return _parted(_BRACKETED.sub("<" + WORD_JOINER, content), words, WORD_JOINER)


def _parted(content: str, words: Iterable[str], by: str) -> str:
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True) if len(word) > 1)
    return re.sub(pattern, lambda found: found[0][:1] + by + found[0][1:], content) if pattern else content
