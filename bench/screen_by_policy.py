"""What the screen of forbidden topics takes of messages as they come, under policies as they are written.

    python -m bench.screen_by_policy [--phrases 10000] [--write]

`bench.screen` puts messages of full length together from others, so that Latin letters and slips are denser
than anybody writes, and draws phrases of which no clean message says a word. Here each clean message is
screened whole and once, by a process that starts with nothing kept of others; and beside the drawn policy
stand the same with everyday words in it, and those of the assistants. Times are CPU time; a busy neighbour
still doubles them, so the machine's load is told. Prints, and with --write renews its part of
docs/performance.md. Refuses to know peers (`bench.screen`).
"""

from __future__ import annotations

import argparse
import gc
import os
import platform
import random
import statistics
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bench.page_part import renew
from bench.screen import MESSAGES, PAGE, SEED, Finder, drawn, milliseconds, of_full_length, timed
from core.russian import words
from core.spec import ASSISTANTS_FOLDER, all_specs
from core.standing_policy import SEED as POLICY
from core.topics import compile_policy, screen
from tests.core.clean_messages import clean_messages

BEGIN, END = "<!-- bench.screen_by_policy writes from here -->", "<!-- to here: screen by policy -->"
AT_THE_START = 500
"""So many messages come before most words were met."""
EVERYDAY = 200
"""So many words are everyday ones: those that most clean messages hold."""


def policies(phrases: Sequence[str], chance: random.Random) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The drawn one, the same with everyday words beside them, and those of the assistants."""
    yield "drawn", of_phrases(phrases)
    said = Counter(word for text in clean_messages() for word in set(words(text)))
    often = [word for word, _ in said.most_common(EVERYDAY)]
    beside = [f"{chance.choice(often)} {phrase}" for phrase in phrases[::2]]
    yield "drawn, an everyday word in every second phrase", of_phrases([*beside, *phrases[1::2]])
    for spec in all_specs():
        text = (ASSISTANTS_FOLDER / spec.id / POLICY).read_text(encoding="utf-8")
        yield f"`{spec.id}`", tomllib.loads(text)


def of_phrases(phrases: Sequence[str]) -> Mapping[str, Any]:
    return {"topics": [{"id": "bench", "phrases": phrases, "reply": "Нет."}]}


def fresh(data: Mapping[str, Any]) -> Finder:
    """Nothing is kept of any message; frozen as a server does that has started."""
    policy = compile_policy(data)
    gc.collect()
    gc.freeze()
    return lambda text: not screen(text, policy).allowed


def table(phrases: Sequence[str]) -> Iterator[str]:
    chance = random.Random(SEED)
    clean = clean_messages()
    as_they_come = chance.sample(clean, len(clean))
    full = of_full_length(chance, phrases, disguised=False)
    yield f"| policy | phrases | median, ms | p99, ms | p99 of the first {AT_THE_START}, ms | full, p99, ms |"
    yield "|---|---:|---:|---:|---:|---:|"
    for name, data in policies(phrases, chance):
        count = sum(len(topic["phrases"]) for topic in data["topics"])
        find = fresh(data)
        times = [milliseconds(find, text) for text in as_they_come]
        _, again = timed(fresh(data), full)
        figures = statistics.median(times), p99(times), p99(times[:AT_THE_START]), p99(again)
        yield f"| {name} | {count:,} | {' | '.join(f'{figure:.2f}' for figure in figures)} |"


def p99(values: Sequence[float]) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.99))]


def page(count: int) -> list[str]:
    phrases, lengths = drawn(count, random.Random(SEED)), sorted(map(len, clean_messages()))
    python = f"Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}"
    return [
        "## The screen on messages as they come",
        "",
        f"{datetime.now(UTC).date().isoformat()}, {os.cpu_count()} cores, {python} when it began,",
        "`python -m bench.screen_by_policy`, CPU time.",
        f"{len(lengths):,} clean messages, each whole and once, by a process that starts with nothing kept.",
        f"They have {statistics.median(lengths):.0f} characters in the median, {p99(lengths):,} at p99.",
        f"Last column: {MESSAGES} of full length (2,000) that were met before.",
        "",
        *table(phrases),
    ]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench.screen_by_policy", description="The screen, by policy")
    parser.add_argument("--phrases", type=int, default=10_000)
    parser.add_argument("--write", action="store_true", help="into docs/performance.md")
    chosen = parser.parse_args(arguments)
    lines = page(chosen.phrases)
    print("\n".join(lines))
    if chosen.write:
        renew(PAGE, BEGIN, END, lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
