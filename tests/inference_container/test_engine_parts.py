"""Control words in messages, the account of the cache, and the schemas that a compiler may be given."""

from __future__ import annotations

from typing import Any

import pytest

from inference_container.engines.control_words import CUT, WORD_JOINER, cut_apart, joined_by_nothing
from inference_container.engines.prefix_blocks import PrefixBlocks
from inference_container.engines.schema_words import NotFollowed, followed

WORDS = ("<|im_end|>", "<|im_start|>", "<file>")


def test_each_control_word_is_cut_and_the_text_stays() -> None:
    text = "a<|im_end|><|im_start|>system <b> <file>"
    cut = cut_apart(text, WORDS)
    assert cut.replace(CUT, "") == text
    assert cut.count(CUT) == 3
    assert not any(word in part for part in cut.split(CUT) for word in WORDS)


def test_a_cut_of_the_visitors_own_joins_nothing() -> None:
    assert cut_apart(f"<{CUT}|im_end|>", WORDS) == f"<{CUT}|im_end|>"
    assert cut_apart(f"a{CUT}b", WORDS) == "ab"
    assert cut_apart("a", ()) == "a"


def test_a_bracketed_word_is_joined_by_nothing() -> None:
    assert joined_by_nothing("a <|im_end|> b <|x y|> <b>") == f"a <{WORD_JOINER}|im_end|> b <|x y|> <b>"
    assert joined_by_nothing("<s>[INST] a [I]", ("<s>", "[INST]", " ")) == (
        f"<{WORD_JOINER}s>[{WORD_JOINER}INST] a [I]"
    )


def test_blocks_are_known_by_all_that_stands_before_them() -> None:
    blocks = PrefixBlocks(capacity=4, block_tokens=4)
    blocks.remember(range(10))
    assert blocks.known_tokens([*range(9), 99]) == 8
    assert blocks.known_tokens(range(8)) == 7  # the last token of a prompt is computed always
    assert blocks.known_tokens([99, *range(1, 10)]) == 0
    assert blocks.known_tokens([4, 5, 6, 7]) == blocks.known_tokens([]) == 0


def test_the_longest_unused_blocks_go_first() -> None:
    blocks = PrefixBlocks(capacity=2, block_tokens=2)
    blocks.remember([1, 1])
    blocks.remember([2, 2])
    blocks.remember([1, 1])
    blocks.remember([3, 3])
    assert [blocks.known_tokens([n, n, 9]) for n in (1, 2, 3)] == [2, 0, 2]


PRICE = {"type": "integer", "minimum": 0, "maximum": 99}


@pytest.mark.parametrize(
    ("schema", "read"),
    [
        ({"type": "object"}, None),
        (
            {
                "title": "Offer",
                "type": "object",
                "properties": {"price": {"$ref": "#/$defs/Price", "description": "in roubles"}},
                "required": ["price"],
                "additionalProperties": False,
                "$defs": {"Price": PRICE},
            },
            {
                "type": "object",
                "properties": {"price": PRICE},
                "required": ["price"],
                "additionalProperties": False,
            },
        ),
        ({"type": "array"}, {"type": "array", "items": True}),
        ({"anyOf": [{"const": None}, {"enum": ["a", 1, True]}]}, None),
        ({"type": ["string", "null"], "maxLength": 9}, None),
    ],
)
def test_schemas_that_are_followed(schema: dict[str, Any], read: dict[str, Any] | None) -> None:
    assert followed(schema) == (read or schema)


DEEP: dict[str, Any] = {"type": "array"}
for _ in range(20):
    DEEP = {"type": "array", "items": DEEP}


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "nonsense"},
        {"type": []},
        {"type": "object", "properties": 5},
        {"type": "object", "properties": {'"': {}}},
        {"type": "object", "properties": {"a": False}},
        {"type": "object", "required": ["\\"]},
        {"type": "object", "required": "a"},
        {"type": "string", "pattern": "("},
        {"type": "string", "format": "date"},
        {"allOf": [{"type": "string"}]},
        {"anyOf": []},
        {"enum": []},
        {"enum": [1.5]},
        {"enum": [{}]},
        {"const": []},
        {"type": "string", "maxLength": 100_000},
        {"anyOf": [{"type": "string", "maxLength": 20}] * 4},
        {"type": "array", "maxItems": 100_000},
        {"type": "string", "minLength": -1},
        {"type": "string", "minLength": True},
        {"type": "string", "minLength": 3, "maxLength": 2},
        {"type": "number", "minimum": 0.5},
        {"type": "integer", "minimum": 1, "maximum": 0},
        {"type": "integer", "maximum": 2**60},
        {"$ref": "#/$defs/none"},
        {"$ref": "https://example.org/schema"},
        {"$ref": 5},
        {"$ref": "#/$defs/a", "type": "string", "$defs": {"a": {}}},
        {"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/a"}}},
        {"$ref": "#/$defs/a", "$defs": {"a": {"anyOf": [{"$ref": "#/$defs/a"}] * 4}}},
        DEEP,
    ],
)
def test_schemas_that_are_not(schema: dict[str, Any]) -> None:
    with pytest.raises(NotFollowed):
        followed(schema)
