"""What masking promises of every text: it ends, it is done at once, and the salon's own words stand."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.personal_data import Kind, Published, mask
from core.spec import ASSISTANTS_FOLDER

PIECES = (
    "8 911 555-44-33", "восемь девятьсот одиннадцать", "555-44-33", "4111 1111 1111 1111", "7707083893",
    "2023",
    "4010 123456", "паспорт", "ИНН", "карта", "Иван", "Петров", "Сергеевич", "Вера", "ул.", "улица",
    "Ленина", "д. 5",
    "кв. 12", "г. Омск", "меня зовут", "ivan", "@", "mail.ru", "а123вс", "77", "W1K1770871R001077", "и",
    "[имя]",
    "[телефон]", "А.", "Б.", "\u200b", "\u0306", "+7", "(", ")", "-", ",", "\n", "Ａ１", "ИВАНОВ",
    "5 490 000", "номер",
    "\ufffc", "Владимир", "из", "адрес", "С уважением,", "№", "один два три", "{", "é", "и\u0306", "½", "l",
)  # fmt: skip
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=14).map(" ".join) | st.text()


@given(st.text("0123456789OoОоlLIiЗзбБЧчВвBbSsſDQ -", max_size=40), st.sampled_from(["", "ИНН ", "Карта "]))
def test_letters_among_digits_break_nothing(text: str, said: str) -> None:
    """«51860L»: no capital is a digit because its small letter looks like one."""
    masked = mask(f"{said}{text}")
    assert mask(masked.text).text == masked.text


@given(texts)
def test_a_masked_text_stays_as_it_is(text: str) -> None:
    masked = mask(text)
    assert mask(masked.text).found == ()
    assert mask(masked.text).text == masked.text


@given(texts)
def test_what_was_found_tells_where_it_stood(text: str) -> None:
    masked, at, rebuilt = mask(text), 0, ""
    for each in masked.found:
        assert at <= each.start < each.end <= len(text)
        rebuilt += text[at : each.start] + each.kind.sign
        at = each.end
    assert masked.text == rebuilt + text[at:]


@pytest.mark.parametrize(
    "text", ["", " ", "\ud800", "\x00", "и\u0306", "\ufffc" * 3, "[имя] [имя]", "8" * 2_000, "а" * 2_000]
)
def test_odd_texts(text: str) -> None:
    assert mask(text).text == text


def published_by(assistant: str) -> tuple[Published, list[str]]:
    folder = ASSISTANTS_FOLDER / assistant / "knowledge"
    texts = [
        text for path in sorted(folder.glob("*.toml")) for text in strings(tomllib.loads(path.read_text()))
    ]
    stock = Path(folder.parent / "sample" / "available_product.csv").read_text().split(",")
    return Published.by([*texts, *stock]), texts


def strings(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for each in value.values() for text in strings(each)]
    if isinstance(value, list):
        return [text for each in value for text in strings(each)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("assistant", ["showroom", "geely_volga"])
def test_what_a_salon_publishes_is_masked_nowhere(assistant: str) -> None:
    published, texts = published_by(assistant)
    assert [text for text in texts if mask(text, published).found] == []
    assert {kind for kind, _ in published.items} >= {Kind.PHONE, Kind.EMAIL, Kind.ADDRESS, Kind.VIN}


def test_a_visitor_may_name_what_is_published() -> None:
    published, _ = published_by("showroom")
    text = (
        "звонил на 8 812 5550123, еду в Санкт-Петербург, Полярная набережная, дом 12, за W1K1770871R001077,"
        " мой 8 911 555 44 33, {}"
    )
    masked = mask(text.format("WDB2100611A123456"), published).text
    assert masked == text.replace("8 911 555 44 33", "[телефон]").format("[VIN]")
