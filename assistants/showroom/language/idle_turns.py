"""Turns of speech that say nothing of a car: «…, ну вы поняли», «не за все деньги мира», «… или все дизели?»,
«что угодно, кроме …», «что по силам?».

Knows a closed list of them. Refuses whatever may bound, deny or ask.
"""

from __future__ import annotations

import re

from core.russian import normalise

_IDLE = re.compile(
    r"[\s,;—–-]*\b(?:(?:но|и|ну|только|как)\s+)*(?:"
    r"не за все деньги мира|не за (?:бешеные|безумные|космические|сумасшедшие) (?:деньги|бабки)"
    r"|вы (?:же )?(?:меня )?(?:поняли|понимаете)|сами (?:понимаете|знаете)|вы знаете"
    r")\b(?!,? (?:что|как|где|ли|сколько|почему)\b)"
    # «Самый дешёвый без допов»: as every car of a list is.
    r"|[\s,;—–-]*\bбез (?:(?:всяких|любых|каких[- ]либо|никаких|дополнительн\w+|лишних|разных|доп) )*"
    r"(?:допов|допоборудования|опций|оборудования|наворотов|излишеств)\b(?!,? (?:и|или)\b)"
    # «Что угодно, кроме CLS»: whatever else there is.
    r"|[\s,;—–-]*\b(?:все[\s,]+)?(?:что|как\w+|чего) (?:угодно|хотите|хочешь)"
    r"(?=,? (?:(?:но|только|лишь)(?: бы)? )*(?:кроме|помимо|исключая|за исключением|не|без)\b)"
    # «6 миллионов, что по силам?»: what a sum buys is asked by the sum.
    r"|(?<!не)(?<!ни) (?:(?:мне|нам|будет|окажется) )*по (?:силам|карману|плечу)\b"
    # «Бензиновый есть или все дизели?»: what there may be instead is not asked for.
    r"|[\s,—–-]+или (?:(?:они|там|у вас|уже|теперь) )*(?:все|одни|только|сплошь|сплошные|лишь|исключительно)"
    r"(?: (?:они|уже|только))? (?:с пробегом|\w+)(?: (?:остались|остался|есть|у вас))*\s*\?+\s*$"
)


def without_idle_turns(question: str) -> str:
    """The question without them; itself where nothing else is said."""
    spelling = normalise(question)
    if len(spelling) != len(question):
        return question
    rest = question
    for match in reversed([*_IDLE.finditer(spelling)]):
        rest = f"{rest[: match.start()]} {rest[match.end() :]}"
    return rest.strip() if re.search(r"\w", rest) else question
