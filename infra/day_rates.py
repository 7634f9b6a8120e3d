"""What the owner's page reckons a day's cost with, by stage and kind of endpoint.

Knows `day_rates.toml` beside it, which `attendant cost --rates` writes from the same lines as its bill.
Refuses to compute: the bill reads the templates, which are made here.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from core.day_costs import Rates
from infra.stages import ENDPOINTS, Stage

TABLE = Path(__file__).with_name("day_rates.toml")


def rates_of(stage: Stage) -> Rates | None:
    """None where nobody has written any for the stage."""
    kind = next(name for name, kind in ENDPOINTS.items() if isinstance(stage.endpoint, type(kind)))
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    told = table.get(stage.name, {}).get(kind)
    return None if told is None else Rates.model_validate(told)
