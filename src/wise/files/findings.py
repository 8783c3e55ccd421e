"""What can come of looking at a file, as codes: pages have the sentences (`portal/traces.py`)."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class Found(StrEnum):
    """What a file said beside what it shows."""

    PLACE = "place"
    CAMERA = "camera"
    SERIAL = "serial"
    AUTHOR = "author"
    DATES = "dates"
    SOFTWARE = "software"
    PATHS = "paths"
    COMMENTS = "comments"
    HISTORY = "history"
    THUMBNAIL = "thumbnail"
    EMBEDDED = "embedded"
    SCRIPT = "script"
    SIGNATURE = "signature"
    OTHER = "other"


class Reason(StrEnum):
    """Why no cleaned copy could be made."""

    EMPTY = "empty"
    UNKNOWN = "unknown"
    NOT_CLEANED = "not-cleaned"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    TOO_BIG = "too-big"
    INSIDE = "inside"
    TOO_SLOW = "too-slow"
    FAILED = "failed"


class Outcome(StrEnum):
    """What can be done with a file now. `PLAIN`: such a file holds nothing but what it shows."""

    CLEANED = "cleaned"
    PLAIN = "plain"
    UNCLEANABLE = "uncleanable"
    PROGRAM = "program"


class Uncleanable(Exception):  # noqa: N818 - it names what happened; an error it is not
    """No cleaned copy of this file can be made."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


class Damaged(Uncleanable):
    """The file is not what its beginning says, or was cut short."""

    def __init__(self) -> None:
        super().__init__(Reason.DAMAGED)


@dataclass(frozen=True, slots=True, repr=False)
class Cleaned:
    """The bytes of a cleaned copy, and what was left out of it."""

    data: bytes
    found: Collection[Found]


@dataclass(frozen=True, slots=True, repr=False)
class Result:
    """What came of one file. `kind` is a code of the table of kinds, "" for an unknown one.

    `data` is the cleaned copy; None where there is none, or where it would be the file itself.
    """

    outcome: Outcome
    kind: str
    found: tuple[Found, ...] = ()
    reason: Reason | None = None
    data: bytes | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Page:
    """A page drawn: a PNG, the words on it, and how many pages there are."""

    picture: bytes
    words: str
    pages: int
