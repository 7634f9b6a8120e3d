"""Personal data found by `core.personal_data` and by Presidio with Russian recognisers, side by side.

    make bench-personal-data

Names and addresses on the labelled sentences (F1, dev and test), numbers with check digits made up and
spelled in many ways (recall), what is found in clean text of the salons, and the time of a long message.
Prints, and writes its part of docs/performance.md.
"""

from __future__ import annotations

import json
import platform
import random
import statistics
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.page_part import renew
from bench.personal_data.numbers_made_up import KINDS as CHECKED
from bench.personal_data.numbers_made_up import spelled
from bench.personal_data.peer import Peer
from bench.personal_data.sentences import KINDS, Score, Span, read
from core.personal_data import Published, mask

PROJECT = Path(__file__).resolve().parent.parent.parent
PAGE = PROJECT / "docs" / "performance.md"
BEGIN, END = "<!-- bench.personal_data writes from here -->", "<!-- to here: personal data -->"
SEED = 20_261_121
NUMBERS_A_KIND = 2_000
PEER_NUMBERS_A_KIND = 300  # it is slower by orders
MESSAGE = (
    "Здравствуйте! Подскажите, пожалуйста, есть ли в наличии C 180 2023 года в белом цвете, какой пробег и"
    " цена, от 4 690 000 до 5 890 000 рублей? Хочу приехать в субботу на тест-драйв. Меня зовут Иван Петров,"
    " 8 911 555-44-33. "
)

Finder = Callable[[str], list[Span]]


def ours(text: str) -> list[Span]:
    return [(each.kind.value, each.start, each.end) for each in mask(text).found]


def main() -> int:
    peer = Peer()
    finders: dict[str, Finder] = {"ours": ours, "Presidio + natasha": peer.found}
    lines = [
        "## Personal data beside Presidio",
        "",
        said_of_the_run(),
        "",
        "| sentences | kind | whose | precision | recall | F1 | of them with the very borders |",
        "|---|---|---|---|---|---|---|",
        *names_and_addresses(finders),
        "",
        "| numbers with check digits | made up | whose | recall |",
        "|---|---|---|---|",
        *checked_numbers(finders),
        "",
        *clean_texts(),
        "",
        *times(finders),
    ]
    renew(PAGE, BEGIN, END, lines)
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def said_of_the_run() -> str:
    today, python = f"{datetime.now(UTC):%Y-%m-%d}", platform.python_version()
    return " ".join(
        (
            f"{today}, 2 cores, Python {python}, `make bench-personal-data`.",
            "Presidio 2.2.366 with natasha 1.6.0",
            "as its Russian engine (no Russian model of spaCy's is on PyPI). Sentences:",
            "`bench/personal_data/{dev,test}.txt`.",
            "The author of the mechanism wrote both halves before it and",
            "then looked at the dev half alone. Found: more than half of the marked span.",
        )
    )


def names_and_addresses(finders: dict[str, Finder]) -> Iterator[str]:
    for part in ("dev", "test"):
        sentences = list(read(part))
        for kind in KINDS:
            for whose, find in finders.items():
                score = Score()
                for sentence in sentences:
                    score.add(kind, sentence.marked, find(sentence.text))
                yield (
                    f"| {part}, {len(sentences)} | {'names' if kind == 'имя' else 'addresses'} | {whose}"
                    f" | {score.precision:.3f} | {score.recall:.3f} | {score.f1:.3f}"
                    f" | {score.exact} of {score.found + score.missed} |"
                )


def checked_numbers(finders: dict[str, Finder]) -> Iterator[str]:
    """A number counts when more than half of it is found, as anything."""
    for kind in CHECKED:
        for whose, find in finders.items():
            count = NUMBERS_A_KIND if find is ours else PEER_NUMBERS_A_KIND
            numbers = spelled(kind, random.Random(SEED), count)
            hits = sum(_covered(find(text), start, end) for text, start, end in numbers)
            yield f"| {kind} | {count} | {whose} | {hits / count:.1%} |"


def _covered(found: list[Span], start: int, end: int) -> bool:
    return any((min(end, span[2]) - max(start, span[1])) * 2 > end - start for span in found)


def clean_texts() -> Iterator[str]:
    published: list[str] = []
    questions: list[str] = []
    for path in sorted(PROJECT.glob("assistants/*/knowledge/*.toml")):
        published += _strings(tomllib.loads(path.read_text(encoding="utf-8")))
    for path in sorted(PROJECT.glob("assistants/*/evals.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            questions += _strings(json.loads(line)) if line.strip() else []
    texts = sorted({text for text in [*published, *questions] if " " in text})
    known = Published.by(published)
    hits = sum(bool(mask(text, known).found) for text in texts)
    whose = "clean texts of the sample salons (FAQ, passages, golden questions)"
    yield f"In {len(texts)} {whose} {hits} were masked."


def _strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for each in value.values() for text in _strings(each)]
    if isinstance(value, list):
        return [text for each in value for text in _strings(each)]
    return [value] if isinstance(value, str) else []


def times(finders: dict[str, Finder]) -> Iterator[str]:
    """CPU time, so that a busy machine does not count."""
    text = (MESSAGE * 20)[:2_000]
    for whose, find in finders.items():
        find(text)
        taken = []
        for _ in range(5):
            began = time.process_time()
            find(text)
            taken.append(time.process_time() - began)
        milliseconds = statistics.median(taken) * 1e3
        yield f"{whose}: {milliseconds:.1f} ms of CPU for 2,000 characters, words seen before.  "


if __name__ == "__main__":
    raise SystemExit(main())
