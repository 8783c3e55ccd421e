"""The same letter as a document to go on writing in (DOCX): from the same content, laid out here, without a template.

An office that wants other looks edits the typst template; what leaves the office is the PDF.
"""

import datetime
import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from wise.letters import glyphs, typesetting, wording
from wise.letters.issuing import Issued
from wise.letters.typesetting import Draft

_FONT = "Arial"
_INK = RGBColor(0x1B, 0x27, 0x33)
_TEXT_MM = 163  # A4 without the margins
_INDENT_MM = 8
_SMALL = 10  # points, of what stands below the signature
_OLDEST = (1980, 1, 1, 0, 0, 0)  # a ZIP file knows no earlier time

type Words = dict[str, Any]


def letter_docx(letter: Issued | Draft, *, courtesy: bool = False) -> bytes:
    """A letter or draft as DOCX; the same letter gives the same bytes."""
    sheet, _source = typesetting.sheet_of(letter, courtesy=courtesy)
    kind = letter.kind if isinstance(letter, Draft) else letter.letter.what
    data = glyphs.printable(wording.data_of(sheet))
    document = _blank(data)
    _letterhead(document, data)
    for mark in ("draft", "courtesy"):
        if data[mark]:
            _paragraph(document, data["words"][mark], bold=True, align=WD_ALIGN_PARAGRAPH.CENTER, after=10)
    _HEADS[kind.template](document, data)
    _paragraph(document, data["opening"], after=6)
    _numbered(document, data["points"])
    _signature(document, data)
    _copies(document, data)
    _proof(document, data)
    return _saved(document)


def sheet_docx(data: Words) -> bytes:
    """The sheet of a disposition as DOCX, from what `typesetting.pdf("disposition", …)` takes."""
    data = glyphs.printable(data)
    document = _blank(data)
    _letterhead(document, data)
    centre = WD_ALIGN_PARAGRAPH.CENTER
    _paragraph(document, data["heading"].upper(), bold=True, size=13, align=centre, after=8, style="Heading 1")
    _labelled(document, [(row["label"], row["value"]) for row in data["rows"]], widths=(50, 4, 109))
    _part(document, data["to_heading"], "\n".join(data["to"]))
    _part(document, data["instructions_heading"])
    ticks = [f"{'☒' if row['ticked'] else '☐'} {row['label']}" for row in data["instructions"]]
    half = (len(ticks) + 1) // 2
    table = _table(document, half, widths=(82, 81))
    for place, tick in enumerate(ticks):
        _write(table.cell(place % half, place // half), tick)
    _part(document, data["note_heading"], data["note"])
    _part(document, data["back_heading"], data["back_by"] or "–")
    signed = {"closing": "", "courtesy": False, "signer_title": data["signed_at"]}
    _signature(document, data | signed)
    return _saved(document)


def _part(document: Document, heading: str, text: str = "") -> None:
    _paragraph(document, heading, bold=True, before=10, after=3, style="Heading 2")
    if text:
        _paragraph(document, text)


def _blank(data: Words) -> Document:
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = map(Mm, (16, 14, 25, 22))
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(11)
    style.paragraph_format.space_after = Pt(0)
    style.element.get_or_add_rPr().append(_element("w:lang", val=data["language"]))
    told = document.core_properties
    told.title, told.author, told.language, told.comments = data["title"][:255], data["author"][:255], "", ""
    told.language = data["language"]
    told.created = told.modified = datetime.datetime.fromisoformat(data["dated_on"])
    return document


def _letterhead(document: Document, data: Words) -> None:
    last = len(data["letterhead"]) - 1
    for place, line in enumerate(data["letterhead"]):
        size = 12.5 if place == 0 else 11 if place == last else 10
        _paragraph(document, line, bold=place in {0, last}, size=size, align=WD_ALIGN_PARAGRAPH.CENTER)
    foot = _paragraph(document, data["address"], size=8, align=WD_ALIGN_PARAGRAPH.CENTER, after=10)
    _rule_below(foot)


def _letter_head(document: Document, data: Words) -> None:
    words = data["words"]
    rows = [(words[name], data[name]) for name in ("number", "urgency", "enclosures", "subject") if data[name]]
    table = _labelled(document, rows, widths=(24, 4, 95, 40))
    _write(table.cell(0, 3), data["date"], align=WD_ALIGN_PARAGRAPH.RIGHT)
    _paragraph(document, "", after=4)
    to = _table(document, 1, widths=(12, 100))
    _write(to.cell(0, 0), words["dear"])
    _write(to.cell(0, 1), "\n".join(data["recipient"]))
    _paragraph(document, "", after=4)


def _note_head(document: Document, data: Words) -> None:
    words = data["words"]
    _paragraph(document, words["note"], bold=True, size=13, align=WD_ALIGN_PARAGRAPH.CENTER, style="Heading 1")
    number = f"{words['number'].upper()} {data['number']}"
    _paragraph(document, number, align=WD_ALIGN_PARAGRAPH.CENTER, after=12)
    rows = [
        (words["to"], "\n".join(data["recipient"])),
        (words["sender"], data["signer_title"]),
        *((words[name], data[name]) for name in ("urgency", "enclosures", "subject", "date")),
    ]
    _labelled(document, [row for row in rows if row[1]], widths=(24, 4, 135))
    _rule_below(_paragraph(document, "", size=4, after=8), thin=True)


_HEADS: dict[str, Callable[[Document, Words], None]] = {"letter": _letter_head, "note": _note_head}


def _signature(document: Document, data: Words) -> None:
    words = data["words"]
    closing = _paragraph(document, data["closing"], before=6, after=18)
    closing.paragraph_format.keep_with_next = True
    number = f"{words['service_number']} {data['signer_number']}" if data["signer_number"] else ""
    lines = [
        data["signer_title"],
        "",
        words["signed_original"] if data["courtesy"] else "",
        data["signer_name"],
        number,
    ]
    for place, line in enumerate(lines):
        # Room for ink between title and name; all of it stays on one page.
        room = 52 if place == 1 and not data["courtesy"] else 0
        paragraph = _paragraph(document, line, before=room) if line or place == 1 else None
        if paragraph is not None:
            paragraph.paragraph_format.left_indent = Mm(_TEXT_MM - 72)
            paragraph.paragraph_format.keep_with_next = place < len(lines) - 1


def _copies(document: Document, data: Words) -> None:
    if data["copies"]:
        _paragraph(document, f"{data['words']['copies']}:", size=_SMALL, before=16)
        if len(data["copies"]) == 1:
            _paragraph(document, data["copies"][0], size=_SMALL)
        else:
            _numbered(document, data["copies"], size=_SMALL)


def _proof(document: Document, data: Words) -> None:
    if not data["code"]:
        return
    words = data["words"]
    _rule_below(_paragraph(document, "", size=6, before=10, after=4), thin=True)
    table = _table(document, 1, widths=(24, 139))
    picture = table.cell(0, 0).paragraphs[0].add_run().add_picture(io.BytesIO(wording.code_picture(data)), width=Mm(19))
    picture._inline.docPr.set("descr", words["qr"])  # noqa: SLF001 - the library has no name for a picture's description
    said = (
        f"{words['check']}\n{data['check_at']}\n{words['number']}: {data['number']}   {words['code']}: {data['code']}"
    )
    _write(table.cell(0, 1), said, size=8)


def _numbered(document: Document, texts: list[str], *, size: float = 11) -> None:
    for number, text in enumerate(texts, start=1):
        paragraph = _paragraph(document, f"{number}.\t{text}", size=size, after=6 if size > _SMALL else 0)
        paragraph.paragraph_format.left_indent = Mm(_INDENT_MM)
        paragraph.paragraph_format.first_line_indent = -Mm(_INDENT_MM)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(_INDENT_MM))


def _labelled(document: Document, rows: list[tuple[str, str]], *, widths: tuple[int, ...]) -> Table:
    table = _table(document, len(rows), widths=widths)
    for place, (label, text) in enumerate(rows):
        for column, said in enumerate((label, ":", text)):
            _write(table.cell(place, column), said)
    return table


def _table(document: Document, rows: int, *, widths: tuple[int, ...]) -> Table:
    table: Table = document.add_table(rows=rows, cols=len(widths))
    table.autofit = False
    for column, width in enumerate(widths):
        table.columns[column].width = Mm(width)  # some programs look here, others at each cell
        for cell in table.columns[column].cells:
            cell.width = Mm(width)
    return table


def _write(cell: _Cell, text: str, *, size: float = 11, align: WD_ALIGN_PARAGRAPH | None = None) -> None:
    paragraph = cell.paragraphs[0]
    if align is not None:
        paragraph.alignment = align
    paragraph.add_run(text).font.size = Pt(size)


def _paragraph(
    document: Document,
    text: str,
    *,
    bold: bool = False,
    size: float = 11,
    align: WD_ALIGN_PARAGRAPH | None = None,
    before: float = 0,
    after: float = 0,
    style: str = "Normal",
) -> Paragraph:
    paragraph = document.add_paragraph(style=style)
    run = paragraph.add_run(text)
    run.bold, run.font.size, run.font.name, run.font.color.rgb = bold, Pt(size), _FONT, _INK
    if align is not None:
        paragraph.alignment = align
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    return paragraph


def _rule_below(paragraph: Paragraph, *, thin: bool = False) -> None:
    borders = OxmlElement("w:pBdr")
    borders.append(_element("w:bottom", val="single", sz="4" if thin else "12", space="4", color="1F3B63"))
    # The library has no name for a rule; Word wants the parts of a paragraph's properties in their order.
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:tabs", "w:spacing", "w:ind", "w:jc")  # noqa: SLF001 - nor for a border


def _element(name: str, **attributes: str) -> Any:
    element = OxmlElement(name)
    for attribute, value in attributes.items():
        element.set(qn(f"w:{attribute}"), value)
    return element


def _saved(document: Document) -> bytes:
    """The file, with one time on all its parts: the same letter gives the same bytes."""
    made, fixed = io.BytesIO(), io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as same:
        for name in parts.namelist():
            same.writestr(zipfile.ZipInfo(name, _OLDEST), parts.read(name), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()
