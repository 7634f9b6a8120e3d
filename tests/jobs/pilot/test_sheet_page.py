"""A marking page in a real browser: what is marked stays, is saved, and is read again."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from jobs.evaluation.sheets import KEY_FILE
from jobs.pilot.marks import unblinded
from tests.jobs.pilot.test_page import browser
from tests.jobs.pilot.test_shadow import sheets

__all__ = ["browser"]


def opened(browser: Browser, folder: Path, **view) -> Page:
    page = browser.new_page(accept_downloads=True, **view)
    page.on("pageerror", lambda error: (_ for _ in ()).throw(AssertionError(str(error))))
    page.goto((folder / "sheet-rater-1.html").as_uri())
    return page


def test_marks_go_from_the_page_to_the_figures(browser: Browser, tmp_path: Path) -> None:
    sheets(tmp_path, blind=True, raters=1, count=2)
    page = opened(browser, tmp_path)
    rows = page.locator("fieldset")
    assert rows.count() == 4
    for place in range(3):
        row = rows.nth(place)
        for letter in ("a", "b"):
            said = row.locator("section", has=page.get_by_role("heading", name=letter.upper(), exact=True))
            mark = "5" if "script" in said.inner_text() else "2"
            said.get_by_label(mark, exact=True).check()
    rows.first.get_by_label("Замечание").fill('=1+1; "кавычки"')
    expect(page.get_by_text("Оценено 3 из 4")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Оценено 3 из 4")).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Сохранить оценки").click()
    path = tmp_path / saved.value.suggested_filename
    saved.value.save_as(path)
    assert path.name == "sheet-rater-1-marked.csv"
    found = unblinded([path], tmp_path / KEY_FILE)
    assert (found.operator.value, found.assistant.value) == (2.0, 5.0)
    assert found.assistant_preferred == 2
    page.close()


def test_answers_run_nothing_and_fit_a_phone(browser: Browser, tmp_path: Path) -> None:
    sheets(tmp_path, blind=False, raters=1, count=2)
    page = opened(browser, tmp_path, viewport={"width": 320, "height": 700})
    assert page.get_by_text("<script>П q0.0</script>").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()
