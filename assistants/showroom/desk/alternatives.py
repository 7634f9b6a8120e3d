"""The cars that a wish names, as alternatives of each other.

«C 180 или CLA» are two alternatives, «C-класс C 180» is one: a class or brand that a named model belongs to
narrows it. Refuses to know all other criteria.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.naming import atoms, place_of
from assistants.showroom.language.wish import Wish
from core.facts import Car

# Behind the number of a designation they say which engine it is.
ENGINE_LETTERS = frozenset({"d", "e", "de"})


def alternatives(wish: Wish, lexicon: Lexicon) -> tuple[Wish, ...]:
    """One wish for each car named, empty where none is; what matches nothing keeps its `absent` name."""
    opening = tuple(run for run in wish.models if lexicon.names_a_model(run))
    words = (*(run for run in wish.models if run not in opening), *wish.words)
    found = [Wish(models=(run,), words=words) for run in opening]
    narrowing = {name for said in wish.absent for name in hinted_classes(said, lexicon)}
    for place, option in enumerate(found):
        classes = _of(option, "class", wish.classes, lexicon)
        narrowing |= set(classes)
        found[place] = option.model_copy(update={"classes": classes})
    found += [Wish(absent=(said,)) for said in wish.absent]
    found += [Wish(classes=(name,), words=words) for name in wish.classes if name not in narrowing]
    options = _with_brands(found, wish, words, lexicon)
    return _with_numbers(options, wish.vins, lexicon) if wish.vins else options


def _with_numbers(options: Sequence[Wish], vins: Sequence[str], lexicon: Lexicon) -> tuple[Wish, ...]:
    """«GLE с VIN …» is one car; what the car of that number is not called is another one.

    Beside a number that nobody has a name can only describe the car that is not there.
    """
    asked = tuple(Wish(vins=(vin,)) for vin in vins)
    numbered = [car for car in lexicon.cars if car.vin.upper() in vins]
    if len(numbered) < len(vins):
        return asked
    others = (o for o in options if not any(bears(car, o, lexicon, lettered=True) for car in numbered))
    return (*asked, *others)


def _with_brands(found: list[Wish], wish: Wish, words: tuple[str, ...], lexicon: Lexicon) -> tuple[Wish, ...]:
    narrowing = set(wish.brands) if wish.absent else set()
    for place, option in enumerate(found):
        stocked = any(bears(car, option, lexicon, lettered=True) for car in lexicon.cars)
        brands = _of(option, "brand", wish.brands, lexicon) if stocked else wish.brands
        narrowing |= set(brands)
        found[place] = option.model_copy(update={"brands": brands})
    found += [Wish(brands=(name,), words=words) for name in wish.brands if name not in narrowing]
    if not found and words:
        return (Wish(words=words),)
    return tuple(found)


def _of(option: Wish, kind: str, wanted: Sequence[str], lexicon: Lexicon) -> tuple[str, ...]:
    """Which of the wanted classes or brands the cars of an alternative are of."""
    if not wanted:
        return ()
    theirs: set[str] = set()
    for car in lexicon.cars:
        if bears(car, option, lexicon, lettered=True):
            theirs |= lexicon.profiles[car.vin][kind]
    return tuple(name for name in wanted if name in theirs)


def bears(car: Car, option: Wish, lexicon: Lexicon, *, lettered: bool = False) -> bool:
    """Whether a car is the one that an alternative names. «GLE 350» is no GLE 350 d, unless `lettered`."""
    if option.absent or (option.vins and car.vin.upper() not in option.vins):
        return False
    profile, parts = lexicon.profiles[car.vin], lexicon.models[car.model]
    if option.classes and not profile["class"] & set(option.classes):
        return False
    if option.brands and not profile["brand"] & set(option.brands):
        return False
    named = has_run if lettered else has_whole_run
    own = [run for run in option.models if option.classes or lexicon.is_of_its_line(car.model, run)]
    if option.models and not any(named(parts, run) for run in own):
        return False
    return all(has_run(parts, run) for run in option.words)


def has_run(parts: Sequence[str], run: str) -> bool:
    return place_of(run.split(), parts) is not None


def has_whole_run(parts: Sequence[str], run: str) -> bool:
    """Whether the run is in the name with no letter of another engine behind its number."""
    wanted = run.split()
    at = place_of(wanted, parts)
    if at is None:
        return False
    behind = parts[at + len(wanted) : at + len(wanted) + 1]
    return not (wanted[-1].isdigit() and behind and behind[0] in ENGINE_LETTERS)


def lettered_runs(run: str, lexicon: Lexicon) -> tuple[str, ...]:
    """«gle 350 d» for «gle 350»: the stock's names that go on with a letter."""
    letters = (letter for letter in ENGINE_LETTERS if run.rsplit(maxsplit=1)[-1].isdigit())
    longer = (f"{run} {letter}" for letter in sorted(letters))
    return tuple(name for name in longer if any(has_run(parts, name) for parts in lexicon.models.values()))


def hinted_classes(said: str, lexicon: Lexicon) -> list[str]:
    """The classes that an absent model would belong to («C 250» is a C), by the vocabulary or, where it has
    none, by the stock.
    """
    row = atoms(said)
    found = [mention.term.id for mention in lexicon.names["hint"].find(row)]
    named = lexicon.names["class"].find(row)
    found += [each.term.id for each in named if not (each.start and row[each.start - 1].number)]  # «63 S»
    for car in lexicon.cars if not found else ():
        parts = lexicon.models[car.model]
        if parts and row and parts[0] in lexicon.as_model_atoms(row[0].text):
            found += lexicon.profiles[car.vin]["class"]
    return list(dict.fromkeys(found))


def lettered(option: Wish) -> bool:
    """Whether the name of a car says by its last letter what it runs on: «GLS 450 d»."""
    return any({*run.split()[2:]} & ENGINE_LETTERS for run in option.models)


def of_its_fuel(option: Wish, options: Sequence[Wish], wish: Wish) -> Wish:
    """The wish as it is for one of the cars that it names: of «GLS 450 бензин или 450 d» only the first is
    said to run on petrol.
    """
    several = wish.fuels and any(not lettered(each) and not each.absent for each in options)
    return wish.without("fuels") if several and lettered(option) else wish


def splits(wish: Wish, lexicon: Lexicon) -> tuple[Wish, ...]:
    """The wish once for each car named, or for each colour, body or fuel where several are; else alone."""
    named = alternatives(wish, lexicon)
    if len(named) > 1:
        bare = wish.without("classes", "models", "words", "brands", "absent")
        return tuple(
            of_its_fuel(option, named, bare).model_copy(
                update={name: value for name, value in option if value}
            )
            for option in named
        )
    for field in ("colors", "bodies", "fuels"):
        values = getattr(wish, field)
        if len(values) > 1:
            return tuple(wish.model_copy(update={field: (value,)}) for value in values)
    return (wish,)
