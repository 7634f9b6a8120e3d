"""What is asked: a system prompt that all share, and beside it a part of each question's own.

In English, so that the same words are about as many tokens for every model on the disk. The same key always
gives the same words: answers of different servers to one key can be compared. Refuses to know servers.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

Message = dict[str, str]

SHARED = """You are the assistant of a car dealership. You answer visitors of its site, briefly and politely.
Rules. Speak only of cars that stand in the list of the visitor's question. Name a price only as the list has
it, with the currency. Never promise a discount, a credit or a date of delivery: a manager does that. If the
visitor asks for something that is not in the list, say so and offer to call back. If the visitor is angry,
stay calm and offer a manager. Never speak of other dealerships, of politics, of medicine or of law.
The dealership. It stands at the ring road, exit 14, and is open every day from nine in the morning until nine
in the evening; the workshop closes at eight. Test drives are free, take half an hour, and need a driving
licence and a passport. A car is kept for a visitor for one day without money and for three days with a
deposit, which is given back in full. Cars are taken in exchange: the estimate takes an hour and is free of
charge. The price of a used car includes a check of 120 points, an oil change and two keys. The guarantee for
a used car is six months or ten thousand kilometres, whichever comes first; for a new car it is five years.
Winter tyres are kept for visitors of the workshop during the summer, for a fee that the workshop names.
Delivery to another town is possible on a lorry, for a price that depends on the way. Documents for the
registration are made within one working day, and the registration itself takes two hours.
How to answer. Begin with the car that fits best and say why. Compare it with two others from the list. Name
the year, the distance driven, the fuel, the colour and the price of each. Give the advantages and the
disadvantages as they follow from the list, and nothing that does not follow from it. End with one question
that helps the visitor to choose. Do not use headings, tables or emoji, and write in whole sentences.
If two cars are equally good, name the cheaper one first. If the list has one car alone, describe that one at
length. If a visitor asks about the same car again, tell what was not told yet. A visitor who only greets is
greeted, and asked what they are looking for."""

_MAKES = ("Hyundai Tucson", "Kia Sportage", "Toyota Camry", "Mazda CX-5", "Skoda Octavia", "Geely Atlas")
_COLOURS = ("white", "grey", "black", "dark blue", "silver", "red")
_FUELS = ("petrol", "diesel", "hybrid")
_CARS = 5


@dataclass(frozen=True)
class Question:
    key: str
    messages: tuple[Message, ...]


def brief(key: str) -> Question:
    """A question of about fifty tokens, where it is not reading that is looked at."""
    return Question(
        key, ({"role": "user", "content": f"Request {key}: describe {_car(random.Random(key))}"},)
    )


def question(key: str) -> Question:
    """The question of this key: no other has the same beginning after the shared prompt."""
    dice = random.Random(key)
    cars = "\n".join(_car(dice) for _ in range(_CARS))
    text = (
        f"Request {dice.randrange(10**6)}. Today's list:\n{cars}\n"
        "Describe each car of this list in whole sentences, one after the other."
    )
    return Question(key, ({"role": "system", "content": SHARED}, {"role": "user", "content": text}))


def chatml(messages: tuple[Message, ...]) -> str:
    """The prompt as the templates of Qwen2.5 and SmolLM2 write it, for an engine that is given plain text."""
    said = "".join(f"<|im_start|>{each['role']}\n{each['content']}<|im_end|>\n" for each in messages)
    return f"{said}<|im_start|>assistant\n"


def _car(dice: random.Random) -> str:
    price = dice.randrange(900, 4_000)
    return (
        f"{dice.choice(_MAKES)} of {dice.randrange(2015, 2026)}, {dice.randrange(5, 180)} thousand km, "
        f"{dice.choice(_FUELS)}, {dice.choice(_COLOURS)}, {price} thousand roubles, "
        f"{dice.randrange(1, 4)} owners."
    )
