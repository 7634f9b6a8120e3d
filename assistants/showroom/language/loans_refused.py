"""How a car is not to be paid for: «без кредита», «кредит не беру», «за наличные».

Knows such clauses, which say nothing of the car that is wanted. Refuses to know ways of paying that are asked
about: «за наличные дешевле?», «можно без кредита?» keep every word.
"""

from __future__ import annotations

import re

from core.russian import normalise

_LENT = r"(?:авто)?(?:кредит|рассрочк|лизинг|заем|займ)(?:а|у|и|е|ом|ой)?"
_WANTS = (
    r"(?:бер[уе]м?|нуж(?:ен|на|но)|надо|хочу|хотим|интересу\w+|интересен|рассматрива\w+|буд(?:у|ем)|планиру\w+"
    r"|оформля\w+|предлага\w+|требуется|понадобится)"
)
_BUYING = r"(?:(?:беру|берем|покупаю|покупаем|куплю|возьму|плачу|оплачу|рассчитаюсь)(?: (?:сразу|буду))? )?"
_REFUSED = re.compile(
    rf"[\s,;.—–-]*\b(?:и )?{_BUYING}"
    rf"(?:без (?:всякого )?{_LENT}|не в {_LENT}|за (?:наличные|наличку|нал|кэш)|наличными"
    rf"|(?:в )?{_LENT} (?:мне |нам |точно )?не {_WANTS}|не {_WANTS} (?:в )?{_LENT})\b"
)
_ASKED_ABOUT = re.compile(r"\bдешевле\b|\bскидк|\bвыгод|\bможно\b|\bдороже\b|\bусловия\b|\bпроцент")


def without_refused_loan(question: str) -> str:
    """The question without such clauses; as it is where the way of paying is what it asks about."""
    spelling = normalise(question)
    if len(spelling) != len(question) or _ASKED_ABOUT.search(spelling):
        return question
    rest, end = "", 0
    for match in _REFUSED.finditer(spelling):
        rest, end = rest + question[end : match.start()], match.end()
    return (rest + question[end:]).strip(" ,;—–-") if end else question
