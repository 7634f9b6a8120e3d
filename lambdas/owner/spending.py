"""What the salon's days cost, estimated: the endpoint, the questions and what is paid for every day.

The endpoint and nearly all else is shared by every assistant of the deployment, and an owner looks after all
of them: so the figure is the whole platform's, whichever assistant is asked for. Nothing is divided. Refuses
to know prices: `infra` hands the rates over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.analytics.metrics import DayNumbers
from lambdas.owner.services import Services


def platform_costs(
    services: Services, assistant: str, zone: ZoneInfo, days: Sequence[DayNumbers]
) -> dict[date, float | None]:
    """None on a day on which nobody counted. `days` are those of `assistant`, today the last; the questions
    of another one count on the day of its own zone. Raises StoreAway.
    """
    if services.rates is None:
        return dict.fromkeys(numbers.day for numbers in days)
    questions = Counter({numbers.day: numbers.turns for numbers in days})
    for other in services.specs.keys() - {assistant}:
        for numbers in services.metrics.trends(other, len(days)):
            questions[numbers.day] += numbers.turns
    return {numbers.day: _cost(services, zone, numbers.day, questions[numbers.day]) for numbers in days}


def _cost(services: Services, zone: ZoneInfo, day: date, questions: int) -> float | None:
    begin, end = (datetime.combine(day + timedelta(days=step), time(), zone) for step in (0, 1))
    minutes = services.awake.minutes(begin, end)
    if minutes is None or services.rates is None:
        return None
    now = services.clock()
    passed = min(now, end).timestamp() - min(now, begin).timestamp()
    return services.rates.cost(copy_minutes=minutes, questions=questions, passed=timedelta(seconds=passed))
