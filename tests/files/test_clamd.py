"""Files go to a real clamd through its socket; whatever it answers, or does not, is a result."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.files import scanner
from tests.files.scanner import EICAR, WORD, needs_clamd
from wise.files import clamd
from wise.files.clamd import Scan, Verdict


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with scanner.running(tmp_path_factory.mktemp("clamd"), port=scanner.free_port()) as address:
        yield address


@needs_clamd
def test_a_harmless_file_is_clean_by_the_socket_and_by_the_port(address: str) -> None:
    for where in (address, f"127.0.0.1:{scanner.free_port()}"):
        assert clamd.scan(b"Antre di loket tiga jam.", address=where) == Scan(Verdict.CLEAN)
        assert clamd.answers(where)


@needs_clamd
def test_what_its_signatures_know_is_named(address: str) -> None:
    assert clamd.scan(EICAR, address=address) == Scan(Verdict.FOUND, "Eicar.Test.UNOFFICIAL")
    assert clamd.scan(os.urandom(3_000_000) + WORD, address=address).threat == "Word.Test.UNOFFICIAL"


@needs_clamd
def test_ten_megabytes_go_through(address: str) -> None:
    assert clamd.scan(os.urandom(10 * 1024 * 1024), address=address).verdict is Verdict.CLEAN


@needs_clamd
def test_nothing_is_left_of_a_file_that_was_scanned(address: str) -> None:
    clamd.scan(b"rahasia " * 4096 + WORD, address=address)
    left = [path for path in Path(address).parent.rglob("*") if path.is_file() and path.suffix != ".conf"]
    assert not [path for path in left if b"rahasia" in path.read_bytes()]


@needs_clamd
def test_what_is_too_large_for_it_was_not_scanned(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with scanner.running(tmp_path, largest=100_000) as address:
        assert clamd.scan(bytes(2_000_000), address=address).failed
        assert clamd.scan(bytes(50_000), address=address) == Scan(Verdict.CLEAN)
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


def test_without_a_scanner_nobody_is_asked() -> None:
    assert clamd.scan(EICAR, address="") == clamd.NOT_ASKED


def test_where_nobody_listens_it_was_not_scanned(tmp_path: Path) -> None:
    for address in (str(tmp_path / "nobody"), f"127.0.0.1:{scanner.free_port() + 1}", "no such host:1"):
        assert clamd.scan(b"isi", address=address).failed
        assert not clamd.answers(address)


@pytest.mark.parametrize(
    "answer",
    [b"", b"stream: OK", b"stream: OK\0stream: OK\0", b"what?\0", b"stream: Lstat() failed. ERROR\0", b"\xff\0"],
)
def test_an_answer_that_is_none_is_no_clean_file(tmp_path: Path, answer: bytes) -> None:
    scanner.saying(tmp_path / "odd", answer)
    assert clamd.scan(b"isi", address=str(tmp_path / "odd")).failed


def test_the_name_of_what_was_found_is_plain_and_short(tmp_path: Path) -> None:
    scanner.saying(tmp_path / "odd", b"stream: \x1b[31m" + b"A" * 500 + b" FOUND\0")
    found = clamd.scan(b"isi", address=str(tmp_path / "odd"))
    assert found.threat == "[31m" + "A" * 96


def test_who_never_answers_is_waited_for_no_longer_than_it_was_said(tmp_path: Path) -> None:
    over = scanner.saying(tmp_path / "silent", None)
    assert clamd.scan(b"isi", address=str(tmp_path / "silent"), seconds=0.3).failed
    over.set()


def test_who_takes_nothing_is_waited_for_no_longer_either(tmp_path: Path) -> None:
    over = scanner.saying(tmp_path / "full", None)
    assert clamd.scan(bytes(5_000_000), address=str(tmp_path / "full"), seconds=0.3).failed
    over.set()
