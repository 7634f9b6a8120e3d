"""What is wrong with a field, in a Russian sentence for whoever filled it in.

Knows pydantic's error types. Never repeats what was written into the field.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from core.errors import FieldError

SENTENCES = {
    "missing": "Это поле обязательно.",
    "extra_forbidden": "Такого поля нет.",
    "json_invalid": "Тело запроса — не JSON.",
    "string_type": "Здесь нужна строка.",
    "string_unicode": "Текст содержит недопустимые символы.",
    "string_too_short": "Заполните это поле.",
    "string_too_long": "Слишком длинно: не больше {max_length} символов.",
    "string_pattern_mismatch": "Недопустимые символы или слишком длинно.",
    "date_type": "Укажите день, например 2026-11-30.",
    "bool_type": "Здесь нужно true или false.",
    "bool_parsing": "Здесь нужно true или false.",
    "int_type": "Здесь нужно целое число.",
    "int_parsing": "Здесь нужно целое число.",
    "int_parsing_size": "Слишком большое число.",
    "int_from_float": "Здесь нужно целое число.",
    "float_type": "Здесь нужно число.",
    "float_parsing": "Здесь нужно число.",
    "finite_number": "Здесь нужно обычное число.",
    "greater_than_equal": "Не меньше {ge}.",
    "less_than_equal": "Не больше {le}.",
    "model_type": "Здесь нужен объект JSON.",
    "model_attributes_type": "Здесь нужен объект JSON.",
    "dict_type": "Здесь нужен объект JSON.",
}
OTHERWISE = "Недопустимое значение."
VISITOR = "visitor"
"""The type of our own errors, whose message is a Russian sentence already."""


def field_errors(errors: Iterable[Mapping[str, Any]]) -> tuple[FieldError, ...]:
    return tuple(FieldError(_field(error["loc"]), _sentence(error)) for error in errors)


def _field(loc: Iterable[Any]) -> str:
    """`("body", "consent", "storage")` is `consent.storage`; the body itself is `body`."""
    first, *rest = loc
    whole = first == "body" and (not rest or isinstance(rest[0], int))
    name = "body" if whole or not rest else ".".join(str(part) for part in rest)
    return name.encode("utf-8", "replace").decode()[:100]


def _sentence(error: Mapping[str, Any]) -> str:
    if error["type"] == VISITOR:
        return str(error["msg"])
    bounds = {
        name: f"{value:g}" if isinstance(value, float) else value
        for name, value in (error.get("ctx") or {}).items()
    }
    return SENTENCES.get(error["type"], OTHERWISE).format(**bounds)
