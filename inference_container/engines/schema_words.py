"""Which JSON schemas the grammar compiler of OpenVINO (xgrammar) may be given.

It refuses a schema in the middle of a step of all answers under way, and these cannot go on: so what it might
refuse is refused here, before. Known words only, references put in their place (a schema that contains itself
has no end here), sizes bounded, since everybody waits while a grammar is compiled.
Refuses to know requests and engines.
"""

from __future__ import annotations

import re
from typing import Any

DEFINITIONS = {"$defs", "definitions"}
ANNOTATIONS = {"title", "description", "default", "examples", "$schema", "$id", "$comment"} | DEFINITIONS
KINDS = {"object", "array", "string", "integer", "number", "boolean", "null"}
PAIRS = {"minItems": "maxItems", "minLength": "maxLength", "minimum": "maximum"}

_DEPTH, _NODES, _COUNT, _NUMBER, _CHOICES = 16, 200, 256, 2**53, 200

_LENGTHS = 64
"""Of all texts of a schema together. A bound of 64 is compiled in 0.9 processor seconds for a vocabulary of
49 thousand tokens, one of 256 in 4; numbers of items cost nothing to speak of."""

_NAME = re.compile(r'[^"\\\x00-\x1f]{1,200}')


class NotFollowed(Exception):
    """The schema has something that is not followed. The text names no part of it."""


def followed(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema as the compiler may have it. Raises NotFollowed."""
    result = _Reader(schema).read(schema, 0)
    assert isinstance(result, dict)  # a dict is read as a dict
    return result


class _Reader:
    def __init__(self, root: dict[str, Any]) -> None:
        self._root, self._nodes, self._lengths = root, 0, 0

    def read(self, node: Any, depth: int) -> Any:
        self._nodes += 1
        if depth > _DEPTH or self._nodes > _NODES:
            raise NotFollowed("it is too deep, too large or contains itself")
        if node is True:
            return True
        if not isinstance(node, dict):
            raise NotFollowed("a schema is an object")
        if "$ref" in node:
            if set(node) - ANNOTATIONS - {"$ref"}:
                raise NotFollowed("nothing may stand beside $ref")
            return self.read(self._referred(node["$ref"]), depth + 1)
        words = {word: value for word, value in node.items() if word not in ANNOTATIONS}
        unknown = set(words) - set(_WORDS)
        if unknown:
            raise NotFollowed("the words that are followed: $ref, " + ", ".join(sorted(_WORDS)))
        read = {word: _WORDS[word](self, value, depth) for word, value in words.items()}
        _ordered(read)
        if "array" in (words["type"] if isinstance(words.get("type"), list) else [words.get("type")]):
            read.setdefault("items", True)  # left out, the compiler takes it for an array of nothing
        return read

    def _referred(self, reference: Any) -> Any:
        node: Any = self._root
        parts = reference.split("/") if isinstance(reference, str) else []
        if len(parts) != 3 or parts[0] != "#" or parts[1] not in DEFINITIONS:
            raise NotFollowed("$ref is followed as #/$defs/name")
        for part in parts[1:]:
            if not isinstance(node, dict) or part not in node:
                raise NotFollowed("$ref names nothing")
            node = node[part]
        return node

    def kind(self, value: Any, _: int) -> Any:
        kinds = value if isinstance(value, list) else [value]
        if not kinds or not all(isinstance(one, str) and one in KINDS for one in kinds):
            raise NotFollowed("an unknown type")
        return value

    def properties(self, value: Any, depth: int) -> Any:
        if not isinstance(value, dict):
            raise NotFollowed("properties is an object")
        return {name: self.read(value[name], depth + 1) for name in _plain(list(value))}

    def names(self, value: Any, _: int) -> Any:
        if not isinstance(value, list) or not all(
            isinstance(name, str) and _NAME.fullmatch(name) for name in value
        ):
            raise NotFollowed("required is a list of names, without quotation marks and backslashes")
        return value

    def either(self, value: Any, depth: int) -> Any:
        return value if value is False else self.read(value, depth)

    def inner(self, value: Any, depth: int) -> Any:
        return self.read(value, depth + 1)

    def several(self, value: Any, depth: int) -> Any:
        if not isinstance(value, list) or not value:
            raise NotFollowed("anyOf is a list of schemas")
        return [self.read(schema, depth + 1) for schema in value]

    def values(self, value: Any, _: int) -> Any:
        if not isinstance(value, list) or not 0 < len(value) <= _CHOICES:
            raise NotFollowed(f"enum is a list of up to {_CHOICES} values")
        return [self.value(one, 0) for one in value]

    def value(self, value: Any, _: int) -> Any:
        if not (value is None or isinstance(value, (str, int, bool))):
            raise NotFollowed("a fixed value is text, a whole number, true, false or null")
        return value

    def count(self, value: Any, _: int) -> Any:
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _COUNT:
            raise NotFollowed(f"numbers of items are from 0 to {_COUNT}")
        return value

    def length(self, value: Any, _: int) -> Any:
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise NotFollowed("lengths are whole numbers")
        self._lengths += value
        if self._lengths > _LENGTHS:
            raise NotFollowed(f"the lengths of its texts add up to more than {_LENGTHS}")
        return value

    def number(self, value: Any, _: int) -> Any:
        if isinstance(value, bool) or not isinstance(value, int) or abs(value) > _NUMBER:
            raise NotFollowed("bounds are whole numbers of up to 53 bits")
        return value


_WORDS: dict[str, Any] = {
    "type": _Reader.kind,
    "properties": _Reader.properties,
    "required": _Reader.names,
    "additionalProperties": _Reader.either,
    "items": _Reader.inner,
    "anyOf": _Reader.several,
    "enum": _Reader.values,
    "const": _Reader.value,
    **dict.fromkeys(("minItems", "maxItems"), _Reader.count),
    **dict.fromkeys(("minLength", "maxLength"), _Reader.length),
    **dict.fromkeys(("minimum", "maximum"), _Reader.number),
}


def _plain(names: list[str]) -> list[str]:
    if not all(_NAME.fullmatch(name) for name in names):
        raise NotFollowed("a name has no quotation marks, backslashes or control characters")
    return names


def _ordered(read: dict[str, Any]) -> None:
    for least, most in PAIRS.items():
        if least in read and most in read and read[least] > read[most]:
            raise NotFollowed("a lower bound is above its upper one")
