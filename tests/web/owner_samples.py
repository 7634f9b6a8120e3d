"""What the fake of the owner's API begins with: a salon's day, its dialogues, its documents.

Knows plausible values alone. Refuses to be random: the same pictures every time, but for the date.
"""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from typing import Any


def ago(**span: float) -> str:
    return (datetime.now(UTC) - timedelta(**span)).isoformat()


def day_ago(days: int) -> str:
    return (datetime.now(UTC) + timedelta(hours=3) - timedelta(days=days)).date().isoformat()


def today() -> dict[str, Any]:
    return {
        "day": day_ago(0),
        "dialogues": 1284,
        "turns": 3521,
        "answered": 3302,
        "answered_within_10_s": 0.974,
        "callbacks_waiting": 3,
        "csat": {"mean": 8.74, "count": 61},
        "nps": {"score": 42.0, "count": 19},
        "refusals": [
            {"topic": "Политика, война, санкции", "count": 21},
            {"topic": "Обещания скидки сверх цены", "count": 12},
            {"topic": "Медицинские советы", "count": 2},
        ],
        "unanswered": 7,
        "stock_as_of": ago(minutes=12),
        "cost_usd_so_far": 12.4,
        "breaker": {"state": "closed", "since": None, "reason": None},
    }


def trends(days: int) -> list[dict[str, Any]]:
    told = []
    for back in reversed(range(days)):
        wave = math.sin(back / 3.1) + math.sin(back / 1.3) / 2
        dialogues = round(900 + 300 * wave)
        told.append(
            {
                "day": day_ago(back),
                "dialogues": dialogues,
                "turns": round(dialogues * 2.7),
                "answered_within_10_s": round(0.965 + wave / 50, 3),
                "csat": None if back % 11 == 4 else round(8.5 + wave / 2, 2),
                "nps": None if back % 11 == 4 else round(40 + 15 * wave),
                "refusals": round(20 + 6 * wave),
                "unanswered": round(9 - 3 * wave),
                "callbacks": round(30 + 9 * wave),
                "cost": round(14 + 2 * wave, 2),
            }
        )
    return told


def wishes() -> dict[str, Any]:
    models = (("GLC", 412), ("E-класс", 240), ("C-класс", 198), ("GLE", 121), ("G-класс", 44), ("CLS", 9))
    colors = (("чёрный", 301), ("белый", 244), ("серый", 120), ("синий", 61), ("красный", 2))
    budgets = ((0, 4_000_000, 51), (4_000_000, 6_000_000, 187), (6_000_000, 9_000_000, 140))
    return {
        "models": [{"name": name, "count": count} for name, count in models],
        "colors": [{"name": name, "count": count} for name, count in colors],
        "budgets_rub": [
            *({"from": low, "to": high, "count": count} for low, high, count in budgets),
            {"from": 9_000_000, "to": None, "count": 66},
        ],
    }


def turn(
    question: str, answer: str, state: str = "answered", reason: str | None = None, **more: Any
) -> dict[str, Any]:
    return {
        "message_id": f"m-{abs(hash(question))}",
        "asked_at": ago(hours=2),
        "question": question,
        "answer": answer,
        "state": state,
        "reason": reason,
        "topic": None,
        "elapsed_ms": 1840,
        "sources": [],
        "thumb": None,
        "thumb_reason": None,
        **more,
    }


STOCK = {"title": "Наличие и цены салона"}
DIALOGUES: list[dict[str, Any]] = [
    {
        "session_id": "d-1",
        "opened_at": ago(hours=2),
        "csat": 9,
        "nps": 10,
        "reasons": [],
        "asked": [
            turn(
                "Сколько стоит самый дешёвый GLC?",
                "Самый доступный GLC в наличии — GLC 200 4MATIC, 2023 год, 5 150 000 ₽.",
                sources=[STOCK],
                thumb="up",
            ),
            turn(
                "Меня зовут [имя], перезвоните на [телефон]",
                "Оставьте, пожалуйста, заявку: менеджер перезвонит.",
            ),
        ],
    },
    {
        "session_id": "d-2",
        "opened_at": ago(hours=3),
        "csat": 4,
        "nps": None,
        "reasons": ["no_fact", "forbidden:politics"],
        "asked": [
            turn(
                "Можно ли приехать к вам с собакой?",
                "Точного ответа на этот вопрос у меня нет, а придумывать не буду.",
                reason="no_fact",
                thumb="down",
                thumb_reason="Не ответил",
            ),
            turn(
                "Когда закончится война?",
                "О политике я не говорю: я помощник автосалона.",
                "refused",
                "forbidden:politics",
                topic="politics",
            ),
        ],
    },
    *(
        {
            "session_id": f"d-{number}",
            "opened_at": ago(hours=number),
            "csat": None,
            "nps": None,
            "reasons": [],
            "asked": [turn(f"Есть ли в наличии E {number}0?", "Да, в наличии одна машина.", sources=[STOCK])],
        }
        for number in range(3, 40)
    ),
]

GROUPS: list[dict[str, Any]] = [
    {
        "title": "Можно ли приехать к вам с собакой?",
        "count": 5,
        "questions": [
            {"session_id": "d-2", "asked_at": ago(hours=3), "text": "Можно ли приехать к вам с собакой?"},
            {"session_id": "d-5", "asked_at": ago(hours=20), "text": "Пускаете с собаками?"},
            {"session_id": "d-6", "asked_at": ago(days=2), "text": "А с маленькой собачкой в салон можно?"},
        ],
    },
    {
        "title": "Есть ли у вас зарядка для электромобиля?",
        "count": 1,
        "questions": [
            {"session_id": "d-7", "asked_at": ago(days=1), "text": "Есть ли у вас зарядка для электромобиля?"}
        ],
    },
]


def callback(number: int, name: str, **more: Any) -> dict[str, Any]:
    return {
        "callback_id": f"c-{number}",
        "session_id": f"d-{number}",
        "kind": "callback",
        "name": name,
        "phone": f"+7 900 123-45-{number:02}",
        "convenient_time": "",
        "comment": "",
        "car": "",
        "wished_at": None,
        "state": "waiting",
        "created_at": ago(hours=number),
        "note": "",
        "changed_by": None,
        "changed_at": None,
        **more,
    }


CALLBACKS: list[dict[str, Any]] = [
    callback(1, "Ирина Павлова", convenient_time="после 18:00", comment="Хочу уточнить про трейд-ин"),
    callback(2, "Олег", kind="test_drive", car="GLC 300 4MATIC", wished_at=ago(hours=-26)),
    callback(3, "Мария Соколова"),
    callback(
        4,
        "Пётр",
        state="done",
        note="Приедет в субботу",
        changed_by="boris@salon.example",
        changed_at=ago(hours=1),
    ),
    callback(5, "Анастасия", state="no_answer", changed_by="boris@salon.example", changed_at=ago(hours=2)),
]

POLICY = {
    "topics": [
        {
            "id": "politics",
            "title": "Политика, война, санкции",
            "phrases": ["политика", "закончится война", "санкция", "президентские выборы"],
            "exceptions": ["политика конфиденциальности", "ценовая политика"],
            "samples": [
                {"text": "Когда закончится война?", "allowed": False},
                {"text": "Какая у вас ценовая политика?", "allowed": True},
            ],
            "reply": "О политике я не говорю: я помощник автосалона.",
            "gap": 2,
            "enabled": True,
        },
        {
            "id": "medicine",
            "title": "Медицинские советы",
            "phrases": ["болит голова", "какое лекарство"],
            "exceptions": [],
            "samples": [{"text": "У меня болит голова, что принять?", "allowed": False}],
            "reply": "Медицинских советов я не даю: спросите, пожалуйста, врача.",
            "gap": 2,
            "enabled": True,
        },
        {
            "id": "promised_discount",
            "title": "Обещания скидки сверх цены",
            "phrases": ["пообещай скидку", "продай за один рубль"],
            "exceptions": ["хочу подарить"],
            "samples": [],
            "reply": "Обещать особую цену в чате я не могу: в силе та, что указана у автомобиля.",
            "gap": 1,
            "enabled": False,
        },
    ]
}


def passage(id_: str, kind: str, title: str, text: str, *also: str) -> dict[str, Any]:
    questions = [title, *also]
    return {
        "id": id_,
        "kind": kind,
        "title": title,
        "text": text,
        "questions": questions,
        "models": [],
        "offer": None,
    }


KNOWLEDGE = {
    "passages": [
        passage(
            "address",
            "faq",
            "Где находится салон?",
            "Салон стоит на Пристанской улице, дом 45.",
            "Какой у вас адрес?",
        ),
        passage(
            "hours",
            "faq",
            "Какой у вас график работы?",
            "Мы открыты с 9:00 до 21:00.",
            "До скольки вы открыты?",
        ),
        passage(
            "legend_name",
            "legend",
            "Почему салон называется «Северная Звезда»",
            "По звезде, которую видно с крыльца.",
        ),
        passage("glc", "cars", "Что такое GLC", "GLC — кроссовер среднего размера."),
    ],
    "small_talk": [{"id": "hello", "phrases": ["Привет"], "reply": "Добрый день!"}],
    "foreign": ["Как испечь блины?"],
}

SETTINGS = {
    "retention": "P90D",
    "idle_timeout": "PT30M",
    "callbacks_outside_hours": False,
    "nps_share": 0.3,
    "hours": {
        "time_zone": "Europe/Moscow",
        "week": {
            **{day: ["09:00:00", "21:00:00"] for day in ("mon", "tue", "wed", "thu", "fri")},
            "sat": ["10:00:00", "20:00:00"],
        },
        "holidays": ["2027-01-01"],
    },
    "terms": {
        "version": "2026-11-01",
        "storage": "Я согласен на хранение переписки на срок, указанный в начале диалога.",
        "training": "Я согласен, чтобы обезличенная переписка помогала улучшать ответы помощника.",
        "link": "/terms.html",
    },
    "texts": {
        "greeting": "Здравствуйте! Я виртуальный помощник салона «Северная Звезда». Что вас интересует?",
        "waiting": "Ваш запрос обрабатывается, ожидайте ответа",
        "off_topic": "Я помогаю только с вопросами о салоне «Северная Звезда».",
        "no_fact": "Точного ответа на этот вопрос у меня нет, а придумывать не буду.",
        "apology": "Простите, ответить не получилось: это наша неполадка.",
        "resting": "Помощник сейчас отдыхает.",
        "warming": "Помощник просыпается.",
        "callback_accepted": "Спасибо! Заявка принята.",
        "test_drive_accepted": "Спасибо! Заявка на тест-драйв принята.",
        "brochure_sent": "Отправили ссылку на брошюру.",
        "office_closed": "Сейчас салон закрыт.",
    },
    "credit": {"annual_percent": "19.9", "months": [12, 84], "least_first_percent": "20"},
}

DOCUMENTS: dict[str, Any] = {"policy": POLICY, "knowledge": KNOWLEDGE, "settings": SETTINGS}
