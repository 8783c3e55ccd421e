"""P40: the server's processes are killed at moments of chance; whatever was acknowledged is there afterwards."""

import contextlib
import os
import random
import threading
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.client import Browser
from benchmarks.house import House
from benchmarks.journeys import UnexpectedError
from tests.live.telling import Meet, Reporter, verifies

KILLS = 6
REPORTERS = 4


def _goes_on(reporter: Reporter, *, over: threading.Event, chance: random.Random) -> None:
    """Report after report, some with files, until the server is gone."""
    number = len(reporter.told)
    # What a browser shows when the server is gone; a page that tells of an error would be one as well.
    with contextlib.suppress(OSError, UnexpectedError):
        while not over.is_set():
            number += 1
            files = [chance.randbytes(chance.randrange(1, 300_000)).hex().encode() for _ in range(chance.randrange(3))]
            reporter.tells(f"Antre di loket, {reporter.mark}, kali {number}", *files)


def _a_killed_burst(house: House, reporters: list[Reporter], *, chance: random.Random) -> None:
    house.start()
    over = threading.Event()
    threads = []
    for reporter in reporters:
        mine = random.Random(chance.random())  # noqa: S311 - no secret
        threads.append(threading.Thread(target=_goes_on, args=(reporter,), kwargs={"over": over, "chance": mine}))
        threads[-1].start()
    # However busy the machine: something was acknowledged, and something is under way.
    deadline = time.monotonic() + 60
    while not any(reporter.told for reporter in reporters):
        assert time.monotonic() < deadline, "no receipt was shown for a minute"
        time.sleep(0.02)
    time.sleep(chance.uniform(0, 1.5))
    house.kill()
    over.set()
    for thread in threads:
        thread.join()


def test_p40_what_sari_and_the_others_were_shown_is_there_after_every_kill(
    new_house: Callable[..., House], meet: Meet
) -> None:
    chance = random.Random(20261020)  # noqa: S311 - so that a failure can be seen again
    house, everybody = new_house(), list[Reporter]()
    for _ in range(KILLS):
        # Those whose receipt was cut off cannot know whether they are known; others come instead.
        reporters = [meet(house) for _ in range(REPORTERS)]
        everybody += reporters
        _a_killed_burst(house, reporters, chance=chance)

    house.start()
    assert sum(len(reporter.told) for reporter in everybody) >= KILLS
    for reporter in everybody:
        reporter.finds_everything_again(house)
    verifies(house)
    assert _whole_files(house) >= sum(len(files) for reporter in everybody for files in reporter.files.values())


def test_p40_a_file_that_was_acknowledged_outlives_the_server(house: House, meet: Meet) -> None:
    sari, content = meet(house), os.urandom(1_500_000).hex().encode()
    number = sari.tells("Dengan catatan", content)
    house.kill()
    house.start()
    sari.finds_everything_again(house)
    assert sari.files[number] == [content]


def test_p26_an_upload_that_breaks_off_leaves_nothing_half_done(house: House) -> None:
    with Browser(house.port) as browser:
        form = browser.get("/lapor/").form("what")
        head = (
            f'--x\r\nContent-Disposition: form-data; name="form_token"\r\n\r\n{form["form_token"]}\r\n'
            '--x\r\nContent-Disposition: form-data; name="files"; filename="a.jpg"\r\n\r\n'
        ).encode()
        body = head + bytes(4_000_000) + b"\r\n--x--\r\n"
        for share in (0.1, 0.5, 0.99):
            browser.begin_post("/lapor/berkas/", body, kind="multipart/form-data; boundary=x", share=share)
    _stays_empty(house.folder / "files" / "arriving")


def _whole_files(house: House) -> int:
    arriving = house.folder / "files" / "arriving"
    return sum(path.is_file() and path.parent != arriving for path in (house.folder / "files").rglob("*"))


def _stays_empty(folder: Path) -> None:
    deadline = time.monotonic() + 20
    while folder.exists() and any(folder.iterdir()):
        assert time.monotonic() < deadline, list(folder.iterdir())
        time.sleep(0.1)
