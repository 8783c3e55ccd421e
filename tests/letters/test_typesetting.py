"""Letters as PDF: for archives, for readers who hear them, and the same every time."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.letters import papers
from tests.pdf import text_of
from tests.world import World
from wise.letters import typesetting
from wise.letters.content import Content
from wise.letters.kinds import KINDS
from wise.letters.models import Template
from wise.letters.typesetting import Draft
from wise.refusals import NotThere


def test_a_letter_is_made_for_archives_and_for_everybody(world: World) -> None:
    pdf = typesetting.letter_pdf(papers.issue(world))

    assert pdf.startswith(b"%PDF-1.7")
    assert b"<pdfaid:part>3</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in pdf
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert re.search(rb"<dc:language>.*?id.*?</dc:language>", pdf)
    assert b"Tanggapan atas Pengaduan" in pdf


def test_the_same_letter_gives_the_same_bytes(world: World) -> None:
    issued = papers.issue(world)

    assert typesetting.letter_pdf(issued) == typesetting.letter_pdf(issued)


def test_a_letter_keeps_its_looks_when_the_program_changes_them(world: World) -> None:
    issued = papers.issue(world)
    before = typesetting.letter_pdf(issued)

    # The program's own template has changed since: the letter's is the one that was kept with it.
    issued.letter.template.digest = "of an earlier version"

    assert typesetting.letter_pdf(issued) == before


def test_the_sheet_says_what_an_official_letter_says(world: World, tmp_path: Path) -> None:
    issued = papers.issue(world, papers.response(world, recipient=["Sari Wulandari", "Jl. Cempaka 8"]))

    text = text_of(typesetting.letter_pdf(issued), tmp_path)

    assert re.search(r"Nomor\s+: S-1/KNL.0303/2026\s+24 November 2026", text)
    for words in ("Sifat", "Lampiran", "Hal", "Yth. Sari Wulandari", "1. Pokok pengaduan", "Kepala Kantor"):
        assert words in text
    assert re.search(r"Hadi Santoso\s+NIP 19700101 199501 1 999", text)
    assert issued.code in text
    assert "secara elektronik" not in text  # nothing is signed yet


def test_a_note_has_its_own_head(world: World, tmp_path: Path) -> None:
    text = text_of(typesetting.letter_pdf(papers.issue(world, kind="note")), tmp_path)

    assert "NOTA DINAS" in text
    assert "NOMOR ND-1/KNL.0303/2026" in text
    assert re.search(r"Dari\s+: Kepala Kantor", text)


def test_a_draft_says_that_it_is_one_and_has_neither_number_nor_code(world: World, tmp_path: Path) -> None:
    draft = Draft(papers.response(world), KINDS["response"], world.office(), papers.ON)

    text = text_of(typesetting.letter_pdf(draft), tmp_path)

    assert "KONSEP" in text
    assert "S-…/KNL.0303/2026" in text
    assert "Kode" not in text
    assert not Template.objects.exists()


def test_the_english_copy_says_which_text_is_the_official_one(world: World, tmp_path: Path) -> None:
    issued = papers.issue(world, courtesy=papers.response(world, language="en"))

    text = text_of(typesetting.letter_pdf(issued, courtesy=True), tmp_path)

    assert "Courtesy copy. The Indonesian text is the official one." in text
    assert "The Indonesian original is signed by" in text


def test_who_asks_for_a_copy_that_nobody_wrote_finds_none(world: World) -> None:
    with pytest.raises(NotThere):
        typesetting.letter_pdf(papers.issue(world), courtesy=True)


def test_long_names_and_ten_points_fit_and_the_signature_stands_with_its_closing_words(
    world: World, tmp_path: Path
) -> None:
    content = _long(papers.response(world))

    text = text_of(typesetting.letter_pdf(papers.issue(world, content)), tmp_path)

    *before, last = text.split("\f")[:-1]
    assert f"Halaman {len(before) + 1} / {len(before) + 1}" in last
    assert "Demikian kami sampaikan" in last
    assert "NIP" in last
    assert text.count("Kusumawardhani") == 27 * 2


def _long(content: Content) -> Content:
    points = tuple("Kalimat ini cukup panjang untuk mengisi beberapa baris pada surat. " * 4 for _ in range(10))
    name = "Raden " + "Kusumawardhani " * 27
    assert len(name) > 400
    return replace(content, points=points, recipient=(name, "Jl. Cempaka 8"), signer_name=name)


def test_what_somebody_wrote_is_shown_and_never_run(world: World, tmp_path: Path) -> None:
    nasty = '#read("/etc/passwd") \\ *tebal* $x$ ```a``` @rujuk <label> [kurung] {kurawal} 😀 漢 \u202e \x00'

    text = text_of(typesetting.letter_pdf(papers.issue(world, papers.response(world, subject=nasty))), tmp_path)

    assert '#read("/etc/passwd")' in text
    assert "*tebal* $x$" in text
    assert "□ □" in text
