"""The generated part of docs/cost.md: PROD with every kind of endpoint, the comparisons, the price table.

Knows what the page compares. The text around it is written by hand and stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from cli.cost import Comparison, Wish, compare
from cli.cost_report import MARK, as_markdown, money
from core.prices import GLOBAL, HOME_REGION, PriceEntry, price, price_table

BEGIN, END = "<!-- `attendant cost --page` writes from here -->", "<!-- to here -->"
STAGE = "prod"
KINDS = ("sagemaker", "ec2", "external")
MONTH = date(2026, 12, 1)
REGIONS = (HOME_REGION, "us-east-1")


def write(page: Path) -> None:
    """Puts the generated part between its marks. Raises CommandFailed."""
    page.write_text(with_part(page.read_text(encoding="utf-8"), generated()), encoding="utf-8")


def with_part(text: str, part: str) -> str:
    head, _, rest = text.partition(BEGIN)
    return f"{head}{BEGIN}\n\n{part}\n{END}{rest.partition(END)[2]}"


def generated() -> str:
    made = {
        kind: compare(Wish(stage=STAGE, endpoint=kind, month=f"{MONTH:%Y-%m}", region=HOME_REGION))
        for kind in KINDS
    }
    return "\n".join((*_comparison(made), *_network(made["ec2"]), *_sections(made), *_prices())) + "\n"


def _comparison(made: Mapping[str, Comparison]) -> Iterator[str]:
    yield from ("### The endpoints side by side, at the lowest load", "")
    yield from (
        "| endpoint | it alone | everything | with the endpoint asleep out of hours |",
        "|---|---:|---:|---:|",
    )
    for kind, comparison in made.items():
        lowest = comparison.estimates[0]
        napping = money(lowest.usd - comparison.naps[0].saved_usd) if comparison.naps else ""
        yield f"| {kind} | {money(lowest.endpoint_usd)} | {money(lowest.usd)} | {napping} |"
    yield ""


def _network(comparison: Comparison) -> Iterator[str]:
    """What the network of EC2 costs with interface endpoints, and what it would with NAT gateways."""
    hours = comparison.always.awake_hours
    zones = comparison.materials.interface_endpoint_zones
    endpoints = price("interface_endpoint", comparison.region).of(zones * hours)
    gateway = price("nat_gateway", comparison.region).of(hours)
    gb = price("nat_gateway_data", comparison.region).usd
    yield from ("### Interface endpoints against NAT gateways", "")
    yield from ("| | a month | each GB |", "|---|---:|---:|")
    yield f"| {zones} interface endpoints, counted by zone | {money(endpoints)} | 0.01 |"
    yield f"| one NAT gateway for all zones | {money(gateway)} | {gb} |"
    yield f"| one NAT gateway in each of two zones | {money(2 * gateway)} | {gb} |"
    yield ""


def _sections(made: Mapping[str, Comparison]) -> Iterator[str]:
    for comparison in made.values():
        yield from as_markdown(comparison)
        yield ""


def _prices() -> Iterator[str]:
    table = price_table()
    yield from (f"### The price table, {table.collated}", "")
    yield f"| what | unit | {' | '.join(REGIONS)} | source, read |"
    yield "|---|---|---:|---:|---|"
    for entry in (*table.instances.values(), *table.prices.values()):
        source = table.sources[entry.source]
        figures = " | ".join(_figure(entry, region) for region in REGIONS)
        yield f"| {entry.what} | {entry.unit} | {figures} | [{source.page}]({source.url}), {source.read} |"
    yield from ("", f"{MARK.strip()} not confirmed: `core/prices.toml` says where the figure comes from.")


def _figure(entry: PriceEntry, region: str) -> str:
    place = GLOBAL if GLOBAL in entry.usd else region
    figure = f"{entry.usd[place]:.10f}".rstrip("0").rstrip(".")
    return figure if place in entry.confirmed else figure + MARK
