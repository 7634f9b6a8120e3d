"""The screen of forbidden topics beside a plain regular expression and raw Aho-Corasick, on the same input.

    python -m bench.screen [--phrases 10000] [--write]

Phrases are dictionary words drawn by a seed, alone and by twos. The peers know every inflected form, too, but
neither disguises nor words in between: `re` has one alternation of all phrases, pyahocorasick every form of
every word, and phrases are put together from neighbours. Times are of a message of 2,000 characters, as CPU
time, so that a busy machine counts less: of each message the median of some repeats, and what it cost when
it was first met. Prints, and with --write renews its part of docs/performance.md. What an ONNX model takes
is quoted, not run.
"""

from __future__ import annotations

import argparse
import gc
import os
import platform
import random
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import ahocorasick
import pymorphy3

from bench.page_part import renew
from core.russian import inflections, paradigms, words
from core.topics import compile_policy, screen
from tests.core.clean_messages import clean_messages
from tests.core.disguises import HELD_OUT, SEEN

PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
BEGIN, END = "<!-- bench.screen writes from here -->", "<!-- to here: screen -->"
SEED = 20_261_122
LENGTH, MESSAGES, REPEATS = 2_000, 300, 5
SLOW_MILLISECONDS, FEW = 20, 20  # so many messages are enough of what takes so long
SAMPLES_A_FAMILY = 20
BETWEEN = ", "
LETTERS = "абвгдежзиклмнопрстуфхцчшэюя"
GUARD = (
    "An ONNX model that judges topics, as its makers publish it: LLM Guard's BanTopics takes 124 ms on"
    " average and 140 ms at the 95th percentile for an input of length 100 on an AWS m5.xlarge with ONNX"
    " ([source](https://github.com/protectai/llm-guard/blob/"
    "1555d4149f55432e2b3ec22497e8e5b3a7f9c4e4/docs/input_scanners/ban_topics.md)); it was not run here, and"
    " another machine and another task make that a hint, not a ratio."
)

Finder = Callable[[str], bool]


def drawn(count: int, chance: random.Random) -> list[str]:
    """Phrases of nouns, verbs and adjectives that no clean message holds; all letters come."""
    morph = pymorphy3.MorphAnalyzer()
    known: list[str] = []
    prefixes = [first + second + third for first in LETTERS for second in LETTERS for third in LETTERS]
    chance.shuffle(prefixes)
    for prefix in prefixes:
        known += chance.sample(found := sorted(_lemmas(morph, prefix)), min(len(found), 20))
        if len(known) > count * 2:
            break
    said = {word for text in clean_messages() for word in words(text)}
    known = [word for word in known if said.isdisjoint(inflections(word))]
    return [" ".join(chance.sample(known, chance.choice((1, 1, 2)))) for _ in range(count)]


def _lemmas(morph: pymorphy3.MorphAnalyzer, prefix: str) -> set[str]:
    return {
        word.replace("ё", "е")
        for word, tag, lemma, _, _ in morph.dictionary.iter_known_words(prefix)
        if word == lemma and len(word) > 4 and {"NOUN", "INFN", "ADJF"} & set(tag.grammemes)
    }


def by_expression(phrases: Sequence[str]) -> Finder:
    def forms(word: str) -> str:
        kinds = sorted(paradigms(word))
        return "|".join(stem + "(?:" + "|".join(sorted(endings)) + ")" for stem, endings in kinds)

    spelled = (r"\W+".join(f"(?:{forms(word)})" for word in words(phrase)) for phrase in phrases)
    expression = re.compile(r"\b(?:" + "|".join(spelled) + r")\b")
    return lambda text: expression.search(text) is not None


def by_automaton(phrases: Sequence[str]) -> Finder:
    automaton = ahocorasick.Automaton()
    wanted = {tuple(words(phrase)) for phrase in phrases}
    by_form: dict[str, set[str]] = {}
    for phrase in wanted:
        for word in phrase:
            for form in inflections(word):
                by_form.setdefault(form, set()).add(word)
    for form, of in by_form.items():
        automaton.add_word(form, (len(form), of))
    automaton.make_automaton()

    def find(text: str) -> bool:
        met: list[tuple[int, int, set[str]]] = []
        for end, (length, of) in automaton.iter(text):
            start = end + 1 - length
            if not text[start - 1 : start].isalnum() and not text[end + 1 : end + 2].isalnum():
                if any((word,) in wanted for word in of):
                    return True
                met.append((start, end + 1, of))
        return any(
            not re.search(r"\w", text[left[1] : right[0]])
            and any((one, other) in wanted for one in left[2] for other in right[2])
            for left, right in pairwise(met)
        )

    return find


def ours(phrases: Sequence[str]) -> Finder:
    policy = compile_policy({"topics": [{"id": "bench", "phrases": phrases, "reply": "Нет."}]})
    return lambda text: not screen(text, policy).allowed


WAYS: dict[str, Callable[[Sequence[str]], Finder]] = {
    "ours": ours,
    "one `re` alternation": by_expression,
    "pyahocorasick, raw": by_automaton,
}


def of_full_length(chance: random.Random, phrases: Sequence[str], *, disguised: bool) -> list[str]:
    """Clean messages put together; one phrase of each is disguised, where that is wanted."""
    clean = clean_messages()
    families = list((SEEN | HELD_OUT).values())
    texts = []
    for number in range(MESSAGES):
        text = families[number % len(families)](chance.choice(phrases), chance) + BETWEEN if disguised else ""
        while len(text) < LENGTH:
            text += chance.choice(clean) + BETWEEN
        texts.append(text[:LENGTH])
    return texts


def milliseconds(find: Finder, text: str) -> float:
    began = time.process_time()
    find(text)
    return (time.process_time() - began) * 1e3


def timed(find: Finder, texts: Sequence[str]) -> tuple[list[float], list[float]]:
    """What each text costs when it is first met, and the median of repeats, sorted."""
    first = [milliseconds(find, text) for text in texts]
    again = [statistics.median(milliseconds(find, text) for _ in range(REPEATS)) for text in texts]
    return sorted(first), sorted(again)


def recall(find: Finder, phrases: Sequence[str], families: Sequence[str], chance: random.Random) -> float:
    disguises = SEEN | HELD_OUT
    hits = [
        find(f"Подскажите, {disguises[name](_inflected(phrase, chance), chance)}, это можно?")
        for name in families
        for phrase in chance.sample(list(phrases), SAMPLES_A_FAMILY)
    ]
    return sum(hits) / len(hits)


def _inflected(phrase: str, chance: random.Random) -> str:
    return " ".join(chance.choice(sorted(inflections(word))) for word in words(phrase))


def table(finders: dict[str, Finder], phrases: Sequence[str]) -> Iterator[str]:
    chance = random.Random(SEED)
    inputs = {
        "clean": of_full_length(chance, phrases, disguised=False),
        "with a disguised phrase": of_full_length(chance, phrases, disguised=True),
    }
    yield "| message | whose | median, ms | beside ours | p99, ms | p99 when first met, ms |"
    yield "|---|---|---|---|---|---|"
    for message, texts in inputs.items():
        one: float | None = None
        for whose, find in finders.items():
            slow = milliseconds(find, texts[0]) > SLOW_MILLISECONDS
            first, again = timed(find, texts[:FEW] if slow else texts)
            median = statistics.median(again)
            one = one or median
            ratio = f"{median / one:.2f}"
            yield f"| {message} | {whose} | {median:.2f} | {ratio} | {_p99(again):.2f} | {_p99(first):.2f} |"
    yield ""
    yield "| whose | phrases found in any inflection | in families of disguises |"
    yield "|---|---|---|"
    for whose, find in finders.items():
        plain = recall(find, phrases, ["as it is"], random.Random(SEED))
        hidden = recall(find, phrases, list(HELD_OUT), random.Random(SEED))
        yield f"| {whose} | {plain:.1%} | {hidden:.1%} |"


def _p99(values: Sequence[float]) -> float:
    return values[min(len(values) - 1, int(len(values) * 0.99))]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench.screen", description="The screen beside plainer ways")
    parser.add_argument("--phrases", type=int, default=10_000)
    parser.add_argument("--write", action="store_true", help="into docs/performance.md")
    chosen = parser.parse_args(arguments)
    phrases = drawn(chosen.phrases, random.Random(SEED))
    made = {whose: make(phrases) for whose, make in WAYS.items()}
    gc.collect()
    gc.freeze()  # as a server does that has started
    day, python = datetime.now(UTC).date().isoformat(), platform.python_version()
    lines = [
        "## The screen beside plainer ways",
        "",
        f"{day}, {os.cpu_count()} cores, Python {python}, `python -m bench.screen`.",
        f"{len(phrases)} phrases, {MESSAGES} messages of {LENGTH:,} characters each, CPU time.",
        "",
        *table(made, phrases),
        "",
        GUARD,
    ]
    print("\n".join(lines))
    if chosen.write:
        renew(PAGE, BEGIN, END, lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
