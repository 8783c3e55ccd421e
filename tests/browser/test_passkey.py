"""A passkey in the real browser: made by a virtual authenticator, used to sign in; and what is said without scripts."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from benchmarks.house import House
from tests.browser.window import DESK, TELEPHONE

# Nobody of the other stories in this house.
LOGIN = "kusuma"


@pytest.fixture
def site(house: House) -> str:
    """A name, since no passkey is good for a number."""
    return f"http://localhost:{house.port}"


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": TELEPHONE, "height": 800})
    yield context.new_page()
    context.close()


def _device(page: Page) -> tuple[Any, str]:
    """A telephone's own authenticator, whose owner always agrees."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session, made["authenticatorId"]


def _sign_in(page: Page, site: str, passphrase: str) -> None:
    page.goto(f"{site}/kerja/masuk/")
    page.fill("#login", LOGIN)
    page.fill("#password", passphrase)
    page.click("main button.main")


def test_kusuma_adds_a_passkey_signs_in_with_it_and_removes_it(page: Page, site: str, house: House) -> None:
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.on("console", lambda line: broken.append(line.text) if line.type == "error" else None)
    passphrase = house.accounts[LOGIN]["password"]
    session, device = _device(page)
    _sign_in(page, site, passphrase)
    page.goto(f"{site}/kerja/masuk/kunci-sandi/")
    assert not page.is_visible("[data-without]")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.fill("#name", "Telepon")
    with page.expect_navigation():
        page.click("[data-go]")
    assert page.locator("#second-step-codes li").count() == 10
    assert len(session.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]) == 1

    # The same device makes no second one for the same officer.
    page.goto(f"{site}/kerja/masuk/kunci-sandi/")
    page.click("[data-go]")
    page.wait_for_selector("[data-failed]:visible")
    page.goto(f"{site}/kerja/")
    page.click("header form button")

    _sign_in(page, site, passphrase)
    assert page.url.endswith("/kerja/masuk/kode/")
    session.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": True})
    with page.expect_navigation(url="**/kerja/"):
        page.click("[data-go]")

    page.goto(f"{site}/kerja/sandi/")
    page.click("main a[href*='/sandi/dua-langkah/']")
    page.click("main button.grave")
    assert page.get_by_role("status").is_visible()
    assert not broken


def test_without_scripts_the_page_says_what_to_do(chromium: Browser, site: str, house: House) -> None:
    context = chromium.new_context(viewport={"width": DESK, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    _sign_in(page, site, house.accounts[LOGIN]["password"])
    page.goto(f"{site}/en/kerja/masuk/kunci-sandi/")
    assert page.is_visible("[data-without]")
    assert not page.is_visible("[data-go]")
    page.click("[data-without] a")
    assert page.is_visible("#app-key")
    context.close()
