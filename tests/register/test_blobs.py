"""Sealed files on the disk: a limit to the byte, nothing left of what was given up, no name or time that tells."""

import datetime
import os
import shutil
import stat
import uuid
from pathlib import Path

import pytest
from django.conf import LazySettings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.world import NOW
from wise.crypto import padding, stream
from wise.crypto.errors import Unopenable
from wise.refusals import TooLarge
from wise.register import blobs
from wise.register.blobs import LARGEST, Incoming, Stored


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: LazySettings) -> Path:
    settings.WISE_FILES_DIR = tmp_path / "files"
    return tmp_path / "files"


def _stored(*chunks: bytes) -> Stored:
    incoming = Incoming(at=NOW)
    for chunk in chunks:
        incoming.push(chunk)
    return incoming.finish()


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def _content(stored: Stored) -> bytes:
    return b"".join(blobs.read(stored.blob, key=stored.key))


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.binary(max_size=90_000), max_size=4))
def test_a_file_comes_back_as_it_came_in_whatever_the_pieces(chunks: list[bytes]) -> None:
    stored = _stored(*chunks)

    assert _content(stored) == b"".join(chunks)
    assert stored.size == len(b"".join(chunks))
    assert blobs.path_of(stored.blob).stat().st_size == stream.sealed_size(padding.padme(stored.size))


def test_p27_ten_megabytes_exactly_are_taken() -> None:
    stored = _stored(*[bytes(1024 * 1024)] * 10)

    assert stored.size == LARGEST == 10_485_760
    assert len(_content(stored)) == LARGEST


def test_p27_one_byte_more_is_refused_and_leaves_nothing(folder: Path) -> None:
    incoming = Incoming(at=NOW)
    for _ in range(10):
        incoming.push(bytes(1024 * 1024))

    with pytest.raises(TooLarge) as refused:
        incoming.push(b"x")

    assert (refused.value.status, refused.value.code) == (413, "file-too-large")
    assert _files(folder) == []
    incoming.abandon()


def test_a_copy_that_is_too_large_to_keep_leaves_nothing(folder: Path) -> None:
    with pytest.raises(TooLarge):
        blobs.store(bytes(blobs.LARGEST_COPY + 1), at=NOW)

    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_what_somebody_else_restored_is_read_all_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only a file's owner may ask the system not to note the reading."""
    stored = blobs.store(b"isi", at=NOW)
    really = os.open

    def asked(path: Path, flags: int) -> int:
        if flags & getattr(os, "O_NOATIME", 0):
            raise PermissionError
        return really(path, flags)

    monkeypatch.setattr(os, "open", asked)
    assert b"".join(blobs.read(stored.blob, key=stored.key)) == b"isi"


def test_what_is_given_up_leaves_nothing(folder: Path) -> None:
    incoming = Incoming(at=NOW)
    incoming.push(b"half a file")
    assert incoming.size == 11

    incoming.abandon()
    incoming.abandon()

    assert _files(folder) == []


def test_p40_what_a_killed_process_left_half_done_is_swept_away_and_what_still_arrives_is_not(folder: Path) -> None:
    left = Incoming(at=NOW)
    left.push(b"half a file")
    (lying,) = _files(folder)
    long_ago = (NOW - datetime.timedelta(hours=2)).timestamp()
    os.utime(lying, (long_ago, long_ago))
    arriving, whole = Incoming(at=NOW), _stored(b"whole")
    moment_ago = NOW.timestamp()
    for path in set(_files(folder)) - {lying, blobs.path_of(whole.blob)}:
        os.utime(path, (moment_ago, moment_ago))

    assert blobs.sweep(at=NOW) == 1
    assert blobs.sweep(at=NOW) == 0

    assert not lying.exists()
    left.abandon()
    assert _content(arriving.finish()) == b""
    assert _content(whole) == b"whole"


@pytest.mark.parametrize(
    ("total", "free", "taken"), [(100, 1.1, True), (100, 0.9, False), (1, 0.06, True), (1, 0.04, False)]
)
def test_a_disk_that_is_nearly_full_keeps_its_last_room_for_words(
    folder: Path, monkeypatch: pytest.MonkeyPatch, total: float, free: float, *, taken: bool
) -> None:
    gib = 1024**3
    usage = shutil._ntuple_diskusage(int(total * gib), int((total - free) * gib), int(free * gib))
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)

    if taken:
        assert _stored(b"x").size == 1
    else:
        with pytest.raises(OSError, match="No space left"):
            _stored(b"x")
        assert _files(folder) == []


def test_p26_nothing_in_the_clear_touches_the_disk(folder: Path) -> None:
    marker = b"nama saya Sari Handayani"
    incoming = Incoming(at=NOW)
    for _ in range(5_000):
        incoming.push(marker)
    half = _files(folder)
    incoming.finish()

    assert half
    assert not any(marker in path.read_bytes() for path in half if path.exists())
    assert not any(marker in path.read_bytes() for path in _files(folder))


def test_nobody_else_on_the_machine_reads_blobs() -> None:
    path = blobs.path_of(_stored(b"x").blob)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_file_that_was_cut_swapped_or_lost_does_not_open() -> None:
    one, other = _stored(b"a" * 200_000), _stored(b"b" * 200_000)
    path = blobs.path_of(one.blob)
    whole = path.read_bytes()

    for broken in (whole[:-1], whole[: len(whole) // 2], whole + b"x", blobs.path_of(other.blob).read_bytes(), b""):
        path.write_bytes(broken)
        with pytest.raises(Unopenable):
            _content(one)
    with pytest.raises(Unopenable):
        list(blobs.read(uuid.uuid4(), key=one.key))
    with pytest.raises(Unopenable):
        list(blobs.read(other.blob, key=one.key))


def test_what_is_forgotten_is_gone_and_forgetting_twice_breaks_nothing(folder: Path) -> None:
    one, other = _stored(b"a"), _stored(b"b")

    blobs.forget([one.blob])
    blobs.forget([one.blob])

    assert _files(folder) == [blobs.path_of(other.blob)]


def test_no_stored_file_shows_its_key_when_printed() -> None:
    stored = _stored(b"x")

    assert repr(stored.key) not in repr(stored)
