"""Names of people in Russian text, in any case: full names, a name and a patronymic, surnames, initials.

A word is weighed by the dictionary (`words`), by its capital letter and by its neighbours; what is also a
common word (Вера, Роман) needs one of them or a word such as «зовут» before it. Refuses to know addresses:
what they hold is cut out before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.personal_data.folding import WALL, Folded
from core.personal_data.kinds import Candidate, Kind
from core.personal_data.words import NOTHING, Word, capitalised, word
from core.russian import is_service, lemma, part_of_speech

_TOKEN = re.compile(r"(?<![\w.@-])[^\W\d_]+(?:-[^\W\d_]+)*(?![\w@])")
_INITIALS = re.compile(r"(?<![\w.])(?:[А-ЯЁA-Z]\.\s?){1,2}$")
_INITIALS_BEHIND = re.compile(r"\s(?:[А-ЯЁA-Z]\.\s?[А-ЯЁA-Z]\.?|[А-ЯЁA-Z][А-ЯЁA-Z])(?!\w)")
_SURE, _OPENING, _LIKELY, _SOME, _FAINT = 0.9, 0.7, 0.5, 0.3, 0.04
_TITLED = re.compile(
    r"(?<!\w)(?:зовут|з[ао]вать|имя|имени|фамили\w+|отчеств\w+|ф\.?и\.?о\.?|г-н\w*|г-ж\w*|господин\w*|госпож\w*"
    r"|с уважением|подпись|name is|контактное лицо)[\s:,—-]*$"
)
_RELATED = re.compile(
    r"(?<!\w)(?:жен(?:а|ы|у|е|ой)|муж(?:а|у|ем)?|сын(?:а|у|ом)?|доч\w+|мам(?:а|ы|у|е|ой)|пап(?:а|ы|у|е|ой)"
    r"|отец|отц(?:а|у|ом)|брат(?:а|у|ом)?|сестр\w+|тест(?:ь|я|ю|ем)|т[её]щ(?:а|и|е|у|ей)|друг(?:а|у|ом)?"
    r"|клиент\w*|менеджер\w*|мастер(?:а|у|ом)?|сотрудни\w+|консультант\w*|продав\w+|директор\w*|покупател\w+"
    r"|владелец|владельц\w+|собственник\w*|водител\w+|позвать|позовите|передайте|передать|спросить|спросите"
    r"|уважаем\w+|лицо|запись на|на имя|записывайте|оформ\w+ на)[\s:,—-]*$"
)
_PERHAPS = re.compile(r"(?<!\w)(?:это|я|от|для|скажите|вы|мы с|вдвоем с|вместе с)[\s:,—-]*$")
_TO_A_PLACE = re.compile(r"(?<!\w)(?:в|во|из|до|через|под|около|город\w*|г\.)\s*$")
_INTO = re.compile(r"(?<!\w)во?\s$")
_ENDS = ".!?\n"
_LONGEST_NAME = 4
_LONGEST_ABBREVIATION = 4
_CONTEXT_CHARACTERS = 32


@dataclass(slots=True)
class _Token:
    text: str
    start: int
    end: int
    read: Word
    capital: bool
    opens: bool


def names(folded: Folded) -> Iterator[Candidate]:
    tokens = list(_tokens(folded))
    at = 0
    while at < len(tokens):
        if not _seeds(folded, tokens, at):
            at += 1
            continue
        first, last = _widest(folded, tokens, at)
        start, end = _with_initials(folded, tokens[first].start, tokens[last].end)
        yield Candidate(Kind.NAME, start, end, key(token.text for token in tokens[first : last + 1]))
        at = last + 1


def key(texts: Iterator[str]) -> str:
    """The dictionary forms of the words, in one order."""
    return " ".join(sorted(lemma(text.lower().replace("ё", "е")) for text in texts))


def _tokens(folded: Folded) -> Iterator[_Token]:
    shouted = folded.text.isupper()
    for match in _TOKEN.finditer(folded.text):
        start, end = match.span()
        if end - start < 2:
            continue
        read = _read(folded, match, shouted=shouted)
        before = folded.text[max(0, start - 4) : start].rstrip(' "«(-')[-1:]
        capital = capitalised(match.group()) and not shouted
        yield _Token(match.group(), start, end, read, capital, opens=before == "" or before in _ENDS)


def _read(folded: Folded, match: re.Match[str], *, shouted: bool) -> Word:
    """What the word may be; service words, abbreviations and designations are nobody."""
    text, lower = match.group(), folded.lower[match.start() : match.end()]
    if not shouted and text.isupper() and len(text) <= _LONGEST_ABBREVIATION:
        return NOTHING
    if (text.islower() or shouted) and is_service(lower):
        return NOTHING
    if "-" in text and any(part.isascii() for part in text.split("-")) and not text.isascii():
        return NOTHING
    return word(lower)


def _seeds(folded: Folded, tokens: list[_Token], at: int) -> bool:
    """Whether this token alone, with what is said before it, is somebody's name."""
    token = tokens[at]
    nobody = token.read.known and token.read.person <= _FAINT and not token.capital
    if nobody or token.read.patronymic >= _LIKELY:
        return not nobody
    before = folded.lower[max(0, token.start - _CONTEXT_CHARACTERS) : token.start].rpartition(WALL)[2]
    if _is_place_here(token, before):
        return False
    if _TITLED.search(before):
        return _after_a_title(token)
    if token.text.isascii():
        return _neighbour_is_latin_name(folded, tokens, at)
    if _has_initials(folded, token) or not (token.read.known or token.capital):
        return token.capital
    return _spoken_of(token, before) or _by_itself(folded, token) or _with_a_neighbour(folded, tokens, at)


def _spoken_of(token: _Token, before: str) -> bool:
    """«жена Роза», «менеджер Ганнибалов»; «это Вера», but not «это Хавал»."""
    related = _RELATED.search(before)
    if related and token.capital and not token.read.known and re.search(r"[^,][ :]$", related.group()):
        return True
    person = token.read.person if token.capital else token.read.name
    return person >= _SOME and bool(related or _PERHAPS.search(before))


def _is_place_here(token: _Token, before: str) -> bool:
    read = token.read
    if _INTO.search(before):
        return True
    if read.place <= 0:
        return False
    return read.place >= read.person or _TO_A_PLACE.search(before) is not None


def _after_a_title(token: _Token) -> bool:
    read = token.read
    if read.person > _FAINT:
        return True
    if read.known:
        return token.capital and not token.text.isascii() and part_of_speech(token.text.lower()) == "NOUN"
    return token.capital or not token.text.isascii()


def _by_itself(folded: Folded, token: _Token) -> bool:
    read = token.read
    if not token.capital:
        return read.name >= _SURE or (read.surname >= _SURE and read.known)
    if read.name + read.surname >= (_OPENING if token.opens else _LIKELY):
        return True
    called = folded.text[token.end : token.end + 1] in {",", "!"}
    return read.name > _FAINT and (not token.opens or called)


def _with_a_neighbour(folded: Folded, tokens: list[_Token], at: int) -> bool:
    """«Вера Белых», «роман белов»: each is a word too, together they are a name."""
    if at + 1 >= len(tokens) or not _adjoin(folded, tokens[at], tokens[at + 1]):
        return False
    one, two = tokens[at].read, tokens[at + 1].read
    both = (one.name > _FAINT and two.surname > _FAINT) or (one.surname > _FAINT and two.name > _FAINT)
    return both and (
        (tokens[at].capital and tokens[at + 1].capital) or max(one.person, two.person) >= _LIKELY
    )


def _neighbour_is_latin_name(folded: Folded, tokens: list[_Token], at: int) -> bool:
    """A Latin word is a name beside another one only: brands and models are names too."""
    token = tokens[at]
    if not token.capital or token.read.person < _LIKELY or at + 1 >= len(tokens):
        return False
    other = tokens[at + 1]
    if not (other.capital and _adjoin(folded, token, other) and other.text.isascii()):
        return False
    return token.read.name + other.read.name >= _LIKELY and other.read.person >= _LIKELY


def _has_initials(folded: Folded, token: _Token) -> bool:
    """Two initials make any word a surname, one initial what may be one."""
    if not token.capital:
        return False
    before = _INITIALS.search(folded.text[max(0, token.start - 7) : token.start])
    if before is not None and before.group().count(".") == 1:
        return not token.read.known or token.read.person > _FAINT
    return before is not None or _INITIALS_BEHIND.match(folded.text, token.end) is not None


def _widest(folded: Folded, tokens: list[_Token], at: int) -> tuple[int, int]:
    """The first and the last token of the name that the token `at` belongs to."""
    first = last = at
    while last - first + 1 < _LONGEST_NAME:
        if (
            last + 1 < len(tokens)
            and _adjoin(folded, tokens[last], tokens[last + 1])
            and _joins(tokens, last + 1, tokens[last])
        ):
            last += 1
        elif (
            first > 0
            and _adjoin(folded, tokens[first - 1], tokens[first])
            and _joins(tokens, first - 1, tokens[first])
        ):
            first -= 1
        else:
            break
    return first, last


def _joins(tokens: list[_Token], at: int, beside: _Token) -> bool:
    """Whether a word beside a name is part of it."""
    token, read = tokens[at], tokens[at].read
    if token.capital and (not token.opens or beside.read.patronymic >= _LIKELY):
        return read.person > _FAINT or not read.known
    if token.capital:
        return read.person >= _SOME or (not read.known and not token.text.isascii())
    return read.person >= _SOME and not token.text.isascii()


def _adjoin(folded: Folded, left: _Token, right: _Token) -> bool:
    return folded.text[left.end : right.start] == " "


def _with_initials(folded: Folded, start: int, end: int) -> tuple[int, int]:
    before = _INITIALS.search(folded.text[max(0, start - 7) : start])
    if before is not None:
        return max(0, start - 7) + before.start(), end
    behind = _INITIALS_BEHIND.match(folded.text, end)
    return start, behind.end() if behind else end
