"""Everything can be done with the keyboard alone, and one always sees where one is."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import story as stories
from tests.browser import window
from tests.browser.window import Window

_MOST_STEPS = 80
# What has the focus is outlined, and not by a hair.
_SEEN = """() => {
    const one = document.activeElement, look = getComputedStyle(one);
    if (one === document.body) return "nothing";
    const box = one.getBoundingClientRect();
    const shown = look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2 && box.bottom > 0 && box.width > 0;
    return shown ? "" : one.outerHTML.slice(0, 120);
}"""


@pytest.fixture
def sari(chromium: Browser, home: str) -> Iterator[Window]:
    sari = window.opened(chromium, home, width=window.TELEPHONE)
    yield sari
    sari.page.context.close()


def _tab_to(page: Page, control: str) -> None:
    """Press Tab until a control has the focus; on the way it is always seen where one is."""
    for _ in range(_MOST_STEPS):
        page.keyboard.press("Tab")
        unseen = page.evaluate(_SEEN)
        assert unseen in {"", "nothing"}, unseen
        if page.evaluate("control => document.activeElement.matches(control)", control):
            return
    pytest.fail(f"{control} cannot be reached")


def _enter(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_sari_reports_without_a_mouse(sari: Window) -> None:
    page = sari.page
    sari.go("/")
    _tab_to(page, "main .btn.main")
    _enter(page)
    _tab_to(page, "[name=stream]")
    page.keyboard.press("ArrowDown")
    _tab_to(page, "[name=concerns]")
    page.keyboard.press("Space")
    _tab_to(page, "[name=what]")
    page.keyboard.type(stories.WHAT)
    _tab_to(page, "[name=where]")
    page.keyboard.type("Loket 2")
    # Enter in a field goes on to the next page, it searches for no office and attaches no file.
    _enter(page)
    assert sari.path == "/lapor/periksa/"
    _tab_to(page, "[name=pseudonym]")
    page.keyboard.type(stories.new_name())
    _tab_to(page, "[name=password]")
    page.keyboard.type(stories.PASSWORD)
    _enter(page)
    assert sari.path == "/lapor/terkirim/"
    _tab_to(page, "[name=kept]")
    _enter(page)
    _tab_to(page, "main article a")
    _enter(page)
    _tab_to(page, "summary")
    page.keyboard.press("Enter")
    _tab_to(page, "[name=files]")


def test_the_first_step_skips_to_the_content_and_the_next_is_what_is_wrong(sari: Window) -> None:
    page = sari.page
    sari.go("/lapor/")
    sari.press("form:has([name=what]) button.main")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    box = page.locator(".skip").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    page.keyboard.press("Enter")
    for field in ("stream", "concerns", "what"):
        _tab_to(page, "[role=alert] a")
        assert page.evaluate("document.activeElement.hash") == f"#{field}"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "what"


@pytest.mark.parametrize("path", ["/", "/lapor/", "/status/", "/masuk/", "/pulihkan/", "/privasi/", "/kerja/masuk/"])
def test_one_sees_where_one_is_on_the_whole_page(sari: Window, path: str) -> None:
    sari.go(path)
    for scheme in ("light", "dark"):
        sari.page.emulate_media(color_scheme=scheme)
        _tab_to(sari.page, ".foot :is(li, p):last-child a")
