"""Takes the README's screenshot from a running stack: a dialogue with the showroom, asked live.

    python tests/web/screenshot.py [http://127.0.0.1:8080] [docs/screenshot.png]

Knows the widget and two questions. Refuses to make up an answer: what the stack says is what is shown.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

QUESTIONS = ("Доступен ли тест-драйв в вашем салоне?", "Какие GLC есть в наличии?")
ANSWER_MS = 120_000
LARGEST_BYTES = 300_000


def ask(page: Page, question: str) -> None:
    """Sends a question and waits until its answer is whole."""
    page.get_by_label("Ваш вопрос").fill(question)
    page.keyboard.press("Enter")
    turn = page.locator(".turn", has_text=question).last
    turn.locator(".answer[aria-busy=false]:visible").wait_for(timeout=ANSWER_MS)


def take(address: str, target: Path) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        view = {"width": 1180, "height": 780}
        page = browser.new_page(viewport=view, locale="ru-RU", timezone_id="Europe/Moscow")
        page.goto(address)
        page.get_by_role("button", name="Спросить помощника").click()
        page.get_by_label("Хранение диалога").check()
        page.get_by_role("button", name="Начать диалог").click()
        for question in QUESTIONS:
            ask(page, question)
        page.wait_for_timeout(400)  # the bubble's arrival
        target.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=target)
        browser.close()
    if target.stat().st_size > LARGEST_BYTES:
        sys.exit(f"{target} has {target.stat().st_size} bytes, {LARGEST_BYTES} are the limit")


if __name__ == "__main__":
    given = dict(enumerate(sys.argv[1:]))
    take(given.get(0, "http://127.0.0.1:8080"), Path(given.get(1, "docs/screenshot.png")))
