"""Two questions in one message: «Есть ли C 180 и где вы находитесь?».

Knows where Russian may begin another question. Refuses to know whether the parts can be answered.
"""

from __future__ import annotations

import re

SENTENCE_ENDS = re.compile(r"(?<=[?!.…])\s+")
_ANOTHER = re.compile(
    r",?\s+(?:и|а)\s+(?:также\s+|еще\s+|ещё\s+)?"
    r"(?=(?:где|куда|когда|как|какой|какая|какое|какие|каков|сколько|почем|почём|есть|можно|нужно|надо"
    r"|во сколько|до скольки|до какого|что такое|чем|принимаете|работаете|делаете|\w+ ли)\b)",
    re.IGNORECASE,
)


def two_questions(text: str) -> tuple[str, str] | None:
    """The two parts of a message, None where it is one question or more than two."""
    for cut in (SENTENCE_ENDS, _ANOTHER):
        parts = [part.strip(" ,") for part in cut.split(text.strip())]
        if len(parts) == 2 and all(re.search(r"\w", part) for part in parts):
            return parts[0], parts[1]
    return None
