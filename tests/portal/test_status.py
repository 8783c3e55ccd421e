"""The status page: a register number tells how far a report is, and nothing else (A6, P02, P09, P16)."""

from collections.abc import Callable
from typing import Any

import pytest
from django_webtest import DjangoTestApp

from tests import world as cast
from tests.reporters import address, alert, form_to
from tests.world import World
from wise.casework.intake import Receipt
from wise.people import derivation
from wise.portal.views.status import BUCKET
from wise.refusals import Busy

type Visitor = Callable[[], DjangoTestApp]
WRONG = "AAAA-AAAA-AAAA"


@pytest.fixture
def receipt(world: World) -> Receipt:
    return cast.join().tells()


def ask(browser: DjangoTestApp, number: str, *, language: str = "id", status: int = 200) -> Any:
    form = form_to(browser.get(address("status", language)), field="register_number")
    form["register_number"] = number
    return form.submit(status=status)


def test_p02_however_the_number_is_typed(receipt: Receipt, visitor: Visitor) -> None:
    number = receipt.register_number
    plain = number.replace("-", "")
    spellings = (number, plain, plain.lower(), " ".join(plain), number.replace("0", "O").replace("1", "l"))
    for spelling in spellings:
        page = ask(visitor(), spelling)
        assert "telah kami terima" in page.text
        assert "19 November 2026" in page.text


def test_it_tells_nothing_else_and_sets_no_cookie(receipt: Receipt, visitor: Visitor) -> None:
    page = ask(visitor(), receipt.register_number)
    for hidden in ("Antre", "Pekanbaru", "Kepatuhan", receipt.report_id, cast.case_of(receipt).agenda_number):
        assert hidden not in page.html.find("main").get_text()
    assert "Set-Cookie" not in page.headers
    assert receipt.register_number not in page.request.url


def test_a_wrong_number_is_told_so_and_kept(receipt: Receipt, visitor: Visitor) -> None:
    for wrong in (WRONG, "halo", cast.case_of(receipt).agenda_number):
        page = ask(visitor(), wrong, status=422)
        assert "huruf demi huruf" in alert(page)
        assert form_to(page, field="register_number")["register_number"].value == wrong
    assert 'href="#register_number"' in ask(visitor(), "", status=422).text


@pytest.mark.parametrize("language", ["id", "en"])
def test_p16_every_answer_has_the_same_size(world: World, receipt: Receipt, visitor: Visitor, language: str) -> None:
    sizes = {len(visitor().get(address("status", language)).body)}
    sizes.add(len(ask(visitor(), receipt.register_number, language=language).body))
    sizes |= {len(ask(visitor(), text, language=language, status=422).body) for text in (WRONG, "", "x" * 150)}
    world.take("verify", receipt, by="wulan")
    sizes.add(len(ask(visitor(), receipt.register_number, language=language).body))
    assert sizes == {BUCKET}


def test_p09_a_miss_waits_in_the_line_of_wrong_sign_ins_and_a_hit_does_not(
    receipt: Receipt, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*given: Any) -> bytes:
        raise Busy("busy", "Sebentar.")

    monkeypatch.setattr(derivation.SIGN_IN, "run", busy)
    assert "Sebentar." in alert(ask(visitor(), WRONG, status=503))
    assert "telah kami terima" in ask(visitor(), receipt.register_number).text


def test_the_agenda_number_leads_the_public_nowhere(receipt: Receipt, visitor: Visitor) -> None:
    ask(visitor(), cast.case_of(receipt).agenda_number, status=422)
    visitor().get(f"{address('status')}?register_number={receipt.register_number}", status=200)
