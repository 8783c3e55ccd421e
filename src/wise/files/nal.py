"""NAL units of H.264 and H.265: messages that an encoder or a camera writes between the pictures are left out."""

from wise.files.reading import Cursor

# ITU-T H.264, D.1 and H.265, D.2: registered and unregistered user data. Cameras put place and time into them.
_USER_DATA = frozenset({4, 5})
_MESSAGES = {"avc": frozenset({6}), "hevc": frozenset({39, 40})}


def without_messages(sample: bytes, *, codec: str, length_size: int) -> bytes:
    """A sample (units with their lengths before them) without the units that hold user data."""
    cursor, kept, dropped = Cursor(sample), [], False
    while cursor.left > length_size:
        start = cursor.at
        unit = cursor.take(cursor.number(length_size))
        if unit and _kind(unit[0], codec) in _MESSAGES[codec] and _has_user_data(unit, codec):
            dropped = True
        else:
            kept.append(sample[start : cursor.at])
    return b"".join(kept) if dropped else sample


def _kind(first: int, codec: str) -> int:
    return first & 0x1F if codec == "avc" else first >> 1 & 0x3F


def _has_user_data(unit: bytes, codec: str) -> bool:
    """Whether one of the messages of this unit is user data (H.264, 7.3.2.3)."""
    payload = unit[1 if codec == "avc" else 2 :].replace(b"\0\0\3", b"\0\0")
    cursor = Cursor(payload)
    while cursor.left > 2:  # noqa: PLR2004 - a message has a type and a size at least
        kind = _value(cursor)
        if kind in _USER_DATA:
            return True
        cursor.take(min(_value(cursor), cursor.left))
    return False


def _value(cursor: Cursor) -> int:
    value = 0
    while cursor.left and (byte := cursor.number(1)) == 0xFF:  # noqa: PLR2004 - H.264, 7.3.2.3.1
        value += byte
    return value + byte
