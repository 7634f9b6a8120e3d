"""What is wished for, of the things that a question names: typed, denials and names of no car in stock told
apart.

Knows which names are alternatives and which belong to one car. Refuses to know sentences.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from assistants.showroom.language.bounds import Bounds
from assistants.showroom.language.decided import settled
from assistants.showroom.language.denials import denied_places
from assistants.showroom.language.designations import Named
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.naming import Atom, Mention, atoms, place_of
from assistants.showroom.language.releases import left_open
from assistants.showroom.language.shades import FINISHES
from assistants.showroom.language.wish import Condition, Order, Wish


def wish_of(
    row: Sequence[Atom], names: Sequence[Named], mentions: Sequence[Mention], bounds: Bounds,
    lexicon: Lexicon, *, spelling: str, order: Order | None, condition: Condition | None,
) -> Wish:  # fmt: skip
    free = left_open(row, [(start, end) for start, end, _ in things(names, mentions)], spelling)
    names = [name for name in names if name.start not in free]
    mentions = [mention for mention in settled(mentions, row, spelling) if mention.start not in free]
    mentions = [mention for mention in mentions if not _qualifies_a_hybrid(mention, mentions, row)]
    by_kind: dict[str, list[str]] = {}
    excluded: list[str] = []
    denied = denied_places(row, things(names, mentions), spelling)
    named_spans = [(name.start, name.end) for name in names if name.run is not None]
    covered: set[tuple[int, int]] = set()
    for mention in mentions:
        inside = [span for span in named_spans if mention.start <= span[0] and span[1] <= mention.end]
        covered.update(inside)
        if mention.start in denied:
            excluded += [f"{mention.term.kind}:{mention.term.id}"] if mention.term.kind != "other" else []
        else:
            by_kind.setdefault(mention.term.kind, []).append(mention.term.id)
    excluded += [
        f"model:{name.run}"
        for name in names
        if name.run is not None and name.start in denied and (name.start, name.end) not in covered
    ]
    for kind, ids in by_kind.items():  # «одни чёрные! покажите не чёрную»: what is ruled out is not wanted
        by_kind[kind] = [name for name in ids if f"{kind}:{name}" not in excluded]
    wanted = [name for name in names if name.start not in denied]
    models = [name.run for name in wanted if name.run is not None and (name.start, name.end) not in covered]
    models = [run for run in models if f"model:{run}" not in excluded]  # «AMG мне многовато, без AMG»
    absent = [name.said for name in wanted if name.run is None]
    for shown in by_kind.get("other", ()):
        run = _stocked_run(shown, lexicon)
        (models if run else absent).append(run or shown)
    models, words = _split_models([model for model in models if model], lexicon)
    brands = [brand for brand in dict.fromkeys(by_kind.get("brand", ())) if not is_ours(brand, lexicon)]
    return Wish(
        classes=_unique(by_kind.get("class", ())),
        models=_unique(models),
        words=_unique(words),
        bodies=_unique(by_kind.get("body", ())),
        colors=_unique(by_kind.get("color", ())),
        fuels=_unique(by_kind.get("fuel", ())),
        features=_unique(by_kind.get("feature", ())),
        brands=_unique(brands),
        excluded=_unique(excluded),
        absent=_unique(absent),
        finishes=_finishes(row, by_kind.get("color", ())),
        condition=condition,
        order=order,
        **bounds.fields,
    )


def _qualifies_a_hybrid(mention: Mention, mentions: Sequence[Mention], row: Sequence[Atom]) -> bool:
    """«Бензиновый гибрид» is a hybrid, «дизель, гибрид» are two things."""
    if mention.term.kind != "fuel" or mention.term.id == "hybrid":
        return False
    hybrids = [other for other in mentions if other.term.id == "hybrid"]
    return any(_side_by_side(mention, other, row) or _side_by_side(other, mention, row) for other in hybrids)


def _side_by_side(left: Mention, right: Mention, row: Sequence[Atom]) -> bool:
    return left.end == right.start and row[right.start].start - row[left.end - 1].end == 1


def things(names: Sequence[Named], mentions: Sequence[Mention]) -> list[tuple[int, int, str]]:
    return [
        *((mention.start, mention.end, mention.term.kind) for mention in mentions),
        *((name.start, name.end, "class") for name in names),
    ]


def _stocked_run(shown: str, lexicon: Lexicon) -> str | None:
    """The name of another brand's model as this stock has it after all: «Toyota Land Cruiser» with or
    without its brand.
    """
    parts = [atom.text for atom in atoms(shown)]
    for run in (parts, parts[1:]):
        if run and any(place_of(run, model) is not None for model in lexicon.models.values()):
            return " ".join(run)
    return None


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def is_ours(brand: str, lexicon: Lexicon) -> bool:
    """A brand that every car of the stock has narrows nothing; of no stock, the vocabulary's own brand."""
    if not lexicon.cars:
        return brand in lexicon.own_brands
    return all(brand in profile["brand"] for profile in lexicon.profiles.values())


def _split_models(runs: list[str], lexicon: Lexicon) -> tuple[list[str], list[str]]:
    """Names that begin a model's name are alternatives; later parts («amg», «4matic») must all be there."""
    firsts = [run for run in runs if lexicon.names_a_model(run)]
    if not firsts:
        return runs[:1], runs[1:]
    marks = [run for run in firsts if _is_a_mark(run, firsts, lexicon)]
    firsts = [run for run in firsts if run not in marks]
    return firsts, [run for run in runs if run not in firsts]


def _is_a_mark(run: str, firsts: Sequence[str], lexicon: Lexicon) -> bool:
    """AMG of «CLS 53 AMG»: a word without a number that stands in the name of every other model named."""
    others = [each for each in firsts if each != run]
    if " " in run or any(sign.isdigit() for sign in run) or not all(any(map(str.isdigit, o)) for o in others):
        return False
    return bool(others) and all(
        any(run in parts and place_of(other.split(), parts) is not None for parts in lexicon.models.values())
        for other in others
    )


def _finishes(row: Sequence[Atom], colors: Collection[str]) -> tuple[str, ...]:
    """«Белый металлик»."""
    said = [stem for stem in FINISHES for atom in row if atom.text.startswith(stem)]
    return _unique(said) if colors else ()
