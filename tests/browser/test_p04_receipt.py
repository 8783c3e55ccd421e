"""The secrets of a receipt are gone when Sari says that she kept them, even for who presses Back (P04)."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import story as stories
from tests.browser import window
from tests.browser.window import Window


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # Tests usually keep no page for going back; people's browsers do.
    with window.chromium(ignore_default_args=["--disable-back-forward-cache"]) as browser:
        yield browser


@pytest.fixture(params=[True, False], ids=["scripts", "none"])
def sari(request: pytest.FixtureRequest, browser: Browser, home: str) -> Iterator[Window]:
    """Sari in front of her receipt."""
    sari = window.opened(browser, home, scripts=request.param, width=window.TELEPHONE)
    sari.go("/lapor/")
    sari.fill(stream="service", concerns="none", what=stories.WHAT)
    sari.press("form:has([name=what]) button.main")
    sari.fill(account="new", pseudonym=stories.new_name(), password=stories.PASSWORD)
    sari.press("[name=send]")
    yield sari
    sari.page.context.close()


def test_p04_after_she_kept_it_back_and_reload_show_it_no_more(sari: Window) -> None:
    code = sari.text("#recovery-code")
    # A page that the browser had kept as it was is not loaded again.
    sari.page.go_back(wait_until="commit")
    sari.page.go_forward(wait_until="commit")
    assert sari.text("#recovery-code") == code

    sari.press("[name=kept]")
    for deed in (sari.page.go_back, sari.page.reload, sari.page.go_back, sari.page.go_forward):
        deed(wait_until="commit")
        sari.page.wait_for_load_state()
        assert sari.page.locator("#recovery-code, .secret").count() == 0
        assert code not in sari.page.content()
    for path in ("/lapor/terkirim/", "/lapor/periksa/", "/lapor/"):
        sari.go(path)
        assert code not in sari.page.content()


def test_p04_sending_again_from_the_page_before_shows_the_same_receipt(sari: Window) -> None:
    number, code = sari.text("#register-number"), sari.text("#recovery-code")
    sari.go("/lapor/periksa/")

    assert (sari.text("#register-number"), sari.text("#recovery-code")) == (number, code)


def test_p04_the_text_file_holds_the_codes_and_not_the_pseudonym(sari: Window) -> None:
    number, code = sari.text("#register-number"), sari.text("#recovery-code")
    with sari.page.expect_download() as saving:
        sari.page.locator("form[action$='/simpan/'] button").click()
    text = saving.value.path().read_text(encoding="utf-8")

    assert number in text
    assert code in text
    assert "burung malam" not in text
    assert number not in saving.value.suggested_filename


def test_p05_after_signing_out_back_shows_nothing_of_hers(sari: Window) -> None:
    number = sari.text("#register-number")
    sari.press("[name=kept]")
    sari.press("main article a")
    assert stories.WHAT in sari.page.content()
    sari.press("form[action$='/keluar/'] button")
    for _ in range(3):
        sari.page.go_back(wait_until="commit")
        sari.page.wait_for_load_state()
        assert stories.WHAT not in sari.page.content()
        assert number not in sari.page.content()


def test_the_printed_receipt_has_the_proof_and_no_buttons(sari: Window) -> None:
    sari.page.emulate_media(media="print")
    proof = sari.page.locator("details:has(code)")

    assert sari.page.locator("button:visible, nav:visible, .leave:visible").count() == 0
    assert proof.locator("code").first.is_visible()
    assert len(proof.locator("code").first.inner_text()) >= 40


def test_p04_printed_it_is_one_sheet_with_the_proof_on_it(sari: Window) -> None:
    pages = re.findall(rb"/Type\s*/Page\b", sari.page.pdf(format="A4"))
    assert len(pages) == 1
    sari.page.emulate_media(media="print")
    assert sari.page.locator("#recovery-code").is_visible()
    assert not sari.page.locator("main .lead").is_visible()
