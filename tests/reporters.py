"""Reporters in front of their browsers: the real forms, filled in by hand, without a script."""

from typing import Any

from django.urls import reverse
from django.utils import translation
from django_webtest import DjangoTestApp
from webtest import Upload

from tests import world as cast
from tests.officers import forms
from tests.world import PASSWORD
from wise.people.models import Office

WHAT = "Antre di loket tiga jam, dan tidak ada nomor antrean."
NAME = "burung malam"


def address(name: str, language: str = "id", **parts: Any) -> str:
    """The address of a reporter's page in a language."""
    with translation.override(language):
        return reverse(f"portal:{name}", kwargs=parts)


def form_to(page: Any, ending: str = "", *, field: str = "") -> Any:
    """The form of a page that goes to an address, or the first that has a field."""
    return next(
        form
        for form in forms(page)
        if (field and field in form.fields)
        or (ending and form.action.partition("#")[0].rstrip("/").endswith(ending.rstrip("/")))
    )


def fill(browser: DjangoTestApp, *, language: str = "id", files: tuple[Upload, ...] = (), **told: str) -> Any:
    """The form of `/lapor/`, filled in but not sent: by default about queues at KPKNL Pekanbaru."""
    form = form_to(browser.get(address("tell", language)), field="what")
    office = str(Office.objects.get(name="KPKNL Pekanbaru").id)
    for name, value in ({"stream": "service", "office": office, "concerns": "none", "what": WHAT} | told).items():
        form[name] = value
    if files:
        form["files"] = list(files)
    return form


def tell(browser: DjangoTestApp, **given: Any) -> Any:
    """Fill in the form and go on to the check page."""
    return fill(browser, **given).submit(status=302).follow()


def send(check: Any, *, pseudonym: str = NAME, password: str = PASSWORD, account: str = "new") -> Any:
    """Send from the check page, with a pseudonym where nobody is signed in; returns the receipt's page."""
    form = form_to(check, field="send")
    if "pseudonym" in form.fields:
        form["account"], form["pseudonym"], form["password"] = account, pseudonym, password
    return form.submit("send", status=302).follow()


def secret(page: Any, name: str) -> str:
    """What stands under an id of the receipt."""
    return str(page.html.find(id=name).text).strip()


def sign_in(browser: DjangoTestApp, *, pseudonym: str = NAME, password: str = PASSWORD, **asked: Any) -> Any:
    """Sign in by the form."""
    form = form_to(browser.get(address("sign_in")), field="pseudonym")
    form["pseudonym"], form["password"] = pseudonym, password
    return form.submit(**asked)


def photo(content: bytes = cast.PHOTO, *, name: str = "foto.jpg") -> Upload:
    """A file as a browser sends it."""
    return Upload(name, content, "image/jpeg")


def alert(page: Any) -> Any:
    """The summary of what is wrong; its links lead to fields that are on the page."""
    found = page.html.find(attrs={"role": "alert"})
    assert found is not None, page.text
    for link in found.find_all("a"):
        assert page.html.find(id=link["href"].removeprefix("#")) is not None, link
    return found.get_text(" ", strip=True)
