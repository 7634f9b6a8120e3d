"""The plots of an evaluation. Colours tell outcomes apart in grey, too.

Refuses to know how figures were come by.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib as mpl

from jobs.evaluation.drawing import INK, STYLE, canvas, svg
from jobs.evaluation.judging import Outcome

COLORS: Mapping[str, str] = {
    Outcome.RIGHT: "#2e7d4f",
    Outcome.INCOMPLETE: "#9ccc9c",
    Outcome.DODGED: "#f2c14e",
    Outcome.WRONG_SOURCE: "#f09d51",
    Outcome.REFUSED_OTHERWISE: "#b9c3cf",
    Outcome.WRONGLY_REFUSED: "#8d9bb0",
    Outcome.LET_THROUGH: "#d98cb3",
    Outcome.FALSE: "#c62828",
    Outcome.UNSAFE: "#6a1b9a",
    Outcome.FAILED: "#212121",
}


def outcomes(report: Mapping[str, Any]) -> str:
    """A bar a kind of question, a colour an outcome, in shares."""
    kinds = [kind for kind in report["outcomes"] if kind != "all"]
    names = [kind.replace("_", " ") for kind in kinds]
    with mpl.rc_context(STYLE):
        figure, axes = canvas(height=0.5 * len(kinds) + 1.4)
        left = [0.0] * len(kinds)
        totals = [sum(report["outcomes"][kind].values()) for kind in kinds]
        for outcome, color in COLORS.items():
            counts = [report["outcomes"][kind].get(outcome, 0) for kind in kinds]
            if not any(counts):
                continue
            widths = [100 * count / total for count, total in zip(counts, totals, strict=True)]
            label = outcome.replace("_", " ")
            bars = axes.barh(
                names, widths, left=left, color=color, label=label, height=0.68, edgecolor="white"
            )
            said = [str(count) if width >= 4 else "" for count, width in zip(counts, widths, strict=True)]
            light = outcome in (Outcome.INCOMPLETE, Outcome.DODGED, Outcome.REFUSED_OTHERWISE)
            axes.bar_label(bars, said, label_type="center", color=INK if light else "white", fontsize=9)
            left = [start + width for start, width in zip(left, widths, strict=True)]
        axes.invert_yaxis()
        axes.set_xlim(0, 100)
        axes.set_xlabel("share of the questions, %")
        axes.tick_params(left=False)
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=6, frameon=False, fontsize=9)
        return svg(figure)


def latency(report: Mapping[str, Any]) -> str:
    """How many answers were there by when; with and without the model apart."""
    items = report["items"]
    groups = {
        "without the model": sorted(item["seconds"] for item in items if not item["tokens"]),
        "with the model": sorted(item["seconds"] for item in items if item["tokens"]),
    }
    with mpl.rc_context(STYLE):
        figure, axes = canvas(height=2.8)
        for (label, seconds), color in zip(groups.items(), ("#2e7d4f", "#30609c"), strict=True):
            if seconds:
                shares = [100 * (place + 1) / len(seconds) for place in range(len(seconds))]
                axes.step(
                    seconds, shares, where="post", color=color, label=f"{label} ({len(seconds)})", lw=1.8
                )
        axes.set_xscale("log")
        axes.axvline(10, color="#c62828", lw=1, ls="--")
        axes.annotate("10 s", (10, 3), color="#c62828", xytext=(4, 0), textcoords="offset points")
        axes.set_xlabel("seconds until the answer (logarithmic)")
        axes.set_ylabel("answers, %")
        axes.set_ylim(0, 101)
        axes.set_xlim(left=0.001)
        axes.legend(frameon=False, loc="upper left")
        return svg(figure)


def bleu(report: Mapping[str, Any]) -> str:
    """How the sentences' BLEU is spread."""
    values: Sequence[float] = [item["bleu"] for item in report["items"] if item["bleu"] is not None]
    with mpl.rc_context(STYLE):
        figure, axes = canvas(height=2.4)
        axes.hist(values, bins=[5 * edge for edge in range(21)], color="#30609c", edgecolor="white")
        if values:
            mean = sum(values) / len(values)
            axes.axvline(mean, color=INK, lw=1.2)
            axes.annotate(
                f"mean {mean:.1f}", (mean, 0.9), xycoords=("data", "axes fraction"), xytext=(4, 0),
                textcoords="offset points",
            )  # fmt: skip
        axes.set_xlim(0, 100)
        axes.set_xlabel("BLEU of an answer, 0 to 100")
        axes.set_ylabel("answers")
        return svg(figure)
