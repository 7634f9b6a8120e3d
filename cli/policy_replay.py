"""`attendant policy replay`: the stored questions that a policy judges otherwise than the published one.

Reads the questions of the last days one after another, keeps counts and a few examples, and shows no word of
a visitor's that is not masked. Refuses to publish, and to change anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, Protocol

from cli.deployment import Deployment
from cli.failures import CommandFailed
from core.dialogue import Turn
from core.errors import DocumentDamaged, DocumentMissing, ManifestError, PolicyBroken
from core.facts import DocumentKind
from core.flow import untold
from core.knowledge import Knowledge
from core.personal_data import mask
from core.policy_comparison import Change, compared
from core.spec import AssistantSpec
from core.standing_policy import InForce, StandingPolicy
from core.topics import CompiledPolicy
from lambdas.adapters.dialogue_table import DialogueTable
from lambdas.adapters.dialogues import Dialogues

EXAMPLES = 3
EXAMPLE_SIGNS = 160
NAMED_PHRASES = 5
Progress = Callable[[int, int], None]
"""Days that were read, questions in them."""


@dataclass
class Tally:
    """What one topic changes: `phrases` of the policy and how often each hit, `examples` masked."""

    questions: int = 0
    phrases: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    def count(self, phrase: str, question: str) -> None:
        self.questions += 1
        self.phrases[phrase] += 1
        if len(self.examples) < EXAMPLES:
            example = shown(question)
            if example not in self.examples:
                self.examples.append(example)


@dataclass
class Replayed:
    """`version` is the published policy that the new one was compared with, `silenced` are passages that
    would not be told any more, and why.
    """

    assistant: str
    version: str
    days: int
    questions: int = 0
    changes: dict[tuple[Change, str], Tally] = field(default_factory=dict)
    silenced: dict[str, str] = field(default_factory=dict)

    def of(self, change: Change) -> dict[str, Tally]:
        """By topic, the one that changes most first."""
        found = [(topic, tally) for (kind, topic), tally in self.changes.items() if kind is change]
        return dict(sorted(found, key=lambda each: (-each[1].questions, each[0])))


class KeptDialogues(Protocol):
    def turns_of(self, assistant: str, day: date) -> Iterator[Turn]: ...


def replay(
    deployment: Deployment, spec: AssistantSpec, new: CompiledPolicy, days: int, progress: Progress
) -> Replayed:
    """Raises CommandFailed where what is published cannot be compared with."""
    dialogues = Dialogues(DialogueTable(deployment.client("dynamodb"), deployment.output("DialoguesTable")))
    old = _published(deployment, spec)
    told = replayed(dialogues, spec.id, old, new, days, progress)
    told.silenced = _silenced(deployment, spec, old.compiled, new)
    return told


def replayed(  # noqa: PLR0917 - called above and in its tests
    dialogues: KeptDialogues, assistant: str, old: InForce, new: CompiledPolicy, days: int, progress: Progress
) -> Replayed:
    """Of the last `days` days of UTC, today included, newest first."""
    told = Replayed(assistant, old.version, days)
    today = datetime.now(UTC).date()
    for back in range(days):
        asked = dialogues.turns_of(assistant, today - timedelta(days=back))
        for judged in compared(asked, old.compiled, new):
            told.questions += 1
            if judged.change is not None:
                by = judged.before if judged.change is Change.ALLOWED else judged.after
                tally = told.changes.setdefault((judged.change, str(by.topic)), Tally())
                tally.count(str(by.matched), judged.turn.question)
        progress(back + 1, told.questions)
    return told


def shown(question: str) -> str:
    """Masked, on one line, with nothing that a terminal obeys."""
    line = "".join(sign if sign.isprintable() else " " for sign in mask(question).text)
    line = " ".join(line.split())
    return line if len(line) <= EXAMPLE_SIGNS else f"{line[: EXAMPLE_SIGNS - 1]}…"


def sentences(told: Replayed) -> Iterator[str]:
    """The report as lines of text."""
    changed = sum(tally.questions for tally in told.changes.values())
    yield (
        f"{told.assistant}: {told.questions} questions of {told.days} days,"
        f" {changed} judged otherwise than by {told.version}"
    )
    for change in Change:
        topics = told.of(change)
        if topics:
            yield f"  {change}: {sum(tally.questions for tally in topics.values())}"
        for topic, tally in topics.items():
            named = ", ".join(
                f"«{phrase}» {count}" for phrase, count in tally.phrases.most_common(NAMED_PHRASES)
            )
            rest = len(tally.phrases) - NAMED_PHRASES
            yield f"    {topic}: {tally.questions}  {named}{f' and {rest} more' if rest > 0 else ''}"
            yield from (f"        {example}" for example in tally.examples)
    if told.silenced:
        yield f"  passages not told any more: {len(told.silenced)}"
        yield from (f"    {passage}: {why}" for passage, why in told.silenced.items())


def as_json(told: Replayed) -> dict[str, Any]:
    return {
        "assistant": told.assistant,
        "compared_with": told.version,
        "days": told.days,
        "questions": told.questions,
        "changes": [
            {
                "change": change.name.lower(),
                "topic": topic,
                "questions": tally.questions,
                "phrases": dict(tally.phrases.most_common()),
                "examples": tally.examples,
            }
            for change in Change
            for topic, tally in told.of(change).items()
        ],
        "silenced": told.silenced,
    }


def _published(deployment: Deployment, spec: AssistantSpec) -> InForce:
    documents = deployment.documents()
    try:
        return StandingPolicy(spec).now(lambda: documents.current(spec.id, DocumentKind.POLICY))
    except (DocumentDamaged, PolicyBroken) as error:
        raise CommandFailed(
            f"the published policy of {spec.id} is damaged: nothing to compare with",
            f"attendant policy rollback {spec.id}",
        ) from error
    except ManifestError as error:
        raise CommandFailed(f"{spec.id} has no policy here", "attendant publish", exit_code=2) from error


def _silenced(
    deployment: Deployment, spec: AssistantSpec, old: CompiledPolicy, new: CompiledPolicy
) -> dict[str, str]:
    try:
        document = deployment.documents().current(spec.id, DocumentKind.KNOWLEDGE)
        passages = Knowledge.of(document).source.passages
    except (DocumentMissing, DocumentDamaged):
        return {}
    before = dict(untold(spec, passages, old))
    return {passage: why for passage, why in untold(spec, passages, new) if passage not in before}
