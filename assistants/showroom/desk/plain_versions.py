"""«А обычные?», «а обычный GLC?» in a dialogue: from what was spoken of the plain ones are set apart.

Knows that behind «CLA AMG» they are those of no AMG, behind «GLC купе» those of another body and behind a
Maybach those of their class. Refuses to know how one says so (`language/plain_versions.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from assistants.showroom.desk.memory import Talk
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.plain_versions import ALONE, lines_within, without_plain
from assistants.showroom.language.reading import Reading
from core.russian import normalise


def of_plain_versions(
    question: str, talk: Talk, lexicon: Lexicon, read: Callable[[str], Reading]
) -> tuple[str, Talk]:
    """The question with what it sets itself apart from, and the dialogue as it means it."""
    before = talk.asked_last
    if before is None:
        return question, talk
    spoken_of = {*before.words, *before.models, *before.ruled_out("words")}
    lines = [
        line for line in lines_within(frozenset(before.classes), lexicon)
        if any(line.lower() in name.split() for name in spoken_of)
    ]  # fmt: skip
    if ALONE.fullmatch(normalise(question)):
        return (f"а без {' и без '.join(lines)}", talk) if lines else (question, talk)
    plain = without_plain(question, lexicon)
    named = {*read(plain).wish.classes} if plain != question else set[str]()
    if not named:
        return question, talk
    if named & {*before.classes} and before.bodies:
        denied = tuple(f"body:{body}" for body in before.bodies)
        other = before.without("bodies").model_copy(update={"excluded": (*before.excluded, *denied)})
        return plain, replace(talk, wish=other, failed=None)
    if lines:
        return without_plain(question, lexicon, lines), talk
    apart = before.names_a_car and not named & {*before.classes}
    return (plain if apart or before.ruled_out("classes") else question), talk
