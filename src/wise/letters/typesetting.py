"""Documents as PDF: for archives (PDF/A-3a) and for readers who hear them (PDF/UA-1), the same bytes every time."""

import contextlib
import datetime
import functools
import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typst

from wise.letters import glyphs, letterheads, numbers, press, sources, templates, wording
from wise.letters.broken import BrokenTemplate
from wise.letters.content import Content
from wise.letters.issuing import Issued
from wise.letters.kinds import Kind
from wise.letters.wording import Sheet
from wise.people.models import Office
from wise.refusals import NotThere

STANDARDS: Any = ["a-3a", "ua-1"]
_NOON = datetime.time(12, tzinfo=datetime.UTC)
# Beyond the processor's time that the other process may use: for its start on a machine that is busy.
_PATIENCE_SECONDS = 25


@dataclass(frozen=True, slots=True, repr=False)
class Draft:
    """A letter that is not issued: it has no number and no code, and says so."""

    content: Content
    kind: Kind
    office: Office
    on: datetime.date


def letter_pdf(letter: Issued | Draft, *, courtesy: bool = False) -> bytes:
    """A letter, as it looked when it was issued; a draft, as it would look now. `courtesy`: its English copy.

    Where an office's own template fails at this one letter, though it set every sample, the program's own sets it: who
    waits for an answer must not wait for an editor.
    """
    sheet, source = sheet_of(letter, courtesy=courtesy)
    data = wording.data_of(sheet)
    if source is not None:
        with contextlib.suppress(BrokenTemplate):
            return pdf_apart(source, data, on=sheet.dated_on)
    kind = letter.kind if isinstance(letter, Draft) else letter.letter.what
    return pdf(kind.template, data, on=sheet.dated_on)


def sheet_of(letter: Issued | Draft, *, courtesy: bool = False) -> tuple[Sheet, str | None]:
    """What stands on the sheet, and the source that somebody here wrote for it (None: the program's own)."""
    if isinstance(letter, Draft):
        number = numbers.not_yet(letter.office, kind=letter.kind, year=letter.on.year)
        own = templates.edited(letter.kind, office=letter.office)
        content = letterheads.put_on(letter.content, office=letter.office)
        return Sheet(content, number, letter.on, courtesy=courtesy), own.source if own else None
    if courtesy and letter.courtesy is None:
        raise NotThere
    content = letter.courtesy if courtesy and letter.courtesy else letter.content
    template = letter.letter.template
    # A letter from before the program's own template changed is set by the source that was kept with it, and which
    # nobody here wrote; it goes the longer way all the same.
    is_present = template.made_by_id is None and template.digest == templates.digest_of(
        sources.shipped(letter.letter.what.template)
    )
    sheet = Sheet(content, letter.number, letter.dated_on, code=letter.code, courtesy=courtesy)
    return sheet, None if is_present else template.source


def pdf(template: str, data: Mapping[str, Any], *, on: datetime.date) -> bytes:
    """Typeset a template that comes with the program: `letter`, `note`, `slip`, `intake`.

    `data` reaches the template as `data`, never as source. It has `language` and `title`; what else, the template says.
    The same data and date give the same bytes.
    """
    where: Any = _folder("typst")  # typst's types want the root to be of the source's type
    document: bytes = typst.compile(
        sources.shipped(template).encode(),
        root=where,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": _as_json(data)},
        pdf_standards=STANDARDS,
        timestamp=_noon(on),
    )
    return document


def pdf_apart(source: str, data: Mapping[str, Any], *, on: datetime.date) -> bytes:
    """Typeset a template that somebody wrote here, in a process without files, network, or much time (`press`).

    Raises `BrokenTemplate` where the template is at fault; its sentence tells line and reason.
    """
    job = {
        "source": source,
        "data": _as_json(data),
        "root": _folder("typst"),
        "standards": STANDARDS,
        "timestamp": int(_noon(on).timestamp()),
    }
    command = [sys.executable, "-I", "-B", press.__file__]
    try:
        done = subprocess.run(  # noqa: S603 - our own file, and nothing of the template is in the command
            command,
            input=json.dumps(job).encode(),
            capture_output=True,
            check=False,
            env={},
            cwd="/",
            timeout=press.SECONDS + _PATIENCE_SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise BrokenTemplate.too_much() from None
    head, _, document = done.stdout.partition(b"\n")
    if done.returncode or len(document) > press.LARGEST_BYTES:
        raise BrokenTemplate.too_much()
    if said := json.loads(head):
        raise BrokenTemplate.told(said["message"], diagnostic=said["diagnostic"], hints=said["hints"])
    return document


def _as_json(data: Mapping[str, Any]) -> str:
    return json.dumps(glyphs.printable(dict(data)), ensure_ascii=False, sort_keys=True)


def _noon(on: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(on, _NOON)


@functools.cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[_folder("fonts")])


def _folder(name: str) -> str:
    return str(Path(__file__).with_name(name))
