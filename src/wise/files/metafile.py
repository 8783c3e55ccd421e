"""Windows metafiles in documents ([MS-EMF]): drawn as before, without the name of the program and the drawing."""

from wise.files.findings import Damaged
from wise.files.reading import number

_SIGNATURE = b" EMF"


def nameless(data: bytes) -> bytes:
    """The drawing without its description; the older form (WMF) has none."""
    if data[40:44] != _SIGNATURE:
        return data
    letters, start = number(data, 60, 4, little=True), number(data, 64, 4, little=True)
    if not letters:
        return data
    if start + letters * 2 > len(data):
        raise Damaged
    return data[:start] + bytes(letters * 2) + data[start + letters * 2 :]
