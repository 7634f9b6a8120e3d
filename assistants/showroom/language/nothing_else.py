"""«Ничего, кроме GLS, не интересует», «лучше GLS, чем GLC»: what alone is wanted, said by refusing the rest.

Knows that such a denial holds for all but the thing named. Refuses to know things; whether there is anything
else («кроме GLS ничего нет?») is another question.
"""

from __future__ import annotations

import re

from assistants.showroom.language import phrases
from core.russian import normalise

_NOTHING = r"(?:ничего|ничто|никто|никак(?:ой|ая|ие|ого|их|ую|ое|ом)|ни на что|ни на как\w+|ни о чем)"
_OTHER = (
    r"(?: (?:друг\w+|ин(?:ой|ого|ых|ую|ые)|больше|машин\w*|автомобил\w*|вариант\w*|модел\w*|цвет\w*|еще))*"
)
_EXCEPT = r"(?:кроме|помимо|окромя)"
_WHOM = r"(?: (?:мне|меня|нам|нас|я|мы|она|он|ее|его|ей|ему|жену|жена|мужа|муж|уже|вообще|больше))*"
_UNWANTED = rf"не {phrases.UNWANTED}\w*"
_THING = r"(?P<thing>[^,.;!?]{1,60}?)"
_ALONE = (
    rf"\b{_NOTHING}{_OTHER},? {_EXCEPT} {_THING},?{_WHOM} {_UNWANTED}",
    rf"\b{_EXCEPT} {_THING},?{_WHOM} {_NOTHING}{_OTHER}{_WHOM} {_UNWANTED}",
    rf"\b{_EXCEPT} {_THING},?{_WHOM} {_UNWANTED} {_NOTHING}{_OTHER}",
    rf"\b(?:все|остальное|любые|любой),? {_EXCEPT} {_THING},?{_WHOM} {_UNWANTED}",
)
_WANTED_ALONE = [re.compile(rf"{form}(?=\W*(?:[,.;!?]|$))") for form in _ALONE]
_LEADS = re.compile(
    rf"\b(?:{_UNWANTED}{_WHOM} {_NOTHING}{_OTHER}|никак(?:ой|ая|ие|ого|их|ую|ое|ом) друг\w+),? {_EXCEPT} "
)
# «Лучше GLS, чем GLC», which asks nothing.
_RATHER = re.compile(
    r"\b(?:лучше|скорее) (?P<thing>[^,.;!?]{1,30}?),? (?:чем|нежели) (?=[^,.;!?]{1,30}[.!]*$)"
)


def with_only(text: str) -> str:
    """The text with «только» before what alone is wanted, and «а не» before what it is preferred to."""
    spelling = normalise(text)
    if len(spelling) != len(text):
        return text
    for form in _WANTED_ALONE:
        if (match := form.search(spelling)) is not None:
            return f"{text[: match.start()]}только {text[slice(*match.span('thing'))]}{text[match.end() :]}"
    if (match := _LEADS.search(spelling)) is not None:
        return f"{text[: match.start()]}только {text[match.end() :]}"
    if (match := _RATHER.search(spelling)) is not None:
        thing = text[slice(*match.span("thing"))]
        return f"{text[: match.start()]}{thing}, а не {text[match.end() :]}"
    return text
