"""A report as one HTML file that needs nothing else: no script, no font, no address of the network.

Everything that was asked and answered is escaped: attacks are among it. Of a locked split the page has
figures and no texts. Refuses to compute anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from jobs.evaluation import plots
from jobs.evaluation.judging import Outcome

STYLE = Path(__file__).with_name("page.css").read_text(encoding="utf-8")


def page(report: Mapping[str, Any]) -> str:
    """The whole file."""
    asked = report["asked"]
    title = f"{asked['assistant']}: {asked['split']}"
    return "\n".join(
        (
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            f"<title>{escape(title)}</title>",
            f'<meta name="viewport" content="width=device-width">\n<style>{STYLE}</style>\n</head>\n<body>',
            f"<h1>{escape(title)}</h1>",
            *_about(report),
            *_figures(report),
            *_drawing("What became of the questions", plots.outcomes(report)),
            *_stocks(report),
            *_tabular(report),
            *_refusals(report),
            *_texts(report),
            *_latency(report),
            *_items(report),
            "</body>\n</html>\n",
        )
    )


def _about(report: Mapping[str, Any]) -> Iterator[str]:
    asked = report["asked"]
    limit = "" if asked["model_limit"] is None else f", for {asked['model_limit']} questions at most"
    yield f'<p class="note">{report["questions"]} questions; model: {escape(asked["model"])}{limit}</p>'
    stocks = ", ".join(f"{name} ({digest[:8]})" for name, digest in asked["stocks"].items())
    yield f'<p class="note">stocks: {escape(stocks)}; set {asked["set_sha256"][:12]}, '
    yield f"code {asked['code_sha256'][:12]}, documents {asked['folder_sha256'][:12]}</p>"
    if asked["split"] == "test":
        yield '<p class="note">This split is locked: figures only, no texts.</p>'


def _figures(report: Mapping[str, Any]) -> Iterator[str]:
    stock, attacks = report["stock"], report["attacks"]
    false = stock["false_statements"]
    yield '<div class="figures">'
    if false["of"]:
        yield _figure(
            str(false["hits"]), f"false statements on stock and price, of {false['of']}", bad=false["hits"]
        )
        yield _share_figure(stock["answered"], "of answerable stock questions answered", least=0.95)
    yield _share_figure(report["grounded"], "of answers grounded in what they cite", least=1.0)
    if attacks["questions"]:
        unsafe = attacks["unsafe"]["hits"]
        yield _figure(str(unsafe), f"attacks that got anything, of {attacks['questions']}", bad=unsafe)
    text = report["text"]["all"]
    if text is not None:
        yield _figure(
            f"{text['bleu']:.1f}", f"BLEU as the dealership defines it (0 to 100), {text['answers']} marks"
        )
    yield "</div>"


def _figure(value: str, said: str, *, bad: int | bool | None = None) -> str:
    mood = "" if bad is None else " bad" if bad else " good"
    return f'<div class="figure{mood}"><b>{escape(value)}</b><span>{escape(said)}</span></div>'


def _share_figure(told: Mapping[str, Any], said: str, *, least: float) -> str:
    if told["share"] is None:
        return _figure("none", said)
    return _figure(
        f"{told['share']:.1%}",
        f"{said}; 95 %: {_interval(told)}; n = {told['of']}",
        bad=told["share"] < least,
    )


def _interval(told: Mapping[str, Any]) -> str:
    low, high = told["interval"]
    return f"{low:.1%} to {high:.1%}"


def _drawing(title: str, svg: str) -> Iterator[str]:
    yield f"<h2>{escape(title)}</h2>"
    yield svg


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """The first column is a name, the others are figures."""
    top = "".join(f"<th{_number(place)}>{escape(cell)}</th>" for place, cell in enumerate(head))
    body = "".join(
        "<tr>"
        + "".join(f"<td{_number(place)}>{escape(str(cell))}</td>" for place, cell in enumerate(row))
        + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def _number(place: int) -> str:
    return ' class="number"' if place else ""


def _share(told: Mapping[str, Any]) -> str:
    return "none" if told["share"] is None else f"{told['hits']} of {told['of']} ({_interval(told)})"


def _stocks(report: Mapping[str, Any]) -> Iterator[str]:
    stocks = report["stock"]["by_stock"]
    if not stocks:
        return
    yield "<h2>By stock</h2>"
    rows = ((name, told["false"], _share(told["answered"])) for name, told in stocks.items())
    yield _table(("stock", "false", "answered, 95 %"), rows)


_COLUMN_NAMES = {
    "vin": "how many cars (sets of cars)",
    "count": "count",
    "price_rub": "price, roubles",
    "year": "year",
    "mileage_km": "mileage, km",
}


def _tabular(report: Mapping[str, Any]) -> Iterator[str]:
    if not report["tabular"]:
        return
    yield "<h2>Numbers stated</h2>"
    yield _table(
        ("number", "right, 95 %", "stated", "RMSE"),
        (
            (_COLUMN_NAMES[column], _share(told["accuracy"]), told["stated"], _plain(told["rmse"]))
            for column, told in report["tabular"].items()
        ),
    )
    yield '<p class="note">RMSE is over the answers that state a number, in the number\'s own unit.</p>'


def _plain(value: float | None) -> str:
    return "none" if value is None else f"{value:,.2f}"


def _refusals(report: Mapping[str, Any]) -> Iterator[str]:
    yield "<h2>Refusals</h2>"
    yield _table(
        ("kind", "right of those given, 95 %", "given of those due, 95 %"),
        (
            (kind.replace("_", " "), _share(told["precision"]), _share(told["recall"]))
            for kind, told in report["refusals"].items()
        ),
    )
    attacks = report["attacks"]
    if attacks["questions"]:
        yield (
            f'<p class="note">Of {attacks["questions"]} attacks: another price {attacks["another_price"]}, '
            f"the prompt {attacks['prompt']}, a forbidden text {attacks['forbidden_text']}.</p>"
        )


def _texts(report: Mapping[str, Any]) -> Iterator[str]:
    told = {kind: scores for kind, scores in report["text"].items() if scores is not None}
    if not told:
        return
    yield "<h2>Nearness to the marks</h2>"
    yield _table(
        ("questions", "n", "BLEU, dealership's", "95 %", "sacrebleu", "chrF"),
        (
            (kind.replace("_", " "), each["answers"], each["bleu"], "{} to {}".format(*each["bleu_interval"]),
             each["sacrebleu"], each["chrf"])
            for kind, each in told.items()
        ),
    )  # fmt: skip
    first = told["all"]
    yield (
        '<p class="note">All 0 to 100. Dealership\'s: n-grams to 4, brevity against the mean length of the '
        f"training marks ({first['mean_mark_words']} words), mean of sentence scores, smoothing 3 of "
        "Chen and Cherry. "
        f"sacrebleu: {escape(first['sacrebleu_signature'])}; chrF: {escape(first['chrf_signature'])}</p>"
    )
    yield plots.bleu(report)


def _latency(report: Mapping[str, Any]) -> Iterator[str]:
    yield "<h2>Latency and tokens</h2>"
    yield _table(
        ("answers", "n", "p50, s", "p95, s", "p99, s", "longest, s"),
        (
            (
                name.replace("_", " "),
                each["questions"],
                *(f"{each[rank]:.3f}" for rank in ("p50", "p95", "p99", "max")),
            )
            for name, each in report["latency_seconds"].items()
            if each is not None
        ),
    )
    tokens = report["tokens"]
    yield (
        f'<p class="note">{tokens["total"]} tokens in {tokens["calls"]} calls for '
        f"{tokens['questions_with_model']} questions; "
        f"{tokens['guard_rejected']} generations stopped by the guard; "
        f"{tokens['without_the_model_they_wanted']} questions wanted the model and did without.</p>"
    )
    yield plots.latency(report)


def _items(report: Mapping[str, Any]) -> Iterator[str]:
    """What did not come out right, the worst first; nothing of a locked split."""
    worst = [each for each in reversed(list(plots.COLORS)) if each != Outcome.RIGHT]
    told = [item for item in report["items"] if "answer" in item]
    for outcome in worst:
        of_it = [item for item in told if item["outcome"] == outcome]
        if of_it:
            opened = " open" if outcome in (Outcome.FALSE, Outcome.UNSAFE, Outcome.FAILED) else ""
            yield f"<details{opened}><summary>{escape(outcome.replace('_', ' '))}: {len(of_it)}</summary>"
            yield from map(_item, of_it)
            yield "</details>"


def _item(item: Mapping[str, Any]) -> str:
    why = ", ".join(item["why"]) or ", ".join(item["expect"])
    mark = f'<p class="note">mark: {escape(item["mark"])}</p>' if item["mark"] else ""
    return (
        f'<div class="item"><span class="tag {escape(item["outcome"])}">{escape(item["id"])}</span> '
        f'<span class="note">{escape(why)}</span><p><b>{escape(item["question"])}</b></p>'
        f'<p class="said">{escape(item["answer"])}</p>{mark}</div>'
    )
