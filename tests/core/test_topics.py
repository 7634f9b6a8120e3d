"""Forbidden topics: inflections, gaps, exceptions, disguises, and no false alarms."""

from __future__ import annotations

import time
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import PolicyBroken
from core.spec import ASSISTANTS_FOLDER, all_specs
from core.topics import check_samples, compile_policy, screen

MODELS = ASSISTANTS_FOLDER.parent / "jobs" / "mercedes_models.toml"

POLICY = compile_policy(
    {
        "topics": [
            {
                "id": "bad",
                "phrases": [
                    "наркотик",
                    "купить бомбу",
                    "взорвать дом",
                    "личная жизнь директора",
                    "гашиш",
                    "BMW",
                ],
                "exceptions": ["борьба с наркотиками", "бомба для ванны"],
                "reply": "Об этом я не говорю.",
            },
            {"id": "strict", "phrases": ["скрутить пробег"], "gap": 0, "reply": "Нет."},
            {"id": "off", "phrases": ["погода"], "enabled": False, "reply": "Нет."},
        ]
    }
)


@pytest.mark.parametrize(
    "text",
    [
        "Где взять наркотики?", "НАРКОТИКОВ", "куплю бомбу", "купить вот такую бомбу", "взорвали дом",
        "про личную жизнь вашего директора", "скрученный пробег", "Скрутите пробег!",
    ],
)  # fmt: skip
def test_any_inflection_and_words_between(text: str) -> None:
    verdict = screen(text, POLICY)
    assert not verdict.allowed
    assert verdict.topic
    assert verdict.matched
    assert verdict.reply


@pytest.mark.parametrize(
    "text",
    [
        "нaркoтики", "наpк0тики", "н@ркотики", "н*ркотики", "н а р к о т и к и", "к у п и т ь  б о м б у",
        "нар-ко-тики",
        "н.а.р.к.о.т.и.к.и", "н_а_р_к_о_т_и_к_и", "нааарккоотики", "narkotiki",
        "narcotiki", "n4rkotiki", "yfhrjnbrb", "regbnm ,jv,e", "kупить b0mбу",
        "kupit bombu", "нарко\u200bтики", "купить\u200bбомбу",
        "н\u0336а\u0336р\u0336котик", "ВМW", "иьц", "бмв", "gashish", "гаш иш",
        "НАРКО\u00adТИКИ", "ｎаркотики", "kupitb bombu", "skrutitb probeg",
    ],
)  # fmt: skip
def test_disguises_are_read_through(text: str) -> None:
    assert not screen(text, POLICY).allowed


@pytest.mark.parametrize(
    "text",
    [
        "сукно", "бомба", "дом взорвать", "купить вот такую большую красивую бомбу", "скрутить мне пробег",
        "погода", "борьба с наркотиками", "купить бомбу для ванны", "наркотический", "Есть C180?",
        "до 5 млн", "",
    ],
)  # fmt: skip
def test_what_no_phrase_says_passes(text: str) -> None:
    assert screen(text, POLICY).allowed


def test_a_phrase_never_begins_inside_another_word() -> None:
    phrases = ["поехать с ним", "тупица"]
    policy = compile_policy({"topics": [{"id": "a", "phrases": phrases, "reply": "Нет."}]})
    assert screen("Гудит stupica, то есть ступица", policy).allowed
    assert not screen("поехатьсним", policy).allowed


@pytest.mark.parametrize(
    "text",
    [
        "est u vas chernie gle", "cherny gls est?", "cherniy", "chernye i ne belye", "opyat chernye!!",
        "ne chernuu", "chernyi", "chernyy",
    ],
)  # fmt: skip
def test_what_everybody_spells_so_in_latin_letters_is_that_word(text: str) -> None:
    policy = compile_policy({"topics": [{"id": "a", "phrases": ["херня"], "reply": "Нет."}]})
    assert screen(text, policy).allowed
    assert not screen("chto za khernya", policy).allowed
    assert not screen("kakaya-to hernia", policy).allowed


def test_the_digit_of_a_fraction_is_no_lone_letter() -> None:
    policy = compile_policy({"topics": [{"id": "a", "phrases": ["бля"], "reply": "Нет."}]})
    assert screen("Мне нужен 3,6 л, я подожду", policy).allowed
    assert screen("Разгон 4.6 л, я не тороплюсь", policy).allowed
    assert not screen("ну 6 л я", policy).allowed


@pytest.mark.parametrize(
    "text", ["11 607 000 ₽. Нет ли?", "до 607 тыс нет?", "607 руб, нет", "1 607 000 нет"]
)
def test_a_sum_is_no_word_in_digits(text: str) -> None:
    policy = compile_policy({"topics": [{"id": "faith", "phrases": ["бога нет"], "reply": "Нет."}]})
    assert screen(text, policy).allowed
    assert not screen("607а нет", policy).allowed


def test_an_exception_excuses_only_its_own_words() -> None:
    assert not screen("Борьба с наркотиками и где купить наркотики", POLICY).allowed


@pytest.mark.parametrize(
    "text", ["\x00", "\ud800", "a" * 1_000_000, "н" * 1_000_000, "а " * 100_000, "[" * 5_000]
)
def test_hostile_texts_are_screened_in_time(text: str) -> None:
    started = time.monotonic()
    assert screen(text, POLICY).allowed
    assert time.monotonic() - started < 20


@settings(deadline=None)
@given(st.text(alphabet=st.characters(codec=None), max_size=300))
def test_any_text_has_a_verdict(text: str) -> None:
    screen(text, POLICY)


@given(
    st.text(alphabet="абвгдежзиклмнопрст .,!?-", max_size=60),
    st.text(alphabet="абвгдежзиклмнопрст .,!?-", max_size=60),
)
def test_a_forbidden_word_is_found_wherever_it_stands(before: str, after: str) -> None:
    assert not screen(f"{before} наркотики {after}".replace("борьба", ""), POLICY).allowed


@pytest.mark.parametrize(
    ("policy", "place"),
    [
        ({}, "topics"),
        ({"topics": [{"id": "a", "reply": "b"}]}, 'topics[0] "a".phrases'),
        ({"topics": [{"id": "a", "phrases": ["!!!"], "reply": "b"}]}, 'topics[0] "a".phrases'),
        ({"topics": [{"id": "a", "phrases": ["б"], "reply": "b", "colour": 1}]}, 'topics[0] "a".colour'),
        ({"topics": [{"id": "a", "phrases": ["б"], "reply": "b"}] * 2}, "used twice: a"),
        ({"topics": "no"}, "topics"),
    ],
)
def test_a_broken_policy_says_where(policy: dict, place: str) -> None:
    with pytest.raises(PolicyBroken) as raised:
        compile_policy(policy)
    assert place in str(raised.value)


def test_samples_that_a_policy_gets_wrong_are_named() -> None:
    policy = {
        "topics": [
            {
                "id": "a",
                "phrases": ["борщ"],
                "reply": "Нет.",
                "samples": [
                    {"text": "рецепт борща", "allowed": False},
                    {"text": "борща нет", "allowed": True},
                ],
            }
        ]
    }
    assert [(topic, sample.text) for topic, sample, _ in check_samples(compile_policy(policy))] == [
        ("a", "борща нет")
    ]


@pytest.mark.parametrize("spec", list(all_specs()), ids=lambda spec: spec.id)
def test_published_policies_hold_their_samples_and_spare_the_salon(spec) -> None:
    policy = compile_policy(tomllib.loads((ASSISTANTS_FOLDER / spec.id / "topics.toml").read_text("utf-8")))
    assert check_samples(policy) == []
    questions = [
        question
        for path in sorted((ASSISTANTS_FOLDER / spec.id / "knowledge").glob("*.toml"))
        for entry in tomllib.loads(path.read_text("utf-8")).get("faq", [])
        for question in (entry["question"], *entry.get("also", ()), entry["answer"])
    ]
    assert [text for text in questions if not screen(text, policy).allowed] == []


@pytest.mark.parametrize("spec", list(all_specs()), ids=lambda spec: spec.id)
def test_what_cars_are_called_is_never_forbidden(spec) -> None:
    """However an answer or a visitor sets it: signs around a short Latin name are easily read as letters."""
    policy = compile_policy(tomllib.loads((ASSISTANTS_FOLDER / spec.id / "topics.toml").read_text("utf-8")))
    made = tomllib.loads(MODELS.read_text("utf-8"))
    names = {
        name
        for model_class in made["model_class"]
        for whole in (model_class["name"], *(model["name"] for model in model_class["models"]))
        for name in (whole, whole.split()[0].removesuffix("-Class"))
    }
    texts = [
        text
        for name in sorted(names)
        for text in (
            f"В наличии 2 ({name}):",
            f"Нет ({name}).",
            f"есть {name.lower()}?",
            f"{name}, {name}!",
            f"[{name}]",
            f"В наличии 2 ({name}, с пробегом):",
            f"гле или ({name.lower()}, белый",
            f"#{name}",
            f"*{name}*",
            f"<{name}>",
        )
    ]
    assert len(names) > 100
    assert [text for text in texts if not screen(text, policy).allowed] == []


def test_a_message_costs_little() -> None:
    text = ("Здравствуйте! Подскажите, есть ли чёрный GLC 300 4MATIC 2023 года до 8 млн рублей? " * 25)[
        :2_000
    ]
    screen(text, POLICY)
    started = time.thread_time()
    for _ in range(10):
        screen(text, POLICY)
    assert (time.thread_time() - started) / 10 < 0.5
