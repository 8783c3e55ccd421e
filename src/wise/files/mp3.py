"""MP3 (ISO/IEC 11172-3, 13818-3): frame by frame; tags before, between and after them are left out."""

import re

from wise.files.findings import Cleaned, Damaged, Found
from wise.files.reading import number

_RATES = {
    # version and layer, as in the header: kilobits a second by index
    (3, 3): (0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (3, 2): (0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (3, 1): (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (2, 3): (0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (2, 2): (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (2, 1): (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_SAMPLES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
_SYNC = re.compile(rb"\xff[\xe2-\xff]")
# Frames of ID3v2 by what they tell (id3.org, version 2.4.0).
_TELL = {
    rb"TPE\d|TCOM|TEXT|TCOP|TENC|TOWN|WCOP|TP1": Found.AUTHOR,
    rb"TDRC|TDEN|TDTG|TYER|TDAT|TYE": Found.DATES,
    rb"TSSE|TSS": Found.SOFTWARE,
    rb"COMM|TIT\d|TALB|USLT|TXXX|COM|TT2": Found.COMMENTS,
    rb"APIC|PIC": Found.THUMBNAIL,
    rb"UFID|PRIV": Found.OTHER,
    rb"GEOB": Found.EMBEDDED,
}
_FEWEST = 2
_XING = (b"Xing", b"Info")
# From the mark on: the encoder and how it was set; in between, how much silence it put before and behind the sound,
# which players leave out where they know the encoder's name: all copies have the commonest.
_COMMONEST = b"LAME"
_ENCODER, _SILENCE, _SETTINGS, _CHECKED = 120, 141, 144, 156


def clean(data: bytes) -> Cleaned:
    """The same sound."""
    found: set[Found] = set()
    frames, at, between = list[bytes](), 0, b""
    while at + 4 <= len(data):
        size = frame_size(data, at)
        if size and at + size <= len(data) and (at + size + 4 > len(data) or frame_size(data, at + size) or frames):
            frames.append(data[at : at + size])
            at += size
            continue
        following = _SYNC.search(data, at + 1)
        after = _behind_tag(data, at) or (following.start() if following else len(data))
        between += data[at:after]
        at = after
    found |= _told(between + data[at:])
    if len(frames) < _FEWEST:
        raise Damaged
    frames[0] = _nameless(frames[0])
    return Cleaned(b"".join(frames), found)


def frame_size(data: bytes, at: int) -> int:
    """Bytes of the frame that begins there; 0 where none does."""
    head = number(data, at, 4) if at + 4 <= len(data) else 0
    version, layer = head >> 19 & 3, head >> 17 & 3
    rate, samples, padded = head >> 12 & 15, head >> 10 & 3, head >> 9 & 1
    if head >> 21 != 0x7FF or version == 1 or not layer or rate in {0, 15} or samples == 3:  # noqa: PLR2004 - reserved
        return 0
    kilobits = _RATES[3 if version == 3 else 2, layer][rate]  # noqa: PLR2004 - version 1 has the number 3
    frequency = _SAMPLES[version][samples]
    if layer == 3:  # noqa: PLR2004 - layer I has the number 3
        return (12_000 * kilobits // frequency + padded) * 4
    half = layer == 1 and version != 3  # noqa: PLR2004 - layer III of the later versions
    return (72_000 if half else 144_000) * kilobits // frequency + padded


def _behind_tag(data: bytes, at: int) -> int:
    """Where a tag ends that says how long it is; 0 where there is none."""
    if data[at : at + 3] == b"ID3" and at + 10 <= len(data):
        size = 0
        for byte in data[at + 6 : at + 10]:
            size = size << 7 | byte & 0x7F
        return min(at + 10 + size, len(data))
    return len(data) if data[at : at + 3] == b"TAG" and len(data) - at == 128 else 0  # noqa: PLR2004 - ID3v1


def _told(tags: bytes) -> set[Found]:
    if not tags.strip(b"\0"):
        return set()
    return {what for pattern, what in _TELL.items() if re.search(pattern, tags)} or {Found.COMMENTS}


def _nameless(frame: bytes) -> bytes:
    """The first frame, which may hold a table of places instead of sound, without the name of the encoder."""
    place = next((at for mark in _XING if (at := frame.find(mark, 4, 64)) >= 0), -1)
    if place < 0:
        return frame
    if place + _CHECKED > len(frame) or not frame[place + _ENCODER : place + _SILENCE].strip(b"\0"):
        return frame
    plain = bytearray(frame)
    for start, end in ((_ENCODER, _SILENCE), (_SETTINGS, _CHECKED)):
        plain[place + start : place + end] = bytes(end - start)
    plain[place + _ENCODER : place + _ENCODER + len(_COMMONEST)] = _COMMONEST
    return bytes(plain)
