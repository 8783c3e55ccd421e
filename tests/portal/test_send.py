"""Checking and sending: who reads it, under which pseudonym, and what is refused with everything kept."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError
from django_webtest import DjangoTestApp

from tests import reporters
from tests.reporters import NAME, address, alert, form_to, photo
from tests.world import PASSWORD, World
from wise.casework import intake
from wise.people import derivation
from wise.people.models import Reporter
from wise.refusals import Busy
from wise.register.models import Report

type Visitor = Callable[[], DjangoTestApp]


def refused(check: Any, *, status: int = 422, **given: str) -> Any:
    """Try to send; nothing is stored, the summary says why, and the password is never repeated."""
    form = form_to(check, field="send")
    for name, value in ({"account": "new", "pseudonym": NAME, "password": PASSWORD} | given).items():
        form[name] = value
    page = form.submit("send", status=status)
    assert not Report.objects.exists()
    assert reporters.WHAT in page.text or "kata sandi saya" in page.text
    assert not given.get("password") or given["password"] not in page.html.find("form").get_text()
    assert form_to(page, field="send")["password"].value in {"", None}
    return page


def test_the_page_says_who_can_read_it(world: World, visitor: Visitor) -> None:
    check = reporters.tell(visitor())
    assert "2 orang di sana memegang kuncinya" in check.text
    assert "Seksi Kepatuhan Internal" in check.text


@pytest.mark.parametrize(("stream", "says_so"), [("service", True), ("suggestion", False), ("violation", False)])
def test_the_page_says_where_the_head_of_the_office_will_read_it_too(
    world: World, visitor: Visitor, *, stream: str, says_so: bool
) -> None:
    check = reporters.tell(visitor(), stream=stream)
    assert ("sejak hari unit itu mengajukannya, kepala kantor juga membaca" in check.text) is says_so


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"pseudonym": ""}, "pseudonym"),
        ({"pseudonym": "ab"}, "pseudonym"),
        ({"password": ""}, "password"),
        ({"password": "pendek"}, "password"),
        ({"password": "password123"}, "password"),
        ({"password": "x" * 201}, "password"),
        ({"account": "existing", "password": "bukan kata sandi saya"}, "pseudonym"),
    ],
)
def test_what_cannot_be_sent_says_why(world: World, visitor: Visitor, given: dict[str, Any], field: str) -> None:
    page = refused(reporters.tell(visitor()), **given)
    alert(page)
    assert f'href="#{field}"' in page.text
    assert not Reporter.objects.exists()


def test_p10_a_password_in_the_text_is_refused(world: World, visitor: Visitor) -> None:
    for told in ({"what": f"kata sandi saya {PASSWORD} ya"}, {"identity_note": f"kata sandi saya {PASSWORD}"}):
        page = refused(reporters.tell(visitor(), **told))
        assert "memuat kata sandi" in alert(page)


def test_p10_a_register_number_or_a_code_in_the_text_is_refused(world: World, visitor: Visitor) -> None:
    receipt = reporters.send(reporters.tell(visitor()))
    number, code = (reporters.secret(receipt, name) for name in ("register-number", "recovery-code"))
    for text in (f"nomor saya {number}", "nomor saya 7k3m p0qx 12ac", f"kode saya {code}"):
        page = reporters.fill(visitor(), how=text).submit(status=422)
        assert 'href="#how"' in page.text
    files = (photo(name=f"{number}.jpg"),)
    check = reporters.tell(visitor(), files=files)
    form = form_to(check, field="send")
    form["pseudonym"], form["password"] = "sungai tenang", PASSWORD
    alert(form.submit("send", status=422))
    assert Report.objects.count() == 1


@pytest.mark.parametrize("pseudonym", ["sari@example.com", "081234567890", "1987654321098765"])
def test_a_pseudonym_that_looks_like_an_identity_is_warned_of_once(
    world: World, visitor: Visitor, pseudonym: str
) -> None:
    page = refused(reporters.tell(visitor()), pseudonym=pseudonym)
    assert "tampak seperti" in alert(page)
    receipt = reporters.send(page, pseudonym=pseudonym)
    assert pseudonym not in receipt.text


def test_a_pseudonym_that_somebody_has_is_refused(world: World, visitor: Visitor) -> None:
    reporters.send(reporters.tell(visitor()))
    form = form_to(reporters.tell(visitor()), field="send")
    form["pseudonym"], form["password"] = "BURUNG-malam", PASSWORD
    assert "sudah dipakai" in alert(form.submit("send", status=422))
    assert Report.objects.count() == 1


def test_too_many_wrong_passwords_are_answered_with_the_way_out(world: World, visitor: Visitor) -> None:
    reporters.send(reporters.tell(visitor()))
    sari = visitor()
    for _ in range(20):
        reporters.sign_in(sari, password="bukan kata sandi saya", status=422)
    page = reporters.sign_in(sari, status=429)
    assert "kode pemulihan" in alert(page)


def test_a_server_that_is_busy_keeps_everything(
    world: World, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = reporters.tell(visitor())

    def busy(*given: Any) -> bytes:
        raise Busy("busy", "Sebentar.")

    with monkeypatch.context() as patched:
        patched.setattr(derivation.Lane, "run", busy)
        page = refused(check, status=503)
    reporters.send(page)
    assert Report.objects.count() == 1


def test_a_locked_database_keeps_everything(world: World, visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    check = reporters.tell(visitor())

    def locked(*given: Any, **named: Any) -> None:
        raise OperationalError

    with monkeypatch.context() as patched:
        patched.setattr(intake, "enter", locked)
        page = refused(check, status=503)
    reporters.send(page)


def test_a_draft_with_something_wrong_goes_back_to_the_form(world: World, visitor: Visitor) -> None:
    sari = visitor()
    reporters.fill(sari, what="").submit(status=422)
    assert sari.get(address("check"), status=302).location.endswith("/lapor/")


def test_a_form_of_another_draft_sends_nothing(world: World, visitor: Visitor) -> None:
    form = form_to(reporters.tell(visitor()), field="send")
    form["pseudonym"], form["password"], form["form_token"] = NAME, PASSWORD, "0" * 32
    alert(form.submit("send", status=422))
    assert not Report.objects.exists()
