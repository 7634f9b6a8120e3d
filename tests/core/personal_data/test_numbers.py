"""What has a check digit is found in every spelling, named or not; phones and passports by their forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.personal_data import Kind, mask
from core.personal_data.numbers import is_card, is_inn, is_snils
from tests.core.personal_data.spellings import cards, disguised, grouped, inns, mobiles, snils

AROUND = (
    "{}", "Вот: {}", "{}, спасибо", "Запишите {} и перезвоните", "Машина за 5 490 000, данные {}", "{}\nЖду",
    "C 180, 2023 год. {}", "({})",
)  # fmt: skip
around = st.sampled_from(AROUND)
CARD_GROUPS = ((16,), (4, 4, 4, 4), (4, 6, 5), (15,), (4, 4, 4, 4, 3), (8, 8), (6, 10), (19,), (2,) * 8)


def kinds(text: str) -> list[Kind]:
    return [each.kind for each in mask(text).found]


def assert_gone(text: str, number: str) -> None:
    left = "".join(char for char in mask(text).text if char.isalnum())
    assert number not in left, mask(text).text


@given(st.data(), cards(), around)
def test_every_card_is_masked(data: st.DataObject, number: str, sentence: str) -> None:
    assert is_card(number)
    spelled = data.draw(disguised(data.draw(grouped(number, *CARD_GROUPS))))
    text = sentence.format(spelled)
    assert kinds(text) == [Kind.CARD]
    assert spelled not in mask(text).text


@given(st.data(), snils(), around)
def test_every_snils_is_masked(data: st.DataObject, number: str, sentence: str) -> None:
    assert is_snils(number)
    spelled = data.draw(disguised(data.draw(grouped(number, (11,), (3, 3, 3, 2), (9, 2), (3, 3, 5)))))
    text = sentence.format(spelled)
    assert len(kinds(text)) == 1
    assert_gone(text, number)
    assert kinds(f"СНИЛС {spelled}") == [Kind.SNILS]


@given(st.data(), inns(), around)
def test_every_inn_is_masked(data: st.DataObject, number: str, sentence: str) -> None:
    assert is_inn(number)
    sizes = ((10,), (12,), (4, 4, 4), (4, 4, 2), (2, 2, 6, 2), (2, 2, 5, 1))
    spelled = data.draw(disguised(data.draw(grouped(number, *sizes))))
    assert len(kinds(sentence.format(spelled))) == 1
    assert_gone(sentence.format(spelled), number)
    assert kinds(f"Мой ИНН: {spelled}") == [Kind.INN]


@given(st.data(), mobiles(), st.sampled_from(["+7", "8", "7", "+7 ", "8 ", "+7(", "8-", "+ 7 ", ""]), around)
def test_every_mobile_is_masked(data: st.DataObject, number: str, prefix: str, sentence: str) -> None:
    spelled = data.draw(grouped(number, (3, 3, 2, 2), (3, 3, 4), (3, 7), (3, 2, 2, 3), (3, 2, 3, 2)))
    if prefix.endswith("("):
        spelled = f"{number[:3]}) {number[3:]}"
    elif prefix and prefix[-1].isdecimal() and not spelled.isdecimal():
        prefix += " "
    text = sentence.format(data.draw(disguised(prefix + spelled)))
    assert len(kinds(text)) == 1
    assert_gone(text, number[-7:])


@pytest.mark.parametrize(
    "text",
    [
        "8 (812) 555-01-23", "812 555 01 23", "(812)555-01-23", "тел. 555-01-23", "мой номер 555-01-23",
        "звоните 5550123", "тел 55-01-23", "+49 30 1234567", "+1 650 253 0000", "+375 29 123-45-67",
        "+998901234567", "8-911-555-44-33 доб. 123", "8 9II 555 O1 2З", "8.911.555.44.33", "8_911_555_44_33",
        "восемь девятьсот одиннадцать пятьсот пятьдесят пять сорок четыре тридцать три",
        "плюс семь девять один один пять пять пять четыре четыре три три",
        "8 девятьсот одиннадцать 555 44 33", "восемь-девятьсот-одиннадцать-555-44-33",
        "Восемь восемьсот пятьсот пятьдесят пять тридцать пять тридцать пять", "89115554433 жду",
        "мой89115554433", "8 911 555\n44 33", "375291234567 мой телефон", "8 10 49 30 123 4567",
    ],
)  # fmt: skip
def test_phones(text: str) -> None:
    assert kinds(text) == [Kind.PHONE]
    assert not any(char.isdecimal() for char in mask(text).text)


@pytest.mark.parametrize(
    "text",
    [
        "паспорт 4010 123456", "паспорт 40 10 123456", "Паспорт: 4010123456", "серия 4010 номер 123456",
        "серия 40 10, № 123456", "4010 123456", "40 10 123456", "4010 № 123456",
        "паспортные данные 4015 654321",
        "загранпаспорт 75 1234567", "паспорт серии 2015 № 083893", "водительское удостоверение 99 16 123456",
    ],
)  # fmt: skip
def test_passports(text: str) -> None:
    assert kinds(text) == [Kind.PASSPORT]


@pytest.mark.parametrize(
    "text",
    [
        "От 4 690 000 до 5 890 000 рублей", "4 690 000 – 5 890 000", "4690000-5890000", "2023 4690000",
        "5 490 000 ₽, пробег 21 300 км", "2020, 2021, 2022 или 2023", "2021 2022 2023",
        "за 5000000 или 6000000",
        "с 9:00 до 21:00", "12.05.2024", "01.01.2023-31.12.2024", "W213, W206, W223", "100-150-200 тысяч",
        "C 180 за 5 450 000, C 200 за 5 890 000", "кредит на 60 месяцев под 12,5%", "4.690.000",
        "Сколько стоит 1 200 000 000?", "два, три или четыре миллиона", "от трёх до пяти",
        "245/45 R18 и 275/40 R18",
        "1991 куб. см, 204 л. с., 300 Н·м", "номер заказа 1234567", "2023 год 5490000 рублей 21300 км",
    ],
)  # fmt: skip
def test_what_a_salon_counts_in_is_nobodys(text: str) -> None:
    assert mask(text).text == text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("карта 4111 1111 1111 1112", None), ("СНИЛС 112-233-445 96", None), ("7707083894", None),
        ("номер карты 2200 0000 0000 0004", Kind.CARD), ("ИНН 7707083893", Kind.INN),
    ],
)  # fmt: skip
def test_a_wrong_check_digit_is_no_such_number(text: str, kind: Kind | None) -> None:
    assert kinds(text) == ([kind] if kind else [])


def test_several_in_one_message() -> None:
    text = "Иванов Пётр, 8 911 555-44-33, ИНН 500100732259, карта 4111 1111 1111 1111, СНИЛС 112-233-445 95"
    assert mask(text).text == "[имя], [телефон], ИНН [ИНН], карта [карта], СНИЛС [СНИЛС]"


def test_two_numbers_side_by_side() -> None:
    assert mask("89115554433 89215554433").text == "[телефон] [телефон]"
    assert mask("8 911 555 44 33 4111 1111 1111 1111").text == "[телефон] [карта]"
    assert mask("5 490 000 8 911 555 44 33").text == "5 490 000 [телефон]"
