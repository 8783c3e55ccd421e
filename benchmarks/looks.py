"""What looking costs, without a server: the privacy check of a long text, and cleaning large files.

Runs as a process of its own upon a house's data folder (WISE_DATA), and prints one line of JSON.
"""

import io
import json
import os
import sys

import django
import pikepdf
from PIL import Image

from benchmarks.inside import milliseconds
from wise.files import workers
from wise.files.findings import Found, Outcome
from wise.privacy import checking

_TIMES = 9
_SIGNS = 10_000
_SIDES = (3900, 2900)
_PLACE = {0x8825: {1: "N", 2: (0.0, 30.0, 27.0), 3: "E", 4: (101.0, 26.0, 50.0)}}  # GPS: Pekanbaru
_SENTENCES = (
    "Pada hari Senin saya menunggu tiga jam di loket kedua tanpa nomor antrean. "
    "Petugas meminta Rp250.000 untuk mempercepat risalah lelang nomor 112/27/2026. "
    "NIP terlapor 19790412 200501 1 003; nomor saya 0812-7000-1234 boleh dihubungi. "
    "Atasan saya di seksi umum mengetahui hal itu, dan hanya saya yang melihat amplopnya. "
)


def main() -> int:
    """Measure, and say so in JSON."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wise.config.settings")
    django.setup()
    json.dump(figures(), sys.stdout)
    return 0


def figures() -> dict[str, float]:
    """Medians in milliseconds."""
    text = (_SENTENCES * (_SIGNS // len(_SENTENCES) + 1))[:_SIGNS]
    assert checking.look(text, field="what")
    photo = _photo()
    paper = _pdf(photo)
    for file, said in ((photo, Found.PLACE), (paper, Found.SOFTWARE)):
        seen = workers.looked_at(file)
        assert seen.outcome is Outcome.CLEANED, seen.reason
        assert said in seen.found, seen.found
    return {
        "privacy-check": milliseconds(lambda: checking.look(text, field="what"), times=_TIMES),
        "clean-photo": milliseconds(lambda: workers.looked_at(photo), times=_TIMES),
        "clean-pdf": milliseconds(lambda: workers.looked_at(paper), times=_TIMES),
    }


def _photo() -> bytes:
    """A JPEG of about 10 MB – noise cannot be packed – that says where it was taken."""
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x0110] = "Telepon Uji"
    exif.get_ifd(0x8825).update(_PLACE[0x8825])
    picture = Image.frombytes("RGB", _SIDES, os.urandom(3 * _SIDES[0] * _SIDES[1]))
    picture.save(out, "JPEG", quality=90, exif=exif)
    return out.getvalue()


def _pdf(photo: bytes) -> bytes:
    """A PDF of one page with that picture, and the name of the program that made it."""
    document, out = pikepdf.new(), io.BytesIO()
    page = document.add_blank_page()
    picture = pikepdf.Stream(document, photo)
    picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    picture.Width, picture.Height = _SIDES
    picture.ColorSpace, picture.BitsPerComponent = pikepdf.Name.DeviceRGB, 8
    picture.Filter = pikepdf.Name.DCTDecode
    page.add_resource(picture, pikepdf.Name.XObject, pikepdf.Name.Im0)
    page.contents_add(b"q 500 0 0 400 40 300 cm /Im0 Do Q")
    document.docinfo["/Producer"] = "Program Uji"
    document.save(out)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main())
