"""How the widget may be looked at: two languages, two screens; and what axe has against what it sees."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from tests.web.conftest import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DESKTOP = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 390, "height": 780}, "has_touch": True, "is_mobile": True}
RU = {
    "bubble": "Спросить помощника",
    "storage": "Хранение диалога",
    "begin": "Начать диалог",
    "field": "Ваш вопрос",
}
EN = {
    "bubble": "Ask the assistant",
    "storage": "Storing the conversation",
    "begin": "Start the conversation",
    "field": "Your question",
}


def violations(page: Page) -> list[Any]:
    """Of the widget alone: the page around it is somebody else's."""
    found = page.evaluate(
        "tags => axe.run({ include: ['attendant-widget'] }, { runOnly: tags, resultTypes: ['violations'] })",
        TAGS,
    )
    return [
        (each["id"], node["target"], node["failureSummary"])
        for each in found["violations"]
        for node in each["nodes"]
    ]
