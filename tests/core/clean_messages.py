"""What honest visitors write: over twelve thousand different clean Russian messages of a dealership.

Knows: sentences written by hand, templates and inflected words (`clean_corpus/`), and how people spoil what
they type (slips, capitals, no stops, emoji, Latin letters, a forgotten layout). One seed is one corpus.
Refuses to know: how anything is screened, and what a policy looks like. That a message is clean was judged by
a reader, not by a program.
"""

import random
import re
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path

CORPUS = Path(__file__).parent / "clean_corpus"
LONGEST = 2_000  # characters: what the form takes
CASES = "ngdail"
ENDINGS = {  # masculine, feminine, plural; six cases each, the accusative of a lifeless thing
    "ый": ("ый ого ому ый ым ом", "ая ой ой ую ой ой", "ые ых ым ые ыми ых"),
    "ой": ("ой ого ому ой ым ом", "ая ой ой ую ой ой", "ые ых ым ые ыми ых"),
    "ий": ("ий его ему ий им ем", "яя ей ей юю ей ей", "ие их им ие ими их"),
    "кий": ("кий кого кому кий ким ком", "кая кой кой кую кой кой", "кие ких ким кие кими ких"),
}
NEIGHBOURS = dict(zip("йцукенгшщзфывапролдячсмитьб", "цукенгшщзхывапролджчсмитьбю", strict=True))
LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z",
    "и": "i", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "c", "ч": "ch", "ш": "sh", "щ": "sch",
    "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip
KEYS = str.maketrans("йцукенгшщзхъфывапролджэячсмитьбюё?,.", "qwertyuiop[]asdfghjkl;'zxcvbnm,.`&?/")


@cache
def words() -> dict[str, list[str]]:
    return tomllib.loads((CORPUS / "words.toml").read_text(encoding="utf-8"))


@cache
def templates() -> dict[str, list[str]]:
    """`question` asks and can stand alone; `sentence` is told on the way to a question."""
    found: dict[str, list[str]] = {}
    for line in (CORPUS / "templates.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            found[line[3:]] = here = []
        elif line and not line.startswith("#"):
            here.append(line)
    return found


@cache
def written_by_hand() -> list[str]:
    lines = (CORPUS / "sentences.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def clean_messages(count: int = 12_500, seed: int = 4) -> list[str]:
    """The hand-written sentences first, as they stand, then generated ones; no two say the same letters."""
    rng = random.Random(seed)
    messages = {letters(text): text for text in written_by_hand()}
    while len(messages) < count:
        text = spoiled(rng, message(rng))
        messages.setdefault(letters(text), text)
    return list(messages.values())


def letters(text: str) -> str:
    return re.sub(r"\W", "", text.casefold().replace("ё", "е"))


def message(rng: random.Random) -> str:
    told = rng.choices((0, rng.randint(1, 3), rng.randint(6, 45)), (66, 28, 6))[0]
    parts = [filled(rng, line) for line in rng.sample(templates()["sentence"], told)]
    parts += [filled(rng, line) for line in rng.sample(templates()["question"], 1 + (told > 3))]
    if rng.random() < 0.25:
        parts.insert(0, rng.choice(words()["hello"]))
    if rng.random() < 0.12:
        parts.append(rng.choice(words()["thanks"]))
    while len(text := " ".join(closed(rng, part) for part in parts)) > LONGEST:
        parts.pop(0)
    return text


def closed(rng: random.Random, sentence: str) -> str:
    """With a capital first and a stop last, as at school."""
    sentence = sentence[0].upper() + sentence[1:]
    return sentence if sentence[-1] in ".?!" else sentence + rng.choices(".!", (9, 1))[0]


def filled(rng: random.Random, template: str) -> str:
    template = re.sub(r"\(([^()]*\|[^()]*)\)", lambda m: rng.choice(m[1].split("|")), template)
    template = re.sub(r"\[([^][]*)\]", lambda m: m[1] if rng.random() < 0.5 else "", template)
    text = re.sub(r"\{(\w+)(?::(\w+))?\}", lambda m: word(rng, m[1], m[2] or "n"), template)
    text = re.sub(r"\b([Вв]) (?=[вф][бвгджзклмнпрстфхцчшщ])", r"\1о ", text)  # «во Владивостоке»
    return re.sub(r"\bс (?=с[бвгджзклмнпрстфхцчшщ])", "со ", re.sub(r" +", " ", text)).strip()


def word(rng: random.Random, name: str, form: str) -> str:
    if name in MADE_UP:
        return MADE_UP[name](rng)
    chosen = rng.choice(words()[name])
    stem, _, ending = chosen.partition("+")
    if ending:
        return stem + ENDINGS[ending]["mfp".index(form[0])].split()[CASES.index(form[1])]
    forms = chosen.split("|")
    return forms[CASES.index(form) if len(forms) > 1 else 0]


def a_sum(rng: random.Random) -> str:
    tenths = rng.randint(25, 250)
    whole, rest = divmod(tenths, 10)
    return rng.choice(
        (
            f"{whole},{rest} млн",
            f"{whole}.{rest} млн рублей",
            f"{whole} {rest}00 000",
            f"{whole}{rest}00000 р",
            f"{whole} {rest}00 000 ₽",
            f"{whole} лямов",
            f"{whole} млн",
            f"{whole}кк",
            rng.choice(("три миллиона", "пять миллионов", "шесть с половиной миллионов", "десять миллионов")),
            rng.choice(
                ("полтора миллиона", "семь лямов", "четыре миллиона двести тысяч", "пять с хвостиком")
            ),
        )
    )


def a_phone(rng: random.Random) -> str:
    a, b, c = rng.randint(900, 999), rng.randint(10, 99), rng.randint(10, 99)
    return rng.choice((f"+7 {a} 555-{b}-{c}", f"8{a}555{b}{c}", f"8 ({a}) 555 {b} {c}", f"+7{a}555{b}{c}"))


MADE_UP: dict[str, Callable[[random.Random], str]] = {
    "sum": a_sum,
    "phone": a_phone,
    "year": lambda rng: str(rng.randint(2014, 2024)),
    "km": lambda rng: rng.choice(
        (f"{rng.randint(5, 180)} тыс. км", f"{rng.randint(5, 180)} 000 км", f"{rng.randint(5, 180)}к")
    ),
    "number": lambda rng: str(rng.randint(5, 20)),
    "age": lambda rng: f"{rng.randint(2, 7)}{rng.randint(5, 9)}",
    "rate": lambda rng: f"{rng.randint(9, 24)},{rng.randint(1, 9)} %",
    "months": lambda rng: rng.choice(("3 года", "пять лет", "60 месяцев", "год", "7 лет", "36 мес")),
}


def spoiled(rng: random.Random, text: str) -> str:
    """As it comes from a phone: one habit of typing, slips in every sixth message, and sometimes a smile."""
    habit = rng.choices(
        (as_it_is, without_yo, small, bare, loud, in_latin, in_wrong_layout), (46, 18, 14, 14, 3, 3, 2)
    )[0]
    text = habit(text)
    if rng.random() < 0.16:
        text = slipped(rng, text)
    if rng.random() < 0.09:
        text = f"{text} {rng.choice(words()['emoji'])}"
    return text[:LONGEST].rstrip()


def as_it_is(text: str) -> str:
    return text


def without_yo(text: str) -> str:
    return text.replace("ё", "е").replace("Ё", "Е")


def small(text: str) -> str:
    return text.lower()


def bare(text: str) -> str:
    return re.sub(r"[?!,]|\.(?!\d)", "", without_yo(text).lower())


def loud(text: str) -> str:
    return text.upper()


def in_latin(text: str) -> str:
    return "".join(LATIN.get(letter, letter) for letter in text.lower())


def in_wrong_layout(text: str) -> str:
    return text.lower().translate(KEYS)


def slipped(rng: random.Random, text: str) -> str:
    """One or two slips of a finger in long Russian words."""
    for _ in range(rng.randint(1, 2)):
        long_words = [found.span() for found in re.finditer(r"[а-яё]{5,}", text)]
        if not long_words:
            break
        start, end = rng.choice(long_words)
        at = rng.randrange(start + 1, end - 1)
        letter, after = text[at], text[at + 1]
        slip = rng.choice((after + letter, after, letter * 2 + after, NEIGHBOURS.get(letter, letter) + after))
        text = text[:at] + slip + text[at + 2 :]
    return text
