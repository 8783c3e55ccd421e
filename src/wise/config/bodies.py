"""What comes with a request, made safe before anybody reads it: its encoding, its end, and files that nobody asked for.

All of it is chosen by whoever sends. Django would believe it.
"""

import io
import re
from collections.abc import MutableMapping
from typing import Any, Protocol, override

from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from wise.config import crowd, places

_MULTIPART = "multipart/form-data"
_SMALL = 64 * 1024
# The characters and the length that RFC 2046 allows, without the space.
_BOUNDARY = re.compile(r""";\s*boundary="?([0-9A-Za-z'()+_,\-./:=?]{1,70})"?\s*(?:;|$)""", re.IGNORECASE)


class CutShortError(OSError):
    """The connection broke in the middle of a body."""


class Stream(Protocol):
    """What a server hands over as the body: a read returns less than it was asked for at the end alone."""

    def read(self, size: int, /) -> bytes:
        """Wait for so many bytes, or for the end."""


class Whole:
    """A body that is read as a whole or not at all: half a message would otherwise be stored as if it were the whole.

    The server says nothing when a connection breaks; that bytes are missing is all there is to see.
    """

    def __init__(self, stream: Stream, *, length: int) -> None:
        self._stream, self._left, self._is_here = stream, length, False

    def expect(self) -> None:
        """Wait for all of a small body now, before there is a place to leave: a form stands in line only once."""
        if self._left <= _SMALL:
            self._stream, self._is_here = io.BytesIO(self._wait(self._left)), True

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes; `CutShortError` where fewer came than were announced."""
        wanted = self._left if size < 0 else min(size, self._left)
        if not wanted:
            return b""
        got = self._stream.read(wanted) if self._is_here else self._wait(wanted)
        if len(got) < wanted:
            raise CutShortError
        self._left -= wanted
        return got

    def _wait(self, wanted: int) -> bytes:
        with crowd.WAITING.one_more(), places.left():
            return self._stream.read(wanted)

    readline = read  # Django wants to see one and never calls it


class Forgotten(FileUploadHandler):
    """Files sent to a page that asked for none: read piece by piece and forgotten.

    Without any handler Django reads such a body into memory in one piece, 256 MB if somebody likes.
    """

    @override
    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Take nothing of it."""
        raise SkipFile

    @override
    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Never called: the file was skipped."""

    @override
    def file_complete(self, file_size: int) -> None:
        """Keep nothing."""


def make_safe(environ: MutableMapping[str, Any]) -> None:
    """Read every body as UTF-8, which all our pages are in, and only as a whole.

    A foreign encoding breaks Django before our first middleware, or smuggles in text that cannot be written down.
    """
    environ["CONTENT_TYPE"] = _plain(environ.get("CONTENT_TYPE") or "")
    length = environ.get("CONTENT_LENGTH") or ""
    if length.isascii() and length.isdecimal():
        environ["wsgi.input"] = body = Whole(environ["wsgi.input"], length=int(length))
        body.expect()


def _plain(content_type: str) -> str:
    """The content type with its boundary, if it needs one, and without any other parameter."""
    kind = content_type.partition(";")[0].strip().lower()
    boundary = _BOUNDARY.search(content_type) if kind == _MULTIPART else None
    return f'{kind}; boundary="{boundary[1]}"' if boundary else kind
