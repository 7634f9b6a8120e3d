"""Checks a sentence of an answer against the facts that it cites.

Every number with its unit (digits, words, «млн» alike), percentage, date, clock time, phone, link, Latin
word, name of a model and proper name must stand in the cited facts; so must every negation. Knows what a
claim looks like. Refuses to know where the facts come from and what happens to a sentence that fails.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from core.claims import Claim, claims, sums_of_something_else, unsupported
from core.russian import content_lemmas, is_service, lemma, normalise, stem, words

_PHONE = re.compile(r"(?<![\d.,])\+?\d[\d ().\u00a0-]{5,}\d(?!\d)")
# «555-01-23»: seven digits are a phone only where they are written as one.
_SHORT_PHONE = re.compile(r"\d{3}[ -]\d\d[ -]\d\d")
_LINK = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<!\w)@[a-z]\w{3,}"
    r"|\b[\w-]+(?:\.[\w-]+)*\.(?:[a-z]{2,}|рф|рус|сайт|онлайн|москва)\b(?:/\S*)?"
    r"|\bточка (?:ру|ком|рф|нет|орг)\b"
)
_LATIN = re.compile(r"[a-z]+")
# «C 180» and «C180»: the letters and the number belong together.
_DESIGNATION = re.compile(r"([a-z]+)[ -]?(\d+)")
_NAME = re.compile(r"(?<![.!?…:;»\"\n-])\s[«\"(]*([А-ЯЁ][а-яё]{2,}|[А-ЯЁ]{2,})")
_NEGATED = re.compile(r"\b(?:не|без|нет|нельзя|никогда|невозможно)\b")
_CLAUSE = re.compile(r"[.!?…:;,—–]\s")
_YEARS = re.compile(r"(?:19|20)\d\d ?- ?(?:19|20)\d\d")
# What any sentence may be written with, beside Cyrillic letters and what Latin words and claims are made of.
_PLAIN_SIGNS = frozenset(" \n\u00a0\u202f.,!?…:;-–—‑«»„“”\"'()%₽№")
_GAP = re.compile(r"[\W_]+")
_GAP_SIGNS = 4
# Content words of a clause that may be its subject.
_OPENING = 2
# «один из них», «первый раз» state nothing that can be checked.
_HARMLESS_NUMBERS = frozenset({1.0})


@dataclass(frozen=True)
class Evidence:
    """What the cited facts contain, ready to be compared with."""

    claims: tuple[tuple[Claim, ...], ...]
    phones: frozenset[str]
    links: frozenset[str]
    latin: frozenset[str]
    designations: frozenset[tuple[str, str]]
    lemmas: frozenset[str]
    negations: frozenset[str]
    rows: tuple[tuple[str, ...], ...]
    stems: frozenset[str]
    openings: frozenset[str]
    signs: frozenset[str]
    naming: Callable[[str], frozenset[str]]
    named: frozenset[str]

    @classmethod
    def of(cls, texts: Iterable[str], naming: Callable[[str], frozenset[str]] | None = None) -> Evidence:
        """Collects the claims of the facts. Rows of stock are passed as the text that is shown of them.

        `naming` tells which things a text names, however it spells them («глс», «GLS»).
        """
        naming = naming or _nothing_named
        texts = tuple(texts)
        joined = "\n".join(texts)
        spelling = normalise(joined)
        return cls(
            claims=tuple(tuple(claims(_plain(normalise(text)))) for text in texts),
            phones=frozenset(_phones(spelling)),
            links=frozenset(_links(spelling)),
            latin=frozenset(_LATIN.findall(spelling)),
            designations=frozenset(_DESIGNATION.findall(spelling)),
            lemmas=frozenset(lemma(word) for word in words(joined)),
            negations=frozenset(_negations(spelling)),
            rows=tuple(tuple(content_lemmas(sentence)) for text in texts for sentence in sentences(text)),
            stems=frozenset(stem(word) for word in content_lemmas(joined)),
            openings=frozenset(
                stem(word) for clause in _CLAUSE.split(joined) for word in content_lemmas(clause)[:_OPENING]
            ),
            signs=frozenset(joined),
            naming=naming,
            named=naming(joined),
        )


def _phones(spelling: str) -> Iterator[str]:
    for match in _PHONE.finditer(spelling):
        text, digits = match.group(), re.sub(r"\D", "", match.group())
        whole = len(digits) == 11 and digits[0] in "78"
        marked = len(digits) >= 7 and any(sign in text for sign in "(-+") and not _YEARS.fullmatch(text)
        if whole or marked or _SHORT_PHONE.fullmatch(text):
            yield digits[1:] if whole else digits


def _links(spelling: str) -> Iterator[str]:
    for match in _LINK.finditer(spelling):
        link = match.group().rstrip(".,!?;:)»")
        yield re.sub(r"^(?:https?://)?(?:www\.)?", "", link).rstrip("/")


def contacts(text: str) -> tuple[str, ...]:
    """Telephones and links that the text names, in one spelling."""
    spelling = normalise(text)
    return (*_phones(spelling), *_links(spelling))


def _negations(spelling: str) -> Iterator[str]:
    """The lemma that each negation stands before: «не возвращают» -> «возвращать»."""
    for match in _NEGATED.finditer(spelling):
        following = words(spelling[match.end() : match.end() + 40])
        target = next((word for word in following if not is_service(word)), "")
        yield lemma(target)


def uncovered(sentence: str, evidence: Evidence) -> tuple[str, ...]:
    """The claims of a sentence that the evidence does not hold, as they are written; empty when all stand."""
    spelling = normalise(sentence)
    phones = [phone for phone in _phones(spelling) if not _is_known(phone, evidence.phones)]
    hosts = {link.split("/")[0] for link in evidence.links}
    links = [link for link in _links(spelling) if link not in evidence.links and link not in hosts]
    rest = _plain(spelling)
    missing = [*phones, *links, *sorted(evidence.naming(sentence) - evidence.named)]
    told = [claim for claim in claims(rest) if not _is_harmless(claim)]
    missing += [claim.text for claim in unsupported(told, evidence.claims)]
    missing += [word for word in _LATIN.findall(rest) if word not in evidence.latin]
    missing += [" ".join(pair) for pair in _DESIGNATION.findall(rest) if pair not in evidence.designations]
    missing += [name for name in _names(sentence) if name not in evidence.lemmas]
    missing += [f"не {target}" for target in _negations(rest) if not _may_negate(target, evidence)]
    return tuple(dict.fromkeys(missing))


def strangers(sentence: str, evidence: Evidence) -> tuple[str, ...]:
    """Content words that the facts do not use, first of all those that the model took from the question.

    «Директор салона — два друга» tells of the founders in order, and makes them what nobody said they are.
    Forms and derivations are the same word («бесплатно», «бесплатный»).
    """
    return tuple(word for word in content_lemmas(sentence) if stem(word) not in evidence.stems)


def sums_of_another(sentence: str, evidence: Evidence) -> tuple[str, ...]:
    """Sums of money that the sentence does not tell of what the facts tell them of.

    «Автомобиль за 50 000 рублей» holds the words and the sum of «автомобиль с задатком 50 000 рублей».
    """
    told = claims(_plain(normalise(sentence)))
    return tuple(claim.text for claim in sums_of_something_else(told, evidence.claims))


def strange_signs(sentence: str, evidence: Evidence) -> tuple[str, ...]:
    """What could carry words past those who compare words: signs that the facts do not use (emoji, private
    and invisible characters), rows of dots and dashes, a sentence that speaks of nothing but is more than
    «да» or «нет».
    """
    alien = [char for char in sentence if not _is_plain(char) and char not in evidence.signs]
    rows = [gap for gap in _GAP.findall(sentence) if len("".join(gap.split())) > _GAP_SIGNS]
    speaks = content_lemmas(sentence) or words(sentence) == [claims_consent(sentence)]
    return (*dict.fromkeys(alien), *rows, *(() if speaks else (sentence,)))


def _is_plain(char: str) -> bool:
    small = char.lower()
    return char in _PLAIN_SIGNS or "а" <= small <= "я" or small == "ё" or (char.isascii() and char.isalnum())


def changes_subject(sentence: str, evidence: Evidence) -> bool:
    """Whether the sentence opens with what opens no clause of the facts.

    «AMG основали инженеры Mercedes-Benz» holds every word of «Mercedes-Benz основали инженеры», in order.
    """
    said = content_lemmas(sentence)
    return bool(said) and stem(said[0]) not in evidence.openings


def _plain(spelling: str) -> str:
    """Without phones and links."""
    return _LINK.sub(" ", _without_phones(spelling))


def _is_known(phone: str, phones: frozenset[str]) -> bool:
    """Without the code of its town it is the same telephone."""
    return phone in phones or (len(phone) == 7 and any(known.endswith(phone) for known in phones))


def _is_harmless(claim: Claim) -> bool:
    """«Один из них»."""
    spelled = not any(sign.isdigit() for sign in claim.text)
    return (
        spelled
        and claim.value in _HARMLESS_NUMBERS
        and (claim.kind in ("", "ordinal") or claim.kind[0] == "=")
    )


def _nothing_named(_: str) -> frozenset[str]:
    return frozenset()


def _without_phones(spelling: str) -> str:
    return _PHONE.sub(lambda match: " " if any(_phones(match.group())) else match.group(), spelling)


def _names(sentence: str) -> Iterator[str]:
    """Proper names: capitalised words that do not open a sentence."""
    for match in _NAME.finditer(sentence.strip()):
        yield lemma(normalise(match.group(1)))


def _may_negate(target: str, evidence: Evidence) -> bool:
    return target in evidence.negations or target in ("", "только", "более", "менее", "меньше", "больше")


def lost_negations(answer: str, evidence: Evidence) -> tuple[str, ...]:
    """What the facts deny and the answer affirms: «не возвращают» told as «возвращают»."""
    spelling = normalise(answer)
    denied, said = set(_negations(spelling)), set(content_lemmas(answer))
    return tuple(sorted(target for target in evidence.negations if target in said and target not in denied))


def closeness(sentence: str, evidence: Evidence) -> float:
    """How much of the sentence (0..1) is told in the order of one sentence of the facts, or of two
    neighbours.

    The words of a passage put together anew may say what it does not: «для дачи хватит X, для дороги лучше
    Y» holds every word of «Y лучше для дачи». Kept in order, they can hardly.
    """
    said = content_lemmas(sentence)
    if not said:
        return 1.0
    pairs = [(*left, *right) for left, right in pairwise(evidence.rows)]
    alone = max((_common_order(said, row) for row in evidence.rows), default=0)
    joined = max((_common_order(said, row) for row in pairs), default=0)
    return max(alone, joined if joined == len(said) else 0) / len(said)


def _common_order(left: Sequence[str], right: Sequence[str]) -> int:
    """Length of the longest common subsequence."""
    row = [0] * (len(right) + 1)
    for word in left:
        diagonal = 0
        for place, other in enumerate(right, 1):
            above = row[place]
            row[place] = diagonal + 1 if word == other else max(above, row[place - 1])
            diagonal = above
    return row[-1]


def claims_consent(sentence: str) -> str:
    """«Да» or «нет» where the sentence opens with it, else an empty string."""
    said = words(sentence[:40])
    return said[0] if said and said[0] in ("да", "нет", "конечно") else ""


class SentenceStream:
    """Cuts a growing text into sentences as they end.

    `feed` returns the sentences that are complete (something follows them), `rest` what is left at the end.
    Joined, they are the text again.
    """

    _END = re.compile(r"[.!?…]+[»\")]*(?=\s+[«\"(—–]?[A-ZА-ЯЁ0-9])|\n+")
    _ABBREVIATION = re.compile(
        r"(?:\b(?:г|гг|тыс|млн|млрд|руб|коп|ул|пр|д|стр|т|е|п|др|см|им|тел|корп|р|[А-ЯЁA-Z])\.)$"
    )

    def __init__(self) -> None:
        self._text = ""

    def feed(self, piece: str) -> list[str]:
        self._text += piece
        done, start = [], 0
        for match in self._END.finditer(self._text):
            sentence = self._text[start : match.end()]
            if self._ABBREVIATION.search(sentence.rstrip()):
                continue
            done.append(sentence)
            start = match.end()
        self._text = self._text[start:]
        return done

    def rest(self) -> str:
        text, self._text = self._text, ""
        return text


def sentences(text: str) -> list[str]:
    """The sentences of a whole text; joined, they are the text again."""
    stream = SentenceStream()
    return [part for part in (*stream.feed(text), stream.rest()) if part.strip()]
