"""How the widget may be looked at: languages, screens, schemes; and what axe has against what it sees."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.web.conftest import ROOT
from tests.web.words import EN, RU, Words

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DESKTOP = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 390, "height": 780}, "has_touch": True, "is_mobile": True}
SCREENS: dict[str, dict[str, Any]] = {"desktop": DESKTOP, "phone": PHONE}
SCHEMES = ("light", "dark")


@dataclass(frozen=True)
class Look:
    words: Words
    screen: str
    scheme: str

    @property
    def context(self) -> dict[str, Any]:
        """What a browser's context is made with."""
        return {**SCREENS[self.screen], "color_scheme": self.scheme}

    def __str__(self) -> str:
        return f"{self.words.language}-{self.screen}-{self.scheme}"


LOOKS = {str(look): look for look in (Look(*each) for each in product((RU, EN), SCREENS, SCHEMES))}


def in_looks(*names: str) -> pytest.MarkDecorator:
    """Runs a test once a look, as `look`: in those of these names, else in all."""
    wanted = names or tuple(LOOKS)
    return pytest.mark.parametrize("look", [LOOKS[name] for name in wanted], ids=wanted)


SETTLED = """() => {
    const roots = [document, ...[...document.querySelectorAll("*")].map((each) => each.shadowRoot)];
    const moving = roots.flatMap((root) => root?.getAnimations() ?? []);
    const ending = moving.filter((each) => each.effect.getComputedTiming().iterations !== Infinity);
    return Promise.allSettled(ending.map((each) => each.finished)).then(() => null);
}"""
"""What arrives is half transparent for a moment: colours are judged once it has."""


def violations(page: Page, of: str = "attendant-widget") -> list[Any]:
    """Of the widget alone: the page around it is somebody else's. `html` is all of it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))  # by the debugger: no content policy forbids it
    page.evaluate(SETTLED)
    found = page.evaluate(
        "([of, tags]) => axe.run({ include: [of] }, { runOnly: tags, resultTypes: ['violations'] })",
        [of, TAGS],
    )
    return [
        (each["id"], node["target"], node["failureSummary"])
        for each in found["violations"]
        for node in each["nodes"]
    ]
