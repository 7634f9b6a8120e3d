"""«А обычные?», «а обычный GLC?» in a dialogue: from what was spoken of the plain ones are set apart.

Knows that behind «CLA AMG» they are those of no AMG and behind «GLC купе» those of another body. Refuses to
know how one says so (`language/plain_versions.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from assistants.showroom.desk.memory import Talk
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.plain_versions import ALONE, WORD, lines_within, with_plain_versions
from assistants.showroom.language.reading import Reading
from core.russian import normalise


def of_plain_versions(
    question: str, talk: Talk, lexicon: Lexicon, read: Callable[[str], Reading]
) -> tuple[str, Talk]:
    """The question with what it sets itself apart from, and the dialogue as it means it."""
    before = talk.failed or talk.wish
    if before is None:
        return question, talk
    if ALONE.fullmatch(normalise(question)):
        lines = lines_within(frozenset(before.classes), lexicon)
        spoken_of = {*before.words, *before.models, *before.ruled_out("words")}
        return (f"а без {' и без '.join(lines)}", talk) if lines and spoken_of else (question, talk)
    plain = with_plain_versions(question, lexicon)
    same = plain != question and {*read(plain).wish.classes} & {*before.classes}
    if not (same and before.bodies):
        return question, talk
    denied = tuple(f"body:{body}" for body in before.bodies)
    other = before.without("bodies").model_copy(update={"excluded": (*before.excluded, *denied)})
    return WORD.sub("", question), replace(talk, wish=other, failed=None)
