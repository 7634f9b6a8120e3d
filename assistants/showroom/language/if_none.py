"""A wish and what is wanted where it cannot be met: «Есть E-класс? Если нет, покажите седаны до 10 млн».

Knows how Russian sets the second wish apart. Refuses to know what is in stock.
"""

from __future__ import annotations

import re

_WHOM = r"(?:так(?:ого|их|ой|ая|ие)|его|ее|её|их|вдруг|у вас|уже|сейчас|в наличии|на складе|подходящ\w+)"
_IF_NONE = re.compile(
    rf"^(?P<first>.*?\w)[\s?!.,;…—–-]+(?:(?:а|и|но|ну)\s+)?если\s+(?:{_WHOM}\s+)*"
    r"(?:нет(?:у)?|не (?:будет|найд\w+|окажется|имеется|остал\w+)|отсутству\w+)\b"
    rf"(?:\s+{_WHOM}\b)*[\s,—–:-]*(?:то\b|тогда\b)?[\s,]*(?P<rest>\w.*)$",
    re.IGNORECASE | re.DOTALL,
)


# «Если нет дизельного GLC, то какие есть дизельные GLB?», «если GLC нет, то …»
_IF_NO = re.compile(
    r"^\W*если\s+(?:у вас\s+|вдруг\s+|сейчас\s+)*"
    r"(?:нет(?:у)?|не (?:будет|найд\w+|окажется|имеется|остал\w+))"
    rf"(?:\s+{_WHOM}\b)*\s+(?P<first>\w[^?.!]*?)(?:\s*,)?\s+(?:то|тогда)\b[\s,]*(?P<rest>\w.*)$",
    re.IGNORECASE | re.DOTALL,
)

_IF_WITHOUT = re.compile(
    r"^\W*если\s+(?!нет|не\b)(?P<first>\w[^?.!,]*?)\s+(?:нет(?:у)?|не (?:будет|найд\w+|окажется|остал\w+))"
    r"(?:\s*,)?\s+(?:то|тогда)\b[\s,]*(?P<rest>\w.*)$",
    re.IGNORECASE | re.DOTALL,
)


def if_none(question: str) -> tuple[str, str] | None:
    """The first wish and the second; None where there is but one."""
    match = _IF_NO.match(question.strip()) or _IF_WITHOUT.match(question.strip())
    if match is not None:
        return f"есть {match['first']}?", match["rest"]
    match = _IF_NONE.match(question.strip())
    return (match["first"], match["rest"]) if match is not None else None
