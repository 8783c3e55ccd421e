"""The public pages in a real browser: accessible, on a small telephone too, and silent towards everybody else."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Browser, Page, Route, sync_playwright

pytestmark = pytest.mark.browser

PATHS = ("/", "/privasi/", "/prasyarat/", "/kanal/", "/hubungi/", "/verifikasi-surat/", "/peta-situs/", "/tidak-ada/")
TYPES = {"css": "text/css", "svg": "image/svg+xml"}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Network:
    """Answers the browser from the application itself, and keeps what was asked of anybody else."""

    foreign: list[str] = field(default_factory=list)

    def answer(self, route: Route) -> None:
        url = urlsplit(route.request.url)
        if url.netloc != "testserver":
            self.foreign.append(route.request.url)
            route.abort()
        elif url.path.startswith("/static/"):
            found = finders.find(url.path.removeprefix("/static/"))
            assert isinstance(found, str)
            route.fulfill(path=found, content_type=TYPES[found.rsplit(".", 1)[1]])
        else:
            response = Client().get(url.path)
            route.fulfill(status=response.status_code, body=response.content, headers=dict(response.items()))


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


def visit(chromium: Browser, path: str, **how: Any) -> tuple[Page, Network]:
    network = Network()
    page = chromium.new_context(**how).new_page()
    page.route("**/*", network.answer)
    page.goto(f"http://testserver{path}")
    return page, network


@pytest.mark.parametrize(("scheme", "prefix"), [("light", ""), ("dark", "/en")])
@pytest.mark.parametrize("path", PATHS)
def test_sari_can_use_the_page_with_any_aid(chromium: Browser, path: str, scheme: str, prefix: str) -> None:
    page, network = visit(chromium, prefix + path, color_scheme=scheme)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert network.foreign == []
    page.context.close()


@pytest.mark.parametrize("path", PATHS)
def test_no_page_has_to_be_scrolled_sideways(chromium: Browser, path: str) -> None:
    page, _ = visit(chromium, path)
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, width
    page.context.close()


def test_the_way_out_stays_in_sight_and_is_large_enough(chromium: Browser) -> None:
    page, _ = visit(chromium, "/privasi/", viewport={"width": 390, "height": 800})
    page.evaluate("scrollTo(0, 2000)")
    box = page.locator(".leave").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 100
    assert box["height"] >= 44
    page.context.close()


def test_the_keyboard_reaches_the_content_first(chromium: Browser) -> None:
    page, _ = visit(chromium, "/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.context.close()


def test_the_page_is_the_same_without_scripts(chromium: Browser) -> None:
    texts = []
    for scripts in (True, False):
        page, _ = visit(chromium, "/", java_script_enabled=scripts)
        texts.append(page.locator("body").inner_text())
        page.context.close()
    assert texts[0] == texts[1]
