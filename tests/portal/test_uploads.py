"""Files on their way in: limits to the byte, names as data, and nothing left of what was not kept (P25, P27)."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django_webtest import DjangoTestApp

from tests import reporters
from tests import world as cast
from tests.reporters import address, alert, form_to, photo
from tests.world import World
from wise.register import blobs
from wise.register.models import DraftFile
from wise.ui import uploads

type Visitor = Callable[[], DjangoTestApp]


def lying_about() -> set[Path]:
    """Every file in the folder of sealed files."""
    return {path for path in Path(settings.WISE_FILES_DIR).rglob("*") if path.is_file()}


def test_p27_ten_megabytes_are_taken_and_one_byte_more_is_not(world: World, visitor: Visitor) -> None:
    before = lying_about()
    sari = visitor()
    files = (
        photo(bytes(blobs.LARGEST), name="pas.mp4"),
        photo(bytes(blobs.LARGEST + 1), name="lebih.mp4"),
        photo(name="kecil.jpg"),
    )
    page = reporters.fill(sari, where="Loket 2", files=files).submit(status=413)
    assert "lebih.mp4" in alert(page)
    assert "pas.mp4" not in alert(page)
    assert form_to(page, field="what")["where"].value == "Loket 2"
    check = form_to(page, field="what").submit(status=302).follow()
    assert "pas.mp4" in check.text
    assert "kecil.jpg" in check.text
    assert "lebih.mp4" not in check.text
    assert len(lying_about() - before) == 2


def test_p27_at_most_twenty_files(world: World, visitor: Visitor) -> None:
    files = tuple(photo(name=f"foto-{number}.jpg") for number in range(22))
    page = reporters.fill(visitor(), files=files).submit(status=413)
    assert "foto-20.jpg" in alert(page)
    assert "foto-21.jpg" in alert(page)
    assert DraftFile.objects.count() == 20
    page = form_to(page, field="what").submit(status=302).follow().click("Tambah atau hapus berkas")
    form = form_to(page, field="files")
    form["files"] = [photo(name="satu-lagi.jpg")]
    assert "satu-lagi.jpg" in alert(form.submit(status=413))


def test_p27_at_most_a_hundred_megabytes(world: World, visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blobs, "LARGEST_TOTAL", 100_000)
    files = (photo(bytes(60_000), name="satu.jpg"), photo(bytes(60_000), name="dua.jpg"), photo(name="tiga.jpg"))
    page = reporters.fill(visitor(), files=files).submit(status=413)
    assert "dua.jpg" in alert(page)
    assert set(DraftFile.objects.values_list("size", flat=True)) == {60_000, len(cast.PHOTO)}


def test_an_empty_file_is_told_so(world: World, visitor: Visitor) -> None:
    page = reporters.fill(visitor(), files=(photo(b"", name="kosong.txt"),)).submit(status=422)
    assert "kosong.txt" in alert(page)


def test_a_full_disk_keeps_the_words(world: World, visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*given: object) -> None:
        raise OSError(28, "No space left on device")

    before = lying_about()
    form = reporters.fill(visitor(), files=(photo(),))
    with monkeypatch.context() as patched:
        patched.setattr(blobs.Incoming, "push", full)
        page = form.submit(status=503)
    assert "foto.jpg" in alert(page)
    assert reporters.WHAT in form_to(page, field="what").submit(status=302).follow().text
    assert lying_about() == before


class _Breaking(io.BytesIO):
    """A connection that is lost when its bytes are used up."""

    def read(self, size: int | None = -1) -> bytes:
        found = super().read(size)
        if not found:
            raise ConnectionResetError
        return found


def _body(content: bytes) -> tuple[bytes, str]:
    lines = (
        b'--x\r\nContent-Disposition: form-data; name="what"\r\n\r\nAntre lama\r\n--x\r\n'
        b'Content-Disposition: form-data; name="files"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    )
    return lines + content, "multipart/form-data; boundary=x"


@pytest.mark.parametrize("body", [io.BytesIO, _Breaking])
def test_a_lost_connection_leaves_nothing_half_done(
    world: World, visitor: Visitor, body: Callable[[bytes], io.BytesIO]
) -> None:
    before = lying_about()
    content, kind = _body(bytes(300_000))
    environ = {"wsgi.input": body(content), "CONTENT_LENGTH": str(len(content) + 500_000), "CONTENT_TYPE": kind}
    visitor().request(address("files"), method="POST", environ=environ, expect_errors=True)
    assert lying_about() == before
    assert not DraftFile.objects.exists()


def test_a_file_in_another_field_is_not_taken(world: World, visitor: Visitor) -> None:
    before = lying_about()
    visitor().post(address("tell"), params={"what": "Antre"}, upload_files=[("berkas", "a.jpg", b"isi")], status=422)
    assert lying_about() == before


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("foto.jpg", "foto.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\sari\\foto.jpg", "foto.jpg"),
        ("foto\x00\r\n.jpg", "foto.jpg"),
        ("gaji\u202efdp.exe", "gajifdp.exe"),
        ("CON", "CON"),
        ("..", uploads.NAMELESS),
        ("\u202e", uploads.NAMELESS),
        ("café.jpg", "café.jpg"),
        ("x" * 300 + ".jpg", "x" * 251 + ".jpg"),
        ("y" * 300, "y" * 255),
        ("." + "z" * 300, "." + "z" * 254),
    ],
)
def test_p25_a_name_is_data(given: str, shown: str) -> None:
    assert uploads.plain_name(given) == shown


def test_p25_a_name_comes_back_as_it_was_and_only_to_sari(world: World, visitor: Visitor) -> None:
    sari = visitor()
    name = "laporan “gaji” <b>é</b>.html"
    receipt = reporters.send(reporters.tell(sari, files=(photo(b"alert(1)", name=name),)))
    report = form_to(receipt, field="kept").submit("kept").follow().click(reporters.secret(receipt, "register-number"))
    link = report.html.find("ul", class_="files").find("a")
    assert link.text == "b>.html"  # what stands before a slash is a folder
    file = sari.get(link["href"])
    assert file.body == b"alert(1)"
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    assert file.headers["Content-Type"] == "application/octet-stream"
    assert file.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert file.headers["Cache-Control"] == "no-store"

    somebody = visitor()
    other = reporters.send(reporters.tell(somebody), pseudonym="sungai tenang")
    form_to(other, field="kept").submit("kept")
    somebody.get(link["href"], status=404)
    assert "/masuk/" in visitor().get(link["href"], status=302).location


def _first_button(page: Any, form: Any) -> str:
    """What Enter in a field of a form presses: its first button, of all that belong to it."""
    inside = form.find_all("button")
    mine = (b for b in page.html.find_all("button") if b in inside or b.get("form", "-") == form.get("id"))
    return str(next(mine).get_text())


def test_enter_in_a_field_removes_no_file_and_masks_nothing(world: World, visitor: Visitor) -> None:
    sari = visitor()
    locked = photo(b"Rar!\x1a\x07\x01\x00" + bytes(64), name="bukti 0812-7000-1234.rar")
    check = reporters.tell(sari, files=(locked,))
    pages = (
        (sari.get(address("tell")), "Periksa sebelum dikirim"),
        (sari.get(address("files")), "Periksa sebelum dikirim"),
        (check, "Kirim pengaduan"),
    )
    for page, main in pages:
        removing = page.html.find("button", attrs={"name": "remove"})
        form = removing.find_parent("form") or page.html.find("form", id=removing["form"])
        assert _first_button(page, form) == main
