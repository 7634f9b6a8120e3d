"""Who asks what: sessions by seed, each question with a mark of its own and what is due to it.

Also the schedule: which faults are on while which questions are asked. Refuses to ask.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from bench.chaos.probe.flow import WITHOUT_MODEL
from bench.chaos.scripted_model import said

CALM, ALL_AT_ONCE = "calm", "all at once"
DEADLY, BREAKER = "model_deadly", "breaker_opens"
DEADLY_SHARE = 0.04
KINDS = {"model": 55, "fact": 15, "fragile": 15, "aside": 8, "sealed": 7}
OF_A_SALON = 0.12
LONGEST_SESSION = 8
AT_A_STRETCH = 3
SEALED = "запретная тема"


@dataclass(frozen=True)
class Phase:
    """`turns` questions are asked while these faults are on; `place` is its place in the run."""

    place: int
    name: str
    faults: tuple[str, ...]
    turns: int


def schedule(turns: int, faults: Sequence[str], seed: int) -> list[Phase]:
    """Calm, each fault alone in an order by seed, all of them at once. Deadly words come before the others:
    it takes minutes until a question has killed all the workers that it may. The breaker comes last and
    alone: while it is open, nothing else is felt.
    """
    alone = sorted(set(faults) - {BREAKER})
    random.Random(seed).shuffle(alone)
    alone.sort(key=lambda name: name != DEADLY)
    named: list[tuple[str, tuple[str, ...]]] = [(CALM, ()), *((name, (name,)) for name in alone)]
    named += [(ALL_AT_ONCE, tuple(alone))] if len(alone) > 1 else []
    named += [(BREAKER, (BREAKER,))] if BREAKER in faults else []
    share, rest = divmod(turns, len(named))
    return [Phase(place, name, on, share + (place < rest)) for place, (name, on) in enumerate(named)]


@dataclass(frozen=True)
class Asked:
    number: int
    kind: str
    text: str
    due: dict[str, Any]


@dataclass(frozen=True)
class Visit:
    """One session: what is asked in it, in which stretches, and while which phase."""

    number: int
    assistant: str
    phase: Phase
    stretches: tuple[tuple[Asked, ...], ...]


@dataclass(frozen=True)
class Sentences:
    """What the probe's manifest and policy say."""

    off_topic: str
    sealed: str
    resting: str


@dataclass(frozen=True)
class SalonQuestion:
    """A question to a real assistant, with what it cited when all was well."""

    assistant: str
    text: str
    due: dict[str, Any]


class Plan:
    """Visits until all questions are given out. Safe to share between threads."""

    def __init__(
        self,
        phases: Sequence[Phase],
        seed: int,
        sentences: Sentences,
        *,
        scripted: bool,
        salons: Sequence[SalonQuestion] = (),
    ) -> None:
        self._phases, self._seed, self._sentences = phases, seed, sentences
        self._scripted, self._salons = scripted, salons
        self._turn = Lock()
        self._given, self._visits = 0, 0

    @property
    def turns(self) -> int:
        return sum(phase.turns for phase in self._phases)

    def next(self) -> Visit | None:
        with self._turn:
            phase, left = self._phase()
            if phase is None:
                return None
            number = self._visits
            dice = random.Random(f"{self._seed}:{number}")
            visit = self._salon(number, phase, dice) if self._salons and dice.random() < OF_A_SALON else None
            visit = visit or self._probe(number, phase, dice, min(left, dice.randint(2, LONGEST_SESSION)))
            self._visits += 1
            self._given += sum(map(len, visit.stretches))
            return visit

    def _phase(self) -> tuple[Phase | None, int]:
        end = 0
        for phase in self._phases:
            end += phase.turns
            if self._given < end:
                return phase, end - self._given
        return None, 0

    def _salon(self, number: int, phase: Phase, dice: random.Random) -> Visit:
        asked = dice.choice(self._salons)
        question = Asked(0, "salon", asked.text, asked.due)
        return Visit(number, asked.assistant, phase, ((question,),))

    def _probe(self, number: int, phase: Phase, dice: random.Random, length: int) -> Visit:
        asked = [self._question(f"q{number}x{place}", place, phase, dice) for place in range(length)]
        stretches: list[tuple[Asked, ...]] = []
        while asked:
            size = dice.randint(1, AT_A_STRETCH)
            stretches.append(tuple(asked[:size]))
            asked = asked[size:]
        return Visit(number, "probe", phase, tuple(stretches))

    def _question(self, mark: str, place: int, phase: Phase, dice: random.Random) -> Asked:
        kind = dice.choices(list(KINDS), list(KINDS.values()))[0]
        if DEADLY in phase.faults and dice.random() < DEADLY_SHARE:
            kind = "deadly"
        text = f"{SEALED if kind == 'sealed' else kind} {mark}"
        return Asked(place, kind, text, self._due(kind, mark))

    def _due(self, kind: str, mark: str) -> dict[str, Any]:
        if kind == "sealed":
            return {"state": "refused", "mark": mark, "text": self._sentences.sealed, "at_once": True}
        if kind == "aside":
            return {"state": "refused", "mark": mark, "text": self._sentences.off_topic}
        says = [""] if kind == "fact" else [said(mark), WITHOUT_MODEL] if self._scripted else None
        rests = {"rests": self._sentences.resting} if kind == "fragile" else {}
        return {"state": "answered", "mark": mark, "says": says, **rests}
