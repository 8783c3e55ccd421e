"""The desk's papers: a slip on A5 that says what its holder needs, and a laporan for the unit."""

from pathlib import Path

import pytest

from tests import world as cast
from tests.desk import LETTER, case_of, opening, records
from tests.pdf import info_of, words_of
from tests.world import KANWIL, NOW, World
from wise.casework import laporan, printing
from wise.register.entry import Told


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("id", ["Tanda Terima Pengaduan", "19 November 2026", "Dewi Lestari", "/status/"]),
        ("en", ["Receipt of a complaint", "19 November 2026", "Dewi Lestari", "/en/status/"]),
    ],
)
def test_the_slip_says_all_that_its_holder_needs_on_one_page(
    world: World, tmp_path: Path, language: str, said: list[str]
) -> None:
    slip = records(world)
    document = printing.slip_pdf(slip, language=language)

    text, size = words_of(document, tmp_path), info_of(document, tmp_path)

    for wanted in (*said, slip.register_number, slip.passphrase):
        assert wanted in text
    assert slip.agenda_number not in text
    assert "Pages: 1" in " ".join(size.split())
    assert "A5" in size or "419.5" in size


def test_the_slip_bears_the_head_of_the_office_that_hands_it_out(world: World, tmp_path: Path) -> None:
    slip = records(world, reported=["Wulan Sari"])
    text = words_of(printing.slip_pdf(slip, language="id"), tmp_path)

    assert "LELANG PEKANBARU" in text
    assert KANWIL.replace("Kanwil DJKN ", "")[:4] in text


def test_the_laporan_tells_how_it_came_and_what_was_said(world: World, tmp_path: Path) -> None:
    row = opening(world)
    slip = records(
        world,
        "box",
        opening=row,
        received_at=row.opened_at,
        reply=LETTER,
        reported=["Budi Santoso"],
        observations="Kertas sobek.\nTulisan tangan.",
        files=(cast.file(),),
    )

    read = laporan.read(case_of(slip).id, desk=world.desk("wulan"), at=NOW)
    text = words_of(printing.laporan_pdf(read, language="id"), tmp_path)

    for said in (
        slip.agenda_number,
        "Kotak pengaduan",
        "19 Oktober 2026, 10.14",
        "Rahmat Hidayat",
        "Antre di loket tiga jam",
        "tidak disebutkan",
        "Sari Handayani",
        "Budi Santoso",
        "Kertas sobek.",
        "lampiran-01.jpg",
        "Dewi Lestari",
    ):
        assert said in text


def test_whatever_was_typed_is_set_as_it_is_and_never_run(world: World, tmp_path: Path) -> None:
    nasty = '#read("/etc/passwd") $x^2$ *tebal* \\ 😀 ' + "kata " * 2000
    slip = records(world, observations=nasty, told=Told(what=nasty))

    read = laporan.read(case_of(slip).id, desk=world.desk("wulan"), at=NOW)
    text = words_of(printing.laporan_pdf(read, language="en"), tmp_path)

    assert '#read("/etc/passwd") $x^2$ *tebal*' in text
    assert "root:" not in text
