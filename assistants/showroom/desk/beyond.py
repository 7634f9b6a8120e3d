"""Cars of another kind beyond those shown: «а дешевле электромобили есть?», «а подешевле майбах?».

Knows that such a question has its kind from the words and its bound from the cars shown. Refuses what names
the car that it compares with («дешевле GLC»): that is a comparison.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistants.showroom.desk import rendering
from assistants.showroom.desk.memory import Talk, told
from assistants.showroom.desk.replies import StockReply
from assistants.showroom.desk.spoken_of import denial
from assistants.showroom.desk.steps import STEPS, beyond_shown
from assistants.showroom.desk.stock import select
from assistants.showroom.desk.wording import criteria
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.operators import unreckoned
from assistants.showroom.language.reading import Reading
from assistants.showroom.language.wish import NAMES, Wish
from core.facts import Car
from core.russian import may_be_genitive

_COMPARATIVE = r"(?:по)?(?:дешевле|дороже|новее|свежее|моложе|старше|старее)"
_BEHIND = re.compile(rf"\b(?P<word>{_COMPARATIVE})\b(?:\s+(?P<behind>[\w-]+))?")
_ASKS_WHICH = re.compile(
    rf"\b(?:какой|какая|какое|какие|кто|котор\w+|что) (?:\w+ ){{0,3}}?{_COMPARATIVE}\b(?! (?:есть|име))"
    r"|\bили\b"
)
_IS_IT = re.compile(r"\w[^.,;:!?]* (?:дешевле|дороже|новее|свежее|моложе|старше)\s*(?:[.!?]|$)")

# What stands for a car shown: «дешевле этого».
_SHOWN = frozenset({"этого", "этой", "этих", "него", "нее", "них", "того", "той", "тех", "показанного", "из"})


@dataclass(frozen=True)
class Beyond:
    """The stock with its words."""

    lexicon: Lexicon

    def answer(self, reading: Reading, spelling: str, talk: Talk) -> StockReply | None:
        """None where no kind is named beside the comparative, or nothing was shown."""
        said, cars = reading.wish.without("order", "limit"), self._shown(talk)
        if (
            reading.relative not in STEPS
            or not (cars or talk.stands_in)
            or not said.narrows
            or reading.residue
            or reading.unheld
            or reading.within
        ):
            return None
        if _ASKS_WHICH.search(spelling) or unreckoned(spelling) or self._compares(reading, spelling):
            return None
        if not reading.follows and not (cars and self._are(cars, said)):
            return None
        absent = talk.stands_in and said.names_a_car and _IS_IT.search(spelling)
        if not cars or absent:  # «а 450-й дешевле?» behind a GLS 580 that is not there
            kind = said.names_a_car or reading.of_a_kind  # «дешевле белые есть?» narrows what was denied
            return self._of_the_kind(said, talk) if kind else None
        return self._beyond(reading, said, cars, talk)

    def _beyond(self, reading: Reading, said: Wish, cars: Sequence[Car], talk: Talk) -> StockReply:
        before = talk.wish or Wish()
        before = before.without(*before.borrowed, "borrowed", "order", "limit")
        if reading.of_a_kind and not said.names_a_car:
            before = before.without(*NAMES)
        wish = before.then(said)
        field, value, stride, _, word = STEPS[reading.relative or ""]
        edge = (min if stride < 0 else max)(value(car) for car in cars) + stride
        limited = wish.model_copy(update={field: edge, "borrowed": (field,)})
        found = select(limited, self.lexicon).cars
        if found:
            shown, text = (
                found[: rendering.LISTED],
                denial(talk, self.lexicon) + beyond_shown(word, found, wish, self.lexicon),
            )
            return StockReply(text, shown, memory=told(limited, shown))
        alone = said.model_copy(update={field: edge, "borrowed": (field,)})
        found = select(alone, self.lexicon).cars if said.names_a_car else ()
        if found:
            shown = found[: rendering.LISTED]
            text = rendering.but_alone(limited, beyond_shown(word, found, said, self.lexicon), self.lexicon)
            memory = {**told(alone, shown), "failed": limited.model_dump(mode="json", exclude_defaults=True)}
            return StockReply(text, shown, memory=memory)
        if talk.stands_in:
            none = f"{word} показанного тоже ничего нет ({criteria(wish, self.lexicon)})."
            text = f"{denial(talk, self.lexicon)}{none}\n{rendering.CALLBACK}"
        else:
            text = rendering.missing(limited, (), self.lexicon)
        kept = Talk(wish, talk.shown, talk.picked, failed=talk.failed)
        return StockReply(text, reason="not_in_stock", memory=kept.as_json())

    def _of_the_kind(self, said: Wish, talk: Talk) -> StockReply | None:
        """«А подешевле майбах есть?» where nothing was shown that it could be cheaper than."""
        found = select(said, self.lexicon).cars
        if talk.failed is None or not found:
            return None
        text = rendering.but_alone(talk.failed, rendering.found(found, said, self.lexicon), self.lexicon)
        shown = found[: rendering.LISTED]
        return StockReply(text, shown, memory=told(said, shown))

    def _shown(self, talk: Talk) -> Sequence[Car]:
        wanted = (talk.picked,) if talk.picked is not None else talk.shown
        return [car for car in self.lexicon.cars if car.vin in wanted]

    def _are(self, cars: Sequence[Car], said: Wish) -> bool:
        found = {car.vin for car in select(said, self.lexicon).cars}
        return all(car.vin in found for car in cars)

    def _compares(self, reading: Reading, spelling: str) -> bool:
        """Whether what stands behind the comparative is what is compared with: «дешевле GLC»."""
        match = _BEHIND.search(spelling)
        if match is None:
            return True
        behind = match["behind"]
        if behind is None or match["word"].startswith("по"):
            return behind == "чем"
        place = next((at for at, atom in enumerate(reading.row) if atom.start == match.start("behind")), None)
        named = place is not None and place in reading.car_places
        return named or behind == "чем" or (may_be_genitive(behind) and behind not in _SHOWN)
