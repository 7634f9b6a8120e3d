"""Speed and first token of each candidate, by how many are in flight. Refuses to know who measured them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from bench.serving.figures import Figures
from jobs.evaluation.drawing import STYLE, svg

LOOKS = {
    "ours": ("#2e7d4f", "o", "-"),
    "llama.cpp": ("#30609c", "s", "--"),
    "OpenVINO GenAI": ("#f09d51", "^", "--"),
    "transformers": ("#8d9bb0", "x", ":"),
}


def draw(found: Sequence[Figures]) -> str:
    """The drawing as SVG."""
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(8.6, 3.4), layout="constrained")
        left, right = figure.subplots(1, 2)
        _lines(left, found, lambda each: each.tokens_per_second[0])
        left.set_ylabel("tokens a second, all together")
        left.set_ylim(bottom=0)
        _lines(right, found, lambda each: each.first_token_median)
        right.set_ylabel("seconds to the first token, median")
        right.set_yscale("log")
        left.legend(frameon=False)
        return svg(figure)


def _lines(axes: Axes, found: Sequence[Figures], value: Callable[[Figures], float]) -> None:
    numbers = sorted({each.in_flight for each in found})
    for who, (color, marker, style) in LOOKS.items():
        of = {each.in_flight: value(each) for each in found if each.who == who}
        places = [numbers.index(number) for number in of]
        if of:
            axes.plot(places, list(of.values()), color=color, marker=marker, ls=style, label=who, lw=1.8)
    axes.set_xticks(range(len(numbers)), [str(number) for number in numbers])
    axes.set_xlabel("in flight")
