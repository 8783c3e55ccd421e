"""Pressing on from the files takes along what was chosen; the check page claims no more than is done."""

from collections.abc import Callable

import pytest
from django_webtest import DjangoTestApp

from tests import reporters
from tests.reporters import address, form_to, photo
from tests.world import World

type Visitor = Callable[[], DjangoTestApp]

WENT_UP = "Pengaduan naik satu tingkat"
OUTSIDE = "berada di luar kantor itu"


@pytest.mark.parametrize("way", ["check", "tell"])
def test_a_photo_that_sari_chose_comes_along_whichever_button_she_presses(
    world: World, visitor: Visitor, way: str
) -> None:
    sari = visitor()
    reporters.fill(sari).submit(status=302)
    form = form_to(sari.get(address("files")), field="files")
    form["files"] = [photo(name="antrean.jpg")]

    page = form.submit("onward", value=way, status=302)

    assert page.location == address(way)
    assert "antrean.jpg" in page.follow().text


@pytest.mark.parametrize(
    ("stream", "concerns", "said"),
    [
        ("service", "head", WENT_UP),
        ("service", "unit", WENT_UP),
        ("violation", "unit", WENT_UP),
        ("violation", "head", OUTSIDE),
        ("service", "none", ""),
    ],
)
def test_sari_is_told_that_it_went_up_only_where_it_did(
    world: World, visitor: Visitor, stream: str, concerns: str, said: str
) -> None:
    office = str(world.office().id)

    page = reporters.fill(visitor(), stream=stream, concerns=concerns, office=office).submit(status=302).follow()

    assert [sentence for sentence in (WENT_UP, OUTSIDE) if sentence in " ".join(page.text.split())] == [
        sentence for sentence in (said,) if sentence
    ]
