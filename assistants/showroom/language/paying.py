"""By what means a car is to be paid: a loan, or the car that one has.

The case decides in Russian: «кредит закрыть» asks about the loan, «кредитом рассчитаться» about buying on
one. Knows such means and writes them as the trade does, so that a passage on them is found. Refuses to know
the passages, and leaves alone what asks about the loan itself or about other ways of paying beside it.
"""

from __future__ import annotations

import re

from core.russian import grammemes, lemma, lemmas, normalise, part_of_speech, words

_LENT = frozenset({"кредит", "автокредит", "заем", "займ", "заим", "ссуда", "банк", "ипотека"})
_OWED = _LENT - {"банк"} | {"долг", "задолженность"}
_LENDERS = (
    r"\b(?:банковск|автомобильн|потребительск)\w+ (?:кредитом|займом|ссудой)\b"
    r"|(?:\bна |\bза )?\b(?:банковск|заемн|кредитн|займов)\w+ (?:деньг|денежк|средств)\w*"
    r"|(?:\bна |\bза )?\b(?:деньг|денежк|средств)\w* банк\w*"
    r"|\b(?:за счет|с помощью|при помощи|посредством) (?:банка|кредита|займа|ссуды)\b"
    r"|\bчерез (?:банк|кредит|заем|ссуду)\b"
)
_MEANS = re.compile(rf"{_LENDERS}|\b\w+(?:ом|ем|ой|ами)\b")
# «Закрыть цену» is to pay it where a loan is the means, else «закрыть кредит» is to pay that off.
_PAYING = re.compile(
    r"\b(?:оплат|оплачив|заплат|доплат|доплач|плат|рассч[иеё]т|расплат|расплач|профинансир)"
    r"\w*(?:ть|ться|тся|им|ю|у|ся)\b"
    r"|\b(?:за|пере|по|до)кр(?:ыть|ыва\w+|ыл\w*|о[юе]\w*)\b"
    r"(?: (?:стоимость|цену|сумму|остаток|разницу|оплату|сделку|покупку)\b)?"
)
_BUYING = re.compile(rf"{_PAYING.pattern}|\b(?:взять|брать|куп\w+|покуп\w+|приобре\w+|забрать|можно)\b")
_OTHER_WAYS = re.compile(
    r"\bналич|\bкарт|\bперевод|\bqr\b|\bпогас|\bгас[ия]|\bдосроч|\bрефинанс|\bлизинг|\bрассроч"
)
_OWN = re.compile(
    r"\b(?:мо[йяюеи]|мо(?:его|ей|им|ему)|сво[йяюеи]|сво(?:его|ей|им)|наш[аеу]?|нашу|стар\w{2,3})\b"
)
_OF_THE_PRICE = r"(?: (?:цены|стоимости|оплаты|платежа|суммы|нее|него|покупки|нов\w+|денег))?"
_PART = re.compile(
    rf"\b(?:в (?:счет|оплату|доплату|уплату)|(?:за|как) часть){_OF_THE_PRICE}"
    r"|\bчастью (?:цены|оплаты|платежа|стоимости|суммы)|\bпервым взносом\b"
)


def in_words_of_the_trade(question: str) -> str:
    """The question with its means called by their names, «в кредит» or «в зачёт»; else as it is."""
    spelling = normalise(question)
    if _OWN.search(spelling) and _PART.search(spelling):
        return _PART.sub("в зачёт", spelling)
    if _OTHER_WAYS.search(spelling):
        return question
    means = next((match for match in _MEANS.finditer(spelling) if _is_lent(match, spelling)), None)
    if means is None or not _BUYING.search(spelling):
        return question
    beside = spelling[: means.start()] + spelling[means.end() :]
    if any(lemmas(word) & _OWED for word in words(beside)):
        return question
    return _PAYING.sub("купить", f"{spelling[: means.start()]}в кредит{spelling[means.end() :]}")


def _is_lent(match: re.Match[str], spelling: str) -> bool:
    """Whether it is a loan that is paid with: «банком», not «с банком» or «каким кредитом»."""
    said, before = match.group(), words(spelling[: match.start()])[-1:]
    if " " in said:
        return True
    led = any(part_of_speech(word) == "PREP" or lemma(word) == "какой" for word in before)
    return not led and "ablt" in grammemes(said) and bool(lemmas(said) & _LENT)
