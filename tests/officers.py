"""Officers in front of their browsers: signing in by the real form, finding a case, pressing a button."""

import re
from typing import Any

from django_webtest import DjangoTestApp

from tests.world import PASSPHRASE, case_of
from wise.casework.intake import Receipt

_TOKEN = re.compile(r'name="form_token" value="[0-9a-f]+"')


def sign_in(browser: DjangoTestApp, login: str, *, prefix: str = "", passphrase: str = PASSPHRASE) -> DjangoTestApp:
    """Sign an officer in; returns the browser."""
    form = browser.get(f"{prefix}/kerja/masuk/").form
    form["login"], form["password"] = login, passphrase
    form.submit(status=302)
    return browser


def case_page(browser: DjangoTestApp, receipt: Receipt, *, prefix: str = "", **asked: Any) -> Any:
    """The page of the case that a receipt speaks of."""
    return browser.get(address(receipt, prefix=prefix), **asked)


def address(receipt: Receipt, *, prefix: str = "") -> str:
    """Where that page is."""
    return f"{prefix}/kerja/perkara/{case_of(receipt).id}/"


def form_of(page: Any, move: str) -> Any:
    """The form of a move on a page, or on the page that the move's link leads to."""
    found = [form for form in forms(page) if form.action.endswith(f"/{move}/")]
    return found[0] if found else form_of(page.click(href=f"/{move}/$"), move)


def moves_on(page: Any) -> list[str]:
    """The moves that a page has forms or links for; the page of disclosures is none."""
    return re.findall(r'(?:action|href)="[^"]*/perkara/[^/"]+/(?!pembukaan/)(\w+)/"', page.text)


def forms(page: Any) -> list[Any]:
    """Every form on a page, once."""
    return list({id(form): form for form in page.forms.values()}.values())


def without_token(page: Any) -> str:
    """A page's text without what differs between sessions."""
    return _TOKEN.sub("", page.text)
