"""How plots of reports look, as SVG for a page that needs nothing else.

Text stays text, so that it can be read aloud and searched. Refuses to know what is drawn.
"""

from __future__ import annotations

import io
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

INK = "#2b2f36"
STYLE: Any = {  # its keys are a Literal of 300 names there
    "svg.fonttype": "none",
    "svg.hashsalt": "attendant",  # the same figures, the same file
    "font.family": "sans-serif",
    "font.size": 10,
    "text.color": INK,
    "axes.edgecolor": "#c8ccd2",
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
}


def canvas(*, height: float, width: float = 8.6) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(width, height), layout="constrained")
    axes = figure.add_subplot()
    return figure, axes


def svg(figure: Figure) -> str:
    """The drawing without the XML head, to stand inside a page."""
    text = io.StringIO()
    figure.savefig(text, format="svg", metadata={"Date": None}, transparent=True)
    _, _, drawing = text.getvalue().partition("<svg")
    return f"<svg{drawing}"
