"""What is told of cars that nobody asks for: «сосед на чёрном ездит», «дизель у меня тарахтит, надоел».

Cuts a text into pieces of one predicate each, also where no comma does, and knows by grammar which of them
tell. Refuses to know cars: it is given where names of the stock stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from assistants.showroom.language import phrases
from assistants.showroom.language.asides import is_owned
from assistants.showroom.language.second_reading import Span, clauses
from core.quantities import quantities
from core.russian import grammemes, is_known, lemma, part_of_speech

_WORD = re.compile(r"[\w+]+")
# «Так хочу такой же», «как у него»: what was told of is what is asked for.
_ALIKE = re.compile(
    r"\bтак(?:ой|ая|ое|ие|ую|ого|их|им|ом)\b|\bто же\b|\bтакже\b|\bтоже\b|\bкак у\b"
    r"|\bпохож\w*|\bвзамен\b|\bвместо\b|\bвроде\b|\bтипа\b|\b(?:об|по)?меня(?:ю|ем)\b.*\bна\b"
)
_HANGS_ON = re.compile(
    r"\W*(?:и |а |но )?(?:(?:с|со|у|в|на|для|из|от) )?(?:котор|чтоб|чей\b|чья\b|лишь бы|пусть|пускай)"
)
_ASKED = (
    phrases.STOCK_WORDS | phrases.PRICE_WORDS | phrases.COUNT_WORDS | phrases.BUDGET_WORDS
    | phrases.HAVE_WORDS | phrases.OPTION_WORDS | phrases.MOST | phrases.MILEAGE
) - {"быть", "водиться", "держать"}  # fmt: skip
# Of what a car is to be, or who wishes, thinks, chooses: what is told so is asked for.
_WISHES = re.compile(
    r"хот|хоч|жела|мечт|угов|убе[жд]|проси|проша|прошу|попрос|говор|сказа|скаж|совет|треб|выб[ие]р|выбра|реш|дум|надума"
    r"|присм|подыск|иска|ищ|най[дт]|нашл|нашел|рассм|смотр|вид[еи]|увид|интерес|(?:по)?(?:нрав|хвал)|влюб|запал|люб|обожа|пригл|глян|остан"
    r"|склон|предпоч|план|собир|собра|копи|накоп|звон|пи[шс]|подой?[дт]|подход|устр|нуж|заказ|брон|отло[жк]|слыш"
    r"|слых|чита|сравн|колеб|сомн|соглас|нацел|жд[аеу]|ожид|наде[ею]|подб|подоб|хват|рассчит|уклад|трат|позвол"
    r"|поддерж|помо[гж]|можн|мо[гж]|смо[гж]|сто[ия]|прих|приш|прие[дх]|привез|пост[ау]п|появ|быва|знач|числ"
    r"|(?:по)?дар[ию]|наход|имее|начин|старту|идут|обойд|обход|вый[дт]|выше?л|выход|буд|ста[нт]|идет|пойд|потян|понадоб|бер[уе]|возьм|пока[зж]"
    r"|с?годи|сойд|потреб|надоб|необход|предл|привед|привел|назов|назы|зов|спас|здрав|подск|благод|извин|прост|пробова|помн|пойм|пон[ия]|догов"
)
_BOUGHT = frozenset(
    {"купить", "взять", "приобрести", "отхватить", "продать", "сменить", "поменять", "подарить", "дарить"}
)
_OPENERS = frozenset(
    {"хочу", "хотим", "хочется", "хотел", "хотела", "хотелось", "ищу", "ищем", "нужен", "нужна", "нужно",
     "нужны", "надо", "есть", "имеется", "имеются", "какие", "какой", "какая", "какое", "каких", "сколько",
     "почем", "что", "интересует", "интересуют", "можно", "а", "но", "поэтому", "зато", "потому", "теперь",
     "посоветуете", "порекомендуете", "предложите", "продаете", "найдется", "найдутся"}
)  # fmt: skip
# What may stand beside a car that somebody has.
_APPOSED = phrases.YEAR | phrases.MILEAGE | {
    "тысяча", "тыс", "км", "километр", "г", "гв", "в", "выпуск", "го", "й", "под", "за", "уже", "около", "с",
    "ей", "ему", "лето",
}  # fmt: skip
_MINE = frozenset({"мой", "моя", "мое", "наш", "наша", "наше"})
# «Я насчёт дизеля», «звоню по белому GLC».
_TOPICS = frozenset({"насчет", "про", "о", "об", "по", "поводу", "касательно"})
# What it opens goes on to the end of the clause: «чтобы белый был».
_SUBORDINATE = re.compile(r"(?:чтоб\w*|котор\w+|если|пусть|пускай|лишь|бы|где)$")
# «На белой каждую пылинку видно», «в седане тесно»: said of what one had.
_STATES = frozenset({"видно", "заметно", "жарко", "душно", "тесно", "скучно", "страшно", "холодно"})
_FAR = 4
_BETWEEN = ("ADVB", "PRCL", "CONJ", "VERB", "ADJF", "NPRO", "PREP")


@dataclass(frozen=True)
class _Word:
    """`thing` says that it belongs to a name of the stock."""

    start: int
    end: int
    text: str
    thing: bool

    @property
    def part(self) -> str:
        return part_of_speech(self.text)

    @property
    def is_verb(self) -> bool:
        return not self.thing and (
            self.part == "VERB"
            or self.text in _STATES
            or (self.part == "ADJS" and not _WISHES.match(self.text))
        )

    @property
    def asks_or_compares(self) -> bool:
        if self.is_general:
            return False
        said = self.text in ("бы", "б", "чтобы", "чтоб", "ли") or bool(
            {"impr", "2per"} & grammemes(self.text)
        )
        return said or self.part == "COMP"

    @property
    def is_general(self) -> bool:
        """«В седан её не загонишь», «на бензине сэкономишь»: said to nobody, and of everybody."""
        tags = grammemes(self.text)
        return {"2per", "sing", "futr", "indc"} <= tags and not _WISHES.match(self.text)

    @property
    def wishes(self) -> bool:
        """«Мечта», «хотеть», «готов»."""
        return self.part in ("INFN", "PRED", "ADJS", "NOUN") and bool(_WISHES.match(self.text))

    @property
    def tells(self) -> bool:
        """A verb in whose piece of text nothing is asked for."""
        tags = grammemes(self.text)
        if not self.is_verb or ({"impr", "2per"} & tags and not self.is_general):
            return False
        bought = lemma(self.text) in _BOUGHT and "past" in tags
        return bought or not (_WISHES.match(self.text) or lemma(self.text) in _ASKED)

    @property
    def is_nominative_person(self) -> bool:
        tags = grammemes(self.text)
        if self.thing or not is_known(self.text) or "nomn" not in tags:
            return False
        return "anim" in tags or self.text in ("я", "мы", "он", "она", "они", "все")


def tellings(spelling: str, things: Sequence[Span]) -> list[Span]:
    """The pieces of the text that tell of a car and ask for none, each with what goes on to tell behind it;
    `things` are the names of the stock in the text.
    """
    if _ALIKE.search(spelling):
        return []
    told: list[Span] = []
    owned = False
    for clause in clauses(spelling):
        ends = -1
        if owned and _is_apposed(_words(spelling, clause, things), spelling[slice(*clause)]):
            told.append(clause)
            continue
        for span in pieces(spelling, clause, things):
            row = _words(spelling, span, things)
            goes_on = span[0] == ends and not any(word.thing or word.text.isdigit() for word in row)
            tells_here = _tells(row, spelling[slice(*span)]) and (goes_on or any(word.thing for word in row))
            if tells_here:
                told.append(span)
                ends = span[1]
            mine = any(word.thing and is_owned(spelling, word.start) for word in row)
            owned = tells_here and (mine or _owned(row))
    return told


def _is_apposed(row: Sequence[_Word], text: str) -> bool:
    """«… старая ешка, 2005 года, пробег 120 тысяч, жалко»: how old the car is that somebody has."""
    return bool(quantities(text)) and all(
        word.text[0].isdigit() or word.part == "NUMR" or lemma(word.text) in _APPOSED for word in row
    )


def _words(spelling: str, span: Span, things: Sequence[Span]) -> list[_Word]:
    row: list[_Word] = []
    for found in _WORD.finditer(spelling, *span):
        named = any(start <= found.start() < end for start, end in things)
        named = named or (bool(row) and row[-1].thing and found[0].startswith("класс"))
        row.append(_Word(found.start(), found.end(), found[0], named))
    return row


def _tells(row: Sequence[_Word], text: str) -> bool:
    """Whether a piece has a predicate that asks for nothing and wishes nothing, or says who has the car."""
    loose = [word for place, word in enumerate(row) if not (word.thing or _is_no_more(row, place))]
    if _HANGS_ON.match(text) or "?" in text or any(word.asks_or_compares for word in loose):
        return False
    if any(word.thing and before.text in _TOPICS for before, word in pairwise(row)):
        return False
    owned = _owned(row)
    loose = [word for word in loose if not (owned and word.text == "есть")]
    verbs = [word for word in loose if word.is_verb]
    others = [word for word in loose if not word.is_verb]
    if any(lemma(word.text) in _ASKED or word.wishes for word in others):
        return False
    return all(word.tells for word in verbs) if verbs else owned


def _is_no_more(row: Sequence[_Word], place: int) -> bool:
    """«Больше не езжу», «больше ни-ни» compare nothing."""
    behind = row[place + 1 : place + 2]
    return row[place].text == "больше" and bool(behind) and behind[0].text in ("не", "ни")


def _owned(row: Sequence[_Word]) -> bool:
    """«У мужа чёрная машина», «у соседа есть седан», «брат на дизеле»: somebody has it."""
    for place in range(len(row)):
        if _is_owner(row, place):
            behind = row[_behind_owner(row, place) :]
        elif _is_subject(row, place):
            behind = row[place + 1 :]
        else:
            continue
        if any(each.thing for each in row[:place]) and behind and behind[-1].text == "есть":
            return all(each.part in _BETWEEN for each in behind[:-1])  # «купе у меня уже есть»
        between = takewhile(lambda each: not each.thing, behind)
        return all(each.part in _BETWEEN or lemma(each.text) in phrases.YEAR for each in between)
    return False


def _is_subject(row: Sequence[_Word], place: int) -> bool:
    """«Брат на дизеле», «моя GLA»."""
    if place == 0 and row[place].text in _MINE:
        return any(each.thing for each in row)
    return row[place].is_nominative_person and any(each.text == "на" for each in row[place:])


def _is_owner(row: Sequence[_Word], place: int) -> bool:
    """«У» before a person who is not the salon."""
    if row[place].text != "у":
        return False
    for word in row[place + 1 : place + 3]:
        tags = grammemes(word.text)
        if word.thing or "2per" in tags or word.text in ("вас", "вам"):
            return False
        if "NPRO" in tags or ("anim" in tags and is_known(word.text)):
            return True
    return False


def _behind_owner(row: Sequence[_Word], place: int) -> int:
    second = row[place + 1 : place + 2]
    person = bool(second) and bool({"NPRO", "anim"} & grammemes(second[0].text))
    return place + (2 if person else 3)


def pieces(spelling: str, clause: Span, things: Sequence[Span]) -> Iterator[Span]:
    """A clause cut before each word that opens a request or a telling."""
    row = _words(spelling, clause, things)
    cuts: list[int] = []
    begun = 0
    for place in range(1, len(row)):
        if place <= begun:
            continue
        at = _opens(row, begun, place)
        if at is not None and at > begun:
            cuts.append(at)
            begun = at
    edges = [clause[0], *(row[place].start for place in cuts), clause[1]]
    yield from pairwise(edges)


def _opens(row: Sequence[_Word], begun: int, place: int) -> int | None:
    """Where the piece begins that the word at `place` opens; None where it opens none."""
    word, piece = row[place], row[begun:place]
    if word.thing:
        told = any(each.thing for each in piece) and any(each.tells for each in piece)
        return (
            place if told and not piece[-1].thing and piece[-1].part != "PREP" and not _led(piece) else None
        )
    if "impr" in grammemes(word.text) or word.text in _OPENERS:
        return None if word.text == "есть" and _has(row, begun, place) else place
    if any(_SUBORDINATE.match(each.text) for each in piece):
        return None
    return _opens_a_telling(row, begun, place)


def _opens_a_telling(row: Sequence[_Word], begun: int, place: int) -> int | None:
    word, piece = row[place], row[begun:place]
    asked = any(_is_asking(each) for each in piece)
    if not (asked or any(each.is_verb for each in piece)):
        return None
    if _is_owner(row, place):
        return _with_thing(row, begun, place) if _lacks_subject(row, place) else place
    if word.is_nominative_person and piece[-1].part not in ("PREP", "ADJF") and _verb_behind(row, place):
        return _with_thing(row, begun, place, led=True)
    was = lemma(word.text) == "быть" and not (place + 1 < len(row) and row[place + 1].thing)
    told = any(each.is_nominative_person or each.tells for each in piece)
    return _with_thing(row, begun, place) if word.tells and asked and not (told or was) else None


def _is_asking(word: _Word) -> bool:
    return lemma(word.text) in _ASKED or word.text in _OPENERS or "impr" in grammemes(word.text)


def asks(text: str) -> bool:
    """Whether a piece of a text has a word that asks for something."""
    return any(_is_asking(word) for word in _words(text, (0, len(text)), ()))


def tells(text: str) -> bool:
    """Whether a piece of a text has a verb that neither asks nor wishes."""
    return any(word.tells for word in _words(text, (0, len(text)), ()))


def _has(row: Sequence[_Word], begun: int, place: int) -> bool:
    """Whether «есть» says that somebody has a car, and opens no request: «у соседа есть белый»."""
    owner = next((at for at in range(begun, place) if _is_owner(row, at)), None)
    if owner is None or any(each.text == "есть" for each in row[owner:place]):
        return False
    return place + 1 == len(row) or not any(each.thing for each in row[owner:place])


def _lacks_subject(row: Sequence[_Word], owner: int) -> bool:
    """«… у меня тарахтит»: what it is said of stands before."""
    for word in row[_behind_owner(row, owner) :]:
        if word.is_verb or word.text == "есть":
            return True
        if word.thing or word.part == "NOUN":
            return False
    return False


def _led(piece: Sequence[_Word]) -> bool:
    """«Ездит на новом чёрном»: the words before belong to the thing."""
    return piece[-1].part in ("ADJF", "ADVB", "PRCL", "CONJ")


def _verb_behind(row: Sequence[_Word], place: int) -> bool:
    return any(each.is_verb for each in row[place + 1 : place + 2 + _FAR])


def _with_thing(row: Sequence[_Word], begun: int, place: int, *, led: bool = False) -> int:
    """With the adverbs and the one thing right before: «на белом езжу», «дизель у меня тарахтит»; where it
    must be `led` by a preposition, no other.
    """
    at, things = place, 0
    while at - 1 > begun:
        word = row[at - 1]
        if word.thing and not things and not (word.text.isascii() or word.text.startswith("класс")):
            things += 1
        elif not (word.part in ("ADVB", "PRCL") or (word.part == "PREP" and things)):
            break
        at -= 1
    if led and not any(word.part == "PREP" for word in row[at:place]):
        return place
    return at
