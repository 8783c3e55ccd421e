"""THE TABLE of kinds of files: what is taken, what cleans it, and what may be shown on a page."""

from dataclasses import dataclass
from enum import StrEnum


class Shown(StrEnum):
    """How a page can show a file; everything else is for downloading."""

    NOT = ""
    PICTURE = "picture"
    PAGES = "pages"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind. `cleaner` names the module that makes the copy; "" where nothing here can.

    `plain` holds nothing but what it shows; `taken` is False for what is no document but a program.
    """

    code: str
    media_type: str
    suffix: str
    cleaner: str = ""
    shown: Shown = Shown.NOT
    plain: bool = False
    taken: bool = True


_WORD = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."

_ROWS = (
    Kind("jpeg", "image/jpeg", ".jpg", "jpeg", Shown.PICTURE),
    Kind("png", "image/png", ".png", "png", Shown.PICTURE),
    Kind("webp", "image/webp", ".webp", "webp", Shown.PICTURE),
    Kind("gif", "image/gif", ".gif", "gif", Shown.PICTURE),
    Kind("avif", "image/avif", ".avif", "heif", Shown.PICTURE),
    Kind("heic", "image/heic", ".heic", "heif"),
    Kind("tiff", "image/tiff", ".tif", "tiff"),
    Kind("svg", "image/svg+xml", ".svg", "svg"),
    Kind("pdf", "application/pdf", ".pdf", "pdf", Shown.PAGES),
    Kind("docx", f"{_WORD}wordprocessingml.document", ".docx", "ooxml"),
    Kind("xlsx", f"{_WORD}spreadsheetml.sheet", ".xlsx", "ooxml"),
    Kind("pptx", f"{_WORD}presentationml.presentation", ".pptx", "ooxml"),
    Kind("odt", f"{_OPEN}text", ".odt", "odf"),
    Kind("ods", f"{_OPEN}spreadsheet", ".ods", "odf"),
    Kind("odp", f"{_OPEN}presentation", ".odp", "odf"),
    Kind("mp4", "video/mp4", ".mp4", "movie"),
    Kind("mov", "video/quicktime", ".mov", "movie"),
    Kind("3gp", "video/3gpp", ".3gp", "movie"),
    Kind("m4a", "audio/mp4", ".m4a", "movie"),
    Kind("webm", "video/webm", ".webm", "matroska"),
    Kind("mkv", "video/x-matroska", ".mkv", "matroska"),
    Kind("mp3", "audio/mpeg", ".mp3", "mp3"),
    Kind("wav", "audio/wav", ".wav", "wav"),
    Kind("ogg", "audio/ogg", ".ogg", "ogg"),
    Kind("zip", "application/zip", ".zip", "bundle"),
    Kind("text", "text/plain", ".txt", shown=Shown.TEXT, plain=True),
    # Known, and not to be cleaned here: the reporter decides.
    Kind("doc", "application/msword", ".doc"),
    Kind("xls", "application/vnd.ms-excel", ".xls"),
    Kind("ppt", "application/vnd.ms-powerpoint", ".ppt"),
    Kind("ole", "application/x-ole-storage", ".bin"),
    Kind("rtf", "application/rtf", ".rtf"),
    Kind("html", "text/html", ".txt"),  # opened by hand, as words: a page would run
    Kind("mail", "message/rfc822", ".eml"),
    Kind("avi", "video/x-msvideo", ".avi"),
    Kind("flac", "audio/flac", ".flac"),
    Kind("amr", "audio/amr", ".amr"),
    Kind("rar", "application/vnd.rar", ".rar"),
    Kind("7z", "application/x-7z-compressed", ".7z"),
    Kind("gzip", "application/gzip", ".gz"),
    Kind("program", "application/octet-stream", ".bin", taken=False),
)
_SAME = {".jpeg": ".jpg", ".csv": ".txt", ".log": ".txt"}
KINDS = {row.code: row for row in _ROWS}
UNKNOWN = Kind("", "application/octet-stream", ".bin")


def of(code: str) -> Kind:
    """The row of a code; what is in no row is unknown."""
    return KINDS.get(code, UNKNOWN)


def is_shown(kind: Kind, *, suffix: str) -> bool:
    """Whether a page can show a file of this kind, or, of an unknown one, what its suffix promises."""
    rows = [kind] if kind.code else [row for row in KINDS.values() if row.suffix == _SAME.get(suffix, suffix)]
    return any(row.shown for row in rows)
