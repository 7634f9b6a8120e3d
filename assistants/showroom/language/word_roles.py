"""What one word does where it stands: it asks, wishes or tells, or belongs to a name of the stock.

Knows grammar and the closed lists of words that ask or wish. Refuses to know where a piece of a text begins
and which piece tells (`tellings.py`), and cars: it is given where names of the stock stand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistants.showroom.language import phrases
from assistants.showroom.language.spans import Span
from core.russian import grammemes, is_known, lemma, part_of_speech

_WORD = re.compile(r"[\w+]+")
_ASKED = (
    phrases.STOCK_WORDS | phrases.PRICE_WORDS | phrases.COUNT_WORDS | phrases.BUDGET_WORDS
    | phrases.HAVE_WORDS | phrases.OPTION_WORDS | phrases.MOST | phrases.MILEAGE
) - {"быть", "водиться", "держать"}  # fmt: skip
# Of what a car is to be, or who wishes, thinks, chooses: what is told so is asked for.
_WISHES = re.compile(
    r"хот|хоч|жела|мечт|угов|убе[жд]|прос[ия]|отлича|различа|расход[ия]тся|проша|прошу|попрос|говор|сказа|скаж|совет|треб|выб[ие]р|выбра|реш|дум|надума"
    r"|присм|подыск|иска|ищ|най[дт]|нашл|нашел|рассм|смотр|вид[еи]|увид|(?:за)?интерес|(?:по)?(?:нрав|хвал)|влюб|запал|загорел|примет|люб|обожа|пригл|глян|остан|остав(?:им|лю|ляю|ляем|ьте|ь\b|ить)"
    r"|перевар|отпа|терп[ие]|вынос|призна|уважа|приемл|одобр|отверг|отказ|возраж|запре|расхот|раздум|передум|склон|предпоч|план|собир|собра|копи|накоп|звон|пи[шс]|подой?[дт]|подход|устр|нуж|заказ|брон|отло[жк]|слыш"
    r"|слых|чита|сравн|колеб|сомн|соглас|нацел|жд[аеу]|ожид|наде[ею]|подб|подоб|хват|рассчит|уклад|трат|позвол"
    r"|привлек|поддерж|помо[гж]|можн|мо[гж]|смо[гж]|сто[ия]|прих|приш|прие[дх]|привез|пост[ау]п|появ|быва|знач|числ"
    r"|(?:по)?дар[ию]|наход|имее|начин|старту|идут|обойд|обход|вый[дт]|выше?л|выход|буд|ста[нт]|идет|пойд|потян|понадоб|бер[уе]|возьм|пока[зж]"
    r"|с?годи|сойд|потреб|надоб|необход|предл|привед|привел|назов|назы|зов|спас|здрав|подск|благод|извин|прост|пробова|помн|пойм|пон[ия]|догов"
)
_BOUGHT = frozenset(
    {
        "купить",
        "взять",
        "приобрести",
        "отхватить",
        "продать",
        "сменить",
        "поменять",
        "подарить",
        "дарить",
        "потратить",
    }
)
_OPENERS = frozenset(
    {"хочу", "хотим", "хочется", "хотел", "хотела", "хотелось", "ищу", "ищем", "нужен", "нужна", "нужно",
     "нужны", "надо", "есть", "имеется", "имеются", "какие", "какой", "какая", "какое", "каких", "сколько",
     "почем", "что", "интересует", "интересуют", "можно", "а", "но", "поэтому", "зато", "потому", "теперь",
     "посоветуете", "порекомендуете", "предложите", "продаете", "найдется", "найдутся"}
)  # fmt: skip
# «На белой каждую пылинку видно», «в седане тесно»: said of what one had.
_STATES = frozenset({"видно", "заметно", "жарко", "душно", "тесно", "скучно", "страшно", "холодно"})


@dataclass(frozen=True)
class Word:
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
        return bought or not (_WISHES.match(self.text) or self.is_asked_for)

    @property
    def is_asked_for(self) -> bool:
        """«Цена», «есть», «самый»: what one asks for, and what one asks with."""
        return lemma(self.text) in _ASKED

    @property
    def opens_a_request(self) -> bool:
        """«Хочу», «какие», «покажите»."""
        return "impr" in grammemes(self.text) or self.text in _OPENERS

    @property
    def asks(self) -> bool:
        return self.is_asked_for or self.opens_a_request

    @property
    def is_nominative_person(self) -> bool:
        tags = grammemes(self.text)
        if self.thing or not is_known(self.text) or "nomn" not in tags:
            return False
        return "anim" in tags or self.text in ("я", "мы", "он", "она", "они", "все")


def words_in(spelling: str, span: Span, things: Sequence[Span]) -> list[Word]:
    """The words of a piece of the text; `things` are the names of the stock in the text."""
    row: list[Word] = []
    for found in _WORD.finditer(spelling, *span):
        named = any(start <= found.start() < end for start, end in things)
        named = named or (bool(row) and row[-1].thing and found[0].startswith("класс"))
        row.append(Word(found.start(), found.end(), found[0], named))
    return row
