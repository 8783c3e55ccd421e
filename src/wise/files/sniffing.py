"""Of which kind a file is, by what stands in it. Its name and what the browser says of it count for nothing."""

import io
import re
import zipfile
from collections.abc import Callable

from wise.files.findings import Damaged
from wise.files.kinds import UNKNOWN, Kind, of
from wise.files.reading import number

# (where, what stands there, the kind)
_MARKS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "png"),
    (0, b"GIF87a", "gif"),
    (0, b"GIF89a", "gif"),
    (0, b"II*\0", "tiff"),
    (0, b"MM\0*", "tiff"),
    (0, b"%PDF-", "pdf"),
    (0, b"\x1aE\xdf\xa3", "mkv"),
    (0, b"OggS", "ogg"),
    (0, b"ID3", "mp3"),
    (0, b"fLaC", "flac"),
    (0, b"#!AMR", "amr"),
    (0, b"PK\3\4", "zip"),
    (0, b"PK\5\6", "zip"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (0, b"{\\rtf", "rtf"),
    (0, b"Rar!\x1a\7", "rar"),
    (0, b"7z\xbc\xaf\x27\x1c", "7z"),
    (0, b"\x1f\x8b\x08", "gzip"),
    (0, b"MZ", "program"),
    (0, b"\x7fELF", "program"),
    (0, b"\xca\xfe\xba\xbe", "program"),
    (0, b"\xfe\xed\xfa\xce", "program"),
    (0, b"\xfe\xed\xfa\xcf", "program"),
    (0, b"\xce\xfa\xed\xfe", "program"),
    (0, b"\xcf\xfa\xed\xfe", "program"),
    (0, b"dex\n", "program"),
    (0, b"L\0\0\0\x01\x14\x02\0", "program"),  # a link of Windows
    (0, b"#!", "program"),
)
_FORMS = {b"WEBP": "webp", b"WAVE": "wav", b"AVI ": "avi"}
_HEIF = {b"avif": "avif", b"avis": "avif", b"heic": "heic", b"heix": "heic", b"heim": "heic", b"heis": "heic"}
_HEIF |= {b"mif1": "heic", b"msf1": "heic", b"hevc": "heic"}
_MOVIES = {b"qt  ": "mov", b"M4A ": "m4a", b"M4B ": "m4a"}
_OLD_MOVIE = frozenset({b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"})
_OFFICE = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}
_OLE = {"WordDocument": "doc", "Workbook": "xls", "PowerPoint Document": "ppt"}
_HTML = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|script|iframe)\b", re.IGNORECASE | re.DOTALL
)
_SVG = re.compile(rb"\s*(?:<\?xml.*?\?>|<!--.*?-->|<!doctype.*?>|\s)*<(?:\w+:)?svg\b", re.IGNORECASE | re.DOTALL)
_MAIL = re.compile(rb"(?:[A-Za-z-]+: .*\r?\n(?:[ \t].*\r?\n)*){3}")
_MAIL_FIELDS = re.compile(rb"^(?:From|Received|Return-Path|Delivered-To): ", re.MULTILINE)
_NOT_TEXT = re.compile(r"[\0-\x08\x0e-\x1a\x1c-\x1f]")
_HEAD = 4096


def kind_of(data: bytes) -> Kind:
    """The row of the table of kinds that this file belongs to."""
    code = next((code for at, mark, code in _MARKS if data.startswith(mark, at)), "")
    finer = _FINER.get(code)
    try:
        code = finer(data) if finer is not None else code or _by_form(data) or _by_words(data)
    except Damaged:
        code = ""
    return of(code) if code else UNKNOWN


def _by_form(data: bytes) -> str:
    """Families whose members are told apart further inside."""
    if data[:4] == b"RIFF":
        return _FORMS.get(data[8:12], "")
    if data[4:8] == b"ftyp":
        return _of_brand(data)
    if data[4:8] in _OLD_MOVIE:
        return "mov"
    if data[:2] > b"\xff\xe0" and data[:1] == b"\xff" and _is_mp3(data):
        return "mp3"
    # Some programs put a few bytes before it, and readers look for it so far.
    return "pdf" if b"%PDF-" in data[:1024] and b"%%EOF" in data[-2048:] else ""


def _of_brand(data: bytes) -> str:
    brands = [data[8:12], *(data[at : at + 4] for at in range(16, min(number(data, 0, 4), 256), 4))]
    first = brands[0]
    if first in _HEIF:
        # A still picture may be of either family: the other brands say of which.
        return next((_HEIF[brand] for brand in brands if _HEIF.get(brand) == "avif"), _HEIF[first])
    if first[:2] == b"3g":
        return "3gp"
    return _MOVIES.get(first, "mp4")


def _is_mp3(data: bytes) -> bool:
    from wise.files import mp3  # noqa: PLC0415 - for this family alone

    size = mp3.frame_size(data, 0)
    return bool(size) and bool(mp3.frame_size(data, size))


def _of_zip(data: bytes) -> str:
    if data.startswith(b"mimetype", 30):
        declared = data[38 : 38 + 80]
        for code in ("odt", "ods", "odp"):
            if declared.startswith(of(code).media_type.encode()):
                return code
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OSError):
        return "zip"
    if "[Content_Types].xml" in names:
        return next((code for folder, code in _OFFICE.items() if any(name.startswith(folder) for name in names)), "zip")
    return "program" if {"META-INF/MANIFEST.MF", "AndroidManifest.xml"} & set(names) else "zip"


def _of_ole(data: bytes) -> str:
    return next((code for name, code in _OLE.items() if name.encode("utf-16-le") in data), "ole")


def _of_matroska(data: bytes) -> str:
    return "webm" if b"webm" in data[:64] else "mkv"


def _by_words(data: bytes) -> str:
    head = data[:_HEAD]
    if _SVG.match(head):
        return "svg"
    if _HTML.match(head):
        return "html"
    if _MAIL.match(head) and _MAIL_FIELDS.search(head):
        return "mail"
    return "text" if _is_text(data) else ""


def words_of(data: bytes) -> str:
    """The words of a plain text; where nothing says how they are written, as older computers wrote them."""
    code = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        return data.decode(code)
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _is_text(data: bytes) -> bool:
    words = words_of(data)
    return not _NOT_TEXT.search(words) and not (len(words) == len(data) and _is_no_old_text(words))


def _is_no_old_text(words: str) -> bool:
    """Whether letters of one byte are none of an older computer's text: too many strange ones, or several in a row."""
    return bool(re.search(r"[\x7f-\x9f]{4}", words)) or sum(letter > "\x7f" for letter in words) * 4 > len(words)


_FINER: dict[str, Callable[[bytes], str]] = {"zip": _of_zip, "ole": _of_ole, "mkv": _of_matroska}
