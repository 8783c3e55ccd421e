"""The page on which a report is withdrawn: it asks once more, and is there for its own reporter alone."""

from collections.abc import Callable

import pytest
from django_webtest import DjangoTestApp

from tests import reporters
from tests import world as cast
from tests.reporters import NAME, address, alert, form_to
from tests.world import World
from wise.casework.intake import Receipt
from wise.casework.models import Step

type Visitor = Callable[[], DjangoTestApp]


@pytest.fixture
def receipt(world: World) -> Receipt:
    return cast.join(NAME).tells(cast.queues())


@pytest.fixture
def sari(receipt: Receipt, visitor: Visitor) -> DjangoTestApp:
    browser = visitor()
    reporters.sign_in(browser, status=302)
    return browser


@pytest.mark.parametrize("language", ["id", "en"])
def test_sari_withdraws_after_being_asked_once_more(receipt: Receipt, sari: DjangoTestApp, language: str) -> None:
    here = address("report", language, report_id=receipt.report_id)
    asked = sari.get(here).click(href=r"/cabut/$")
    assert not Step.objects.filter(move="withdraw").exists()
    form = form_to(asked, field="text")
    assert alert(form.submit(status=422)) is not None

    form["text"] = "Saya mencabut pengaduan ini."
    page = form.submit(status=302).follow()

    assert {"id": "Anda mencabut pengaduan ini", "en": "You withdrew this report"}[language] in page.text
    assert "Saya mencabut pengaduan ini." in page.text
    assert "/cabut/" not in page.text
    form.submit(status=302)
    assert Step.objects.filter(move="withdraw").count() == 1


def test_a_report_of_somebody_else_is_not_there_to_be_withdrawn(receipt: Receipt, visitor: Visitor) -> None:
    cast.join("sungai tenang")
    stranger = visitor()
    reporters.sign_in(stranger, pseudonym="sungai tenang", status=302)
    stranger.get(address("withdraw", report_id=receipt.report_id), status=404)
    stranger.post(address("withdraw", report_id=receipt.report_id), {"text": "Dicabut"}, status=[403, 404])
    assert not Step.objects.filter(move="withdraw").exists()
