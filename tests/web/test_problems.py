"""What a visitor reads where the API said no: in the page's language, whatever the code."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from core import errors
from core.errors import AttendantError, StoreAway
from lambdas.api.app import routes
from lambdas.http_boundary.failures import HTTP_ERRORS, OTHERWISE, UNEXPECTED
from tests.web.fake_api import FakeApi, Refusal
from tests.web.steps import ask, begin, host_page
from tests.web.words import EN, RU, Words

pytestmark = pytest.mark.e2e

OWNERS_ALONE = {
    errors.OwnerNotSignedIn,
    errors.SignInRefused,
    errors.TooManySignIns,
    errors.DocumentChanged,
    errors.CallbackChanged,
}
CYRILLIC = re.compile("[А-Яа-яЁё]")
SAID = "Сервер сказал по-русски: {}."


def shown(root: type[AttendantError] = AttendantError) -> Iterator[AttendantError]:
    """Every error of the tree that the visitor's API lets out as it is; the others leave as UNEXPECTED."""
    for leaf in root.__subclasses__():
        if leaf not in OWNERS_ALONE and (leaf.status < 500 or issubclass(leaf, StoreAway)):
            yield leaf
        yield from shown(leaf)


CODES = sorted(
    {leaf.code for leaf in shown()}
    | {code for code, _ in (*HTTP_ERRORS.values(), OTHERWISE)}
    | {UNEXPECTED.code}
)


def fields() -> list[str]:
    """Every field of a body that a visitor of the widget fills in, by the OpenAPI document."""
    schemas = routes().openapi()["components"]["schemas"]
    filled = ("RequestCallback", "BookTestDrive", "SendBrochure", "AskQuestion")
    named = {name for schema in filled for name in schemas[schema]["properties"]}
    return sorted(named - {"booking_id", "brochure", "message_id", "wait_seconds"})


def refused(page: Page, fake: FakeApi, code: str, fields: tuple[dict[str, str], ...] = ()) -> str:
    """What stands in the form of a request that was refused so."""
    fake.form_refusals = [Refusal(409, code, SAID.format(code), fields)]
    page.locator(".form .main-button").click()
    error = page.locator(".form .field-error:visible, .form .form-error:visible")
    expect(error).to_have_count(1)
    return error.text_content() or ""


def open_the_form(page: Page, fake: FakeApi, words: Words) -> None:
    begin(page, host_page(fake, lang=words.language), words)
    page.get_by_role("button", name=words.call_me, exact=True).click()
    page.get_by_label(words.name).fill("Anna")
    page.get_by_label(words.phone).fill("+7 900 000-00-00")


def test_in_english_every_code_has_a_sentence_of_its_own(page: Page, fake: FakeApi) -> None:
    open_the_form(page, fake, EN)
    generic = refused(page, fake, "never_heard_of")
    said = {code: refused(page, fake, code) for code in CODES if code != UNEXPECTED.code}
    assert {code: text for code, text in said.items() if CYRILLIC.search(text) or text == generic} == {}
    assert len(set(said.values())) == len(said)
    assert refused(page, fake, UNEXPECTED.code) == generic


def test_in_russian_the_api_speaks_for_itself(page: Page, fake: FakeApi) -> None:
    """Its sentences may be the owner's."""
    open_the_form(page, fake, RU)
    for code in (*CODES, "never_heard_of"):
        assert refused(page, fake, code) == SAID.format(code)


def test_in_english_every_field_has_a_sentence_of_its_own(page: Page, fake: FakeApi) -> None:
    open_the_form(page, fake, EN)
    wrong = {name: ({"field": name, "message": SAID.format(name)},) for name in (*fields(), "surprise")}
    said = {name: refused(page, fake, "invalid_input", given) for name, given in wrong.items()}
    generic = said.pop("surprise")
    assert {name: text for name, text in said.items() if CYRILLIC.search(text) or text == generic} == {}


def test_a_question_that_was_refused_says_why_in_english(page: Page, fake: FakeApi) -> None:
    wrong = {"field": "text", "message": "Напишите вопрос словами."}
    fake.refusals = [
        Refusal(422, "invalid_input", "Проверьте поля.", (wrong,)),
        Refusal(413, "too_large", "Слишком большой запрос."),
    ]
    begin(page, host_page(fake, lang="en"), EN)
    expect(ask(page, "???", EN).locator(".delivery")).to_contain_text("in words")
    expect(ask(page, "???", EN).locator(".delivery")).to_contain_text("too long")
    page.reload()
    expect(page.locator(".delivery").first).to_contain_text("in words")


def test_what_the_salon_says_of_a_taken_request_is_english_too(page: Page, fake: FakeApi) -> None:
    open_the_form(page, fake, EN)
    page.get_by_role("button", name=EN.request_call, exact=True).click()
    expect(page.get_by_text(EN.request_taken)).to_be_visible()
