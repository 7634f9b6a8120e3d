"""The report of a pilot as one HTML file for the salon's owner: no script, no font, no network.

Russian, because its readers are. Everything is escaped: the salon's names come from its own files. Refuses to
compute anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from html import escape
from pathlib import Path

from jobs.evaluation import page as evaluation_page
from jobs.pilot.evidence import Evidence
from jobs.pilot.verdicts import Detail, Finding, Verdict
from jobs.pilot.wording import counted, number, period, probability

_HERE = Path(__file__).parent
_STYLE = evaluation_page.STYLE + (_HERE / "page.css").read_text(encoding="utf-8")
_READING = (_HERE / "reading.txt").read_text(encoding="utf-8").strip().split("\n\n")
_TILES = (
    (Verdict.REACHED, "цель достигнута", "цели достигнуты", "целей достигнуто", "good"),
    (Verdict.MISSED, "цель не достигнута", "цели не достигнуты", "целей не достигнуто", "bad"),
    (Verdict.UNDECIDED, "цель: данных мало", "цели: данных мало", "целей: данных мало", ""),
)


def page(evidence: Evidence, findings: Sequence[Finding], now: datetime) -> str:
    """The whole file; `now` is aware."""
    pilot = evidence.settings.pilot
    title = f"Пилот помощника: {pilot.salon}"
    return "\n".join(
        (
            '<!doctype html>\n<html lang="ru">\n<head>\n<meta charset="utf-8">',
            f"<title>{escape(title)}</title>",
            f'<meta name="viewport" content="width=device-width">\n<style>{_STYLE}</style>\n</head>\n<body>',
            f"<h1>{escape(title)}</h1>",
            *_about(evidence, now),
            *_tiles(findings),
            _summary(findings),
            *(part for finding in findings for part in _section(finding)),
            "<section><h2>Как читать этот отчёт</h2>",
            *(f"<p>{escape(each)}</p>" for each in _READING),
            "</section>\n</body>\n</html>\n",
        )
    )


def _about(evidence: Evidence, now: datetime) -> Iterator[str]:
    pilot, observed = evidence.settings.pilot, evidence.observed
    days = period(pilot.first_day, pilot.last_day)
    campaign = f", кампания «{pilot.campaign}»" if pilot.campaign else ""
    told = counted(len(observed.dialogues), "диалог", "диалога", "диалогов")
    yield f'<p class="note">{days}{escape(campaign)}; {told}, оценили {number(len(observed.csat))}.</p>'
    local = now.astimezone(evidence.zone)
    yield f'<p class="note">Отчёт составлен {local:%d.%m.%Y в %H:%M} ({evidence.hours.time_zone}).</p>'
    if local.date() <= pilot.last_day:
        yield '<p class="warning">Пилот ещё идёт: цифры предварительные.</p>'


def _tiles(findings: Sequence[Finding]) -> Iterator[str]:
    counts = Counter(finding.verdict for finding in findings)
    yield '<div class="figures">'
    for verdict, one, few, many, mood in _TILES:
        words = counted(counts[verdict], one, few, many).partition(" ")[2]
        shown = mood if counts[verdict] else ""
        yield f'<div class="figure {shown}"><b>{counts[verdict]}</b><span>{words}</span></div>'
    yield "</div>"


def _summary(findings: Iterable[Finding]) -> str:
    return _table(
        ("Цель пилота", "Нужно", "Получилось", "95 %", "Итог"),
        (
            (
                f'<a href="#{finding.key}">{escape(finding.title)}</a>',
                escape(_wanted(finding)),
                escape(_value(finding)),
                escape(_interval(finding)),
                _verdict(finding),
            )
            for finding in findings
        ),
    )


def _section(finding: Finding) -> Iterator[str]:
    texts, estimate = finding.texts, finding.estimate
    yield f'<section id="{finding.key}"><h2>{escape(finding.title)} {_verdict(finding)}</h2>'
    yield f"<p>{escape(texts.says)}</p>"
    if estimate is None:
        yield f'<p class="warning">{escape(texts.missing)}</p>'
    else:
        size = counted(estimate.size, *texts.counted)
        told = [_interval(finding), size, *([probability(estimate.p)] if estimate.p is not None else [])]
        small = f"<small>95 %: {escape('; '.join(told))}</small>"
        yield f'<p class="told"><b>{escape(_value(finding))}</b> {small}</p>'
        if finding.target is not None:
            yield f"<p>Цель: {escape(_wanted(finding))}.</p>"
    if finding.verdict is Verdict.UNDECIDED:
        yield f'<p class="warning">{escape(_too_few(finding))}</p>'
    yield from _details(finding.details)
    yield finding.plot
    notes = [*finding.notes, *([texts.note] if texts.note and estimate else [])]
    yield from (f'<p class="note">{escape(each)}</p>' for each in notes)
    if estimate is not None:
        yield f'<p class="note">Метод: {escape(texts.method)}.</p>'
    yield "</section>"


def _too_few(finding: Finding) -> str:
    assert finding.estimate is not None  # undecided is what was measured
    texts, estimate = finding.texts, finding.estimate
    size = counted(estimate.size, *texts.counted)
    if not estimate.enough:
        return f"Данных мало, чтобы судить: {size}, а этому методу нужно не меньше {estimate.least}."
    if finding.needed is None:
        return "Цифра слишком близка к цели: никакой разумный объём данных их не различит."
    return (
        f"Данных мало, чтобы судить: цель внутри интервала. Сейчас {size}; если разрыв останется таким же, "
        f"понадобится примерно {number(finding.needed)}."
    )


def _details(details: Sequence[Detail]) -> Iterator[str]:
    """Without the columns in which nothing stands."""
    if details:
        columns = [("", [each.name for each in details]), ("Значение", [each.value for each in details])]
        columns += [
            ("95 %", [each.interval for each in details]),
            ("Наблюдений", [each.size for each in details]),
        ]
        told = [(name, map(escape, cells)) for name, cells in columns if any(cells)]
        yield _table([name for name, _ in told], list(zip(*(cells for _, cells in told), strict=True)))


def _value(finding: Finding) -> str:
    return "—" if finding.estimate is None else finding.texts.unit.write(finding.estimate.value)


def _interval(finding: Finding) -> str:
    if finding.estimate is None:
        return ""
    interval = finding.estimate.interval
    return finding.texts.unit.between(interval.low, interval.high)


def _wanted(finding: Finding) -> str:
    if finding.target is None:
        return "не задана"
    bound = finding.texts.unit.write(finding.target.bound)
    return f"не выше {bound}" if finding.target.at_least is None else f"не ниже {bound}"


def _verdict(finding: Finding) -> str:
    return f'<span class="verdict {finding.verdict.name}">{finding.verdict.value}</span>'


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Cells are HTML. On a phone each row stands as a card, its cells named by the head."""
    top = "".join(f"<th>{cell}</th>" for cell in head)
    body = "".join(
        "<tr>"
        + "".join(
            f'<td data-name="{name}">{cell}</td>' if name and place else f"<td>{cell}</td>"
            for place, (name, cell) in enumerate(zip(head, row, strict=True))
        )
        + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
