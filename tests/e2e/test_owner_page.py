"""Every page of the owner's on the deployed stack, on both screens, light and dark. It is Russian alone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from itertools import product
from typing import Any

from playwright.sync_api import Page, expect

from cli.deployment import home_folder
from tests.e2e.conftest import HOME, SALON
from tests.e2e.deployed_owner import Owner
from tests.web.looks import SCHEMES, violations
from tests.web.owner_page import DESKTOP, PAGES, PHONE

LONGEST_ANSWER_MS = 90_000
SOMETHING = re.compile(r"\S")
DIALOGUE = re.compile(r"#/dialogues/[\w-]+$")
OF_NO_DIALOGUE = [each for each in PAGES if not each.startswith("dialogues/")]
LOOKS = list(product((DESKTOP, PHONE), SCHEMES))


def test_every_page(visitor: Callable[..., Page], ask: Callable[..., Any], owner: Owner) -> None:
    ask("Какие GLC есть в наличии?")  # so that there is a dialogue to read
    owner.read("today")  # a busy machine starts the function for longer than a page waits
    tab = visitor(viewport=DESKTOP)
    tab.goto("/owner/")
    in_every_look(tab, "sign-in")
    kept = json.loads((home_folder(HOME) / "owner.json").read_text())
    tab.get_by_label("Электронная почта").fill(kept["email"])
    tab.get_by_label("Пароль", exact=True).fill(kept["password"])
    tab.get_by_role("button", name="Войти").click()
    whole(tab, PAGES["today"])
    tab.get_by_label("Салон", exact=True).select_option(SALON)
    for page in OF_NO_DIALOGUE:
        tab.goto(f"/owner/#/{page}")
        whole(tab, PAGES[page])
        in_every_look(tab, page)
    tab.goto("/owner/#/dialogues")
    whole(tab, PAGES["dialogues"])
    tab.get_by_role("main").get_by_role("link", name=SOMETHING).first.click()
    expect(tab).to_have_url(DIALOGUE)
    whole(tab, "Диалог")
    in_every_look(tab, "a dialogue")


def whole(tab: Page, heading: str) -> None:
    expect(tab.get_by_role("heading", level=1, name=heading, exact=True)).to_be_visible()
    loading = tab.get_by_text("Загружаем…")
    expect(loading).to_have_count(0, timeout=LONGEST_ANSWER_MS)
    again = tab.get_by_role("alert").get_by_role("button", name="Повторить")
    if again.count():  # a busy machine answers later than a page waits: as a person would, once
        again.click()
        expect(loading).to_have_count(0, timeout=LONGEST_ANSWER_MS)
    expect(tab.get_by_role("alert").filter(has_text=SOMETHING)).to_have_count(0)


def in_every_look(tab: Page, page: str) -> None:
    for screen, scheme in LOOKS:
        tab.set_viewport_size(screen)  # type: ignore[arg-type]
        tab.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert violations(tab, "html") == [], (page, screen, scheme)
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert tab.evaluate(wide) <= 0, (page, screen, scheme)
