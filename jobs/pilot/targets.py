"""The targets of a pilot, each with its figure: which numbers it takes and by which method.

Here those of the assistant's own dialogues; what the salon measures itself is in `salon_targets.py`. Refuses
to compute an interval (`estimates.py`), to judge (`verdicts.py`) and to word a target (`findings.toml`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from jobs.evaluation import intervals
from jobs.pilot import estimates, plots, salon_targets
from jobs.pilot.evidence import Evidence
from jobs.pilot.settings import Quarter
from jobs.pilot.verdicts import TEXTS, Detail, Finding
from jobs.pilot.wording import Unit, counted, number, percent, probability, seconds

_DIALOGUES, _RATINGS = TEXTS["dialogue_time_change"].counted, TEXTS["csat"].counted
PROMOTER, PASSIVE = 9, 7


def findings(evidence: Evidence) -> list[Finding]:
    """In the order of the report."""
    found = [
        stress(evidence),
        answered_in_time(evidence),
        dialogue_time(evidence),
        csat(evidence),
        nps(evidence),
        marks(evidence),
        *salon_targets.callbacks(evidence),
        *salon_targets.operators(evidence),
        salon_targets.page_time(evidence),
    ]
    order = list(TEXTS)
    return sorted(found, key=lambda finding: order.index(finding.key))


def stress(evidence: Evidence) -> Finding:
    run = evidence.stress
    if run is None:
        return evidence.finding("stress_answered_in_time", None)
    each_alone = [str(place) for place in range(run.questions)]
    details = [Detail("Ответ или уведомление об ожидании", percent(run.noticed / run.questions))]
    if run.p95_seconds is not None:
        details.append(Detail("95 из 100 ответов готовы за", seconds(run.p95_seconds)))
    return evidence.finding(
        "stress_answered_in_time",
        estimates.share([place < run.in_time for place in range(run.questions)], each_alone),
        details,
        [f"Вопросов, оставшихся без ответа: {run.lost}; с двумя разными ответами: {run.twice}."],
    )


def answered_in_time(evidence: Evidence) -> Finding:
    limit = evidence.settings.pilot.answer_seconds
    told = [(str(n), wait) for n, each in enumerate(evidence.observed.dialogues) for wait in each.waits]
    hits = [wait is not None and wait <= limit for _, wait in told]
    waits = [wait for _, wait in told if wait is not None]
    return evidence.finding(
        "answered_in_time",
        estimates.share(hits, [group for group, _ in told]),
        plot=plots.waits(waits, limit) if waits else "",
    )


def dialogue_time(evidence: Evidence) -> Finding:
    before = evidence.operator_seconds or ()
    after = [each.seconds for each in evidence.observed.dialogues if each.seconds is not None]
    estimate = estimates.change_of_mean(before, after)
    details = [*_mean_seconds("Операторы, в среднем", before), *_mean_seconds("Помощник, в среднем", after)]
    return evidence.finding(
        "dialogue_time_change",
        estimate,
        details,
        plot=plots.durations({"операторы": before, "помощник": after}) if estimate else "",
    )


def csat(evidence: Evidence) -> Finding:
    given, dialogues = evidence.observed.csat, len(evidence.observed.dialogues)
    each_alone = [str(place) for place in range(dialogues)]
    rated = estimates.share([place < len(given) for place in range(dialogues)], each_alone)
    details = (
        [Detail.of("Оценили диалог", rated, Unit.SHARE, counted(dialogues, *_DIALOGUES))] if rated else []
    )
    plot = plots.marks(Counter(given)) if given else ""
    return evidence.finding("csat", estimates.mean(given), details, plot=plot)


def nps(evidence: Evidence) -> Finding:
    quarters = [(quarter.name, _counts(quarter)) for quarter in evidence.settings.nps_quarters]
    year = _sums([counts for _, counts in quarters])
    now = nps_counts(evidence.observed.nps)
    told = [
        (name, counts, estimate)
        for name, counts in [*quarters, ("Все кварталы", year), ("Пилот", now)]
        if (estimate := estimates.nps(counts)) is not None
    ]
    estimate = estimates.change_of_nps(year, now)
    return evidence.finding(
        "nps_change",
        estimate,
        [Detail.of(name, each, Unit.POINTS, counted(sum(counts), *_RATINGS)) for name, counts, each in told],
        plot=plots.points([(name, each) for name, _, each in told], "NPS") if estimate else "",
    )


def nps_counts(given: Sequence[int]) -> tuple[int, int, int]:
    """Promoters, passives, detractors."""
    promoters = sum(mark >= PROMOTER for mark in given)
    passives = sum(PASSIVE <= mark < PROMOTER for mark in given)
    return promoters, passives, len(given) - promoters - passives


def marks(evidence: Evidence) -> Finding:
    found = evidence.marks
    if found is None:
        return evidence.finding("marks_difference", None)
    won, decided = found.assistant_preferred, found.assistant_preferred + found.operator_preferred
    details = [
        Detail.of("Операторы, средняя оценка", found.operator, Unit.MARK),
        Detail.of("Помощник, средняя оценка", found.assistant, Unit.MARK),
    ]
    notes = [f"Поровну в {counted(found.same, 'диалоге', 'диалогах', 'диалогах')}."]
    if share := intervals.of_share(won, decided):
        between = Unit.SHARE.between(share.low, share.high)
        details.append(
            Detail("Помощник лучше", percent(won / decided), between, counted(decided, *_DIALOGUES))
        )
    if found.p is not None:
        notes.append(f"Критерий знаков: {probability(found.p)}.")
    if found.alpha is not None:
        notes.append(
            f"Согласие оценивающих (альфа Криппендорфа): {number(found.alpha, 2)}. "
            "От 0,8 оценки надёжны, ниже 0,667 выводов из них делать нельзя."
        )
    return evidence.finding("marks_difference", found.difference, details, notes)


def _mean_seconds(name: str, values: Sequence[float]) -> Iterator[Detail]:
    estimate = estimates.mean(values)
    if estimate is not None:
        yield Detail.of(name, estimate, Unit.DURATION, counted(len(values), *_DIALOGUES))


def _counts(quarter: Quarter) -> tuple[int, int, int]:
    return quarter.promoters, quarter.passives, quarter.detractors


def _sums(rows: Sequence[tuple[int, int, int]]) -> tuple[int, int, int]:
    return sum(row[0] for row in rows), sum(row[1] for row in rows), sum(row[2] for row in rows)
