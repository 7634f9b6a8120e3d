"""What asks for stock: «есть», «какие», «подберите», a price, a count, the first of some.

Refuses to know cars.
"""

from __future__ import annotations

import re

from assistants.showroom.language import phrases
from assistants.showroom.language.intents import Ask
from assistants.showroom.language.reading import Reading

TRIGGERS = re.compile(
    r"\bесть\b|налич|\bкупи|приобре|подбер|подобр|пока[жз]|предлож|посовет|\bищ(?:у|ем)\b|хоч(?:у|ется)"
    r"|хот(?:им|ел)|нуж[ен]|интересу|заинтересова|приглянул|загорел|имеется|имеются|\bвзять\b|склад|продаж"
    r"|продаете|что[- ]нибудь|найд|остал|рассматрива|\bкакие\b|присматрив|выбира|бюджет"
    rf"|{phrases.TRADED_IN.pattern}"
)


def is_triggered(reading: Reading, spelling: str) -> bool:
    """Whether something asks for stock."""
    if reading.ask in (Ask.PRICE, Ask.VALUES, Ask.COUNT) or reading.wish.order is not None:
        return True
    return bool(TRIGGERS.search(spelling))
