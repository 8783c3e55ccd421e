"""What a visit costs on a poor connection: bytes on the wire, heads and all, as the browser counts them."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import story as stories

FIRST_PAGE = 30_000
JOURNEY = 100_000


@dataclass
class Meter:
    """Counts requests and bytes of a page that nobody stands in the way of."""

    page: Page
    home: str
    prefix: str
    requests: int = 0
    weight: int = 0

    def start(self) -> None:
        """Begin to count."""
        network = self.page.context.new_cdp_session(self.page)
        network.send("Network.enable")
        network.on("Network.loadingFinished", self._count)

    def _count(self, event: dict[str, float]) -> None:
        self.weight += int(event["encodedDataLength"])
        self.requests += event["encodedDataLength"] > 0

    def go(self, path: str) -> None:
        """Type an address, and wait for everything that comes with the page."""
        self.page.goto(f"{self.home}{self.prefix}{path}", wait_until="networkidle")

    def press(self, place: str) -> None:
        """Press a button, and wait too."""
        self.page.locator(place).first.click()
        self.page.wait_for_load_state("networkidle")


@pytest.fixture(params=[("", True), ("", False), ("/en", False)], ids=["id-scripts", "id", "en"])
def meter(request: pytest.FixtureRequest, chromium: Browser, home: str) -> Iterator[Meter]:
    prefix, scripts = request.param
    meter = Meter(chromium.new_context(java_script_enabled=scripts).new_page(), home, prefix)
    meter.start()
    yield meter
    meter.page.context.close()


def test_the_first_page_is_light(meter: Meter) -> None:
    meter.go("/")

    assert meter.requests <= 3
    assert meter.weight <= FIRST_PAGE


def test_the_whole_way_from_the_first_page_to_reading_ones_report_is_light(meter: Meter) -> None:
    page, name = meter.page, stories.new_name()
    meter.go("/")
    meter.press("main .btn.main")
    page.locator("[name=stream][value=service]").check()
    page.locator("[name=concerns][value=none]").check()
    page.locator("[name=what]").fill(stories.WHAT)
    meter.press("form:has([name=what]) button.main")
    page.locator("[name=pseudonym]").fill(name)
    page.locator("[name=password]").fill(stories.PASSWORD)
    meter.press("[name=send]")
    number = page.locator("#register-number").inner_text()
    meter.press("[name=kept]")
    meter.press("form[action$='/keluar/'] button")
    meter.go("/status/")
    page.locator("[name=register_number]").fill(number)
    meter.press("form:has([name=register_number]) button")
    meter.go("/masuk/")
    page.locator("[name=pseudonym]").fill(name)
    page.locator("[name=password]").fill(stories.PASSWORD)
    meter.press("form:has([name=pseudonym]) button")
    meter.press("main article a")
    assert number in page.content()

    assert meter.weight <= JOURNEY
