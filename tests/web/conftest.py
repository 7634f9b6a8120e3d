"""A browser, what is built of web/, the fakes of both APIs, and pages that stand on them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))  # fake_api is no package: it can be run alone

from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.web.fake_api import FakeApi
from tests.web.owner_page import OwnerPage, opened
from tests.web.serving import FrontDoor

expect.set_options(timeout=10_000)  # a busy machine is slow, not wrong

ROOT = Path(__file__).resolve().parents[2]
NODE = shutil.which("node", path=Path(sys.executable).parent)
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Not for the session: an event loop runs in this thread while it is there, and no other can."""
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from the sources as they are now, a folder of its own for every worker."""
    folder = tmp_path_factory.mktemp("web") / "dist"
    subprocess.run([NODE, ROOT / "web" / "build.mjs", "--out", folder], cwd=ROOT, check=True)
    return folder


@pytest.fixture
def fake(dist: Path) -> FakeApi:
    return FakeApi(dist)


@pytest.fixture
def front_door(fake: FakeApi) -> Iterator[FrontDoor]:
    """A fresh one for every test."""
    door = FrontDoor(fake.app)
    door.start()
    yield door
    door.stop()


@pytest.fixture
def visitor(browser: Browser, front_door: FrontDoor) -> Iterator[Callable[..., Page]]:
    """Opens an empty page of a browser of its own on the fake's origin: `visitor(locale="en-GB")`.

    Anything that the browser reports as an error fails the test.
    """
    contexts: list[BrowserContext] = []
    broken: list[str] = []

    def arrive(**given: Any) -> Page:
        wish = {"locale": "ru-RU", "timezone_id": "Europe/Moscow"} | given
        contexts.append(browser.new_context(base_url=front_door.address, **wish))
        contexts[-1].on("weberror", lambda error: broken.append(str(error.error)))
        contexts[-1].on(
            "console", lambda line: "Content Security Policy" in line.text and broken.append(line.text)
        )
        contexts[-1].set_default_timeout(10_000)
        return contexts[-1].new_page()

    yield arrive
    for context in contexts:
        context.close()
    assert broken == []


@pytest.fixture
def owner(browser: Browser, dist: Path) -> Iterator[OwnerPage]:
    """Signed in. The browser's own time zone is another one than the salon's."""
    with opened(browser, dist) as page:
        page.signed_in()
        yield page


@pytest.fixture
def page(visitor: Callable[..., Page]) -> Page:
    return visitor()
