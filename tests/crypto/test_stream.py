"""Files: whole, in order, of one length to the outside, or not at all."""

import io
import itertools
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wise.crypto import contexts, seal, stream
from wise.crypto.errors import Unopenable
from wise.crypto.stream import CHUNK, HEADER_BYTES

HERE = contexts.context("blob", 1)
RECORD = CHUNK + 17
SIZES = [0, 1, 2, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK - 1, 2 * CHUNK, 3 * CHUNK + 7]


def photo(size: int) -> bytes:
    return (bytes(range(251)) * (size // 251 + 1))[:size]


def sealed(plain: bytes, *, key: bytes, pad_to: int | None = None, piece: int = 50_000, context: bytes = HERE) -> bytes:
    sealer = stream.Sealer(key, context=context)
    pieces = [sealer.push(plain[start : start + piece]) for start in range(0, len(plain), piece)]
    return b"".join([sealer.header, *pieces, sealer.finish(pad_to=pad_to)])


def opened(blob: bytes, *, key: bytes, context: bytes = HERE) -> bytes:
    return b"".join(stream.open_stream(io.BytesIO(blob).read, key=key, context=context))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("piece", [1000, CHUNK, 200_000])
def test_saris_photo_comes_out_as_it_went_in(size: int, piece: int) -> None:
    key = seal.new_key()
    blob = sealed(photo(size), key=key, piece=piece)
    assert len(blob) == stream.sealed_size(size)
    assert opened(blob, key=key) == photo(size)


@settings(max_examples=40, deadline=None)
@given(pieces=st.lists(st.integers(0, 100_000), max_size=6), more=st.integers(0, 200_000), zeros=st.integers(0, 5))
def test_however_it_arrives_and_however_it_is_padded_it_comes_out_the_same(
    pieces: list[int], more: int, zeros: int
) -> None:
    key = seal.new_key()
    sealer = stream.Sealer(key, context=HERE)
    # Ends like padding: zeros, and the mark itself, must stay data.
    plain = [photo(size) for size in pieces] + [b"\x80" + bytes(zeros)]
    size = sum(map(len, plain))
    blob = b"".join([sealer.header, *map(sealer.push, plain), sealer.finish(pad_to=size + more)])
    assert sealer.size == size
    assert len(blob) == stream.sealed_size(size + more)
    assert opened(blob, key=key) == b"".join(plain)


@pytest.mark.parametrize("size", SIZES)
def test_a_padded_photo_cannot_be_told_from_a_larger_one(size: int) -> None:
    key = seal.new_key()
    for target in (4 * CHUNK - 1, 4 * CHUNK, 4 * CHUNK + 1):
        blob = sealed(photo(size), key=key, pad_to=target)
        assert len(blob) == stream.sealed_size(target) == len(sealed(photo(target), key=key))
        assert opened(blob, key=key) == photo(size)


@pytest.mark.parametrize("kept", [0, 1, HEADER_BYTES - 1, HEADER_BYTES, HEADER_BYTES + 16, HEADER_BYTES + RECORD])
def test_a_photo_that_was_cut_does_not_open(kept: int) -> None:
    key = seal.new_key()
    blob = sealed(photo(3 * CHUNK), key=key)
    with pytest.raises(Unopenable):
        opened(blob[:kept], key=key)


@pytest.mark.parametrize("lost", [1, 16, 17, 18, RECORD - 1, RECORD])
def test_a_photo_whose_end_is_lost_does_not_open(lost: int) -> None:
    key = seal.new_key()
    with pytest.raises(Unopenable):
        opened(sealed(photo(3 * CHUNK), key=key, pad_to=5 * CHUNK)[:-lost], key=key)


@pytest.mark.parametrize("more", [b"\0", bytes(17), bytes(RECORD)])
def test_what_follows_the_end_is_an_error(more: bytes) -> None:
    key = seal.new_key()
    for blob in (sealed(photo(10), key=key), sealed(photo(10), key=key, pad_to=CHUNK - 1)):
        with pytest.raises(Unopenable):
            opened(blob + more, key=key)


def test_tono_reorders_repeats_or_drops_chunks_and_nothing_opens() -> None:
    key = seal.new_key()
    blob = sealed(photo(4 * CHUNK), key=key, pad_to=6 * CHUNK)
    header, rest = blob[:HEADER_BYTES], blob[HEADER_BYTES:]
    records = [rest[start : start + RECORD] for start in range(0, len(rest), RECORD)]
    assert len(records) == 7
    for one, other in itertools.combinations(range(len(records)), 2):
        swapped = records.copy()
        swapped[one], swapped[other] = swapped[other], swapped[one]
        with pytest.raises(Unopenable):
            opened(header + b"".join(swapped), key=key)
    for place in range(len(records)):
        for changed in (records[:place] + records[place + 1 :], records[: place + 1] + records[place:]):
            with pytest.raises(Unopenable):
                opened(header + b"".join(changed), key=key)


def test_tono_changes_any_one_byte_and_nothing_opens() -> None:
    key = seal.new_key()
    blob = sealed(photo(40), key=key, pad_to=60)
    for place in range(len(blob)):
        changed = bytearray(blob)
        changed[place] ^= 1
        with pytest.raises(Unopenable):
            opened(bytes(changed), key=key)


def test_a_photo_under_another_key_or_in_another_place_does_not_open() -> None:
    key = seal.new_key()
    blob = sealed(photo(40), key=key)
    with pytest.raises(Unopenable):
        opened(blob, key=seal.new_key())
    with pytest.raises(Unopenable):
        opened(blob, key=key, context=contexts.context("blob", 2))


def test_half_of_one_photo_cannot_be_put_before_half_of_another() -> None:
    key = seal.new_key()
    one, other = sealed(photo(2 * CHUNK), key=key), sealed(photo(2 * CHUNK), key=key)
    half = HEADER_BYTES + RECORD
    with pytest.raises(Unopenable):
        opened(one[:half] + other[half:], key=key)


def test_a_disk_that_gives_a_few_bytes_at_a_time_is_read_to_the_end() -> None:
    key = seal.new_key()
    blob = sealed(photo(CHUNK + 5), key=key)
    source = io.BytesIO(blob)
    stutter = itertools.cycle([1, 7, 4096])
    chunks = stream.open_stream(lambda size: source.read(min(size, next(stutter))), key=key, context=HERE)
    assert b"".join(chunks) == photo(CHUNK + 5)


def test_a_finished_file_takes_nothing_more_and_padding_never_cuts() -> None:
    sealer = stream.Sealer(seal.new_key(), context=HERE)
    sealer.push(b"foto")
    with pytest.raises(ValueError, match="never padded to less"):
        sealer.finish(pad_to=3)
    sealer.finish()
    with pytest.raises(ValueError, match="finished"):
        sealer.finish()
    with pytest.raises(ValueError, match="finished"):
        sealer.push(b"lagi")


def test_an_opener_that_is_finished_opens_nothing_more() -> None:
    key = seal.new_key()
    blob = sealed(photo(10), key=key)
    opener = stream.Opener(key, context=HERE)
    opener.begin(blob[:HEADER_BYTES])
    assert opener.pull(blob[HEADER_BYTES:]) == photo(10)
    assert opener.finished
    with pytest.raises(Unopenable):
        opener.pull(blob[HEADER_BYTES:])


@pytest.mark.parametrize(
    "write",
    [
        lambda sealer: [sealer._seal(b"tanpa tanda", stream._FINAL)],
        lambda sealer: [sealer._seal(b"", stream._FINAL)],
        lambda sealer: [sealer._seal(b"a\x80".ljust(CHUNK, b"\0"), stream._PUSH), sealer._seal(b"b", stream._FINAL)],
        lambda sealer: [
            sealer._seal(b"a\x80".ljust(CHUNK, b"\0"), stream._PUSH),
            sealer._seal(bytes(CHUNK), stream._PUSH),
            sealer._seal(b"\0", stream._FINAL),
        ],
    ],
    ids=["no mark", "empty end", "data after the end", "two ends"],
)
def test_a_file_that_is_framed_otherwise_does_not_open(write: Callable[[stream.Sealer], list[bytes]]) -> None:
    key = seal.new_key()
    sealer = stream.Sealer(key, context=HERE)
    with pytest.raises(Unopenable):
        opened(sealer.header + b"".join(write(sealer)), key=key)


def test_the_memory_of_a_download_does_not_grow_with_the_file() -> None:
    key = seal.new_key()
    sizes = [len(chunk) for chunk in _chunks(sealed(photo(10 * CHUNK + 9), key=key, pad_to=12 * CHUNK), key)]
    assert sizes == [CHUNK] * 10 + [9]


def _chunks(blob: bytes, key: bytes) -> Iterator[bytes]:
    return stream.open_stream(io.BytesIO(blob).read, key=key, context=HERE)
