"""Looking at a file of a case on a page, without a copy on anybody's disk. Each look is logged. Needs keys.

Pictures and words are shown as they are; of a PDF a worker draws one page at a time, so that the document itself, and
what it might do, never reaches an officer's browser.
"""

import datetime
import uuid
from dataclasses import dataclass

from wise.casework import reading
from wise.casework.access import Desk
from wise.casework.evidence import CaseFile
from wise.files import sniffing, workers
from wise.files.kinds import Kind, Shown
from wise.people import derivation
from wise.refusals import NotThere

LONGEST_TEXT = 100_000  # characters


@dataclass(frozen=True, slots=True, repr=False)
class Viewed:
    """A file as a page shows it: its words (of a PDF those of one page), and the picture there is of it.

    `picture` is None for what is words alone, and for a page that could not be drawn. `pages` is 0 but for a PDF.
    """

    file: CaseFile
    kind: Kind
    words: str = ""
    is_cut: bool = False
    picture: bytes | None = None
    media_type: str = ""
    page: int = 0
    pages: int = 0


def view(case_id: uuid.UUID, file_id: uuid.UUID, *, page: int, desk: Desk, at: datetime.datetime) -> Viewed:
    """A file of a case that can be shown, opened for an officer who may; `NotThere` for any other."""
    file = reading.file_of(case_id, file_id, desk=desk, at=at, deed="view")
    data = b"".join(file.chunks())
    # What it is called, and what it was said to be, count for nothing here.
    kind = sniffing.kind_of(data)
    if kind.shown is Shown.PICTURE:
        return Viewed(file, kind, picture=data, media_type=kind.media_type)
    if kind.shown is Shown.TEXT:
        words = sniffing.words_of(data)
        return Viewed(file, kind, words=words[:LONGEST_TEXT], is_cut=len(words) > LONGEST_TEXT)
    if kind.shown is Shown.PAGES:
        return _page(file, kind, data, page)
    raise NotThere


def _page(file: CaseFile, kind: Kind, data: bytes, number: int) -> Viewed:
    with derivation.while_waiting():
        drawn = workers.page_of(data, number=number)
    if drawn is None:
        return Viewed(file, kind, page=1)
    page = min(number, drawn.pages)
    return Viewed(
        file, kind, words=drawn.words, picture=drawn.picture, media_type="image/png", page=page, pages=drawn.pages
    )
