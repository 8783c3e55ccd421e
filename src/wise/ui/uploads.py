"""Files on their way in: sealed chunk by chunk while they arrive, so that nothing in the clear rests anywhere (P26)."""

import contextlib
import datetime
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, override

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParser
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from wise.refusals import Refused, TooLarge
from wise.register import attachments, blobs, drafts, looking, looks
from wise.register.blobs import Incoming, Stored
from wise.register.drafts import DraftedFile
from wise.ui import trouble

FIELD = "files"
LONGEST_NAME = 255
_LONGEST_TYPE = 100
NAMELESS = "berkas"


@dataclass(frozen=True, slots=True, repr=False)
class Arrived:
    """A file that lies sealed on the disk and belongs to nobody yet."""

    name: str
    media_type: str
    stored: Stored


@dataclass(frozen=True, slots=True, repr=False)
class TurnedAway:
    """A file that was not taken, and why."""

    name: str
    why: Refused


class Sealing(FileUploadHandler):
    """Django's way of taking files, with ours behind it: what cannot be taken is noted, and the rest goes on.

    `count` and `size` say what the draft has already. Django calls the methods in the order in which they stand here.
    """

    def __init__(self, *, at: datetime.datetime, count: int, size: int) -> None:
        super().__init__()
        self.arrived: list[Arrived] = []
        self.turned_away: list[TurnedAway] = []
        self._seen: list[DraftedFile] = []
        self._at, self._count, self._size = at, count, size
        self._name, self._media_type = "", ""
        self._incoming: Incoming | None = None

    @override
    def new_file(self, field_name: str, file_name: str, content_type: str, *args: Any, **kwargs: Any) -> None:
        """A file begins."""
        if field_name != FIELD:
            raise SkipFile
        self._name, self._media_type = file_name, content_type[:_LONGEST_TYPE]
        self._unless_refused(lambda: drafts.check_room(count=self._count + 1, size=self._size))

    @override
    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Some bytes of it: sealed, and gone."""
        self._unless_refused(lambda: self._take(raw_data))

    @override
    def file_complete(self, file_size: int) -> None:
        """It is all there: durable from here on."""
        with contextlib.suppress(SkipFile):
            self._unless_refused(self._finish)

    @override
    def upload_interrupted(self) -> None:
        """The browser went away in the middle."""
        self._abandon()

    def keep(self, file: Arrived) -> None:
        """It belongs to a draft or a report now."""
        self.arrived.remove(file)

    def looked_at(self) -> list[DraftedFile]:
        """What arrived, looked at: files that belong to no draft. A program is turned away."""
        for arrived in list(self.arrived):
            file = attachments.in_memory(arrived.stored, name=arrived.name, media_type=arrived.media_type)
            file = looking.looked_at(file, at=self._at)
            self._seen.append(file)
            if file.look is not None and file.look.is_program:
                self.turned_away.append(TurnedAway(arrived.name, looking.PROGRAM))
        return list(self._seen)

    def turn_away_malicious(self) -> None:
        """Have files scanned that go into no report, and turn away what something is found in."""
        for arrived in self.arrived:
            if threat := looks.threat_in(arrived.stored):
                sentence = format_lazy(_("Our scanner says that it is malicious: {threat}."), threat=threat)
                self.turned_away.append(TurnedAway(arrived.name, Refused("file-malicious", sentence)))

    def keep_all(self) -> None:
        """A report, or a draft, has all of them now, with their copies."""
        self.arrived.clear()
        self._seen.clear()

    def leave_nothing(self) -> None:
        """What nobody kept goes off the disk."""
        self._abandon()
        ours = [file.stored.blob for file in self.arrived]
        blobs.forget(ours + [blob for file in self._seen for blob in file.blobs])

    def _take(self, chunk: bytes) -> None:
        if self._incoming is None:
            self._incoming = Incoming(at=self._at)
        drafts.check_room(count=self._count + 1, size=self._size + self._incoming.size + len(chunk))
        self._incoming.push(chunk)

    def _finish(self) -> None:
        if self._incoming is None:
            raise Refused("file-empty", _("This file is empty."))
        stored = self._incoming.finish()
        self._incoming = None
        self._count, self._size = self._count + 1, self._size + stored.size
        self.arrived.append(Arrived(self._name, self._media_type, stored))

    def _unless_refused(self, deed: Callable[[], None]) -> None:
        try:
            with trouble.as_refusal():
                deed()
        except Refused as refused:
            self._abandon()
            self.turned_away.append(TurnedAway(self._name, refused))
            raise SkipFile from refused

    def _abandon(self) -> None:
        if self._incoming is not None:
            self._incoming.abandon()
            self._incoming = None


class NamesAsData(MultiPartParser):
    """A file's name is data, never a path (P25); a file whose name says nothing is a file all the same."""

    @override
    def sanitize_file_name(self, file_name: str) -> str:
        """The name as it may be shown."""
        return plain_name(file_name)


def plain_name(name: str) -> str:
    """A name without folders, control characters and marks that turn the direction of reading; at most 255 long."""
    bare = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    shown = "".join(character for character in bare if character.isprintable()).strip()
    if not shown.strip("."):
        return NAMELESS
    if len(shown) <= LONGEST_NAME:
        return shown
    stem, dot, suffix = shown.rpartition(".")
    room = LONGEST_NAME - len(dot + suffix)
    return f"{stem[:room]}{dot}{suffix}" if stem and room > 0 else shown[:LONGEST_NAME]


@contextlib.contextmanager
def sealing(request: HttpRequest, *, at: datetime.datetime, count: int = 0, size: int = 0) -> Iterator[Sealing]:
    """Read the request's body with files sealed while they arrive. What was not kept at the end leaves nothing."""
    handler = Sealing(at=at, count=count, size=size)
    request.upload_handlers = [handler]
    request.multipart_parser_class = NamesAsData  # type: ignore[assignment] # the stubs want an instance
    try:
        yield handler
    finally:
        handler.leave_nothing()


def worst(turned_away: list[TurnedAway]) -> int:
    """The status that says best why files were not taken."""
    statuses = {file.why.status for file in turned_away}
    return TooLarge.status if TooLarge.status in statuses else max(statuses, default=Refused.status)
