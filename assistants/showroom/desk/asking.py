"""Whether a question is one about the stock, and which wish it runs.

Knows which words may stand beside a question of stock. Refuses to know how one leans on the wish before
(`leaning.py`), rows and how an answer sounds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistants.showroom.desk.leaning import leaning, of_another_kind
from assistants.showroom.desk.triggers import is_triggered
from assistants.showroom.language import phrases
from assistants.showroom.language.intents import Ask
from assistants.showroom.language.reading import Reading
from assistants.showroom.language.wish import BOUNDS, NAMES, Wish
from core.knowledge import Knowledge
from core.russian import lemma, normalise, part_of_speech

LISTED_ATTRIBUTES = ("color", "body", "fuel", "year", "class", "model")
_COMPARES = re.compile(
    r"отлича|отличи|(?<!без )разниц|сравн(?!ива(?:ю|ем) (?:\w+ )?(?:цен|стоимост|предложен))"
    r"|что лучше(?! (?:я )?не знаю)|какой лучше|какая лучше|лучше чем"
    r"|\bчем (?:[\w-]+ ){0,3}(?:лучше|хуже|хорош|плох|выгод|надеж|эконом|интерес|полез)"
    r"|расскаж\w* (?:\w+ )?(?:про|о|об)\b|что за зверь|что значит|что такое|(?<!не)зачем|почему|для чего"
)
_SUPERLATIVE_PRICE = re.compile(
    r"\b(?:что|кто|как(?:ой|ая|ое)|котор(?:ый|ая|ое))(?: из (?:них|двух|этих))? (?:\w+ )?(?:дешевле|дороже)"
)
_WHETHER = re.compile(r"\bили (?:нет|не\b|полн\w+|задн\w+|передн\w+)|\bли\b")
_BARE = re.compile(r"налич|ассортимент|что у вас есть|что есть|какой выбор")


_TO_COMPARE = re.compile(
    r"[\s,.;—–-]*(?:\b(?:я|мы|чтобы|для того|просто|очень)\s+)*"
    r"(?:\b(?:хочу|хотим|хочется|хотел\w*|хотелось|буду|будем|надо|нужно|думаю|собираюсь|решил\w*|чтобы|можно)"
    r"(?: бы)?(?: их| эти\w*| все| обе| оба)?\s+сравни\w*|для сравнения)(?: их| между собой| вживую)?"
)
_ASKS_THE_STOCK = re.compile(
    r"\bесть\b|\bналич|\bпродаж|\bпродает|\bимеется|\bимеются|\bпокаж|\bсколько стои|\bпочем"
)


def without_purpose(question: str) -> str:
    """«EQA и EQC есть? Хочу сравнить» without what the visitor means to do with them; else the question."""
    match = _TO_COMPARE.search(normalise(question))
    if match is None or len(normalise(question)) != len(question):
        return question
    rest = f"{question[: match.start()]} {question[match.end() :]}".strip()
    return rest if _ASKS_THE_STOCK.search(normalise(rest)) and not is_comparison(rest) else question


def is_comparison(question: str) -> bool:
    """«Чем C отличается от E?»: for the passages, not for the rows."""
    return bool(_COMPARES.search(normalise(question)))


@dataclass(frozen=True)
class Asking:
    """What the salon's FAQ ask about decides which words a question of stock may have beside it."""

    knowledge: Knowledge | None

    def wish(  # noqa: PLR0911 - the signs in their order, one return each
        self, reading: Reading, before: Wish | None, question: str
    ) -> Wish | None:
        """The wish to run, or None where this is no question about the stock."""
        spelling, wish = normalise(question), reading.wish
        if is_comparison(question) and not _SUPERLATIVE_PRICE.search(spelling):
            return None
        triggered = reading.about_stock and is_triggered(reading, spelling)
        if wish.features and not triggered and _WHETHER.search(spelling):
            return None  # «Ашка заднеприводная или нет»: that is asked of a model
        residue = tuple(word for word in reading.residue if word not in reading.purposes)
        if residue and (reading.of_a_car or not self._tolerates(residue, reading, triggered)):
            return None
        says = triggered or _says_which(wish) or (not residue and _is_an_order(reading))
        if reading.purposes and not (wish.narrows and says):
            return None
        if before is not None and before.narrows:
            changed = of_another_kind(reading, before, spelling) or leaning(reading, before, spelling)
            if changed is not None:
                return changed
        if wish.narrows:
            return wish
        asks_values = reading.ask is Ask.VALUES and reading.attribute in LISTED_ATTRIBUTES
        if triggered and (reading.cars_meant or asks_values or _BARE.search(spelling)):
            return wish
        return None

    def _tolerates(self, residue: Sequence[str], reading: Reading, triggered: bool) -> bool:
        """Whether words that were not understood may stand beside a question about the stock: the car must be
        named or narrowed, something must ask for stock, and no FAQ may ask about those words.
        """
        if reading.wish.narrows and reading.asks_for_cars:
            return True
        if not (reading.wish.narrows and (triggered or _says_which(reading.wish))):
            return False
        several = sum(1 for kind in _KINDS if any(_is_set(reading.wish, name) for name in kind)) > 1
        served = {lemma(word) for word in residue} & phrases.SERVICES
        bounded = reading.wish.bounds > 1 or (reading.wish.bounds > 0 and not _asks_more(reading))
        if self.knowledge is None or (several and (triggered or bounded) and not served):
            return True
        cheapest = reading.wish.order is not None and reading.cars_meant and triggered
        if (_has_a_sum(reading.wish) or cheapest) and not served and not _asks_how(reading):
            return True
        topics = (word for word in residue if part_of_speech(word) not in _QUALITIES)
        return not any(lemma(word) in self.knowledge.question_lemmas for word in topics)


_KINDS = (
    NAMES, ("bodies",), ("colors",), ("fuels",), ("features",), ("condition",), ("order",), ("excluded",),
    *BOUNDS,
)  # fmt: skip


_HOW = frozenset({"почему", "зачем", "отчего", "когда", "откуда", "куда", "насколько", "где"})
# «Семья большая»: no FAQ is about a quality alone.
_QUALITIES = ("ADJF", "ADJS", "COMP")
_OF_CARS = phrases.WHICH_WORDS | phrases.COUNT_WORDS
_PREDICATES = ("VERB", "INFN", "PRED", "GRND", "PRTS", "ADJS")


def _is_set(wish: Wish, name: str) -> bool:
    return getattr(wish, name) not in ((), None)


def _says_which(wish: Wish) -> bool:
    """Whether a price, a year, a mileage, a colour, a condition or what is not wanted is said: of the stock
    alone one says so.
    """
    return bool(wish.bounds or wish.colors or wish.condition or wish.excluded)


def _is_an_order(reading: Reading) -> bool:
    """«C-класс универсал дизель для дачи»: a car by two of its kinds at least, and no predicate."""
    wish = reading.wish
    kinds = (wish.names_a_car, bool(wish.bodies), bool(wish.fuels), bool(wish.features))
    return sum(kinds) > 1 and not _asks_more(reading)


def _has_a_sum(wish: Wish) -> bool:
    """Whatever story stands around it, a bound of the price is said of what is for sale."""
    return wish.price_from is not None or wish.price_to is not None


def _asks_how(reading: Reading) -> bool:
    """«Как», «когда», «почему»: what is asked about is no list of cars."""
    asked = [atom.text for atom in reading.row]
    return bool({*asked} & _HOW) or "как" in asked[:2]


def _asks_more(reading: Reading) -> bool:
    """Whether anything is asked or told at all beside what car is wanted: «GLB на троих, 2022 год» has no
    predicate.
    """
    said = [atom.text for atom in reading.row]
    asks = {*said, *map(lemma, said)} & (_HOW | _OF_CARS | {"как", "ли"})
    return bool(asks) or any(part_of_speech(word) in _PREDICATES for word in said)
