"""Files are read apart: in a process without files, children and a network, which meets one file and ends."""

import functools
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.files import marks, pictures
from wise.files import frames, workers
from wise.files.findings import Found, Outcome, Reason, Result

needs_bwrap = pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not installed")

# What a file would do if it had taken a worker over, one after another; each prints what came of it.
_ATTEMPTS = """
import os, socket, sys
from wise.files import worker
worker._shut_doors()
def tried(name, deed):
    try:
        deed()
    except BaseException as error:
        print(name, type(error).__name__)
    else:
        print(name, "WORKED")
tried("write", lambda: open("/tmp/rahasia", "w").write("x"))
tried("read", lambda: open(sys.argv[1]).read())
if not sys.argv[3:]:
    tried("fork", os.fork)
tried("connect", lambda: socket.create_connection(("127.0.0.1", int(sys.argv[2])), timeout=2))
tried("memory", lambda: bytes(2 * 1024 ** 3))
"""


def test_a_photograph_goes_through_a_worker() -> None:
    data = pictures.photo()
    result = workers.looked_at(data)

    assert (result.outcome, result.kind) == (Outcome.CLEANED, "jpeg")
    assert Found.PLACE in result.found
    assert not marks.left_in(result.data or b"")


def test_many_at_once_get_each_their_own() -> None:
    sizes = [(160 + 8 * n, 120) for n in range(8)]
    given = [pictures.saved(pictures.picture(size=size), "PNG", exif=pictures.exif()) for size in sizes]
    came: dict[int, Result] = {}

    def ask(place: int) -> None:
        came[place] = workers.looked_at(given[place])

    threads = [threading.Thread(target=functools.partial(ask, place)) for place in range(len(given))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    for place, data in enumerate(given):
        assert came[place].outcome is Outcome.CLEANED
        assert (came[place].data or b"")[16:24] == data[16:24]


def test_nobody_is_left_behind() -> None:
    before = _workers()
    workers.looked_at(pictures.photo())
    workers.looked_at(os.urandom(1024 * 1024), seconds=0.02)

    assert _workers() == before


@pytest.mark.parametrize("confined", [pytest.param(True, marks=needs_bwrap), False])
def test_whoever_takes_a_worker_over_can_do_nothing_with_it(confined: bool, tmp_path: Path) -> None:  # noqa: FBT001
    if confined and workers.confinement() != "bwrap":
        pytest.skip("bubblewrap cannot be used here")
    secret = tmp_path / "rahasia"
    secret.write_text("rahasia")
    before = workers._bwrap() if confined else ()
    # No limit of processes binds root, which bwrap is started by then.
    exempt = ["root"] if confined and os.geteuid() == 0 else []
    command = [*before, sys.executable, "-I", "-c", _ATTEMPTS, str(secret), "9", *exempt]
    outcome = subprocess.run(command, capture_output=True, text=True, check=False, env={})

    attempts = {line.split()[0] for line in outcome.stdout.splitlines()}
    assert attempts | {"fork"} == {"write", "read", "fork", "connect", "memory"}
    assert "WORKED" not in outcome.stdout


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\0" * 7,
        (1 << 40).to_bytes(8, "big"),
        (2).to_bytes(8, "big") + b"{}",
        (4).to_bytes(8, "big") + b"null",
        frames.answered(Result(Outcome.CLEANED, "jpeg", data=b"abc"))[:-1],
        frames.answered(Result(Outcome.CLEANED, "jpeg", data=b"abc")).replace(b"jpeg", b"<x/>"),
        frames.answered(Result(Outcome.CLEANED, "jpeg", data=b"abc")).replace(b'"copy": 3', b'"copy":-3'),
        frames.answered(Result(Outcome.UNCLEANABLE, "", reason=Reason.EMPTY)).replace(b"empty", b"other"),
    ],
)
def test_what_is_no_answer_is_not_taken_for_one(answer: bytes) -> None:
    rest = memoryview(answer)

    def read(size: int) -> bytes:
        nonlocal rest
        part, rest = bytes(rest[:size]), rest[size:]
        return part

    with pytest.raises(frames.Broken):
        frames.read_answered(read)


def test_a_result_comes_back_as_it_was_sent() -> None:
    sent = Result(Outcome.CLEANED, "png", (Found.PLACE, Found.DATES), data=b"isi")
    rest = memoryview(frames.answered(sent))

    def read(size: int) -> bytes:
        nonlocal rest
        part, rest = bytes(rest[:size]), rest[size:]
        return part

    assert frames.read_answered(read) == sent


def _workers() -> set[str]:
    """The workers that run on this machine now."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if b"wise.files.worker" in path.read_bytes():
                found.add(path.parent.name)
        except OSError:  # it has just ended
            continue
    return found
