"""P28: whatever somebody sends to do harm gets a clear answer, and the worker that read it kept its limits."""

import io
import os
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable

import pikepdf
import pytest

from tests.files import marks, packages, papers, pictures
from wise.files import worker, workers
from wise.files.findings import Found, Outcome, Reason

pytestmark = pytest.mark.xdist_group("traces")
_MIB = 1024 * 1024


def _zip(parts: dict[str, bytes], *, times: int = 1) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for place in range(times):
            for name, content in parts.items():
                archive.writestr(name if times == 1 else f"{place}-{name}", content)
    return out.getvalue()


def _zip_bomb() -> bytes:
    return _zip({"isi.txt": bytes(8 * _MIB)}, times=64)


def _word_bomb() -> bytes:
    """A document whose words unfold to half a gigabyte."""
    with zipfile.ZipFile(io.BytesIO(papers.word())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    out = io.BytesIO(_zip({name: content for name, content in parts.items() if name != "word/document.xml"}))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as body:
        body.write(b"<w:document xmlns:w='x'>")
        for _ in range(512):
            body.write(b"<w:p>   " * (_MIB // 8))
    return out.getvalue()


def _laughs() -> bytes:
    """Ten entities, each ten of the one before: a document of a gigabyte in a few lines."""
    rows = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    body = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{rows}]><x>&l9;</x>'
    with zipfile.ZipFile(io.BytesIO(papers.word())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return _zip(parts | {"word/document.xml": body.encode()})


def _outside() -> bytes:
    """A picture that asks for a file of the server."""
    return (
        b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
        b'<svg xmlns="http://www.w3.org/2000/svg"><text>&a;</text></svg>'
    )


def _png_bomb() -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 1, 0, 0, 0, 0)
    packed = zlib.compress(bytes(60_000 * 7_501), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def _pdf_bomb() -> bytes:
    """A document whose list of objects unfolds to a gigabyte."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(_MIB)) for _ in range(1024)) + packer.flush()
    head = b"%PDF-1.5\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    table = b"<< /Type /XRef /Size 90000000 /W [1 4 1] /Root 1 0 R /Filter /FlateDecode /Length %d >>" % len(packed)
    place = len(head)
    return head + b"3 0 obj\n" + table + b"\nstream\n" + packed + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % place


def _overlapping() -> bytes:
    """A picture of ten thousand strips that are all the same megabytes."""
    strips = struct.pack("<10000I", *([8] * 10_000))
    sizes = struct.pack("<10000I", *([4 * _MIB] * 10_000))
    body = bytes(4 * _MIB)
    place = 8 + len(body)
    entries = [(256, 4, 1, 100), (257, 4, 1, 100), (273, 4, 10_000, place), (279, 4, 10_000, place + len(strips))]
    rows = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    head = b"II*\0" + struct.pack("<I", place + len(strips) + len(sizes))
    return head + body + strips + sizes + struct.pack("<H", len(entries)) + rows + bytes(4)


def _locked_pdf() -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    out = io.BytesIO()
    document.save(out, encryption=pikepdf.Encryption(owner="rahasia", user="rahasia"))
    return out.getvalue()


def _locked_zip() -> bytes:
    data = bytearray(_zip({"isi.txt": b"rahasia"}))
    for mark, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.index(mark) + at] |= 1
    return bytes(data)


def _nested() -> bytes:
    data = _zip({"isi.txt": b"isi"})
    for _ in range(6):
        data = _zip({"dalam.zip": data})
    return data


def _film_without_end() -> bytes:
    return struct.pack(">I", 20) + b"ftypisom\0\0\0\0isom" + struct.pack(">I", 0xFFFFFF) + b"moov" + bytes(64)


_REASONS: dict[str, tuple[Callable[[], bytes], str, Reason]] = {
    "empty": (lambda: b"", "", Reason.EMPTY),
    "unknown": (lambda: bytes(range(256)) * 40, "", Reason.UNKNOWN),
    "zip-bomb": (_zip_bomb, "zip", Reason.TOO_BIG),
    "zip-in-zip": (_nested, "zip", Reason.INSIDE),
    "word-bomb": (_word_bomb, "docx", Reason.TOO_BIG),
    "entities": (_laughs, "docx", Reason.DAMAGED),
    "entity-from-outside": (_outside, "svg", Reason.DAMAGED),
    "png-bomb": (_png_bomb, "png", Reason.TOO_BIG),
    "tiff-bomb": (_overlapping, "tiff", Reason.TOO_BIG),
    "locked-pdf": (_locked_pdf, "pdf", Reason.ENCRYPTED),
    "locked-zip": (_locked_zip, "zip", Reason.ENCRYPTED),
    "locked-odt": (lambda: packages.opened("text", encrypted=True), "odt", Reason.ENCRYPTED),
    "cut-off-jpeg": (lambda: pictures.photo()[:300], "jpeg", Reason.DAMAGED),
    "cut-off-png": (lambda: pictures.saved(pictures.picture(), "PNG")[:-40], "png", Reason.DAMAGED),
    "cut-off-film": (_film_without_end, "mp4", Reason.DAMAGED),
    "cut-off-pdf": (lambda: b"%PDF-1.7\n1 0 obj\n<<", "pdf", Reason.DAMAGED),
    "old-word": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
        "doc",
        Reason.NOT_CLEANED,
    ),
    "archive": (lambda: b"Rar!\x1a\7\0" + bytes(64), "rar", Reason.NOT_CLEANED),
}


@pytest.mark.parametrize("name", _REASONS)
def test_p28_what_cannot_be_cleaned_says_why(name: str) -> None:
    make, kind, reason = _REASONS[name]
    result = workers.looked_at(make())

    assert (result.outcome, result.kind, result.reason) == (Outcome.UNCLEANABLE, kind, reason)
    assert result.data is None


def test_p28_a_bomb_of_a_pdf_never_has_more_memory_than_a_worker_may() -> None:
    """In a process that has little memory of its own: what its children had at most is what the worker had."""
    asked = (
        "import resource, sys; from wise.files import workers; result = workers.looked_at(sys.stdin.buffer.read());"
        "print(result.outcome, result.reason, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    run = subprocess.run([sys.executable, "-c", asked], input=_pdf_bomb(), capture_output=True, check=True)
    outcome, reason, kibibytes = run.stdout.decode().split()

    assert outcome == Outcome.UNCLEANABLE
    assert reason in {Reason.DAMAGED, Reason.FAILED, Reason.TOO_BIG}
    assert int(kibibytes) <= worker.MEMORY // 1024


@pytest.mark.parametrize("head", [b"MZ\x90\0" + bytes(60), b"\x7fELF" + bytes(60), b"#!/bin/sh\nrm -rf /\n"])
def test_p28_a_program_is_known_as_one(head: bytes) -> None:
    assert workers.looked_at(head).outcome is Outcome.PROGRAM


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (pictures.saved(pictures.picture(), "JPEG") + _zip({"isi.txt": marks.INSIDE}), "jpeg"),
        (pictures.saved(pictures.picture(), "PNG") + b"<script>" + marks.INSIDE, "png"),
        (pictures.saved(pictures.picture("P"), "GIF") + marks.INSIDE, "gif"),
        (pictures.with_segment(pictures.saved(pictures.picture(), "JPEG"), 0xFE, b"%PDF-1.7 " + marks.INSIDE), "jpeg"),
    ],
)
def test_p28_of_a_file_that_is_two_things_the_first_alone_stays(data: bytes, kind: str) -> None:
    result = workers.looked_at(data)

    assert (result.outcome, result.kind) == (Outcome.CLEANED, kind)
    assert {Found.EMBEDDED, Found.COMMENTS} & set(result.found)
    assert result.data is not None
    assert marks.INSIDE[:20] not in result.data


def test_p28_a_drawing_with_a_script_loses_it() -> None:
    shapes = b'<script>alert(1)</script><rect onclick="x()" width="9" height="9"/>'
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg">' + shapes + b"</svg>"
    result = workers.looked_at(drawing)

    assert (result.outcome, result.found) == (Outcome.CLEANED, (Found.SCRIPT,))
    assert result.data is not None
    assert b"alert" not in result.data
    assert b"<rect" in result.data
    assert b"onclick" not in result.data


def test_p28_a_worker_that_takes_too_long_is_ended() -> None:
    result = workers.looked_at(os.urandom(4 * _MIB), seconds=0.01)

    assert (result.outcome, result.reason) == (Outcome.UNCLEANABLE, Reason.TOO_SLOW)
