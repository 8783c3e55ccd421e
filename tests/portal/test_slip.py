"""A slip's holder reads the report at `/status/`: the printed words work once, then their own do (P01, P07, P16)."""

from collections.abc import Callable
from typing import Any

import pytest
from django_webtest import DjangoTestApp

from tests import desk, reporters
from tests import world as cast
from tests.reporters import address, alert, form_to, secret
from tests.world import World
from wise.casework.desk import SlipReceipt
from wise.people.models import Slip
from wise.portal.views.status import BUCKET
from wise.register.models import Report

type Visitor = Callable[[], DjangoTestApp]
WRONG = "satu dua tiga empat lima enam tujuh"


@pytest.fixture
def slip(world: World) -> SlipReceipt:
    """What Dewi handed to Sari at the counter."""
    return desk.records(world)


def ask(browser: DjangoTestApp, slip: SlipReceipt, words: str = "", *, language: str = "id", **asked: Any) -> Any:
    form = form_to(browser.get(address("status", language)), field="register_number")
    form["register_number"], form["passphrase"] = slip.register_number, words or slip.passphrase
    return form.submit(**asked)


def use(browser: DjangoTestApp, slip: SlipReceipt) -> tuple[str, Any]:
    """Use the slip and keep the new words; the words and the page of the report."""
    page = ask(browser, slip, status=302).follow()
    words = secret(page, "passphrase")
    return words, form_to(page, field="kept").submit("kept", status=302).follow().follow()


def test_sari_opens_her_report_with_the_slip_and_keeps_new_words(slip: SlipReceipt, visitor: Visitor) -> None:
    words, page = use(visitor(), slip)

    assert words != slip.passphrase
    assert "Antre di loket tiga jam" in page.text
    assert slip.register_number in page.text
    assert "20 Oktober 2026" in page.html.find(class_="note").get_text()


def test_a_reload_shows_the_same_words_and_nothing_of_the_report(slip: SlipReceipt, visitor: Visitor) -> None:
    sari = visitor()
    page = ask(sari, slip, status=302).follow()

    assert secret(sari.get(address("slip")), "passphrase") == secret(page, "passphrase")
    assert "Antre" not in page.text
    sari.get(address("reports"), status=302)
    assert Slip.objects.get().used_on is None


def test_an_answer_that_was_lost_locks_nobody_out(slip: SlipReceipt, visitor: Visitor) -> None:
    ask(visitor(), slip, status=302)
    _words, page = use(visitor(), slip)
    assert "Antre di loket tiga jam" in page.text


def test_afterwards_the_new_words_open_it_at_once_and_the_printed_ones_nothing(
    slip: SlipReceipt, visitor: Visitor
) -> None:
    words, _page = use(visitor(), slip)

    assert "Antre di loket tiga jam" in ask(visitor(), slip, words, status=302).follow().follow().text
    page = ask(visitor(), slip, status=422)
    assert "tidak cocok" in alert(page)


def test_dewi_who_used_it_first_is_found_out(slip: SlipReceipt, visitor: Visitor) -> None:
    use(visitor(), slip)
    assert "tidak cocok" in alert(ask(visitor(), slip, status=422))
    assert Slip.objects.get().used_on is not None


def test_of_two_who_opened_it_at_once_the_second_is_told(slip: SlipReceipt, visitor: Visitor) -> None:
    dewi = ask(visitor(), slip, status=302).follow()
    use(visitor(), slip)

    assert "sudah digunakan" in form_to(dewi, field="kept").submit("kept", status=422).text


@pytest.mark.parametrize("language", ["id", "en"])
def test_p07_p16_wrong_words_and_an_unknown_number_answer_alike(
    slip: SlipReceipt, visitor: Visitor, language: str
) -> None:
    unknown = "AAAA-AAAA-AAAA"
    page = ask(visitor(), slip, WRONG, language=language, status=422)
    form = form_to(visitor().get(address("status", language)), field="register_number")
    form["register_number"], form["passphrase"] = unknown, WRONG
    other = form.submit(status=422)

    assert other.text.replace(unknown, slip.register_number) == page.text
    assert len(page.body) == BUCKET


def test_the_words_of_an_account_open_nothing_here(world: World, visitor: Visitor) -> None:
    teller = cast.join()
    receipt = teller.tells()
    form = form_to(visitor().get(address("status")), field="register_number")
    form["register_number"], form["passphrase"] = receipt.register_number, teller.recovery_code
    assert "tidak cocok" in alert(form.submit(status=422))


def test_a_slip_has_no_password_and_no_list(slip: SlipReceipt, visitor: Visitor) -> None:
    sari = visitor()
    _words, page = use(sari, slip)

    assert "/sandi/" not in page.text
    assert page.html.find(class_="back") is None
    for name in ("password", "new_code"):
        sari.get(address(name), status=404)
    assert "Antre" in sari.get(address("reports"), status=302).follow().text


def test_sari_can_add_and_write_like_with_an_account(slip: SlipReceipt, visitor: Visitor) -> None:
    _words, page = use(visitor(), slip)
    form = form_to(page, "/pesan/")
    form["text"] = "Apakah sudah ada kabar?"
    assert "Apakah sudah ada kabar?" in form.submit(status=302).follow().text


def test_another_report_from_a_slips_session_asks_for_a_pseudonym(slip: SlipReceipt, visitor: Visitor) -> None:
    sari = visitor()
    use(sari, slip)

    reporters.send(reporters.tell(sari))

    assert {report.reporter_id for report in Report.objects.all()} != {Slip.objects.get().reporter_id}
    assert Report.objects.filter(reporter_id=Slip.objects.get().reporter_id).count() == 1


def test_p03_neither_words_nor_number_stand_in_an_address_or_a_cookie(slip: SlipReceipt, visitor: Visitor) -> None:
    sari = visitor()
    words, page = use(sari, slip)
    kept = " ".join(sari.cookies.values()) + page.request.url
    for found in (words, slip.passphrase, slip.register_number):
        assert found not in kept
        assert found.replace(" ", "+") not in kept


def test_a_form_from_elsewhere_takes_nothing(slip: SlipReceipt, visitor: Visitor) -> None:
    sari = visitor()
    form = form_to(ask(sari, slip, status=302).follow(), field="kept")
    form["form_token"] = "0" * 32
    form.submit("kept", status=403)
    assert Slip.objects.get().used_on is None


def test_without_a_slip_in_use_the_page_leads_to_the_status(world: World, visitor: Visitor) -> None:
    assert visitor().get(address("slip"), status=302).location.endswith(address("status"))
