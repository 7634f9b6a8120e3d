"""Words that ask for something else than a list of cars: a rank, a sum, a share, what is alike.

A question with such a word is answered by whoever reckons it or not at all: a list of the cars it names
would be taken for the answer. Refuses to reckon.
"""

from __future__ import annotations

import re

from assistants.showroom.language.averages import AVERAGE
from assistants.showroom.language.bought import bought

_SOME = r"(?:\w+ )?(?:\d[\w.,]*|тысяч\w*|пол(?!н)\w+|миллион\w*|лям\w*|год\w*)"
_DIFFER = r"(?:отлича|различа|расход|разн)\w*тся"
_PRICE = r"(?:цен\w*|стоимост\w*|деньгам|деньгах)"
_OPERATORS = re.compile(
    r"\bследующ\w+ (?:по|после|за)\b[^,.?!]*|\bпредпоследн\w+"
    r"|\b(?:втор|трет|четверт|пят(?!ок|к|ер))\w+ (?:сам\w+|по (?:цен|стоим|дешев|дорог|пробег|год)\w*)"
    r"|\bближе (?:всего|всех|к)\b|\bближайш\w+ (?:по|к)\b"
    r"|\bво сколько раз\w?|\bв (?:два|три|\d) раза|\bвдвое|\bвтрое|\bпроцент\w*|\bкак(?:ая|ую) дол[яю]\b"
    r"|\bбольшинств\w+|\bмедиан\w+|\bчаще всего|\bреже всего"
    r"|\bодинаков\w+|\bодного (?:и того же )?(?:года|цвета|кузова)\b"
    r"|\bв одном экземпляре\b|\bпо одной штуке\b|\bс конца\b|\bпромежуточн\w+|\bв промежутке\W*$"
    r"|\b(?:обе|оба|обоих|обеих|две|два|три|все) (?:вместе|разом)\b|\bвместе\b(?! с)"
    rf"|{AVERAGE.pattern}"
    r"|\bкажд(?:ый|ая|ую|ое|ого|ой)\b(?! день)|\bскорее [\w-]+,? чем\b|^\W*и т(?:о|от|а) и друг\w+"
    r"|\bсколько (?:\w+ ){0,2}(?:останется|сэкономлю)\b|\bне хвата\w+"
    r"|\b(?:больше|меньше) (?:всего |у вас |в наличии )?[\w-]+(?:ых|их)?,? (?:или|чем) "
    r"|\bт(?:ого|ому|ом|ой|ем) же (?:самом\w )?(?:год|цен|цвет|пробег|кузов)\w*"
    rf"|\b{_DIFFER} (?:\w+ )?(?:по|в) {_PRICE}|\b(?:по|в) {_PRICE} {_DIFFER}"
    rf"|\b(?:рублей|денег|руб) (?:\w+ )?{_DIFFER}"
    rf"|\b{_DIFFER}(?= (?:между собой |друг от друга )?сам(?:ый|ая|ое) )"
    r"|\bсоставля\w+ (?:\w+ )?разниц\w+|\bразниц\w+ (?:\w+ )?составля\w+"
    r"|\bна ?сколько\b|(?<!без )\bразниц\w+(?! нет)"
    r"|\b(?:общ|суммарн)\w+ (?:стоимост|цен|сумм)\w*|\bв сумме\b|\bсуммарно\b"
    rf"|\bна {_SOME} (?:\w+ )?(?:дешевле|дороже|новее|старше)\b|\b(?:дешевле|дороже|новее|старше) на {_SOME}"
)


# «Дешевле вашей самой дешёвой оранжевой»: the end of other cars is the bound.
_NESTED = re.compile(
    r"\b(?:дешевле|дороже|новее|старше|меньше|больше),? (?:чем )?(?:у )?(?:\w+ )?"
    r"сам(?:ого|ой|ых|ая|ый)\b[^,.?!]*"
)


def nested(spelling: str) -> tuple[str, ...]:
    """What is compared with the first or the last of other cars: no list and no count of cars answers it."""
    return tuple(match.group().strip() for match in _NESTED.finditer(spelling))


def unreckoned(spelling: str) -> tuple[str, ...]:
    """The words of a question that nobody answers by a list of cars."""
    alike = [*bought(spelling, ())]  # «нужны три одинаковых чёрных седана» compares nothing
    return tuple(
        match.group().strip()
        for match in _OPERATORS.finditer(spelling)
        if not any(start < match.start() < end for start, end in alike)
    )
