"""Many at once: nobody gets an error, nothing is lost, nothing comes twice; also while somebody hammers at the door."""

import threading
import time

import pytest

from benchmarks import journeys
from benchmarks.client import Browser
from benchmarks.house import House
from tests.live.telling import Meet, Reporter, together, verifies

EACH = 3


def _known(house: House, meet: Meet, *, people: int) -> list[Reporter]:
    """People who have reported before, and are signed in."""
    reporters = [meet(house) for _ in range(people)]
    for reporter in reporters:
        reporter.tells(f"Pengaduan pertama dari {reporter.mark}")
    return reporters


def _reports(reporter: Reporter) -> None:
    for turn in range(EACH):
        reporter.tells(f"Antre lagi, {reporter.mark}, kali {turn}")


@pytest.mark.parametrize("clients", [8, 32])
def test_they_all_send_at_once_and_each_has_every_report_once(house: House, meet: Meet, clients: int) -> None:
    reporters = _known(house, meet, people=clients)

    together([lambda reporter=reporter: _reports(reporter) for reporter in reporters])  # type: ignore[misc]

    numbers = [number for reporter in reporters for number in reporter.told]
    assert len(set(numbers)) == len(numbers) == clients * (EACH + 1)
    for reporter in reporters[:: max(1, clients // 8)]:
        reporter.finds_everything_again(house)
    verifies(house)


def test_p04_sari_presses_the_button_three_times_at_once_and_has_one_report(house: House, meet: Meet) -> None:
    (sari,) = _known(house, meet, people=1)
    page = journeys.write(sari.browser, what="Hanya sekali")
    twins = [Browser(house.port, cookies=dict(sari.browser.cookies)) for _ in range(3)]
    shown: list[str] = []

    together([lambda twin=twin: shown.append(journeys.send(twin, page).register_number) for twin in twins])  # type: ignore[misc]

    for twin in twins:
        twin.close()
    assert len(set(shown)) == 1
    assert len(journeys.own_reports(sari.browser.get(journeys.REPORTS))) == 2


def test_p33_against_a_flood_of_wrong_passwords_everybody_who_reports_is_served(house: House, meet: Meet) -> None:
    reporters, over = _known(house, meet, people=8), threading.Event()
    flood = [threading.Thread(target=_hammers, args=(house, over)) for _ in range(30)]
    for thread in flood:
        thread.start()
    try:
        time.sleep(0.5)
        together([lambda reporter=reporter: _reports(reporter) for reporter in reporters])  # type: ignore[misc]
        _gets_in(house, reporters[0])
    finally:
        over.set()
        for thread in flood:
            thread.join()
    for reporter in reporters:
        reporter.finds_everything_again(house)
    verifies(house)


def _hammers(house: House, over: threading.Event) -> None:
    """One wrong sign-in after the other, each at another name; 30 such keep every lane full."""
    with Browser(house.port) as browser:
        while not over.is_set():
            answer = browser.send_form(
                journeys.SIGN_IN, {"pseudonym": journeys.new_name(), "password": "bukan kata sandi saya"}
            )
            assert answer.status in {422, 503}
            time.sleep(0.3)


def _gets_in(house: House, reporter: Reporter) -> None:
    """P09: who has the right password gets in, if only after a while."""
    deadline = time.monotonic() + 60
    with Browser(house.port) as browser:
        while True:
            fields = {"pseudonym": reporter.name, "password": journeys.PASSWORD}
            answer = browser.send_form(journeys.SIGN_IN, fields)
            if answer.status == 302:
                return
            assert answer.status == 503
            assert time.monotonic() < deadline
            time.sleep(0.2)
