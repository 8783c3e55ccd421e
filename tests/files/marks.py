"""What the tests' own files betray, in words that occur nowhere else, and the shape of such a file."""

from collections.abc import Callable
from dataclasses import dataclass, field

from wise.files.findings import Found

AUTHOR = "Sari Wulandari Pelapor"
COMPANY = "Kantor Rahasia Pekanbaru"
CAMERA = "KamBrand"
MODEL = "ZetaCam Model 9"
SERIAL = "SN47110815QX"
SOFTWARE = "RahasiaSuntingan 7.3"
COMMENT = "catatan tersembunyi dari pelapor"
PLACE = "+00.5071+101.4478/"
PATH = r"C:\Users\sari.wulandari\Documents\bukti.docx"
YEAR = "2019"
DAY = "2019-07-14T09:08:07Z"
EXIF_DAY = "2019:07:14 09:08:07"
INSIDE = b"RAHASIA-DI-DALAM-BERKAS-" * 8
SHOWN = "Kata yang terlihat tetap dapat dicari"

# None of these may be in a cleaned copy, in any of the ways that programs write words.
ALL = (AUTHOR, COMPANY, CAMERA, MODEL, SERIAL, SOFTWARE, COMMENT, "00.5071", PATH, "sari.wulandari", EXIF_DAY, DAY[:16])


@dataclass(frozen=True)
class Sample:
    """A file of the tests: how it is made, of which kind it is, and what must be found in it."""

    name: str
    make: Callable[[], bytes]
    kind: str
    found: frozenset[Found] = field(default_factory=frozenset)
    needs: str = ""  # a program that makes it


def sample(name: str, kind: str, make: Callable[[], bytes], *found: Found, needs: str = "") -> Sample:
    return Sample(name, make, kind, frozenset(found), needs)


def left_in(data: bytes) -> list[str]:
    """Which marks stand in these bytes."""
    lower = data.lower()
    forms = ("utf-8", "utf-16-le", "utf-16-be")
    words = [mark for mark in ALL if any(mark.lower().encode(form) in lower for form in forms)]
    return words + (["inside"] if INSIDE[:24] in data else [])
