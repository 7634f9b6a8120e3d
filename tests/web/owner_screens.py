"""Takes the pictures of the owner's page for docs/screens: `make web`, `python -m tests.web.owner_screens`.

Knows which states are worth a picture. Refuses to touch a running stack: they show the fake's samples.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tests.web.fake_owner_api import DIST
from tests.web.owner_page import DESKTOP, PHONE, OwnerPage, opened

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screens"
LARGEST_BYTES = 150_000


def conflict(owner: OwnerPage) -> None:
    owner.open("topics")
    owner.tab.get_by_text("Медицинские советы").click()
    owner.tab.get_by_label("Что ответить посетителю").fill("С этим вопросом лучше обратиться к врачу.")
    theirs = owner.fake.value("policy")
    theirs["topics"][0]["title"] = "Политика и война"
    owner.fake.publish("policy", theirs)
    owner.publish()
    owner.tab.get_by_role("alert").scroll_into_view_if_needed()


def answer(owner: OwnerPage) -> None:
    owner.open("unanswered")
    owner.tab.get_by_role("button", name="Добавить в FAQ: Можно ли приехать").click()
    owner.whole("faq")
    owner.tab.get_by_label("Ответ", exact=True).fill("Да, с небольшой собакой на поводке можно.")


def page(address: str) -> Callable[[OwnerPage], None]:
    return lambda owner: owner.open(address)


SCREENS: dict[str, tuple[Any, str, Callable[[OwnerPage], None]]] = {
    "owner-today": (DESKTOP, "light", page("today")),
    "owner-trends": (DESKTOP, "dark", page("trends")),
    "owner-conflict": (DESKTOP, "light", conflict),
    "owner-callbacks": (PHONE, "light", page("callbacks")),
    "owner-answer": (PHONE, "dark", answer),
}


def take(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for name, (size, scheme, show) in SCREENS.items():
            with opened(browser, DIST, viewport=size, color_scheme=scheme) as owner:
                owner.signed_in()
                show(owner)
                owner.tab.wait_for_timeout(300)  # plots are drawn once their width is known
                target = folder / f"{name}.png"
                owner.tab.screenshot(path=target)
                if target.stat().st_size > LARGEST_BYTES:
                    sys.exit(f"{target} has {target.stat().st_size} bytes, {LARGEST_BYTES} are the limit")
        browser.close()


if __name__ == "__main__":
    take(FOLDER)
