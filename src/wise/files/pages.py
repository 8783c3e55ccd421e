"""A page of a PDF as a picture and its words, so that whoever reads it never opens the document itself."""

import struct
import zlib

import pypdfium2

from wise.files import limits
from wise.files.findings import Page

_WIDTH = 1100  # pixels
_TALLEST = 4
_LONGEST_TEXT = 100_000


def drawn(data: bytes, number: int) -> Page:
    """The page of this number, the first being 1; the last where there are fewer."""
    with pypdfium2.PdfDocument(data) as document:
        page = document[min(number, len(document)) - 1]
        width, height = page.get_size()
        scale = min(_WIDTH / width, _WIDTH * _TALLEST / height)
        limits.insist_on_pixels(int(width * scale), int(height * scale))
        bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False, may_draw_forms=False)
        words = page.get_textpage().get_text_bounded()[:_LONGEST_TEXT]
        return Page(_png(bitmap), words, len(document))


def _png(bitmap: pypdfium2.PdfBitmap) -> bytes:
    """The picture as a PNG (ISO/IEC 15948): no library that writes pictures is loaded for it."""
    raw, step, row = bytes(bitmap.buffer), bitmap.stride, bitmap.width * bitmap.n_channels
    lines = b"".join(b"\0" + raw[at : at + row] for at in range(0, step * bitmap.height, step))
    colours = {1: 0, 3: 2, 4: 6}[bitmap.n_channels]
    head = struct.pack(">IIBBBBB", bitmap.width, bitmap.height, 8, colours, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(lines, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        for name, content in parts
    )
