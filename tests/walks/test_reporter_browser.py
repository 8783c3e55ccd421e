"""Sari's way in a real browser, with and without scripts, on a telephone and on a desk (P12, P13)."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests import reporters
from tests.reporters import address
from tests.world import PASSWORD, PHOTO, World

pytestmark = pytest.mark.browser


class Sari:
    """Sari's browser: every page that she comes to is looked at."""

    def __init__(self, page: Page, home: str, *, language: str, scripts: bool) -> None:
        self.page, self._home, self._language, self._scripts = page, home, language, scripts
        self.strangers: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: None if request.url.startswith(home) else self.strangers.append(request.url))
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)

    def go(self, name: str) -> None:
        self.page.goto(self._home + address(name, self._language))
        self.look()

    def press(self, place: str) -> None:
        self.page.locator(place).click()
        self.page.wait_for_load_state()
        self.look()

    def look(self) -> None:
        assert self.page.locator("html").get_attribute("lang") == self._language
        assert self.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, self.page.url
        if self._scripts:
            found = Axe().run(self.page)
            assert found.violations_count == 0, found.generate_report()


@pytest.fixture
def sari(committed_world: World, live_server: LiveServer, request: pytest.FixtureRequest) -> Iterator[Sari]:
    language, scripts, width, scheme = request.param
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        context = browser.new_context(
            java_script_enabled=scripts, viewport={"width": width, "height": 800}, color_scheme=scheme
        )
        yield Sari(context.new_page(), live_server.url, language=language, scripts=scripts)
        browser.close()


@pytest.mark.parametrize(
    "sari",
    [("id", False, 390, "light"), ("en", False, 320, "dark"), ("id", True, 1280, "dark"), ("en", True, 390, "light")],
    indirect=True,
    ids=["id-no-scripts-telephone", "en-no-scripts-small", "id-scripts-desk", "en-scripts-telephone"],
)
def test_p13_sari_writes_sends_keeps_comes_back_and_adds(sari: Sari, tmp_path: Path) -> None:
    page = sari.page
    photo = tmp_path / "foto.jpg"
    photo.write_bytes(PHOTO)
    sari.go("tell")
    sari.press("form:has([name=what]) .btn.main")
    assert page.locator("[role=alert] a").first.get_attribute("href") == "#stream"
    page.locator("[name=stream][value=service]").check()
    page.locator("[name=concerns][value=none]").check()
    page.locator("[name=office_search]").fill("pekanbaru")
    sari.press("[name=find]")
    page.locator("[name=what]").fill(reporters.WHAT)
    page.locator("[name=files]").set_input_files(photo)
    sari.press("button[formaction]:not([name])")
    page.locator("[name=files]").set_input_files(photo)
    sari.press("form:has([name=files]) button:not([name])")
    sari.press("main button.main[name=onward]")
    page.locator("[name=pseudonym]").fill(reporters.NAME)
    page.locator("[name=password]").fill("pendek")
    sari.press("[name=send]")
    page.locator("[name=password]").fill(PASSWORD)
    sari.press("[name=send]")
    number = page.locator("#register-number").inner_text()
    assert len(page.locator("#recovery-code").inner_text().split()) == 7
    sari.press("[name=kept]")
    sari.press("[action$='/keluar/'] button")

    sari.go("status")
    page.locator("[name=register_number]").fill(number)
    sari.press("form:has([name=register_number]) button")
    assert page.locator("[role=status]").is_visible()
    sari.go("sign_in")
    page.locator("[name=pseudonym]").fill(reporters.NAME.upper())
    page.locator("[name=password]").fill(PASSWORD)
    sari.press("form:has([name=pseudonym]) button")
    sari.press("article a")
    page.locator("details:has([name=files]) summary").click()
    page.locator("[action$='/tambahan/'] [name=files]").set_input_files(photo)
    sari.press("[name=adding][value=files]")
    page.locator("details:has([value=text]) summary").click()
    page.locator("[action$='/tambahan/'] [name=text]").fill("Ini fotonya.")
    sari.press("[name=adding][value=text]")
    assert page.locator(".say.mine").count() == 1
    assert page.locator("a", has_text="foto.jpg").count() == 3
    for name in ("password", "new_code", "recover", "receipt"):
        sari.go(name)
    assert sari.strangers == []
    assert [text for text in sari.complaints if "status of 4" not in text] == []
