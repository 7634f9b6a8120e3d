"""Questions that ask something of one car and not for cars: «а полноприводная она?», «свежий хоть по году?».

Knows what may be the subject (a pronoun, nothing at all where one car is spoken of) and which attribute the
words judge. Refuses to know rows, and which car is spoken of.
"""

from __future__ import annotations

import re

from assistants.showroom.language.phrases import DRIVES
from assistants.showroom.language.reading import Reading
from assistants.showroom.language.wish import Wish
from core.russian import is_plural, lemma, part_of_speech

# What asks for cars, and not of one: «а она есть в белом?», «он нужен дизельный».
_ASKS_FOR_CARS = re.compile(
    r"\b(?:име[ею]тся|найд\w+|быва\w+|пока[жз]\w*|как(?:ие|их|им)|подбер\w*|подыщ\w*|ищ[уе]\w*|хоч\w+"
    r"|хот(?:ел|им)\w*|нуж[ен]\w*|надо|интересу\w+|давай\w*|еще|друг(?:ая|ой|ие|ого|ую|их)"
    r"|так(?:ие|их|ая|ую)|сколько (?!лет|ей|ему)|(?:из|среди) (?:них|этих|тех|всех)|если|пусть|чтоб\w*"
    r"|долж\w+|сначала|все|всех|или (?:только|лучше)|по(?:дешевле|дороже|новее|свежее|моложе|старше))\b"
)
_THERE_IS = re.compile(r"\bесть\b|\bв наличии\b")
_OF_IT = re.compile(r"\bу (?:него|нее)\b|\b(?:в|на) (?:нем|ней)\b")
_IT = re.compile(
    rf"\b(?:он|она|оно)\b|\bэт(?:от|а)\b(?! же)|{_OF_IT.pattern}|\b(?:ему|ей)\b.*\bлет\b"
    r"|\bмашин(?:а|ка)-то\b"
)
_THIS_IS = re.compile(r"\bэто\b")
_STATES = DRIVES | {"быть", "являться", "считаться", "идти", "заправляться", "стоять", "накатать", "пройти"}
# What turns a word into a question of the one that is spoken of: «новый хоть?», «дизель, что ли?».
_OF_THE_ONE = re.compile(r"\b(?:хоть|хотя бы|ли|случайно|случаем|надеюсь|все-таки|правда)\b|\w-то\b")
_ASKS_WHAT = re.compile(r"\b(?:что за|чем|на чем|как(?:ой|ая|ое))\b")
_LEANS = re.compile(r"^\W*(?:а|и|или|ну а|тогда|только|лучше)\b")
_EITHER = re.compile(r"\b(?:или|либо)\b")
_OF_NO_OTHER = re.compile(r"\b(?:с|со|до|от|(?<!что )за|из|без|в|во)\b")
# What is judged by words that are no value of it.
_JUDGED = (
    (
        "mileage",
        re.compile(r"(?<!с )(?<!без )\bпробег(?!ом)|\b(?:накат|намот|наезд)\w+|\bкилометраж|\bодометр"),
    ),
    ("year", re.compile(r"\bпо году\b|\bсвеж(?:ий|ая|ее)\b|\bвозраст\w*|\bлет\b")),
    ("fuel", re.compile(r"\bзаправля\w+|\b(?:что за|как(?:ой|ая)) (?:мотор|двиг\w+|топлив\w+)")),
)
# Whether a mileage is the true one stands in no row.
_WHETHER_TRUE = re.compile(r"\b(?:реальн|честн|родн|настоящ|подлинн|оригинал|подтвержд|скруч|смот)\w*")
_JUDGEMENTS = frozenset({"ADJF", "ADJS", "COMP", "ADVB", "PRED"})
_ATTRIBUTES = (
    (("bodies",), "body"), (("colors", "finishes"), "color"), (("fuels",), "fuel"),
    (("features",), "feature"),
    (("year_from", "year_to"), "year"), (("price_from", "price_to"), "price"),
    (("mileage_from", "mileage_to", "condition"), "mileage"),
)  # fmt: skip
# «Который, полноприводный?», but «белый, который бензиновый» says which is wanted.
_WHICH = r"(?<!, )котор(?:ый|ая)\b|котор(?:ый|ая)\b(?=\s*,)"
_APART = rf"(?:он|она|разве|неужели|ведь|т(?:от|а)|эт(?:от|а))\b|{_WHICH}"
_DASH = r"\s*[—–-]+\s*"
_BETWEEN = re.compile(
    rf"(?:{_DASH}|\W*(?:(?:{_APART}"
    r"|(?:у вас|это|там|вот|же|ли|тоже|вроде|получается|выходит|случайно)\b)\W*)+)"
    r"(?:\b(?:с|со|на) )?"
)
_BEHIND = re.compile(rf"(?P<dash>{_DASH})|\W*(?:{_APART})")
_ONE_WANTED = re.compile(r"\s*,\s*котор(?:ый|ая)\b(?!\s*,)")
# «А вон тот, что чёрный», «который белый».
_UP_TO_A_COLOUR = re.compile(
    r"\W*(?:(?:а|и|ну|так|скажите|подскажите)\W+)*"
    r"(?P<that>(?:(?:вот|вон)\W+)?(?:тот|та|этот|эта)\b\W*(?:(?:что|котор(?:ый|ая))\W+)?)?"
    r"(?:у вас\W+|(?:котор(?:ый|ая)|вот|вон)\W+)?"
)
_EXCLUDED = {"body": "body", "color": "color", "fuel": "fuel", "feature": "feature"}


def asks_for_cars(spelling: str) -> bool:
    """Whether other cars may be asked for, though one is spoken of."""
    there_is = _THERE_IS.search(spelling) and not _OF_IT.search(spelling)
    return bool(_ASKS_FOR_CARS.search(spelling) or there_is)


def has_it(reading: Reading, spelling: str) -> bool:
    """«Она дизельная?»: a pronoun is the subject, and does nothing («она передумала, серый»)."""
    this_is = _THIS_IS.search(spelling) and not reading.wish.bounds  # «это дорого, не дороже 5 млн»
    if not (_IT.search(spelling) or this_is):
        return False
    verbs = [atom.text for atom in reading.row if part_of_speech(atom.text) == "VERB"]
    return all(lemma(verb) in _STATES for verb in verbs)


def is_of_the_one(reading: Reading, spelling: str) -> bool:
    """«Свежий хоть по году?», «купе или седан?»: no subject at all, and nothing that asks for another."""
    if judged(reading, spelling) is not None and not reading.wish.narrows:
        return True
    several = any(is_plural(atom.text) for atom in reading.row if part_of_speech(atom.text) == "ADJF")
    if several or _OF_NO_OTHER.search(spelling) or not reading.wish.narrows:
        return False
    if _ASKS_WHAT.search(spelling) and judged(reading, spelling) is not None:
        return True
    return not _LEANS.search(spelling) and bool(_OF_THE_ONE.search(spelling) or _EITHER.search(spelling))


def judged(reading: Reading, spelling: str) -> str | None:
    """«Пробег-то не страшный?»: the attribute that is judged; None where other words are left."""
    attribute = next((name for name, sign in _JUDGED if sign.search(spelling)), None)
    if attribute is None or _WHETHER_TRUE.search(spelling):
        return None
    left = [word for word in reading.residue if not _JUDGED[-1][1].search(word)]
    return attribute if all(part_of_speech(word) in _JUDGEMENTS for word in left) else None


def attributes_of(wish: Wish) -> tuple[str, ...]:
    """What a car must be looked at for, to say whether it is so."""
    named = [
        name for fields, name in _ATTRIBUTES if any(getattr(wish, each) not in ((), None) for each in fields)
    ]
    denied = [_EXCLUDED[kind] for pair in wish.excluded if (kind := pair.split(":", 1)[0]) in _EXCLUDED]
    return tuple(dict.fromkeys((*named, *denied)))


def sets_apart(spelling: str, subject: tuple[int, int], said: tuple[int, int], *, asks: bool) -> bool:
    """Whether what stands between a colour and the other word makes the one the subject of the other;
    «чёрный дизельный», «чёрный на дизеле» and «чёрный, дизельный» are one car that is wanted. `asks` is that
    the question has asked for the attribute: «чем заправлять серый, соляркой?».
    """
    first, last = sorted((subject, said))
    between = spelling[first[1] : last[0]]
    return bool(_BETWEEN.fullmatch(between)) or (asks and not between.strip(" ,"))


def picks_out(spelling: str, colour: tuple[int, int], *, priced: bool) -> bool:
    """Whether one car is pointed at by its colour, whatever is said of it: «тот, что чёрный, бензиновый?»,
    «зелёный разве 2024 года?». Of a price (`priced`) a dash says it no more than a comma: «белый — до 5 млн».
    """
    before = _UP_TO_A_COLOUR.fullmatch(spelling[: colour[0]])
    if before is None or _ONE_WANTED.match(spelling, colour[1]):
        return False
    behind = _BEHIND.match(spelling, colour[1])
    parted = behind is not None and not (priced and behind["dash"] is not None)
    return parted or before["that"] is not None
