"""Whether an owner's document may be published, and what is wrong with it, in Russian, field by field.

A field is told by its place in the value ("topics.2.phrases"). Knows what would break a visitor's dialogue.
Refuses to know where documents are kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from core.errors import FieldError, InvalidInput
from core.knowledge_source import KnowledgeSource
from core.policy import Policy
from core.spec import OwnerSettings
from core.topics import CompiledPolicy, check_samples, compile_policy
from lambdas.http_boundary.russian_validation import field_errors

_Model = TypeVar("_Model", bound=BaseModel)
MOST_PHRASES = 5_000
PHRASE_CHARACTERS = 300
SAMPLE_CHARACTERS = 2_000
TEXT_CHARACTERS = 4_000  # of a longer passage the embedder would read the beginning alone
QUESTION_CHARACTERS = 1_000
LONGEST_RETENTION = timedelta(days=3 * 365)
LONGEST_PAUSE = timedelta(days=1)
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
MEANING = {  # of a model's own complaint, by the field
    "phrases": "В этой фразе нет ни одного слова.",
    "exceptions": "В этом исключении нет ни одного слова.",
    "time_zone": "Такого часового пояса нет.",
    "retention": "Срок должен быть больше нуля, например P90D.",
    "idle_timeout": "Срок должен быть больше нуля, например PT30M.",
    "link": "Нужна ссылка https:// или путь на сайте.",
    "months": "Сначала меньший срок, потом больший.",
    "": "Коды тем не должны повторяться.",
}


def policy_of(value: Mapping[str, Any]) -> Policy:
    """Raises InvalidInput."""
    policy = _model(Policy, value)
    wrong = list(_long_phrases(policy))
    if sum(len(topic.phrases) + len(topic.exceptions) for topic in policy.topics) > MOST_PHRASES:
        wrong.append(FieldError("topics", f"Слишком много фраз: не больше {MOST_PHRASES}."))
    _refuse(wrong)
    return policy


def sound_policy(value: Mapping[str, Any]) -> Policy:
    """One whose own samples hold. Raises InvalidInput."""
    policy = policy_of(value)
    _refuse(_broken_samples(compile_policy(policy)))
    return policy


def knowledge_of(value: Mapping[str, Any], before: KnowledgeSource) -> KnowledgeSource:
    """`before` is what is published; fields that are left out stay as they are. Raises InvalidInput."""
    source = _model(KnowledgeSource, {**before.model_dump(mode="json"), **value})
    wrong = list(_wrong_passages(source))
    if source.vocabulary != before.vocabulary:
        wrong.append(FieldError("vocabulary", "Словарь меняют вместе с помощником, не здесь."))
    _refuse(wrong)
    return source


def settings_of(value: Mapping[str, Any], before: OwnerSettings) -> OwnerSettings:
    """Raises InvalidInput."""
    settings = _model(OwnerSettings, value)
    _refuse(_wrong_settings(settings, before))
    return settings


def _model(model: type[_Model], value: Mapping[str, Any]) -> _Model:
    _refuse(_unreadable(value))
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise InvalidInput("document", fields=tuple(map(_told, error.errors()))) from None


def _told(error: Mapping[str, Any]) -> FieldError:
    place = ".".join(str(part) for part in error["loc"])
    if error["type"] == "value_error":
        name = next((part for part in reversed(error["loc"]) if part in MEANING), "")
        return FieldError(place or "value", MEANING[str(name)])
    (said,) = field_errors([{**error, "loc": ("body", *error["loc"])}])
    return FieldError(place or "value", said.message)


def _unreadable(value: Any, place: str = "") -> Iterator[FieldError]:
    """Texts that no store takes: NUL, half a character."""
    if isinstance(value, str):
        if "\x00" in value or any("\ud800" <= char <= "\udfff" for char in value):
            yield FieldError(place or "value", "Текст содержит недопустимые символы.")
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _unreadable(str(name), place)
            yield from _unreadable(inner, f"{place}.{name}".lstrip(".").encode("utf-8", "replace").decode())
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _unreadable(inner, f"{place}.{number}".lstrip("."))


def _long_phrases(policy: Policy) -> Iterator[FieldError]:
    for at, topic in enumerate(policy.topics):
        for field, texts, most in (
            ("phrases", topic.phrases, PHRASE_CHARACTERS),
            ("exceptions", topic.exceptions, PHRASE_CHARACTERS),
            ("samples", [sample.text for sample in topic.samples], SAMPLE_CHARACTERS),
            ("reply", [topic.reply], SAMPLE_CHARACTERS),
        ):
            for number, text in enumerate(texts):
                if len(text) > most:
                    yield FieldError(f"topics.{at}.{field}.{number}", _too_long(most))


def _broken_samples(compiled: CompiledPolicy) -> Iterator[FieldError]:
    places = {
        id(sample): f"topics.{at}.samples.{number}"
        for at, topic in enumerate(compiled.policy.topics)
        for number, sample in enumerate(topic.samples)
    }
    for _, sample, verdict in check_samples(compiled):
        said = (
            "Эта проверка должна быть запрещена, а она проходит."
            if verdict.allowed
            else f"Эта проверка должна проходить, но её запрещает тема {verdict.topic} («{verdict.matched}»)."
        )
        yield FieldError(places[id(sample)], said)


def _wrong_passages(source: KnowledgeSource) -> Iterator[FieldError]:
    twice = {name for name, count in Counter(each.id for each in source.passages).items() if count > 1}
    for at, passage in enumerate(source.passages):
        place = f"passages.{at}"
        if passage.id in twice:
            yield FieldError(f"{place}.id", "Такой код уже есть у другой записи.")
        if not ID.fullmatch(passage.id):
            yield FieldError(f"{place}.id", "Код: до 64 латинских букв, цифр и знаков «_.-».")
        if not ID.fullmatch(passage.kind):
            yield FieldError(f"{place}.kind", "Вид записи: латинские буквы, например faq.")
        for field, text, most in (
            ("title", passage.title, QUESTION_CHARACTERS),
            ("text", passage.text, TEXT_CHARACTERS),
        ):
            yield from _filled(f"{place}.{field}", text, most)
        for number, question in enumerate(passage.questions):
            yield from _filled(f"{place}.questions.{number}", question, QUESTION_CHARACTERS)
    for at, talk in enumerate(source.small_talk):
        yield from _filled(f"small_talk.{at}.reply", talk.reply, TEXT_CHARACTERS)
        for number, phrase in enumerate(talk.phrases):
            yield from _filled(f"small_talk.{at}.phrases.{number}", phrase, QUESTION_CHARACTERS)
    for at, question in enumerate(source.foreign):
        yield from _filled(f"foreign.{at}", question, QUESTION_CHARACTERS)


def _filled(place: str, text: str, most: int) -> Iterator[FieldError]:
    if not text.strip():
        yield FieldError(place, "Заполните это поле.")
    if len(text) > most:
        yield FieldError(place, _too_long(most))


def _wrong_settings(settings: OwnerSettings, before: OwnerSettings) -> Iterator[FieldError]:
    if settings.retention > LONGEST_RETENTION:
        yield FieldError("retention", "Не дольше трёх лет: P1095D.")
    if settings.idle_timeout > LONGEST_PAUSE:
        yield FieldError("idle_timeout", "Не дольше суток: P1D.")
    for day, (opens, closes) in settings.hours.week.items():
        if opens.tzinfo or closes.tzinfo or opens >= closes:
            yield FieldError(f"hours.week.{day}.1", "Закрытие должно быть позже открытия.")
    terms = settings.terms
    if terms != before.terms and terms.version == before.terms.version:
        yield FieldError("terms.version", "Текст согласия изменился: назовите и новую версию.")
    for name, text in {**settings.texts.model_dump(), **terms.model_dump()}.items():
        if isinstance(text, str) and len(text) > TEXT_CHARACTERS:
            yield FieldError(
                f"{'terms' if hasattr(terms, name) else 'texts'}.{name}", _too_long(TEXT_CHARACTERS)
            )


def _too_long(most: int) -> str:
    return f"Слишком длинно: не больше {most} символов."


def _refuse(wrong: Iterable[FieldError]) -> None:
    if told := tuple(wrong):
        raise InvalidInput("document", fields=told)
