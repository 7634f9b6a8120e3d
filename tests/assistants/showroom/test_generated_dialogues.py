"""Questions out of templates, alone and in dialogues, on generated stocks: what is told is what the rows say.

The truth is worked out here, from the criteria that the templates put together, and never from the wish that
the assistant read.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, replace
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.dialogue import Reply
from jobs.generate_stock import draw_stock, read_catalogue
from tests.assistants.showroom.conftest import Salon

Row = dict[str, Any]
COLOURS = {
    "чёрный": ("чёрный", "чёрные", "в чёрном цвете"), "белый": ("белый", "белые", "в белом цвете"),
    "серый": ("серый", "серые", "в сером цвете"), "синий": ("синий", "синие", "в синем цвете"),
}  # fmt: skip
OPENINGS = ("есть {}?", "{} есть в наличии?", "{}", "покажите {}", "какие {} у вас есть?", "интересует {}")
MILLIONS = ("{} млн", "{} миллионов", "{} лямов", "{}000000 рублей")


@dataclass(frozen=True)
class Meant:
    """What the templates asked for."""

    model: str | None = None
    low: int | None = None
    high: int | None = None
    colour: str | None = None
    since: int | None = None

    def holds(self, row: Row) -> bool:
        return (
            (self.model is None or _bears(row["model"], self.model))
            and (self.low is None or row["price_rub"] >= self.low)
            and (self.high is None or row["price_rub"] <= self.high)
            and (self.colour is None or row["color"].startswith(self.colour))
            and (self.since is None or row["year"] >= self.since)
        )

    def said(self, random: Random) -> str:
        """The criteria in any order, the model's name among them."""
        parts = [_model_said(self.model, random)] if self.model else [random.choice(("машины", "авто"))]
        if self.colour:
            parts.append(random.choice(COLOURS[self.colour]))
        if self.high is not None or self.low is not None:
            parts.append(self._price(random))
        if self.since is not None:
            parts.append(random.choice(("не старше {} года", "от {} года", "с {} года")).format(self.since))
        random.shuffle(parts)
        return " ".join(parts)

    def _price(self, random: Random) -> str:
        unit = random.choice(MILLIONS)
        low, high = (unit.format(each // 1_000_000) for each in (self.low or 0, self.high or 0))
        if self.low is None:
            return random.choice(("до {}", "не дороже {}", "в пределах {}")).format(high)
        if self.high is None:
            return f"от {low}"
        return f"от {self.low // 1_000_000} до {high}"


def _bears(model: str, name: str) -> bool:
    """«GLE 350» is no «GLE 350 d»."""
    return re.search(rf"(?:^|\s){re.escape(name)}(?!\s(?:d|e|de)\b)(?=[\s+]|$)", model) is not None


def _model_said(name: str, random: Random) -> str:
    return random.choice((name, name.lower(), name.replace("AMG ", "") if random.random() < 0.2 else name))


def _model_of(row: Row, random: Random) -> str:
    name = re.sub(r"\s*(?:4MATIC)?\+?$", "", row["model"]).strip()
    return name.removeprefix("AMG ") if random.random() < 0.2 else name


def _first(rows: list[Row], random: Random) -> Meant:
    high = random.choice((None, *range(3, 25)))
    low = max(1, high - 4) if high and random.random() < 0.4 else None
    return Meant(
        model=_model_of(random.choice(rows), random) if random.random() < 0.8 else None,
        low=low and low * 1_000_000,
        high=high and high * 1_000_000,
        colour=random.choice((None, None, *COLOURS)),
        since=random.choice((None, None, 2019, 2021, 2022)),
    )


def _next(before: Meant, rows: list[Row], random: Random) -> tuple[str, Meant]:
    """One criterion anew, the rest as it was."""
    kind = random.choice(("colour", "price", "year", "model"))
    if kind == "colour":
        colour = random.choice([*COLOURS])
        return f"а {random.choice(COLOURS[colour])}?", replace(before, colour=colour)
    if kind == "price":
        high = random.randint(3, 24)
        said = random.choice(MILLIONS).format(high)
        return f"а {random.choice(('до', 'не дороже'))} {said}?", replace(
            before, low=None, high=high * 1_000_000
        )
    if kind == "year":
        year = random.choice((2019, 2020, 2022, 2023))
        return f"а не старше {year} года?", replace(before, since=year)
    model = _model_of(random.choice(rows), random)
    return random.choice(("а {}?", "а {} есть?", "а {} с теми же условиями?")).format(model), replace(
        before, model=model
    )


def _stock(seed: int) -> list[Row]:
    if seed not in _STOCKS:
        cars = draw_stock(read_catalogue(), seed=seed, cars=80).cars
        _STOCKS[seed] = [json.loads(json.dumps(asdict(each), default=str)) for each in cars]
    return _STOCKS[seed]


_STOCKS: dict[int, list[Row]] = {}


def _is_false(reply: Reply, meant: Meant, rows: list[Row]) -> str:
    """What is false of a reply; nothing where it asks back."""
    truth = {row["vin"] for row in rows if meant.holds(row)}
    shown = {fact.id for fact in reply.facts if fact.kind == "stock"}
    if reply.reason == "clarify":
        return ""
    denied = "нет в наличии" in reply.text
    if denied or reply.reason == "not_in_stock":
        return f"denies {len(truth)}" if truth else ""
    if not shown:
        return f"says nothing of {len(truth)}" if truth else ""
    if shown - truth:
        return f"shows {len(shown - truth)} that were not asked for"
    counted = re.search(r"В наличии (\d+)", reply.text)
    return f"counts {counted[1]} of {len(truth)}" if counted and int(counted[1]) != len(truth) else ""


@settings(
    max_examples=settings.default.max_examples // 2,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(seed=st.integers(0, 40), chance=st.integers(0, 10**9))
def test_nothing_false_is_told(salon: Salon, seed: int, chance: int) -> None:
    random, rows = Random(chance), _stock(seed)
    salon.stock(rows)
    meant = _first(rows, random)
    said = [random.choice(OPENINGS).format(meant.said(random))]
    for turn in range(3):
        reply = salon.ask(said[-1], fresh=turn == 0)
        assert not (why := _is_false(reply, meant, rows)), (why, said, meant, reply.text)
        if reply.reason is not None or "нет в наличии" in reply.text:
            break  # what leans on a no may let go of what led to it
        question, meant = _next(meant, rows, random)
        said.append(question)
