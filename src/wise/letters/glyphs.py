"""What the letters' typeface can write. A document for archives may not hold a sign that its typeface has no shape for.

Nobody's letter may fail because of a smile in a name: such a sign is replaced, and what cannot be seen is left out.
"""

import functools
import importlib.resources
import struct
import unicodedata
from collections.abc import Iterator
from typing import Any

STAND_IN = "□"

_FACES = ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf", "LiberationSans-Italic.ttf")
_KEPT = frozenset("\n\t\u00ad")


def printable(value: Any) -> Any:
    """The same text, or lists and dictionaries of text, in signs that can be printed."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, dict):
        return {name: printable(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [printable(part) for part in value]
    return value


def _text(text: str) -> str:
    signs = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return signs.translate(_SHAPES)


class _Shapes(dict[int, str | None]):
    """What is printed for a sign, by its code point; None: nothing. Filled as signs come."""

    def __missing__(self, code: int) -> str | None:
        sign = chr(code)
        seen = sign if sign in _KEPT or code in _known() else STAND_IN
        shape = None if _is_unseen(sign) else seen
        if code <= _MOST_KEPT:  # however many rare signs somebody sends, the table stays small
            self[code] = shape
        return shape


_MOST_KEPT = 0x2FFF
_SHAPES = _Shapes()


def _is_unseen(sign: str) -> bool:
    # Controls, marks that turn the direction of writing, the second half of an emoji.
    return sign not in _KEPT and (unicodedata.category(sign) in {"Cc", "Cf", "Cs"} or "\ufe00" <= sign <= "\ufe0f")


@functools.cache
def _known() -> frozenset[int]:
    folder = importlib.resources.files("wise.letters").joinpath("fonts")
    sets = [frozenset(_in_face(folder.joinpath(face).read_bytes())) for face in _FACES]
    return sets[0].intersection(*sets[1:])


def _in_face(font: bytes) -> Iterator[int]:
    """The characters of a TrueType font, from format 4 of its table `cmap` (OpenType 1.9, "cmap")."""
    count = struct.unpack_from(">H", font, 4)[0]
    tables = (struct.unpack_from(">4sIII", font, 12 + 16 * number) for number in range(count))
    cmap = next(offset for tag, _, offset, _ in tables if tag == b"cmap")
    for number in range(struct.unpack_from(">H", font, cmap + 2)[0]):
        start = cmap + struct.unpack_from(">HHI", font, cmap + 4 + 8 * number)[2]
        if struct.unpack_from(">H", font, start)[0] == 4:  # noqa: PLR2004 - the format
            yield from _in_segments(font, start)


def _in_segments(font: bytes, start: int) -> Iterator[int]:
    count = struct.unpack_from(">H", font, start + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", font, start + 14)
    starts = struct.unpack_from(f">{count}H", font, start + 16 + 2 * count)
    for first, last in zip(starts, ends, strict=True):
        yield from range(first, min(last, 0xFFFE) + 1)
