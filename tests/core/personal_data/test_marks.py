"""E-mail, VINs and licence plates in both alphabets; what only looks like them stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.personal_data import Kind, mask
from core.personal_data.marks import has_check_digit, is_vin

VIN_SIGNS = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
VALUES = dict(zip(VIN_SIGNS, [*range(1, 9), *range(1, 6), 7, 9, *range(2, 10), *range(10)], strict=True))
WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
TO_CYRILLIC = str.maketrans("ABEKMHOPCTYX", "АВЕКМНОРСТУХ")


def kinds(text: str) -> list[Kind]:
    return [each.kind for each in mask(text).found]


@st.composite
def vins(draw: st.DrawFn) -> str:
    """Of North America and China: with a check digit."""
    body = draw(st.sampled_from(["4JG", "WDD", "LE4", "55S", "L6T"]))
    body += draw(st.text(VIN_SIGNS, min_size=5, max_size=5)) + "0"
    body += draw(st.text(VIN_SIGNS, min_size=4, max_size=4))
    body += draw(st.text("0123456789", min_size=4, max_size=4))
    rest = sum(VALUES[sign] * weight for sign, weight in zip(body, WEIGHTS, strict=True)) % 11
    return f"{body[:8]}{'X' if rest == 10 else rest}{body[9:]}"


@given(vins(), st.sampled_from(["{}", "VIN {}", "вин {}, проверьте", "Проверьте {}?"]), st.data())
def test_every_vin_is_masked(vin: str, sentence: str, data: st.DataObject) -> None:
    assert has_check_digit(vin)
    assert is_vin(vin)
    spelled = data.draw(
        st.sampled_from(
            [vin, vin.lower(), vin.translate(TO_CYRILLIC), f"{vin[:3]} {vin[3:9]} {vin[9:]}", "-".join(vin),
             f"{vin[:3]}-{vin[3:8]}-{vin[8]}-{vin[9:]}", "\u200b".join(vin)]
        )
    )  # fmt: skip
    masked = mask(sentence.format(spelled))
    assert [each.kind for each in masked.found] == [Kind.VIN]
    assert "[VIN]" in masked.text


@pytest.mark.parametrize(
    "vin", ["W1K1770871R001077", "w1k1770871r001077", "WDB2100611A123456", "XW8ZZZ61ZEG012345"]
)
def test_a_european_vin_has_no_check_digit(vin: str) -> None:
    assert kinds(f"Мой {vin}, посмотрите историю") == [Kind.VIN]


@pytest.mark.parametrize(
    "text",
    [
        "а123вс77", "А123ВС 777", "A123BC77RUS", "у456ку178", "А 123 ВС 77", "О777ОО199",
        "госномер а 123 вс 77",
        "номер х001хх", "гос. номер А123ВС", "АВ12377", "автобус АВ 123 77", "мотоцикл 1234 АВ 77",
        "м\u200b123\u200bмм 98",
        "машина к-456-нт|78", "e200kx 178",
    ],
)  # fmt: skip
def test_plates(text: str) -> None:
    assert Kind.PLATE in kinds(text)
    assert len(kinds(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "ivan.petrov@mail.ru", "Ivan_P+cars@sub.example.co.uk", "иван@почта.рф", "ivan @ mail.ru",
        "ivan(at)mail.ru",
        "ivan собака mail точка ru", "ivan собака mail.ru", "ｉｖａｎ＠ｍａｉｌ.ｒｕ",
        "почта: petrov1980@yandex.ru",
        "i\u200bvan@ma\u200bil.ru", "ivаn@mail.ru", "ivan[собака]mail[точка]ru", "ivan@mail . ru",
    ],
)  # fmt: skip
def test_emails(text: str) -> None:
    assert kinds(text) == [Kind.EMAIL]
    assert "ru" not in mask(text).text.lower().replace("почта", "")


def test_a_sentence_ends_behind_an_email() -> None:
    assert mask("Пишите на a.b@mail.ru. Спасибо").text == "Пишите на [почта]. Спасибо"
    assert mask("a@b.ru, c@d.com").text == "[почта], [почта]"


@pytest.mark.parametrize(
    "text",
    [
        "C 180 или E 200 d?", "проехал 200 км за 77 минут", "с 200 км 77", "в 300 км от Москвы",
        "GLC 300 4MATIC",
        "с 180 по 200", "у 500 те же диски", "E 220 d 4MATIC 2023", "AMG GT 63 S", "S 500 или S 580?",
        "ВАЗ 2107",
        "собака на сиденье точка", "собака поместится?", "СТО2024", "скидка до 15@", "mercedes-benz.ru",
        "W222 V8",
        "шины 245/45 R18 100Y XL", "М5 или E63", "Chrome 120, iOS 17",
    ],
)  # fmt: skip
def test_what_is_none_of_these(text: str) -> None:
    assert mask(text).text == text
