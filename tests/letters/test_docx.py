"""Letters to go on writing in."""

import io
from dataclasses import replace

import docx

from tests.letters import papers
from tests.world import World
from wise.letters.docx import letter_docx
from wise.letters.kinds import KINDS
from wise.letters.typesetting import Draft


def _text(document: bytes) -> str:
    opened = docx.Document(io.BytesIO(document))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in opened.paragraphs), *cells])


def test_a_letter_as_docx_has_the_words_of_the_pdf(world: World) -> None:
    issued = papers.issue(world, papers.response(world, recipient=["Sari Wulandari 😀", "Jl. Cempaka 8\x00"]))

    text = _text(letter_docx(issued))

    for words in (
        "S-1/KNL.0303/2026",
        "24 November 2026",
        "Sari Wulandari □\nJl. Cempaka 8",
        "4.\tApabila",
        issued.code,
    ):
        assert words in text
    assert "NIP 19700101 199501 1 999" in text


def test_the_same_letter_gives_the_same_file(world: World) -> None:
    issued = papers.issue(world)

    assert letter_docx(issued) == letter_docx(issued)


def test_note_draft_and_courtesy_copy_say_what_they_are(world: World) -> None:
    issued = papers.issue(world, courtesy=papers.response(world, language="en"))
    draft = Draft(papers.response(world), KINDS["response"], world.office(), papers.ON)

    assert "NOTA DINAS" in _text(letter_docx(papers.issue(world, kind="note")))
    assert "KONSEP" in _text(letter_docx(draft))
    assert "Courtesy copy" in _text(letter_docx(issued, courtesy=True))


def test_several_copies_are_numbered(world: World) -> None:
    content = replace(papers.response(world), copies=("Satu", "Dua"))

    assert "2.\tDua" in _text(letter_docx(papers.issue(world, content)))
