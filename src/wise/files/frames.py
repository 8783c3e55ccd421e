"""What goes through the pipes between a door and a worker: a file in, a result and perhaps a copy out.

A worker that was taken over by a file can write anything: what comes back is checked as if a stranger had sent it.
"""

import json
from collections.abc import Callable

from wise.files import kinds
from wise.files.findings import Found, Outcome, Page, Reason, Result

_LENGTH = 8
_LONGEST_HEAD = 4096
# A copy may be longer than its file where it was packed better; not by much.
_LONGEST_COPY = 64 * 1024 * 1024
_MOST_PAGES = 100_000
_LONGEST_WORDS = 1024 * 1024
_PNG = b"\x89PNG\r\n\x1a\n"


class Broken(Exception):  # noqa: N818 - it names what happened
    """What came is no frame: the other side is gone, or is no longer itself."""


def asked(data: bytes, *, page: int = 0) -> bytes:
    """A file, on its way to a worker: to be cleaned, or to have that page of it drawn."""
    return page.to_bytes(_LENGTH, "big") + len(data).to_bytes(_LENGTH, "big") + data


def read_asked(read: Callable[[int], bytes]) -> tuple[bytes, int]:
    """A file, in a worker, and the page."""
    page = int.from_bytes(_exactly(read, _LENGTH), "big")
    return _exactly(read, int.from_bytes(_exactly(read, _LENGTH), "big")), page


def answered(result: Result) -> bytes:
    """A result, on its way back."""
    told = {
        "outcome": result.outcome,
        "kind": result.kind,
        "found": list(result.found),
        "reason": result.reason,
        "copy": None if result.data is None else len(result.data),
    }
    head = json.dumps(told).encode()
    return len(head).to_bytes(_LENGTH, "big") + head + (result.data or b"")


def read_answered(read: Callable[[int], bytes]) -> Result:
    """A result, back where it was asked for; `Broken` for everything that none could be."""
    size = int.from_bytes(_exactly(read, _LENGTH), "big")
    if size > _LONGEST_HEAD:
        raise Broken
    try:
        told = json.loads(_exactly(read, size))
        length = told["copy"]
        if told["kind"] and told["kind"] not in kinds.KINDS:
            raise Broken
        if length is not None and not 0 <= int(length) <= _LONGEST_COPY:
            raise Broken
        return Result(
            outcome=Outcome(told["outcome"]),
            kind=str(told["kind"]),
            found=tuple(Found(code) for code in told["found"]),
            reason=Reason(told["reason"]) if told["reason"] is not None else None,
            data=_exactly(read, int(length)) if length is not None else None,
        )
    except (ValueError, KeyError, TypeError):
        raise Broken from None


def answered_page(page: Page) -> bytes:
    """A page, on its way back."""
    words = page.words.encode("utf-8", "replace")
    sizes = (page.pages, len(words), len(page.picture))
    return b"".join(size.to_bytes(_LENGTH, "big") for size in sizes) + words + page.picture


def read_page(read: Callable[[int], bytes]) -> Page:
    """A page, back where it was asked for; `Broken` for everything that none could be."""
    pages, words, picture = (int.from_bytes(_exactly(read, _LENGTH), "big") for _ in range(3))
    if not 0 < pages <= _MOST_PAGES or words > _LONGEST_WORDS or picture > _LONGEST_COPY:
        raise Broken
    said, drawn = _exactly(read, words), _exactly(read, picture)
    if not drawn.startswith(_PNG):
        raise Broken
    return Page(drawn, said.decode("utf-8", "replace"), pages)


def _exactly(read: Callable[[int], bytes], size: int) -> bytes:
    parts, missing = [], size
    while missing:
        part = read(missing)
        if not part:
            raise Broken
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)
