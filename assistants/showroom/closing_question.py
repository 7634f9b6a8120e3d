"""The question of a message that tells a story besides: «Сосед поставил зарядку и пускает всех по очереди.
Есть ли у вас чёрный EQE?»

A visitor may tell of himself as long as he likes, in words of any trade, and ask in one plain sentence. Knows
when that sentence says all: what is told around it sets no criterion that it does not set itself. Refuses to
answer, and to leave out what may be a criterion.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.reading import Reading
from assistants.showroom.language.tellings import asks
from assistants.showroom.language.two_questions import SENTENCE_ENDS
from assistants.showroom.language.wish import CRITERIA
from core.russian import normalise

# «Не для понтов», «только чтобы не как у соседа», «но без фокусов»: a condition, understood or not.
_OPENS_A_CONDITION = re.compile(r"\W*(?:и |а )?(?:не|ни|без|кроме|только|лишь|но|чтоб\w*|главное)\b")
# «Хотим понять, насколько он надёжный»: another question, whatever sign closes it.
_ASKS_TOO = re.compile(r"\b(?:насколько|почему|зачем|каков\w*|\w+ ли)\b")
_ALL_KINDS = (*CRITERIA, ("order", "limit"))


def closing_question(text: str, read: Callable[[str], Reading], lexicon: Lexicon) -> str | None:
    """The sentence that asks; None where there is but one sentence, where several ask or where another sets
    a criterion.
    """
    sentences = [each for each in SENTENCE_ENDS.split(text.strip()) if re.search(r"\w", each)]
    asking = [each for each in sentences if "?" in each] or sentences[-1:]
    if len(sentences) < 2 or len(asking) != 1 or not ("?" in asking[0] or asks(normalise(asking[0]))):
        return None
    question = read(asking[0])
    plain = question.about_stock and not (question.residue or question.denials or question.unheld)
    if not plain:
        return None
    others = [each for each in sentences if each is not asking[0]]
    spellings = [normalise(each) for each in others]
    if any(_OPENS_A_CONDITION.match(each) or _ASKS_TOO.search(each) for each in spellings):
        return None
    return asking[0] if all(_adds_nothing(read(each), question, lexicon) for each in others) else None


def _adds_nothing(told: Reading, question: Reading, lexicon: Lexicon) -> bool:
    kinds = {kind for kind in _ALL_KINDS if told.wish.sets(*kind)}
    options = lexicon.names["option"]
    return (
        kinds <= {kind for kind in _ALL_KINDS if question.wish.sets(*kind)}
        and {*told.wish.excluded} <= {*question.wish.excluded}
        and not told.released
        and (not any(options.find(told.row)) or any(options.find(question.row)))
    )
