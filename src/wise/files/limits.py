"""How much a file may unfold to: far above what an honest one of 10 MB does, far below what a worker has."""

from wise.files.findings import Reason, Uncleanable

MOST_PIXELS = 250_000_000
MOST_UNPACKED = 192 * 1024 * 1024
MOST_MEMBERS = 5_000
DEEPEST = 2  # a document in a bundle in a bundle


def insist_on_pixels(width: int, height: int) -> None:
    """Refuse a picture that would be a bomb for whoever opens it."""
    if width * height > MOST_PIXELS:
        raise Uncleanable(Reason.TOO_BIG)


def insist_on_size(size: int) -> None:
    """Refuse what unfolds to more bytes than an honest file does: its parts may lie on top of one another."""
    if size > MOST_UNPACKED:
        raise Uncleanable(Reason.TOO_BIG)
