"""An assistant that exists only in tests."""

from __future__ import annotations

from datetime import time
from pathlib import Path
from typing import Any

from core.spec import AssistantSpec, Capability, Hours, Inventory, Limits, OwnerSettings, Terms, Texts

WORKDAY = (time(9), time(21))
POLICY: dict[str, Any] = {
    "topics": [{"id": "politics", "phrases": ["выборы"], "reply": "Об этом я не говорю."}],
}


def owner(**changes: Any) -> OwnerSettings:
    settings = OwnerSettings(
        hours=Hours(
            time_zone="Europe/Moscow",
            week={"mon": WORKDAY, "tue": WORKDAY, "wed": WORKDAY, "thu": WORKDAY, "fri": WORKDAY},
        ),
        terms=Terms(version="2026-11-01", storage="Храним.", training="Учим."),
        texts=Texts(
            greeting="Здравствуйте!",
            off_topic="Не по теме.",
            no_fact="Не знаю.",
            apology="Простите, не получилось.",
            resting="Отдыхаю.",
            callback_accepted="Перезвоним.",
            office_closed="Закрыто.",
        ),
    )
    return settings.model_copy(update=changes)


def spec(id_: str = "tester", **changes: Any) -> AssistantSpec:
    return AssistantSpec(
        id=id_,
        name="Тест",
        flow="assistants.tester.flow",
        capabilities=frozenset(changes.pop("capabilities", Capability)),
        inventory=Inventory(),
        limits=changes.pop("limits", Limits()),
        owner=owner(**changes),
        folder=Path("/nowhere") / id_,
    )
