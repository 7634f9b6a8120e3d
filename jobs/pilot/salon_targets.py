"""The targets that the salon measures itself: callbacks by working hours, operators' shifts, visits.

Refuses to compute an interval (`estimates.py`), to judge (`verdicts.py`) and to word a target
(`findings.toml`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from core.visits import Stays
from jobs.pilot import estimates, plots
from jobs.pilot.evidence import Evidence
from jobs.pilot.settings import Period
from jobs.pilot.tables import Shift
from jobs.pilot.verdicts import TEXTS, Detail, Finding
from jobs.pilot.wording import Unit, counted, number, seconds

_OPERATORS, _REQUESTS = TEXTS["occupancy"].counted, TEXTS["callbacks_in_hours_change"].counted
_SHIFTS = ("смена", "смены", "смен")
_VISITS = ("посещение", "посещения", "посещений")
_NOON = time(12)
Shifts = Mapping[str, Sequence[Shift]]


@dataclass(frozen=True)
class Requests:
    """Of one part of the day: `hours` of it there were, `daily` are the requests of each day."""

    hours: float
    daily: tuple[int, ...]

    @property
    def count(self) -> int:
        return sum(self.daily)


def callbacks(evidence: Evidence) -> Iterator[Finding]:
    """In working hours, then out of them."""
    period = evidence.settings.before.callbacks_period
    before = split_by_hours(evidence, evidence.callbacks_before or (), period) if period else None
    after = split_by_hours(evidence, evidence.observed.callbacks, evidence.settings.pilot)
    for inside, key in ((True, "callbacks_in_hours_change"), (False, "callbacks_out_of_hours_change")):
        now, was = after[inside], before[inside] if before else None
        if was is None:
            yield evidence.finding(key, None, [_requests("Пилот", now)] if now.hours else [])
            continue
        scatter = estimates.dispersion([was.daily, now.daily])
        yield evidence.finding(
            key,
            estimates.change_of_rate(was.count, was.hours, now.count, now.hours, scatter),
            [_requests(name, each) for name, each in (("До пилота", was), ("Пилот", now)) if each.hours],
        )


def operators(evidence: Evidence) -> Iterator[Finding]:
    """Occupancy, then talk; shifts after the pilot's last day count nowhere."""
    pilot = evidence.settings.pilot
    before: defaultdict[str, list[Shift]] = defaultdict(list)
    after: defaultdict[str, list[Shift]] = defaultdict(list)
    for shift in evidence.shifts or ():
        day = shift.start.astimezone(evidence.zone).date()
        if day <= pilot.last_day:
            (after if day >= pilot.first_day else before)[shift.operator].append(shift)
    parts = {"До пилота": _parts(before), "Пилот": _parts(after)}
    ratios = {name: estimates.ratio_by_group(each) for name, each in parts.items()}
    yield evidence.finding(
        "occupancy",
        ratios["Пилот"],
        [
            Detail.of(name, each, Unit.RATIO, counted(each.size, *_OPERATORS))
            for name, each in ratios.items()
            if each is not None
        ],
        plot=plots.occupancy(parts, evidence.settings.targets.occupancy) if ratios["Пилот"] else "",
    )
    yield evidence.finding(
        "talk_time_change",
        estimates.change_by_group(_talk_of_a_shift(before), _talk_of_a_shift(after)),
        [*_talk("До пилота, за смену", before), *_talk("Пилот, за смену", after)],
    )


def page_time(evidence: Evidence) -> Finding:
    """Visits with the assistant against those without, day by day."""
    days = evidence.observed.visits
    rows = [
        (day.with_assistant.seconds, day.with_assistant.count, day.without.seconds, day.without.count)
        for day in days
        if day.with_assistant.count + day.without.count
    ]
    estimate = estimates.change_by_day(rows)
    sides = {
        "С помощником": [day.with_assistant for day in days],
        "Без помощника": [day.without for day in days],
    }
    details = [_visits(name, stays) for name, stays in sides.items() if any(each.count for each in stays)]
    plot = plots.visits(sides) if estimate else ""
    return evidence.finding("page_time_change", estimate, details, plot=plot)


def split_by_hours(evidence: Evidence, moments: Sequence[datetime], period: Period) -> dict[bool, Requests]:
    """By whether the salon was open. Its hours of today are taken for those of any day."""
    hours, zone = evidence.hours, evidence.zone
    days = [period.first_day + timedelta(days=place) for place in range(period.days)]
    counts: Counter[tuple[bool, date]] = Counter()
    for moment in moments:
        counts[hours.is_open(moment.astimezone(UTC)), moment.astimezone(zone).date()] += 1
    spans = [hours.today(datetime.combine(day, _NOON, zone)) for day in days]
    opened = [(span[1] - span[0]).total_seconds() / 3_600 if span else 0.0 for span in spans]
    parts = {}
    for inside in (True, False):
        lasting = opened if inside else [24 - each for each in opened]
        daily = tuple(counts[inside, day] for day, each in zip(days, lasting, strict=True) if each)
        parts[inside] = Requests(sum(lasting), daily)
    return parts


def _requests(name: str, each: Requests) -> Detail:
    rate = f"{number(10 * each.count / each.hours, 2)} за 10 часов"
    return Detail(name, rate, size=counted(each.count, *_REQUESTS))


def _visits(name: str, stays: Sequence[Stays]) -> Detail:
    count = sum(each.count for each in stays)
    return Detail(name, seconds(sum(each.seconds for each in stays) / count), size=counted(count, *_VISITS))


def _parts(shifts: Shifts) -> dict[str, tuple[float, float]]:
    """Seconds of talk and of shifts by operator."""
    return {
        name: (sum(each.talk_seconds for each in own), sum(each.seconds for each in own))
        for name, own in shifts.items()
    }


def _talk_of_a_shift(shifts: Shifts) -> dict[str, float]:
    return {name: sum(each.talk_seconds for each in own) / len(own) for name, own in shifts.items()}


def _talk(name: str, shifts: Shifts) -> Iterator[Detail]:
    talks = [each.talk_seconds for own in shifts.values() for each in own]
    if talks:
        yield Detail(name, seconds(sum(talks) / len(talks)), size=counted(len(talks), *_SHIFTS))
