"""WAV (RIFF WAVE): the form and the sound; texts, markers and what editors add are left out."""

from wise.files import riff
from wise.files.findings import Cleaned, Damaged, Found

_KEPT = frozenset({b"fmt ", b"fact", b"data"})
_TELL = {
    b"bext": {Found.AUTHOR, Found.DATES, Found.SOFTWARE},
    b"iXML": {Found.COMMENTS},
    b"id3 ": {Found.COMMENTS},
    b"ID3 ": {Found.COMMENTS},
    b"_PMX": {Found.HISTORY},
}
# Entries of the list of information (RIFF INFO).
_INFORMATION = {
    b"IART": Found.AUTHOR,
    b"ICOP": Found.AUTHOR,
    b"IENG": Found.AUTHOR,
    b"ITCH": Found.AUTHOR,
    b"ICRD": Found.DATES,
    b"IDIT": Found.DATES,
    b"ISFT": Found.SOFTWARE,
    b"ICMT": Found.COMMENTS,
    b"INAM": Found.COMMENTS,
    b"ISBJ": Found.COMMENTS,
    b"IARL": Found.PLACE,
}


def clean(data: bytes) -> Cleaned:
    """The same sound."""
    found: set[Found] = {Found.EMBEDDED} if riff.is_followed(data) else set()
    kept = []
    for name, content in riff.chunks(data):
        if name in _KEPT:
            kept.append(riff.chunk(name, content))
        elif name == b"LIST":
            found |= {what for key, what in _INFORMATION.items() if key in content} or {Found.OTHER}
        elif name not in {b"JUNK", b"PAD ", b"FLLR"}:
            found |= _TELL.get(name, {Found.OTHER})
    if {chunk[:4] for chunk in kept} < {b"fmt ", b"data"}:
        raise Damaged
    return Cleaned(riff.file(b"WAVE", kept), found)
