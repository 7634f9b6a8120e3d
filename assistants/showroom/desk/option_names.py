"""Which options a question names: by the words of their names, their kin and their sound.

Knows how an option is called and which words are a car's or the stock's. Refuses to know prices and answers.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import takewhile

from assistants.showroom.desk.equipment import GENERIC, called, everyday, partly_said, unlisted
from assistants.showroom.desk.option_swaps import put_out
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.naming import name_parts, sounds_like, spellings
from assistants.showroom.language.phrases import SERVICES
from assistants.showroom.language.reading import Reading
from assistants.showroom.language.wish import Wish
from core.facts import Snapshot, TrimOption
from core.russian import grammemes, is_known, is_service, lemma, lemmas, part_of_speech, words

# They open words that have nothing else in common.
_OPENINGS = ("электр", "мульти", "управл")
# How words of one root end: «панорам-а» and «панорам-ный», not «холод-ильник» and «холод-ный».
_ENDING = re.compile(
    r"(?:[аоыь]|и?[яей]|ы[йе]|[оеи]й|[ауя]ю|[оеа]?к[аи]?|[ои]?н(?:н?ый|н?ой|ий)|ц?ионный|[яа]нный|ийный|йный|н?ик"
    r"|[ое]?вый|[оье]?ской|ский|ель|[аи]?тель|[аиея]ть(?:ся)?|[оеиы]вать(?:ся)?|ировать|[аеи]?ни[ея]|[ая]?ци[яи]"
    r"|[аяуе]?емый|[уи]руемый|а?тор|овка)?"
)


@dataclass(frozen=True)
class Named:
    """Options that a question names, the words of it that name them, and whether they are all it names;
    `unlisted` is the equipment that it names and no car of the salon is offered with, `gone` what it names as
    not wanted, in another's place or alone.
    """

    options: tuple[TrimOption, ...]
    said: frozenset[str]
    exact: bool = True
    unlisted: tuple[str, ...] = ()
    by_option: Mapping[TrimOption, frozenset[str]] = field(default_factory=dict)
    gone: tuple[str, ...] = ()


def named_options(reading: Reading, snapshot: Snapshot, lexicon: Lexicon) -> Named:
    """Options of which the question has a telling word, those with most of its words before the others."""
    features = lexicon.names["feature"].find(reading.row)
    marks = {place for feature in features for place in range(feature.start, feature.end)}
    said = tuple(
        atom.text
        for place, atom in enumerate(reading.row)
        if place not in marks
        and not is_service(atom.text)
        and (place not in reading.car_places or atom.text in reading.residue)
    )
    mentions, listed = (
        everyday(reading.row, lexicon),
        tuple(dict.fromkeys(o.option for o in snapshot.options)),
    )
    met = {name: _met(name, said, called(name, mentions, reading.row, lexicon), lexicon) for name in listed}
    counted = {option: met[option.option] for option in snapshot.options if met[option.option]}
    strange = unlisted(mentions, reading.row, listed, lexicon)
    best = [
        option
        for option, met in counted.items()
        if not any(met < other for row, other in counted.items() if row.model == option.model)
        and not partly_said(option.option, met, mentions, reading.row, lexicon)
    ]
    claimed = frozenset[str]().union(*(counted[option] for option in best))
    claimed |= _beside_claimed(reading, best, claimed)
    strange = {name: words for name, words in strange.items() if not words <= claimed}
    named = claimed.union(*strange.values())
    others = {
        word
        for word in said
        if best and word not in named and lemma(word) not in GENERIC and _stands_in(word, snapshot)
    }
    by_option = {option: counted[option] for option in best}
    gone = put_out(reading.row, {**{option.option: counted[option] for option in best}, **strange})
    if {*gone} != {*strange, *(option.option for option in best)}:  # one takes the place of another
        by_option = {option: said for option, said in by_option.items() if option.option not in gone}
        strange = {name: said for name, said in strange.items() if name not in gone}
    return Named(tuple(by_option), named | others, not others, tuple(strange), by_option, gone)


def named_again(reading: Reading, names: Collection[str]) -> tuple[str, ...]:
    """Those of the options told before that the question has a word of, though no one else would tell by it
    which is meant: «с осью».
    """
    return tuple(
        name
        for name in names
        if any(
            _means(atom.text, part)
            for atom in reading.row
            for part in name_parts(name)
            if not is_service(part) and lemma(part) not in GENERIC
        )
    )


def without_option_words(wish: Wish, said: frozenset[str]) -> Wish:
    """The wish without names that are an option's words: «Burmester» is no model."""
    if not said:
        return wish
    update = {
        name: tuple(value for value in getattr(wish, name) if not {*words(value)} <= said | {"amg"})
        for name in ("words", "absent")
    }
    update["models"] = tuple(value for value in wish.models if not {*words(value)} <= said)
    return wish.model_copy(update=update)


def _met(option: str, said: Sequence[str], called: frozenset[str], lexicon: Lexicon) -> frozenset[str]:
    """The words said that are an option's, `called` among them: none where no telling one is."""
    name = tuple(part for part in name_parts(option) if not is_service(part))
    met = frozenset(word for word in said if any(_means(word, part) for part in name))
    if called or not met:
        return met | called
    opened = all(any(_means(word, part) for word in said) for part in name[:2])
    telling = (part for part in _telling(name) if not _is_stock_word(part, lexicon))
    return met if opened or any(_means(word, part) for part in telling for word in met) else frozenset()


def is_apposed(reading: Reading, place: int, case: str) -> bool:
    """«Музыкой Burmester» (`case` is "ablt"): right before the name of an option stands what it is."""
    named, before = reading.row[place], reading.row[place - 1]
    if place - 1 in reading.car_places or named.start - before.end != 1 or lemma(before.text) in SERVICES:
        return False
    a_name, tags = named.latin or not is_known(named.text), grammemes(before.text)
    return a_name and is_known(before.text) and {"NOUN", case} <= tags and "anim" not in tags


def apposed_words(reading: Reading, said: Collection[str]) -> frozenset[str]:
    """«Есть музыка Burmester?»: what stands before the words `said` of an option and says what it is."""
    row = reading.row
    return frozenset(
        row[place - 1].text
        for place in range(1, len(row))
        if row[place].text in said and any(is_apposed(reading, place, case) for case in ("nomn", "accs"))
    )


def _beside_claimed(reading: Reading, best: Sequence[TrimOption], claimed: frozenset[str]) -> frozenset[str]:
    """«AMG» of «пакет AMG Line» is the option's."""
    own = [{*name_parts(option.option)} for option in best]
    row = reading.row
    return frozenset(
        atom.text
        for place, atom in enumerate(row)
        for name in own
        if atom.text in name
        and (
            all(atom.text in other for other in own)
            or any(
                near.text in claimed & name
                for near in (*row[max(0, place - 1) : place], *row[place + 1 : place + 2])
            )
        )
    )


def _stands_in(word: str, snapshot: Snapshot) -> bool:
    return any(_means(word, part) for option in snapshot.options for part in name_parts(option.option))


@lru_cache(maxsize=1024)
def _telling(name: tuple[str, ...]) -> tuple[str, ...]:
    """Latin words, and Russian ones up to the first noun: «массаж» of «массаж задних сидений»."""
    kept: list[str] = []
    opened = True
    for part in name:
        if part.isascii():
            kept += [part] if len(part) > 2 and not part.isdigit() else []
        elif opened:
            kept.append(part)
            opened = part_of_speech(part) != "NOUN" or (len(kept) == 1 and lemma(part) in GENERIC)
    return tuple(part for part in kept if lemma(part) not in GENERIC)


def _is_stock_word(part: str, lexicon: Lexicon) -> bool:
    return any(index.knows(part) for kind, index in lexicon.names.items() if kind != "option")


@lru_cache(maxsize=8192)
def _means(said: str, part: str) -> bool:
    """Whether a word said is this word of an option's name: its form, its kin, its sound."""
    if said == part:
        return True
    if part.isascii():
        silent = part.endswith("e") and len(part) > 3 and said in spellings(part[:-1])
        return silent or sounds_like(said, part) or sounds_like(lemma(said), part)
    if said.isascii() or said.isdigit():
        return False
    left, right = lemma(said), lemma(part)
    if right == f"{left}ка":  # «из отдела снабжения» has nothing to do with an «отделка»
        return False
    if right in lemmas(said):  # «с третьим рядом»: no adverb
        return True
    return _is_kin(left, right, known=is_known(said))


def _is_kin(left: str, right: str, *, known: bool) -> bool:
    """Whether two words begin alike and go on as words of one root do; how a misspelt one goes on nobody
    knows.
    """
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False))
    stem = "".join(letter for letter, _ in pairs)
    if len(stem) < 5 or len(stem) < 0.6 * min(len(left), len(right)):
        return False
    if any(stem.startswith(opening) and len(stem) < 9 for opening in _OPENINGS):
        return False
    return not known or all(_ENDING.fullmatch(word[len(stem) :]) for word in (left, right))
