"""«Не люблю я эти серые да чёрные», «терпеть не могу белые», «надоели чёрные»: dislikes as plain refusals.

Knows how Russian says that somebody dislikes something, and how far that reaches over a list. Refuses to know
which words are values of a car: the lexicon says it. What is disliked and no value of a car stays as it is.
"""

from __future__ import annotations

import re

from assistants.showroom.language import phrases
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.mentions import is_stray
from assistants.showroom.language.naming import Mention, atoms
from assistants.showroom.language.nothing_else import with_only
from core.russian import normalise

_KINDS = ("color", "fuel", "body", "class", "hint", "feature")
_DISLIKES = re.compile(
    rf"\b(?:не (?:(?:{'|'.join(sorted(phrases.DEGREES))}) )?"
    r"(?:люб(?:лю|им)|хо(?:чу|тим)|перева(?:рива\w+|рю)|вынош\w+|терп\w+|перенош\w+|уваж\w+"
    r"|признаю|приемл\w+)"
    r"|(?:расхотел|раздумал|передумал)\w*(?: (?:про|насчет|брать|покупать|хотеть))*|отказ(?:ал|ыва)\w+ от"
    r"|(?:терпеть|видеть|выносить|переносить) не мо(?:гу|жем)|не могу (?:терпеть|видеть|выносить|переносить)"
    r"|ненавижу|ненавидим|надоел[аи]?|осточертел[аи]?|опостылел[аи]?|приелись"
    r"|(?:устал[аи]?|тошнит|воротит) (?:уже )?от)"
)
_AMIDST = re.compile(
    r"\s+(?:(?:я|мы|мне|нам|уже|вот|просто|больше|совсем|все|всех|всякие|эт(?:и|их|от|у|а|о)|ваши|ваших|ни|в|на)\s+)*"
)
# How a list of what is disliked goes on; a bare comma may begin what is wanted.
_AND = re.compile(r"\s+(?:и|да|или|ни)\s+(?:(?:эти|этих|все|всякие|на|в)\s+)?")
_REFUSED = "не надо "
_FEARS = (
    r"(?:боязно|боюсь|боимся|опаса(?:юсь|емся)|страшно(?:вато)?|стремно|не реша(?:юсь|емся)|не готов[аы]?)"
)
_TURNS = r"(?:переходить|пересаживаться|перейти|пересесть|брать|взять|покупать|связываться)"
# «Чёрные и белые мне, признаться, надоели»: what is disliked may stand before; «седан надоел» is one's own.
_BORES = re.compile(
    r"(?:[\s,]+(?!не\b|ни\b|а\b|но\b|и\b)[а-я]+){0,5}?[\s,]+"
    r"(?:надоели|осточертели|опостылели|приелись|опротивели)\b(?! искать)"
    r"|[\s,—–-]+(?:(?:мне|нам|это|ну|вот)\s+)*не (?:мо[йяе]|наш[ае]?) (?:цвет|вариант|тема|стиль|формат)\b"
    r"|(?:\s+(?:я|мы|она|он|мне|нам|ей|ему|жена|муж|уже|что-то|как-то|все|же|таки|больше))*"
    r"\s+(?:расхотел|раздумал|разонравил)\w*\b"
    r"|[\s,—–-]+(?:это )?ну такое\b"
    # «На электричество боязно переходить», «дизель брать боимся».
    r"|[\s,—–-]+(?:(?:мне|нам|пока|еще|как-то|уже|просто|честно|говоря|я|мы)\s+)*"
    rf"(?:{_TURNS}\s+)?{_FEARS}(?:\s+{_TURNS})?"
    r"(?=\W*(?:[.,;:!?()—–]|$))"
)
# «Белые и чёрные уже видел, кроме них какие есть?»: what was seen is refused by a pronoun.
_EXCEPT_THEM = re.compile(r"[\s,.;:!—–-]*\b(?:(?:а|и|но) )?(?:кроме|помимо|окромя) (?:них|этих)\b")
_SEEN = re.compile(
    r"[^?]*\b(?:вид[еи]|увид|смотр|посмотр|глян|пока[зж]|изуч|знаю|понятн|ясн|надоел|был)\w*[^?]*"
)


def with_dislikes(text: str, lexicon: Lexicon) -> str:
    """The text with «не надо» before what is disliked and «и» between the things that are, with «только»
    before what all else is disliked beside.
    """
    text = _without_the_seen(with_only(text), lexicon)
    spelling = normalise(text)
    if len(spelling) != len(text) or not (_DISLIKES.search(spelling) or _BORES.search(spelling)):
        return text
    row = atoms(text)
    things = {
        row[mention.start].start: row[mention.end - 1].end
        for kind in _KINDS for mention in sorted(lexicon.names[kind].find(row), key=_length)
        if not is_stray(row, mention)
    }  # fmt: skip
    bored = _without_boring(text, spelling, things)
    if bored != text:
        return bored
    for match in reversed([*_DISLIKES.finditer(spelling)]):
        between = _AMIDST.match(spelling, match.end())
        at = between.end() if between is not None else -1
        if at not in things:
            continue
        text = f"{text[: match.start()]}{_REFUSED}{_joined(text, spelling, at, things)}"
    return text


def _without_boring(text: str, spelling: str, things: dict[int, int]) -> str:
    """The text with «не надо» before the list that «надоели» stands behind."""
    begins = {end: start for start, end in things.items()}
    for last, end in sorted(things.items(), reverse=True):
        match = _BORES.match(spelling, end)
        if match is None or any(end < other < match.end() for other in things):
            continue
        start, listed = last, text[last:end]
        for before in sorted((stop for stop in begins if stop < last), reverse=True):
            if _AND.fullmatch(spelling, before, start) is None:
                break
            start = begins[before]
            listed = f"{text[start:before]} и {listed}"
        return f"{text[:start]}{_REFUSED}{listed}{text[match.end() :]}"
    return text


def _without_the_seen(text: str, lexicon: Lexicon) -> str:
    """The text with «не надо» before the list of things that «кроме них» points back to."""
    spelling = normalise(text)
    match = _EXCEPT_THEM.search(spelling)
    if match is None or len(spelling) != len(text):
        return text
    row = atoms(text)
    things = sorted(
        (row[each.start].start, row[each.end - 1].end, kind)
        for kind in _KINDS for each in lexicon.names[kind].find(row)
        if not is_stray(row, each) and row[each.end - 1].end <= match.start()
    )  # fmt: skip
    if not things:
        return text
    start, end, kind = things[-1]
    listed = [text[start:end]]
    for first, last, other in reversed(things[:-1]):
        if other != kind or _AND.fullmatch(spelling, last, start) is None:
            beside = not spelling[last:start].strip()  # «белые CLA уже видел»: of which «них» is said is open
            listed = [] if beside else listed
            break
        start, listed = first, [text[first:last], *listed]
    if not listed or _SEEN.fullmatch(spelling, end, match.start()) is None:
        return text
    return f"{text[:start]}{_REFUSED}{' и '.join(listed)}, {text[match.end() :].lstrip(' ,')}"


def _length(mention: Mention) -> int:
    return mention.end - mention.start


def _joined(text: str, spelling: str, at: int, things: dict[int, int]) -> str:
    """The list of things that begins here, joined by «и», with all that stands behind it."""
    listed = text[at : things[at]]
    end = things[at]
    while (link := _AND.match(spelling, end)) is not None and link.end() in things:
        listed += f" и {text[link.end() : things[link.end()]]}"
        end = things[link.end()]
    return listed + text[end:]
