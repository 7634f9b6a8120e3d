"""The Russian of asking what a car comes to with its options: «вместе», «итого», «наименьшая сумма».

Knows how a sum is asked for, and how one more option is added or one alone is kept. Refuses to know cars,
options and sums.
"""

from __future__ import annotations

import re

_LEAST = r"(?:минимальн|наименьш|наинизш|самая маленьк|сам\w+ низк)\w+"
_TOGETHER = re.compile(
    r"\bвместе\b|\bитог\w*|\bв сумме\b|\b(?:общ|полн)\w+ (?:цен|стоим|сумм)\w*|\bбудет стоить\b|\bобойд\w+"
    r"|\bвыйдет\b|\bвстанет\b|\bполуч\w+|\bс учетом\b|\bплюс\b|\+|\bдобав\w+|\bсколько всего\b"
    rf"|\b{_LEAST} (?:\w+ )?сумм\w*|\b(?:какова|какая|назовите|нужна) (?:\w+ )?сумм\w*"
    r"|\b(?:считая|включая|учитывая)\b|\bс ценой\b"
)
_ADDS = re.compile(
    r"\bеще\b|\bдобав\w*|\bплюс\b|\bтакже\b|\b(?:а|и) (?:если )?со?\b|\bв придачу\b|\bвдобавок\b|\bзаодно\b"
)
_ALONE = re.compile(
    r"\b(?:только|лишь|исключительно)\b|\bодн(?:ой|им|у|ою)\b|\bодин\b(?! из)|\bбез остальн\w+"
)
# «Самая дешёвая панорама» asks for the option, «самая дешёвая машина с ней» for the car.
_LEAST_OPTION = re.compile(
    r"\b(?:дешев|недорог|доступн|бюджетн)\w+ (?:опци|пакет|доп\b|допы|комплектаци)"
    r"|\bопци\w+ (?:самая )?дешев"
)


def asks_the_sum(spelling: str) -> bool:
    """«Сколько выйдет вместе?», «назовите наименьшую сумму», «считая опцию»."""
    return _TOGETHER.search(spelling) is not None


def adds_more(spelling: str) -> bool:
    """«А с панорамой?», «и ещё подогрев руля в придачу»: beside what was reckoned before."""
    return _ADDS.search(spelling) is not None and not keeps_one(spelling)


def keeps_one(spelling: str) -> bool:
    """«А с одной только камерой?»: without what was reckoned before."""
    return _ALONE.search(spelling) is not None


def asks_the_least_option(spelling: str) -> bool:
    """«Какая опция самая дешёвая?»"""
    return _LEAST_OPTION.search(spelling) is not None
