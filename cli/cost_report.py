"""How an estimate is shown: as a table on the terminal, as JSON, as the generated part of docs/cost.md.

Knows words and columns. Refuses to compute what `cli/estimate.py` does not say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from cli.cost import Comparison, Nap
from cli.estimate import MODEL, Estimate
from cli.usage import usage
from core.prices import Price, price_table

MARK = " *"
NOT_CONFIRMED = "not confirmed"


def as_json(comparison: Comparison) -> dict[str, Any]:
    """The whole estimate; amounts of money are US dollars."""
    materials = comparison.materials
    return {
        "stage": materials.stage,
        "endpoint": materials.endpoint.kind,
        "region": comparison.region,
        "month": f"{comparison.month:%Y-%m}",
        "currency": price_table().currency,
        "prices_of": price_table().collated.isoformat(),
        "usage_of": usage().measured.on.isoformat(),
        "office_hours": round(comparison.office_hours, 2),
        "levels": [_level(each) for each in comparison.estimates],
        "always_awake": _nap(comparison.always),
        "sleeping": [_nap(each) for each in comparison.naps],
        "caps": {
            "budget_usd_per_month": materials.budget_usd_per_month,
            "breaker_usd_per_hour": materials.usd_per_hour,
        },
        "not_confirmed": [_price(each) for each in unconfirmed(comparison)],
        "not_measured": comparison.estimates[0].not_measured,
        "not_priced": comparison.estimates[0].not_priced,
    }


def _level(estimate: Estimate) -> dict[str, Any]:
    return {
        "questions_per_minute": estimate.bill.month.per_minute,
        "questions": round(estimate.bill.month.questions),
        "usd": round(estimate.usd, 2),
        "endpoint_usd": round(estimate.endpoint_usd, 2),
        "endpoint_percent": round(estimate.endpoint_percent, 1),
        "standing_usd": round(estimate.standing_usd, 2),
        "usd_per_thousand_questions_without_endpoint": round(estimate.usd_per_thousand, 4),
        "copies": estimate.bill.copies,
        "copies_needed": estimate.bill.copies_needed,
        "lines": [
            {
                "part": line.part,
                "what": line.what,
                "amount": line.amount,
                "usd": round(line.usd, 4),
                "grows_with_questions": line.grows,
                "prices": [each.name for each in line.prices],
                "confirmed": line.confirmed,
            }
            for line in estimate.lines
        ],
    }


def _nap(nap: Nap) -> dict[str, Any]:
    return {
        "how": nap.how,
        "awake_hours": round(nap.awake_hours, 2),
        "saved_hours": round(nap.saved_hours, 2),
        "saved_usd": round(nap.saved_usd, 2),
    }


def _price(price: Price) -> dict[str, Any]:
    return {
        "name": price.name,
        "what": price.what,
        "region": price.region,
        "usd": price.usd,
        "unit": price.unit,
        "source": price.source.page,
    }


def unconfirmed(comparison: Comparison) -> list[Price]:
    """Each figure once that the table could not confirm."""
    prices = (each for estimate in comparison.estimates for line in estimate.lines for each in line.prices)
    return list({price.name: price for price in prices if not price.confirmed}.values())


def rows(estimates: Sequence[Estimate]) -> Iterator[tuple[str, ...]]:
    """Part, what, dollars at each load, amount at the lowest load; parts are summed."""
    part = ""
    for lines in zip(*(estimate.lines for estimate in estimates), strict=True):
        first = lines[0]
        if first.part != part:
            part = first.part
            sums = (money(_part(estimate, part)) for estimate in estimates)
            yield (part, "", *sums, "")
        mark = "" if first.confirmed else MARK
        yield ("", first.what + mark, *(money(line.usd) for line in lines), first.amount)
    yield ("Total", "", *(money(estimate.usd) for estimate in estimates), "")


def _part(estimate: Estimate, part: str) -> float:
    return sum(line.usd for line in estimate.lines if line.part == part)


def money(usd: float) -> str:
    return f"{usd:,.2f}"


def headings(comparison: Comparison) -> tuple[str, ...]:
    levels = (f"{each.bill.month.per_minute:g}/min" for each in comparison.estimates)
    return ("", "", *levels, f"at {comparison.estimates[0].bill.month.per_minute:g}/min")


def as_text(comparison: Comparison) -> Iterator[str]:
    """Line by line, for a terminal."""
    table = [headings(comparison), *rows(comparison.estimates)]
    widths = [max(len(row[column]) for row in table) for column in range(len(table[0]))]
    yield _title(comparison)
    yield ""
    for number, row in enumerate(table):
        is_head = number == 0 or bool(row[0])
        cells = [
            f"{cell:<{width}}" if column in (0, 1, len(row) - 1) else f"{cell:>{width}}"
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        if is_head and number > 1:
            yield ""
        yield "  ".join(cells).rstrip()
    yield ""
    yield from sentences(comparison)


def _title(comparison: Comparison) -> str:
    materials = comparison.materials
    return (
        f"{materials.stage}, {materials.endpoint.kind} endpoint, {comparison.region},"
        f" {comparison.month:%B %Y}: US dollars a month at list prices of {price_table().collated}"
    )


def sentences(comparison: Comparison) -> Iterator[str]:
    """What the table means: shares, sleep, caps, and what is not certain."""
    lowest = comparison.estimates[0]
    questions = ", ".join(f"{each.bill.month.questions:,.0f}" for each in comparison.estimates)
    yield f"Questions a month, in {comparison.office_hours:,.0f} office hours: {questions}."
    yield f"A further thousand questions, without the endpoint: ${lowest.usd_per_thousand:.2f}."
    yield f"Without a single question and without the endpoint: ${money(lowest.standing_usd)}."
    if lowest.endpoint_usd:
        shares = ", ".join(f"{each.endpoint_percent:.0f} %" for each in comparison.estimates)
        yield f"The endpoint's share: {shares}."
    yield from _endpoint(comparison)
    yield from _caps(comparison, lowest)
    doubtful = unconfirmed(comparison)
    if doubtful:
        told = "; ".join(f"{each.what}, {each.region}: ${each.usd:g} a {each.unit}" for each in doubtful)
        yield f"*{NOT_CONFIRMED}: {told}. See core/prices.toml."
    if lowest.not_measured:
        yield f"Not measured and left out: {', '.join(lowest.not_measured)}."
    if lowest.not_priced:
        yield f"Not priced and left out: {', '.join(lowest.not_priced)}."


def _endpoint(comparison: Comparison) -> Iterator[str]:
    lowest = comparison.estimates[0]
    instance = lowest.bill.instance
    if instance is None:
        if not any(line.part == MODEL and not line.prices for line in lowest.lines):
            yield "The model's tokens are not in it: say --usd-per-million-tokens."
        return
    always, copies = comparison.always, lowest.bill.copies
    if comparison.materials.sleep is None:
        yield (
            f"It is awake day and night, {always.awake_hours:,.0f} hours, because the assistant exists for"
            f" the hours when nobody else answers: ${money(instance.of(always.awake_hours * copies))}."
        )
    for nap in comparison.naps:
        saved = f"saves {nap.saved_hours:,.0f} hours, ${money(nap.saved_usd)}."
        yield f"{nap.how[0].upper()}{nap.how[1:]}: {saved}"
    for each in comparison.estimates:
        if each.bill.copies_needed > each.bill.copies:
            yield (
                f"At {each.bill.month.per_minute:g}/min the model would need {each.bill.copies_needed} copies"
                f" and may have {each.bill.copies}: the rest is answered from facts and passages."
            )


def _caps(comparison: Comparison, lowest: Estimate) -> Iterator[str]:
    budget, cap = comparison.materials.budget_usd_per_month, comparison.materials.usd_per_hour
    if budget is not None:
        yield f"The stage's budget is ${budget:,} a month, with alerts at 50, 80 and 100 %."
    if lowest.bill.instance is not None:
        copies = comparison.materials.endpoint.max_copies
        yield (
            f"The breaker shuts the endpoint down above ${cap:.2f} an hour;"
            f" {copies} x {lowest.bill.instance.name} is ${lowest.bill.instance.of(copies):.2f}."
        )


def as_markdown(comparison: Comparison) -> Iterator[str]:
    """A section of docs/cost.md."""
    head = headings(comparison)
    yield f"### {_title(comparison)}"
    yield ""
    yield "| | | " + " | ".join(head[2:]) + " |"
    yield "|---|---|" + "---:|" * len(comparison.estimates) + "---|"
    for row in rows(comparison.estimates):
        cells = [f"**{cell}**" if row[0] and cell else cell for cell in row]
        yield "| " + " | ".join(cells) + " |"
    yield ""
    yield from (f"- {sentence}" for sentence in sentences(comparison))
