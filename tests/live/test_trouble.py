"""A locked database, a full disk, a server that is told to stop: a clear answer, and nothing that was typed is lost."""

import contextlib
import os
import resource
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from benchmarks import house as houses
from benchmarks import journeys
from benchmarks.client import Browser
from benchmarks.house import House
from benchmarks.journeys import UnexpectedError
from tests.live.telling import Meet, Reporter, says_sorry, together, verifies

WORDS = "Loket dua tutup pukul sepuluh pagi, padahal antrean masih panjang"

# Somebody else writes and does not come to an end: a backup tool, a forgotten console.
_HOLDER = """
    import django, sys
    django.setup()
    from django.db import connection, transaction
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("LOCK TABLE register_draft, register_report, audit_head IN EXCLUSIVE MODE")
        print("held", flush=True)
        sys.stdin.read()
"""


@contextlib.contextmanager
def _locked(house: House) -> Iterator[None]:
    environment = {**house.environment, "DJANGO_SETTINGS_MODULE": "wise.config.settings"}
    command = [sys.executable, "-c", textwrap.dedent(_HOLDER)]
    with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdin is not None
        assert holder.stdout.readline() == b"held\n"
        try:
            yield
        finally:
            holder.stdin.close()
            holder.wait(20)


def test_a_locked_database_costs_a_wait_and_no_word(house: House, meet: Meet) -> None:
    sari, other = meet(house), meet(house).browser
    sari.tells("Yang pertama")
    browser = sari.browser
    check = journeys.write(browser, what=WORDS)
    form = journeys.telling(other.get(journeys.TELL), what=WORDS)
    with _locked(house):
        together(
            [
                lambda: says_sorry(other.post(journeys.TELL, form, files=journeys.NO_FILE), WORDS),
                lambda: says_sorry(browser.send_form(journeys.CHECK, journeys.sending(check)), WORDS),
            ]
        )
    # The draft is as it was; pressed again, the report goes out, once.
    assert WORDS in browser.get(journeys.CHECK).text
    assert journeys.send(browser, browser.get(journeys.CHECK)).register_number
    assert len(journeys.own_reports(browser.get(journeys.REPORTS))) == 2
    assert other.post(journeys.TELL, form, files=journeys.NO_FILE).address == journeys.CHECK
    verifies(house)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 24 MB of its own, where we may make one."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("a small disk can be made by root alone")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_costs_no_word(new_house: Callable[..., House], meet: Meet, small_disk: Path) -> None:
    house = new_house(small_disk)
    house.start()
    sari = meet(house)
    browser = sari.browser
    sari.tells("Selagi ada tempat")
    check = journeys.write(browser, what=WORDS)
    ballast = small_disk / "ballast"
    with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(16384))
    _finds_no_room(house, browser)
    ballast.unlink()
    assert WORDS in browser.get(journeys.CHECK).text
    assert journeys.send(browser, check).register_number
    assert len(journeys.own_reports(browser.get(journeys.REPORTS))) == 2
    verifies(house)
    house.stop()


def _finds_no_room(house: House, browser: Browser) -> None:
    """No place for a file, none for a new draft, none for a report: each says so and keeps the words."""
    files = [("files", "foto.jpg", "image/jpeg", os.urandom(2_000_000))]
    token = browser.get(journeys.TELL).form("what")
    answer = browser.send_form(journeys.FILES, token, files=files)
    assert answer.status == 503
    assert 'role="alert"' in answer.text
    if "WISE_DATABASE_URL" in house.environment:
        return  # that database is on another disk
    with Browser(house.port) as other:
        form = journeys.telling(other.get(journeys.TELL), what=WORDS)
        says_sorry(other.post(journeys.TELL, form, files=journeys.NO_FILE), WORDS)


def test_a_file_that_the_system_lets_grow_no_further_is_answered_clearly(new_house: Callable[..., House]) -> None:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (8 * 1024 * 1024, 8 * 1024 * 1024))

    house = new_house()
    house.start(preexec=limit)
    with Browser(house.port) as browser:
        journeys.write(browser, what=WORDS)
        files = [("files", "rekaman.mp4", "video/mp4", bytes(10 * 1024 * 1024))]
        answer = browser.send_form(journeys.FILES, browser.get(journeys.TELL).form("what"), files=files)
        assert answer.status == 503
        assert 'role="alert"' in answer.text
        assert not list((house.folder / "files" / "arriving").iterdir())
        assert WORDS in browser.get(journeys.TELL).text


def test_p40_stopped_in_a_burst_the_server_ends_soon_and_loses_nothing(house: House, meet: Meet) -> None:
    reporters, over = [meet(house) for _ in range(6)], threading.Event()

    def burst(reporter: Reporter) -> None:
        with contextlib.suppress(OSError, UnexpectedError):
            while not over.is_set():
                reporter.tells(f"Antre, {reporter.mark}, kali {len(reporter.told)}", os.urandom(25_000).hex().encode())

    threads = [threading.Thread(target=burst, args=(reporter,)) for reporter in reporters]
    for thread in threads:
        thread.start()
    houses.wait_until(lambda: sum(len(reporter.told) for reporter in reporters) > 2 * len(reporters), seconds=60)
    stopped = house.stop()
    over.set()
    for thread in threads:
        thread.join()
    assert stopped < 10  # the promise is three seconds; these tests share the machine
    house.start()
    for reporter in reporters:
        reporter.finds_everything_again(house)
    verifies(house)
