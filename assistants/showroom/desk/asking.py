"""Whether a question is one about the stock, and which wish it runs.

Knows how a question leans on the wish before and which words ask for stock. Refuses to know rows and how an
answer sounds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistants.showroom.desk.also_accepted import also_accepted
from assistants.showroom.desk.staying_ends import kept_end
from assistants.showroom.language import phrases
from assistants.showroom.language.intents import Ask
from assistants.showroom.language.reading import Reading
from assistants.showroom.language.releases import OTHERS
from assistants.showroom.language.wish import BOUNDS, NAMES, Order, Wish
from core.knowledge import Knowledge
from core.russian import lemma, normalise, part_of_speech

LISTED_ATTRIBUTES = ("color", "body", "fuel", "year", "class", "model")
ORDERS = {
    "cheaper": Order.CHEAPEST, "dearer": Order.DEAREST, "newer": Order.NEWEST, "older": Order.OLDEST,
}  # fmt: skip
_COMPARES = re.compile(
    r"отлича|отличи|(?<!без )разниц|сравн(?!ива(?:ю|ем) (?:\w+ )?(?:цен|стоимост|предложен))"
    r"|что лучше(?! (?:я )?не знаю)|какой лучше|какая лучше|лучше чем"
    r"|\bчем (?:[\w-]+ ){0,3}(?:лучше|хуже|хорош|плох|выгод|надеж|эконом|интерес|полез)"
    r"|расскаж\w* (?:\w+ )?(?:про|о|об)\b|что за зверь|что значит|что такое|(?<!не)зачем|почему|для чего"
)
_SUPERLATIVE_PRICE = re.compile(
    r"\b(?:что|кто|как(?:ой|ая|ое)|котор(?:ый|ая|ое))(?: из (?:них|двух|этих))? (?:\w+ )?(?:дешевле|дороже)"
)
_TRIGGERS = re.compile(
    r"\bесть\b|налич|\bкупи|приобре|подбер|подобр|пока[жз]|предлож|посовет|\bищ(?:у|ем)\b|хоч(?:у|ется)"
    r"|хот(?:им|ел)|нуж[ен]|интересу|заинтересова|приглянул|загорел|имеется|имеются|\bвзять\b|склад|продаж"
    r"|продаете|что[- ]нибудь|найд|остал|рассматрива|\bкакие\b|присматрив|выбира|бюджет"
    rf"|{phrases.TRADED_IN.pattern}"
)
_WHOLE = re.compile(r"\bкакие \w+(?: у вас)? (?:есть|имеются|в наличии|стоят)\b")
OTHER_KIND = re.compile(
    r"\b(?:друг|ин)(?:ом|ой|ого|ых|ие|им|ое)\w* (?P<kind>цвет|окрас|расцвет|кузов|топлив|двигател|мотор)\w*"
)
_KINDS_SAID = {
    "цвет": ("color", "colors"), "окрас": ("color", "colors"), "расцвет": ("color", "colors"),
    "кузов": ("body", "bodies"), "топлив": ("fuel", "fuels"), "двигател": ("fuel", "fuels"),
    "мотор": ("fuel", "fuels"),
}  # fmt: skip
# «А GLE 300 d какой-нибудь есть?»: whichever it is, what was said before does not hold.
_WHICHEVER = re.compile(
    r"\b(?:как(?:ой|ая|ое|ие|ую)|хоть как(?:ой|ая|ие))[- ]?нибудь\b|\bхоть как(?:ой|ая|ие|ую)\b"
    r"|\bлюб(?:ой|ая|ую|ые)\b(?! \w*(?:цвет|год|кузов|цен|бюджет|пробег|двиг|мотор))"
)
_RESTRICTS = re.compile(r"\b(?:только|лишь|исключительно|именно|одни)\b")
_TOO = re.compile(r"\b(?:тоже|также)\b")
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
        if reading.purposes and not (wish.narrows and (triggered or _says_which(wish))):
            return None
        if before is not None and before.narrows:
            another = _of_another_kind(reading, before, spelling)
            if another is not None:
                return another
            leaning = _leaning(reading, before, spelling)
            if leaning is not None:
                return leaning
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


def _of_another_kind(reading: Reading, before: Wish, spelling: str) -> Wish | None:
    """«А в другом цвете?»: the wish before, without the colours that it had."""
    match = OTHER_KIND.search(spelling)
    if match is None or reading.wish.narrows:
        return None
    kind, field = next(names for stem, names in _KINDS_SAID.items() if match["kind"].startswith(stem))
    values = getattr(before, field)
    if not values:
        return before.without("order", "limit")
    denied = tuple(f"{kind}:{value}" for value in values)
    kept = before.without(field, "finishes", "order", "limit")
    return kept.model_copy(update={"excluded": tuple(dict.fromkeys((*before.excluded, *denied)))})


def _too(wish: Wish, before: Wish, spelling: str) -> Wish:
    """«И белые тоже» behind «чёрные уберите»: what is said of the one holds for the other."""
    kinds = {pair.split(":", 1)[0] for pair in before.excluded}
    names = {kind: field for kind, field in _KINDS_SAID.values() if kind in kinds}
    said = {kind: getattr(wish, field) for kind, field in names.items() if getattr(wish, field)}
    if not said or not _TOO.search(spelling) or any(getattr(before, names[kind]) for kind in said):
        return wish
    denied = tuple(f"{kind}:{value}" for kind, values in said.items() for value in values)
    return wish.without(*(names[kind] for kind in said)).model_copy(
        update={"excluded": (*wish.excluded, *denied)}
    )


def _others(wish: Wish, before: Wish, spelling: str) -> Wish:
    """«Остальные внедорожники» behind «GLC»: those that are no GLC."""
    if not OTHERS.search(spelling) or wish.names_a_car or not wish.without("excluded").narrows:
        return wish
    denied = (
        *(f"class:{name}" for name in before.classes), *(f"model:{run}" for run in before.models),
    )  # fmt: skip
    return wish.model_copy(update={"excluded": tuple(dict.fromkeys((*wish.excluded, *denied)))})


def _leaning(reading: Reading, before: Wish, spelling: str) -> Wish | None:
    """The wish before, changed by a question that leans on it; None where it stands alone."""
    rest = _without_its_number(reading, before)
    follows = reading.follows or rest != reading.wish
    reading = replace(reading, wish=_others(rest, before, spelling), follows=follows)
    names = reading.wish.names_a_car
    before = before.without(*(name for name in reading.released if name not in NAMES or not names))
    said, before = also_accepted(reading.wish, before, spelling)
    accepted, reading = said != reading.wish, replace(reading, wish=said)
    if (reading.released or accepted) and not reading.wish.narrows:
        return before
    anew = _WHICHEVER.search(spelling) or phrases.GOES_BACK.search(spelling)  # «вернёмся к CLS»
    if names and reading.relative is None and anew:
        return None
    reading = replace(reading, wish=_too(reading.wish, before, spelling))
    if reading.wish.narrows:
        opens = bool(phrases.LEANS.search(spelling)) or _only_names(reading, before, spelling)
        within = reading.within or _joins_a_line(reading.wish, before)
        restricts = within and _RESTRICTS.search(spelling) is not None  # «покажите мне только AMG»
        if reading.wish.bodies and _WHOLE.search(spelling) and not within:
            return None
        follows = reading.follows or reading.lacks_subject
        leans = follows and (opens or not reading.wish.names_a_car)
        leans = leans or accepted or restricts or _picks_from(reading, before) or _swaps(reading.wish, before)
        leans = leans and not reading.renewed
        then = before.then(reading.wish, within=within)
        return kept_end(then, reading, before, spelling) if leans else None
    order = ORDERS.get(reading.relative or "") if reading.follows else None
    if order is not None:
        return before.model_copy(update={"order": order})
    return before if _asks_again(reading) else None


def _without_its_number(reading: Reading, before: Wish) -> Wish:
    """«Самый дешёвый из 53-х» behind «GLE 53»: of those, and not of all cars of that number."""
    said = reading.wish
    led = any(reading.row[place - 1].text in ("из", "среди") for place in reading.car_places if place)
    numbers = led and said.named() == Wish(words=said.words) and "".join(said.words).isdigit()
    runs = [run.lower().split() for run in (*before.models, *before.absent)]
    held = bool(runs) and all({*said.words} <= {*run} for run in runs)
    return said.without("words") if numbers and held else said


def _swaps(wish: Wish, before: Wish) -> bool:
    """«GLA она не хочет, давайте CLA» behind «GLA или CLA до 5 млн»: one car in the place of another."""
    refused = any({*getattr(before, name)} & wish.ruled_out(name) for name in ("classes", "models"))
    return refused and wish.names_a_car


def _picks_from(reading: Reading, before: Wish) -> bool:
    """«Из GLB самый дешёвый?», where GLB, or no car by name, was spoken of; «самый дорогой из гибридов» of
    hybrids.
    """
    wish, kind = reading.wish.without("order"), reading.wish.fuels or reading.wish.bodies
    if (
        kind
        and {*kind} <= {*before.fuels, *before.bodies}
        and wish == Wish(fuels=wish.fuels, bodies=wish.bodies)
    ):
        among = any(atom.text in ("из", "среди") for atom in reading.row)
        return among and reading.wish.order is not None
    led = any(reading.row[place - 1].text in ("из", "среди") for place in reading.car_places if place)
    spoken_of = {*reading.wish.classes} <= {*before.classes} if before.names_a_car else True
    return led and bool(reading.wish.classes) and spoken_of


def _only_names(reading: Reading, before: Wish, spelling: str) -> bool:
    """«A-класс» behind «гибриды до 6 млн», «AMG» behind «CLS»: which of them."""
    narrows = not before.names_a_car or _joins_a_line(reading.wish, before)
    return narrows and reading.ask is Ask.LIST and not _TRIGGERS.search(spelling)


def _joins_a_line(wish: Wish, before: Wish) -> bool:
    """«Только AMG» behind «CLS», «а ешки?» behind «AMG до 13 млн»: a line of models, which no class is, and
    a class name one car together.
    """
    return (wish.names_a_line and before.names_classes) or (wish.names_classes and before.names_a_line)


def _asks_again(reading: Reading) -> bool:
    """«а сколько стоит?», «какие есть цвета?», «сколько таких?»: the wish stays, another thing is asked."""
    asks = reading.follows and reading.ask in (Ask.PRICE, Ask.VALUES, Ask.COUNT)
    return asks and (reading.within or not reading.cars_meant)


def is_triggered(reading: Reading, spelling: str) -> bool:
    """Whether something asks for stock."""
    if reading.ask in (Ask.PRICE, Ask.VALUES, Ask.COUNT) or reading.wish.order is not None:
        return True
    return bool(_TRIGGERS.search(spelling))
