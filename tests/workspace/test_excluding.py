"""The page on which colleagues are kept from a case: who is offered, what is refused, what they see."""

from collections.abc import Callable

import pytest
from django_webtest import DjangoTestApp

from tests import officers
from tests import world as cast
from tests.reporters import alert
from tests.world import World, case_of
from wise.casework.intake import Receipt

type Visitor = Callable[[], DjangoTestApp]


@pytest.fixture
def receipt(world: World) -> Receipt:
    return cast.join().tells()


@pytest.fixture
def wulan(world: World, visitor: Visitor) -> DjangoTestApp:
    return officers.sign_in(visitor(), "wulan")


def test_wulan_keeps_rahmat_out_and_lets_him_in_again(
    world: World, receipt: Receipt, wulan: DjangoTestApp, visitor: Visitor
) -> None:
    rahmat = officers.sign_in(visitor(), "rahmat")
    form = officers.form_of(officers.case_page(wulan, receipt), "exclude")
    form["note"] = "Adik terlapor"
    form["excluded"] = [str(world.officer("rahmat").id)]
    page = form.submit(status=302).follow()

    assert "Tidak ada yang diberi tahu" in page.html.find(role="status").text
    assert "Adik terlapor" in page
    assert "Rahmat Hidayat" in page.html.find(id="history").parent.text
    officers.case_page(rahmat, receipt, status=404)

    form = officers.form_of(page, "exclude")
    assert [box.checked for box in form.fields["excluded"]] == [True, False]
    form["note"], form["excluded"] = "Keliru", []
    assert "Tidak ada yang diberi tahu" in form.submit(status=302).follow()
    officers.case_page(rahmat, receipt, status=200)


def test_who_steps_back_is_led_to_the_inbox(world: World, receipt: Receipt, wulan: DjangoTestApp) -> None:
    form = officers.form_of(officers.case_page(wulan, receipt, prefix="/en"), "exclude")
    form["note"], form["excluded"] = "My brother", [str(world.officer("wulan").id)]
    page = form.submit(status=302).follow()
    assert page.request.path == "/en/kerja/"
    assert case_of(receipt).agenda_number not in page.html.find("main").text.replace(
        page.html.find(role="status").text, ""
    )


def test_what_is_refused_keeps_what_was_typed(world: World, receipt: Receipt, wulan: DjangoTestApp) -> None:
    form = officers.form_of(officers.case_page(wulan, receipt), "exclude")
    both = [str(world.officer(login).id) for login in ("rahmat", "wulan")]
    form["note"], form["excluded"] = "Semua", both
    page = form.submit(status=422)
    assert "Limpahkan perkara ke unit di atasnya" in alert(page)
    form = officers.form_of(page, "exclude")
    assert (form["note"].value, sum(bool(box.checked) for box in form.fields["excluded"])) == ("Semua", 2)
