"""The plots of a pilot's report, drawn to be read on a phone: few lines, large words.

The pilot is green, what was before it blue, a target red and dashed. Refuses to know how figures were come
by.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes

from core.visits import STEPS_SECONDS, Stays
from jobs.evaluation.drawing import STYLE, canvas, svg
from jobs.pilot.estimates import Estimate
from jobs.pilot.settings import Target
from jobs.pilot.wording import MINUS, number

PILOT, BEFORE, TARGET = "#2e7d4f", "#30609c", "#c62828"
_LARGE = STYLE | {"font.size": 12}
_WIDTH = 5.4


def waits(seconds: Sequence[float], limit: float) -> str:
    """How many answers were there by when."""
    with mpl.rc_context(_LARGE):
        figure, axes = canvas(width=_WIDTH, height=2.8)
        _steps(axes, seconds, PILOT, None)
        axes.axvline(limit, color=TARGET, lw=1.2, ls="--")
        axes.annotate(
            f"{number(limit)} с", (limit, 8), color=TARGET, xytext=(5, 0), textcoords="offset points"
        )
        axes.set_xlim(0, max(1.3 * limit, float(np.percentile(seconds, 99))))
        axes.set_xlabel("секунд до ответа")
        axes.xaxis.set_major_formatter(_with_comma)
        axes.set_ylabel("ответов, %")
        return svg(figure)


def durations(samples: Mapping[str, Sequence[float]]) -> str:
    """How many dialogues were over by when; the first sample is that before the pilot."""
    with mpl.rc_context(_LARGE):
        figure, axes = canvas(width=_WIDTH, height=3.0)
        for (name, seconds), color in zip(samples.items(), (BEFORE, PILOT), strict=True):
            _steps(axes, [value / 60 for value in seconds], color, f"{name} ({number(len(seconds))})")
        longest = max(float(np.percentile(seconds, 98)) for seconds in samples.values())
        axes.set_xlim(0, max(longest / 60, 0.1))
        axes.set_xlabel("минут в диалоге")
        axes.xaxis.set_major_formatter(_with_comma)
        axes.set_ylabel("диалогов завершено, %")
        axes.legend(frameon=False, loc="lower right")
        return svg(figure)


def marks(counts: Mapping[int, int]) -> str:
    """How often each mark from 1 to 10 was given."""
    with mpl.rc_context(_LARGE):
        figure, axes = canvas(width=_WIDTH, height=2.4)
        places = range(1, 11)
        bars = axes.bar(places, [counts.get(place, 0) for place in places], color=PILOT, width=0.75)
        axes.bar_label(bars, [number(counts[place]) if counts.get(place) else "" for place in places])
        axes.set_xticks(places)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.tick_params(bottom=False)
        axes.set_xlabel("оценка")
        return svg(figure)


def points(rows: Sequence[tuple[str, Estimate]], said: str) -> str:
    """A figure with its interval on each line, the pilot's last."""
    with mpl.rc_context(_LARGE):
        figure, axes = canvas(width=_WIDTH, height=0.42 * len(rows) + 0.9)
        for place, (_, each) in enumerate(rows):
            color = PILOT if place == len(rows) - 1 else BEFORE
            axes.plot([each.interval.low, each.interval.high], [place, place], color=color, lw=2.2)
            axes.plot(each.value, place, "o", color=color, ms=7)
        axes.set_yticks(range(len(rows)), [name for name, _ in rows])
        axes.invert_yaxis()
        axes.margins(y=0.12)
        axes.grid(axis="x", color="#e3e6ea")
        axes.set_axisbelow(True)
        axes.tick_params(left=False)
        axes.set_xlabel(f"{said} и его 95-процентный интервал")
        axes.xaxis.set_major_formatter(_with_comma)
        return svg(figure)


def occupancy(parts: Mapping[str, Mapping[str, tuple[float, float]]], target: Target | None) -> str:
    """A dot for each operator before the pilot and in it. Operators are numbered: the page names nobody."""
    names = sorted({name for each in parts.values() for name in each})
    with mpl.rc_context(_LARGE):
        figure, axes = canvas(width=_WIDTH, height=0.36 * len(names) + 1.3)
        for (period, each), color, marker in zip(parts.items(), (BEFORE, PILOT), "os", strict=True):
            told = [(place, each[name]) for place, name in enumerate(names, 1) if name in each]
            values = [talk / shift for _, (talk, shift) in told]
            axes.plot(values, [place for place, _ in told], marker, color=color, ms=8, label=period.lower())
        if target is not None:
            axes.axvline(target.bound, color=TARGET, lw=1.2, ls="--", label=f"цель {number(target.bound, 2)}")
        axes.set_yticks(range(1, len(names) + 1), [f"оператор {place}" for place in range(1, len(names) + 1)])
        axes.invert_yaxis()
        axes.margins(y=0.15)
        axes.grid(axis="y", color="#e3e6ea")
        axes.set_axisbelow(True)
        axes.tick_params(left=False)
        axes.set_xlabel("доля смены в разговоре")
        axes.xaxis.set_major_formatter(_with_comma)
        figure.legend(frameon=False, loc="outside upper left", ncols=3)
        return svg(figure)


def visits(sides: Mapping[str, Sequence[Stays]]) -> str:
    """How the visits' lengths are spread, with the assistant and without, in shares of their own."""
    with mpl.rc_context(_LARGE):
        figure, axes = canvas(width=_WIDTH, height=3.4)
        places = np.arange(len(STEPS_SECONDS))
        for (name, stays), color, aside in zip(sides.items(), (PILOT, BEFORE), (0.2, -0.2), strict=True):
            counts = np.sum([each.by_step for each in stays], axis=0)
            shares = 100 * counts / max(1, counts.sum())
            axes.bar(places + aside, shares, width=0.4, color=color, label=name.lower())
        axes.set_xticks(places, [_edge(step) for step in STEPS_SECONDS], rotation=40, ha="right")
        axes.set_xlabel("время на странице, не больше")
        axes.set_ylabel("посещений, %")
        figure.legend(frameon=False, loc="outside upper left", ncols=3)
        return svg(figure)


def _edge(seconds: int) -> str:
    if seconds < 60:
        return f"{seconds} с"
    return f"{seconds // 60} мин" if seconds < 3_600 else f"{seconds // 3_600} ч"


def _with_comma(value: float, _: float) -> str:
    """A tick as it is written in Russian."""
    return f"{value:g}".replace(".", ",").replace("-", MINUS)


def _steps(axes: Axes, values: Sequence[float], color: str, label: str | None) -> None:
    """A curve of at most some hundred steps, however many values there are."""
    shares = np.linspace(0, 100, min(len(values), 300) + 1)
    axes.step(np.percentile(values, shares), shares, where="post", color=color, lw=2, label=label)
    axes.set_ylim(0, 101)
