"""«Хотя белый тоже пойдёт», «бензин тоже можно»: what is accepted beside what was wanted before.

Knows that it takes back a refusal and adds to what was named, and replaces nothing. Refuses to know which
words name a value.
"""

from __future__ import annotations

import re

from assistants.showroom.language.wish import KIND_OF, Wish

_ACCEPTED = (
    r"(?:можно|подойд\w+|подходит|пойдет|сойдет|годится|устроит|устраивает|рассмотр\w+|рассматрива\w+|приму|допуст\w+"
    r"|норм\w*|ок|окей|согласен|согласна|не против|не возражаю|хорошо|бер(?:у|ем)|интересн\w+)"
)
_TOO = re.compile(
    rf"\b(?:тоже|также)\b.*\b{_ACCEPTED}\b|\b{_ACCEPTED} (?:тоже|также|и)\b"
    rf"|\b{_ACCEPTED} [\w-]+ (?:тоже|также)\b"
    rf"|^\W*(?:(?:хотя|впрочем|ладно|да|ну)\W+)*и [\w-]+ {_ACCEPTED}\b"
)
# «Седан тоже рассмотрю, если он дешевле 5 млн. Есть такой?» asks for that one alone.
_OF_IT_ALONE = re.compile(
    r"\bесли (?:он[аио]?|так(?:ой|ая|ое|ие))\b|\bесть(?: у вас| ли| сейчас)* так(?:ой|ая|ое|ие)\b"
)
_FIELDS = ("colors", "fuels", "bodies", "classes")


def also_accepted(wish: Wish, before: Wish, spelling: str) -> tuple[Wish, Wish]:
    """What is said and what was said before, each with what the other leaves of it."""
    if not _TOO.search(spelling) or _OF_IT_ALONE.search(spelling) or wish.excluded:
        return wish, before
    for field in _FIELDS:
        said, had = getattr(wish, field), getattr(before, field)
        pairs = {f"{KIND_OF[field]}:{value}" for value in said}
        if not said or not (had or pairs & {*before.excluded}):
            continue
        kept = tuple(pair for pair in before.excluded if pair not in pairs)
        before = before.model_copy(update={"excluded": kept})
        wish = wish.model_copy(update={field: tuple(dict.fromkeys((*had, *said))) if had else ()})
    return wish, before
