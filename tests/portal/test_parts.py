"""A report that is handled in two parts, as Sari and whoever has the register number see it."""

from collections.abc import Callable

import pytest
from django_webtest import DjangoTestApp

from tests import reporters
from tests import world as cast
from tests.reporters import NAME, address, form_to
from tests.world import World
from wise.casework.intake import Receipt
from wise.casework.models import Message

type Visitor = Callable[[], DjangoTestApp]


@pytest.fixture
def receipt(world: World) -> Receipt:
    """Wulan has split it: the bribe is with UKI."""
    sent = cast.join(NAME).tells(cast.queues())
    world.take("split", sent, by="wulan", stream="violation", note="Pungutan")
    return sent


def test_sari_finds_both_parts_on_one_page_and_writes_to_the_one_she_is_at(receipt: Receipt, visitor: Visitor) -> None:
    sari = visitor()
    reporters.sign_in(sari, status=302)
    there = address("report", report_id=receipt.report_id)
    assert sari.get(address("reports")).text.count(receipt.register_number) == 1
    page = sari.get(there)
    assert "ditangani dalam 2 bagian" in page
    assert "Pungutan" not in page

    second = page.click(href=r"\?bagian=2$")
    form = form_to(second, field="text")
    form["text"] = "Untuk bagian kedua"
    back = form.submit(status=302)
    assert "bagian=2" in back.location
    assert "Untuk bagian kedua" in back.follow()
    assert "Untuk bagian kedua" not in sari.get(f"{there}?bagian=1")
    assert Message.objects.get().case.part == 2
    assert "ditangani dalam 2 bagian" in sari.get(f"{there}?bagian=x")


def test_the_register_number_shows_where_both_parts_stand(receipt: Receipt, visitor: Visitor) -> None:
    form = form_to(visitor().get(address("status")), field="register_number")
    form["register_number"] = receipt.register_number
    page = form.submit()

    assert "Bagian 1" in page
    assert "Bagian 2" in page
    assert "Pungutan" not in page
