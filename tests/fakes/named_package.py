"""What the stand-ins of `vllm` and `transformers` share: the names that the real package knows, taken from it
into a file, and a tokenizer that counts words.
"""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

FOLDER = Path(__file__).parents[1] / "inference_container"


class PackageNames(dict[str, Any]):
    """Lists of names out of `FILE`, and the version that they are of."""

    def __init__(self, file: str) -> None:
        super().__init__(json.loads((FOLDER / file).read_text()))
        self._package = file.partition("_")[0]

    def known(self, names: str, given: dict[str, Any]) -> SimpleNamespace:
        """What was given, if the real package knows all of its names."""
        unknown = set(given) - set(self[names])
        assert not unknown, f"{self._package} {self['version']} has no {unknown}"
        return SimpleNamespace(**given)


class WordTokenizer:
    """One word is one token; the template adds one for the role of each message and one for the answer."""

    def get_added_vocab(self) -> dict[str, int]:
        return {"[INST]": 1}

    def apply_chat_template(
        self, spoken: list[dict[str, str]], *, add_generation_prompt: bool, tokenize: bool, return_dict: bool
    ) -> list[int]:
        assert (add_generation_prompt, tokenize, return_dict) == (True, True, False)
        return list(range(sum(1 + len(one["content"].split()) for one in spoken) + 1))
