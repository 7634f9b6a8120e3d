"""What of a question was not understood: every word of it is a criterion, a harmless word, or left over.

Knows which words add nothing to a question about stock, what a car is for, and which denials nothing holds.
Refuses to know what was understood: it gets the places that are taken.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistants.showroom.language import phrases
from assistants.showroom.language.asides import without_asides
from assistants.showroom.language.averages import of_an_average
from assistants.showroom.language.coverage import raises, unread_denials
from assistants.showroom.language.denials import is_denying
from assistants.showroom.language.intents import SIZES
from assistants.showroom.language.naming import Atom
from assistants.showroom.language.purposes import idle_purposes
from assistants.showroom.language.second_reading import clauses, unread
from assistants.showroom.language.spans import Span
from assistants.showroom.language.unheld_things import is_apart_from_cars, is_strange, unheld_in
from assistants.showroom.language.wish import Order
from core.russian import grammemes, is_known, is_service, lemmas, part_of_speech

_PROPERTIES = ("NOUN", "ADJF", "ADJS", "PRTF", "PRTS", "COMP", "NUMR", "NUMB", "LATN")
_DENIALS = frozenset({"не", "ни", "кроме", "помимо", "исключая", "исключением", "окромя"})
_COMPARATIVES = frozenset(
    {"дешевле", "подешевле", "дороже", "подороже", "новее", "старше", "моложе", "свежее", "старее"}
)
_BOUNDING = frozenset({"до", "от", "за", "на", "в", "около", "под"})
NUMBER_NOUN = re.compile(r"треш|тройк|четвер|пятер|шестер|семер|восьмер|девятк|десят|двадца|тридца|пятих")
# «для поездок по выходным», «на лето», «в подарок»: what a car is for is no property of it.
_PURPOSE = re.compile(
    r"\bдля (?:\w+ ){0,2}?(?P<noun>\w+)(?: (?:по|на|в|за|с|и) \w+)?"
    r"|\bна (?:каждый день|лето|зиму|дачу|выходные|свадьбу|юбилей|природу|рыбалку|охоту|отпуск|море)"
    r"|\bпо (?:городу|выходным|трассе|делам|бездорожью)|\bза город\b"
    r"|\bв (?:подарок|город\w*|поездки|дорогу|путешествия|отпуск|деревню)\b"
    r"|\bчтоб\w* (?:\w+ ){0,3}?не (?:ездить|заезжать|стоять)\b"
    r"|\bпод (?:семью|такси|работу|бизнес|доставку|перевозки|извоз|вахту)"
    r"|\bна (?:фирму|предприятие|пасеку|работу)"
)
_OF_AN_ENGINE = frozenset(
    {"жрать", "кушать", "хавать", "потреблять", "расходовать", "сжигать", "разгоняться", "весить",
     "развивать"}
)  # fmt: skip
_QUALITIES = ("ADJF", "PRTF")
# «Стартовая цена», «у кого старт дешевле».
_STARTING = re.compile(
    r"\b(?:стартов|начальн|исходн)\w+(?= (?:\w+ )?(?:цен|стоимост|ценник|прайс))"
    r"|\bстарт(?= (?:\w+ )?(?:дешевле|дороже|ниже|выше|цен))"
)
_NEXT = re.compile(r" (?P<word>\w+)")


@dataclass(frozen=True)
class Leftovers:
    """`places` of the words that were not understood; `phrases` of them, to be said back; `unheld` are
    denials before what was read as if it were wanted, and numbers of nothing known; `purposes` are words that
    say what a car is for; `denials` are those of nothing that was understood.
    """

    places: tuple[int, ...]
    phrases: tuple[str, ...]
    unheld: tuple[str, ...]
    purposes: frozenset[int]
    denials: tuple[str, ...]
    unread: tuple[str, ...] = ()


def leftovers(
    row: Sequence[Atom],
    said: Sequence[str],
    taken: Collection[int],
    denied: Collection[int],
    spelling: str,
    *,
    ordered: Order | None,
    held: Collection[Span],
    numbers: Sequence[Span],
    narrows: bool,
) -> Leftovers:
    """`denied` are the places where denied things start, `ordered` the superlative that was understood,
    `held` the pieces of the text that were read whole, `numbers` those that set a bound; `narrows` says that
    a criterion was understood: what no stock holds (`unheld_in`) is then left out beside it, and told.
    """
    left = [
        place for place, atom in enumerate(row) if place not in taken and not is_filler(atom, said[place])
    ]
    if ordered in (Order.LEAST_MILEAGE, Order.MOST_MILEAGE):
        left = [place for place in left if said[place] not in SIZES | phrases.DRIVES]
    if ordered in (Order.NEWEST, Order.OLDEST):
        left = [place for place in left if said[place] not in ("поздний", "ранний")]
    left = [place for place in left if not (denied and is_denying(row[place].text))]
    of_prices = [*of_an_average(spelling), *(match.span() for match in _STARTING.finditer(spelling))]
    left = [place for place in left if not any(start <= row[place].start < end for start, end in of_prices)]
    unread_places = [
        place
        for place in left
        if part_of_speech(row[place].text) == "NUMR" or not _is_purpose(row[place], spelling)
    ]  # «для семерых» says how many seats
    unheld = unheld_in(spelling) if narrows else []
    left = [place for place in left if not any(start <= row[place].start < end for start, end in unheld)]
    left = without_asides(row, left, spelling)
    purposes = frozenset(place for place in left if _is_purpose(row[place], spelling))
    said_back = _phrases(row, [place for place in left if place not in purposes], spelling)
    denials = unread_denials(spelling, (*held, *unheld, *idle_purposes(spelling)), numbers, said_back)
    return Leftovers(
        tuple(left),
        said_back,
        (
            *_unheld(row, said, taken, denied, spelling),
            *_numbers(row, left, taken, spelling),
            *raises(spelling),
            *_compared(row, left),
            *_driven_by(row, left, taken),
            *(() if ordered is not None else _superlatives(row, said, left)),
        ),
        purposes,
        tuple(denials),
        unread(row, unread_places, taken, spelling),
    )


def _is_purpose(atom: Atom, spelling: str) -> bool:
    spans = (*map(_to_its_noun, _PURPOSE.finditer(spelling)), *idle_purposes(spelling))
    return any(start <= atom.start < end for start, end in spans)


def _to_its_noun(match: re.Match[str]) -> Span:
    """«Для выездных менеджеров»: up to the noun."""
    start, end, said = *match.span(), match["noun"]
    while said and part_of_speech(said) in _QUALITIES and (behind := _NEXT.match(match.string, end)):
        end, said = behind.end(), behind["word"]
    return start, end


def counts_strangers(row: Sequence[Atom], said: Sequence[str], taken: Collection[int]) -> bool:
    """«Сколько лошадиных сил у E 200?», «сколько жрёт?» count no cars: the first noun after the word of
    counting decides, or what only an engine does.
    """
    for start, word in enumerate(said):
        if word not in phrases.COUNT_WORDS:
            continue
        for place in range(start + 1, min(start + 4, len(row))):
            if place in taken or is_filler(row[place], said[place]):
                break
            if part_of_speech(row[place].text) == "NOUN" or said[place] in _OF_AN_ENGINE:
                return True
    return False


def _phrases(row: Sequence[Atom], left: Sequence[int], spelling: str) -> tuple[str, ...]:
    """Words that were not understood and may be a property of a car, neighbours joined as they are written.

    «и как сварить борщ» is none: a group with a verb is not said back.
    """
    groups: list[list[int]] = []
    for place in left:
        if groups and place - groups[-1][-1] == 1:
            groups[-1].append(place)
        else:
            groups.append([place])
    return tuple(
        spelling[row[_with_denial(row, group[0])].start : row[group[-1]].end]
        for group in groups
        if all(part_of_speech(row[place].text) in _PROPERTIES for place in group)
    )


def _with_denial(row: Sequence[Atom], place: int) -> int:
    return place - 1 if place and row[place - 1].text in ("не", "без") else place


def _unheld(
    row: Sequence[Atom], said: Sequence[str], taken: Collection[int], denied: Collection[int], spelling: str
) -> tuple[str, ...]:
    """«Не самый дорогой», «кроме 2022 года»: denials before what was read as if it were wanted."""
    found = []
    for place, atom in enumerate(row):
        if atom.text not in _DENIALS or place in taken:
            continue
        after = place + 1
        while after < len(row) and after - place < 3 and row[after].text in ("считая", "совсем", "очень"):
            after += 1
        if after == len(row) or after in denied:
            continue
        if re.search(r"[,.;!?]", spelling[atom.end : row[after].start]):
            continue
        if after in taken or said[after] in phrases.MOST:
            found.append(spelling[atom.start : row[min(after + 1, len(row) - 1)].end])
    return tuple(found)


def _compared(row: Sequence[Atom], left: Sequence[int]) -> tuple[str, ...]:
    """«Дешевле пятёрки», «до двадцатки»: what is the bound, nobody knows."""
    return tuple(
        f"{row[place - 1].text} {row[place].text}"
        for place in left
        if place
        and row[place].text not in _COMPARATIVES
        and (
            row[place - 1].text in _COMPARATIVES
            or (
                row[place - 1].text in _BOUNDING
                and NUMBER_NOUN.match(row[place].text)
                and "Coll" not in grammemes(row[place].text)
            )
        )
    )


def _driven_by(row: Sequence[Atom], left: Sequence[int], taken: Collection[int]) -> tuple[str, ...]:
    """«До 4 лямов на бензе»: behind a criterion a word of no dictionary is what the car runs on, or has."""
    return tuple(
        f"на {row[place].text}"
        for place in left
        if place > 1
        and row[place - 1].text == "на"
        and place - 2 in taken
        and not (row[place].latin or row[place].number or is_known(row[place].text))
        and part_of_speech(row[place].text) == "NOUN"
        and {"loct", "datv"} & grammemes(row[place].text)
        and "anim" not in grammemes(row[place].text)
    )


def _numbers(
    row: Sequence[Atom], left: Sequence[int], taken: Collection[int], spelling: str
) -> tuple[str, ...]:
    """Numbers of which nobody says what they count, as the noun of «7 мест» does; «семерых» are persons, and
    in a clause of its own without a criterion a number is of something else than a car.
    """
    apart = [
        (start, end)
        for start, end in clauses(spelling)
        if is_apart_from_cars(spelling[start:end])
        and not any(start <= row[place].start < end for place in taken)
    ]
    return tuple(
        row[place].text
        for place in left
        if part_of_speech(row[place].text) in ("NUMR", "NUMB")
        and "Coll" not in grammemes(row[place].text)
        and not any(start <= row[place].start < end for start, end in apart)
        and not (place + 1 < len(row) and is_strange(row[place + 1].text))
        and not (
            place + 1 in left
            and len(row[place + 1].text) > 2
            and part_of_speech(row[place + 1].text) in ("NOUN", "ADJF")
        )
    )


def _superlatives(row: Sequence[Atom], said: Sequence[str], left: Sequence[int]) -> tuple[str, ...]:
    """«Самый мощный»: what it is the first in, nobody knows."""
    return tuple(
        f"{row[place].text} {row[place + 1].text}"
        for place, word in enumerate(said[:-1])
        if word in ("самый", "наиболее")
        and (place + 1 in left or part_of_speech(row[place + 1].text) == "ADJF")
        and not (place and row[place - 1].text in ("тот", "та", "то", "те", "такой", "в", "на"))
    )


def is_filler(atom: Atom, word: str) -> bool:
    """Whether a word adds nothing to a question about stock."""
    if atom.number:
        return False
    return (
        word in phrases.FILLER
        or atom.text in phrases.FILLER
        or is_service(atom.text)
        or bool(lemmas(atom.text) & phrases.FILLER and is_known(atom.text))
        or part_of_speech(atom.text) in ("PRCL", "CONJ", "PREP", "INTJ")
    )
