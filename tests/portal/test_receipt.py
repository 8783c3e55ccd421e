"""The receipt (P04): the same however often it is asked for, to keep without a script, and gone afterwards."""

import datetime
from collections.abc import Callable

import time_machine
from django.utils import timezone
from django_webtest import DjangoTestApp

from tests import reporters
from tests.reporters import NAME, address, form_to, secret
from tests.world import PASSWORD, World
from wise.people.models import Reporter
from wise.register.models import Report

type Visitor = Callable[[], DjangoTestApp]


def test_a_double_click_shows_the_same_receipt_and_makes_no_second_report(world: World, visitor: Visitor) -> None:
    form = form_to(reporters.tell(visitor()), field="send")
    form["pseudonym"], form["password"] = NAME, PASSWORD
    first = form.submit("send", status=302).follow()
    second = form.submit("send", status=302).follow()
    for name in ("register-number", "recovery-code"):
        assert secret(first, name) == secret(second, name)
    assert Report.objects.count() == Reporter.objects.count() == 1


def test_the_way_back_into_the_form_leads_to_the_receipt(world: World, visitor: Visitor) -> None:
    sari = visitor()
    form = reporters.fill(sari)
    number = secret(reporters.send(form.submit().follow()), "register-number")
    for page in (sari.get(address("tell")), sari.get(address("files")), sari.get(address("check")), form.submit()):
        assert secret(page.follow(), "register-number") == number


def test_it_is_gone_once_sari_has_kept_it(world: World, visitor: Visitor) -> None:
    sari = visitor()
    receipt = reporters.send(reporters.tell(sari))
    number = secret(receipt, "register-number")
    assert receipt.headers["Cache-Control"] == "no-store"
    form_to(receipt, field="kept").submit("kept", status=302)
    gone = sari.get(address("receipt"), status=410)
    assert number not in gone.text
    assert "wise_draft" not in sari.cookies
    form_to(receipt, "/simpan/").submit(status=410)
    assert "tidak ditampilkan lagi" in form_to(receipt, field="kept").submit("kept", status=410)


def test_it_is_gone_after_fifteen_minutes(world: World, visitor: Visitor) -> None:
    sari = visitor()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        receipt = reporters.send(reporters.tell(sari))
        clock.shift(datetime.timedelta(minutes=14, seconds=59))
        assert secret(sari.get(address("receipt")), "recovery-code") == secret(receipt, "recovery-code")
        clock.shift(datetime.timedelta(seconds=1))
        assert "tidak ditampilkan lagi" in sari.get(address("receipt"), status=410)


def test_it_can_be_saved_as_text_without_a_script(world: World, visitor: Visitor) -> None:
    receipt = reporters.send(reporters.tell(visitor()))
    text = form_to(receipt, "/simpan/").submit()
    assert text.content_type == "text/plain"
    assert text.headers["Content-Disposition"] == 'attachment; filename="catatan.txt"'
    for name in ("register-number", "recovery-code"):
        assert secret(receipt, name) in text.text
    assert "Seksi Kepatuhan Internal" in text.text
    assert NAME not in text.text


def test_another_site_cannot_make_the_receipt_vanish(world: World, visitor: Visitor) -> None:
    sari = visitor()
    receipt = reporters.send(reporters.tell(sari))
    for ending in ("/simpan/", "/terkirim/"):
        form = form_to(receipt, ending)
        form["form_token"] = "0" * 32
        form.submit(status=422)
    sari.post(address("receipt"), headers={"Sec-Fetch-Site": "cross-site"}, status=403)
    assert sari.get(address("receipt")).status_code == 200


def test_before_sending_there_is_no_receipt(world: World, visitor: Visitor) -> None:
    sari = visitor()
    reporters.tell(sari)
    assert sari.get(address("receipt"), status=302).location.endswith("/lapor/periksa/")
    assert visitor().get(address("receipt"), status=410)


def test_the_receipt_is_in_english_too(world: World, visitor: Visitor) -> None:
    receipt = reporters.send(reporters.tell(visitor(), language="en"))
    assert "Thank you. We have received your report." in receipt.text
    assert receipt.request.path.startswith("/en/")
