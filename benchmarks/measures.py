"""How each figure is taken, against a started server."""

import contextlib
import statistics
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any

from benchmarks import disk, inside, journeys
from benchmarks.client import Browser, Page
from benchmarks.house import House
from benchmarks.load import Load, Outcome, Sample

FLOOD_PER_SECOND = 50
TEN_MEGABYTES = 10 * 1024 * 1024

Figures = dict[str, float]


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to look: seconds for each rate, repetitions for each median."""

    seconds: float
    times: int


LONG = Effort(seconds=10, times=60)
QUICK = Effort(seconds=3, times=15)


def weights(house: House) -> Figures:
    """What travels: the first page with its parts, and a new reporter's whole journey."""
    with Browser(house.port) as browser:
        first = journeys.with_its_parts(browser, "/")
    with Browser(house.port) as browser:
        journeys.with_its_parts(browser, "/")
        journeys.join(browser)
        whole = browser.weight
    return {
        "first-requests": first.requests,
        "first-weight": first.weight / 1000,
        "journey-weight": whole / 1000,
    }


def _reporter(port: int) -> Callable[[int], Browser]:
    def prepare(_: int) -> Browser:
        browser = Browser(port)
        journeys.join(browser)
        return browser

    return prepare


def whole_journeys(house: House, effort: Effort) -> Figures:
    """Signed-in journeys of five requests: by one, by eight and by 32 at once."""
    figures, errors = Figures(), 0
    for clients in (1, 8, 32):
        outcome = _journeys(house, clients, effort)
        figures[f"journeys-{clients}"] = outcome.rate
        errors += _told(outcome)
        if clients == 1:
            figures["send-1"] = outcome.quantile("send", 0.5)
            figures["send-1-p95"] = outcome.quantile("send", 0.95)
    return {**figures, "journeys-errors": errors}


def _journeys(house: House, clients: int, effort: Effort) -> Outcome:
    def turn(browser: Browser, sample: Sample) -> None:
        journeys.report(browser, timer=sample)

    return Load(clients, seconds=effort.seconds).run(turn, prepare=_reporter(house.port))


def sends(house: House, effort: Effort) -> Figures:
    """The sending alone, of drafts that are ready, by eight and by 32 at once."""
    figures = Figures()
    each = max(4, effort.times // 3)

    def prepare(number: int) -> tuple[Browser, list[tuple[str, Page]]]:
        browser = _reporter(house.port)(number)
        ready = []
        for _ in range(each):
            page = journeys.write(browser)
            ready.append((browser.cookies.pop(journeys.DRAFT_COOKIE), page))
        return browser, ready

    def turn(visitor: tuple[Browser, list[tuple[str, Page]]], sample: Sample) -> None:
        browser, ready = visitor
        browser.cookies[journeys.DRAFT_COOKIE], page = ready.pop()
        begun = time.perf_counter()
        answer = browser.send_form(journeys.CHECK, journeys.sending(page))
        sample("send", time.perf_counter() - begun)
        if answer.status not in {302, 303}:
            raise journeys.UnexpectedError.page(answer)

    for clients in (8, 32):
        outcome = Load(clients, turns=each).run(turn, prepare=prepare)
        figures[f"send-{clients}-rate"] = outcome.rate
        figures[f"send-{clients}-p50"] = outcome.quantile("send", 0.5)
        figures[f"send-{clients}-p95"] = outcome.quantile("send", 0.95)
        figures[f"send-{clients}-errors"] = _told(outcome)
    figures.pop("send-32-p50")
    return figures


def accounts(house: House, effort: Effort, floors: Mapping[str, float]) -> Figures:
    """A new pseudonym, and a returning one: each holds one key derivation, told apart."""
    joined: dict[str, list[float]] = {}
    times, name = max(5, effort.times // 4), ""
    for _ in range(times):
        with Browser(house.port) as browser:
            name = journeys.new_name()
            told = journeys.report(browser, pseudonym=name, timer=lambda what, s: joined.setdefault(what, []).append(s))
            assert told.recovery_code
    signed = []
    for _ in range(times):
        with Browser(house.port) as browser:
            form = browser.get(journeys.SIGN_IN)
            fields = {**form.form("password"), "pseudonym": name, "password": journeys.PASSWORD}
            begun = time.perf_counter()
            answer = browser.send_form(journeys.SIGN_IN, fields)
            signed.append(time.perf_counter() - begun)
            if answer.status not in {302, 303}:
                raise journeys.UnexpectedError.page(answer)
    new, back = (statistics.median(times) * 1000 for times in (joined["send"], signed))
    bare = floors["argon2id"]
    return {"new-account": new, "new-account-extra": new - bare, "sign-in": back, "sign-in-extra": back - bare}


def flood(house: House, effort: Effort) -> Figures:
    """Eight honest clients while wrong passwords come in; before and after, the same without them."""
    before = _journeys(house, 8, effort).rate
    context = get_context("fork")
    stop = context.Event()
    flooding = context.Process(target=_flood, args=(house.port, stop))
    flooding.start()
    time.sleep(2)
    outcome = _journeys(house, 8, effort)
    stop.set()
    flooding.join()
    after = _journeys(house, 8, effort).rate
    return {
        "flood-journeys": outcome.rate,
        "flood-kept": 100 * outcome.rate / ((before + after) / 2),
        "flood-errors": _told(outcome),
    }


def _flood(port: int, stop: Any) -> None:
    """Wrong sign-ins at an even rate, however long each takes, each at another name."""
    busy = threading.Semaphore(200)

    def one() -> None:
        try:
            with Browser(port) as browser:
                fields = {"pseudonym": journeys.new_name(), "password": "bukan kata sandi saya"}
                browser.send_form(journeys.SIGN_IN, fields)
        except OSError:
            pass  # an attacker does not mind
        finally:
            busy.release()

    due = time.perf_counter()
    while not stop.is_set():
        due += 1 / FLOOD_PER_SECOND
        time.sleep(max(0.0, due - time.perf_counter()))
        if busy.acquire(blocking=False):
            threading.Thread(target=one, daemon=True).start()


def opening(house: House, effort: Effort, floors: Mapping[str, float]) -> Figures:
    """Opening a report: as its unit's officer (which is logged), and as its reporter."""
    del floors
    account = house.accounts["wulan"]

    def officer(_: int) -> tuple[Browser, list[str]]:
        browser = Browser(house.port)
        return browser, journeys.cases(journeys.desk(browser, account))

    def reporter(_: int) -> tuple[Browser, list[str]]:
        browser = Browser(house.port)
        journeys.join(browser)
        return browser, journeys.own_reports(browser.get(journeys.REPORTS))

    figures = Figures()
    for code, prepare in (("open", officer), ("own", reporter)):
        single = Load(1, turns=effort.times).run(_open, prepare=prepare)
        many = Load(8, seconds=effort.seconds).run(_open, prepare=prepare)
        _told(single)
        _told(many)
        figures[f"{code}-1"] = single.quantile("open", 0.5)
        figures[f"{code}-8-rate"] = many.rate
    return figures


def _open(visitor: tuple[Browser, list[str]], sample: Sample) -> None:
    browser, addresses = visitor
    addresses.append(addresses.pop(0))
    begun = time.perf_counter()
    page = browser.get(addresses[0])
    sample("open", time.perf_counter() - begun)
    if page.status != 200:
        raise journeys.UnexpectedError.page(page)


def upload(house: House, effort: Effort) -> Figures:
    """10 MB to acknowledgement: how fast, how much memory, and whether a byte of it lies anywhere in the clear."""
    content = disk.marked(TEN_MEGABYTES)
    taken = []
    with Browser(house.port) as browser:
        journeys.write(browser)
        fields = browser.get(journeys.FILES).form("files")
        watch = disk.Watch(house)
        with watch:
            for _ in range(min(9, max(5, effort.times // 5))):
                begun = time.perf_counter()
                files = [("files", "catatan.txt", "text/plain", content)]
                page = browser.send_form(journeys.FILES, fields, files=files)
                taken.append(time.perf_counter() - begun)
                if page.status not in {302, 303}:
                    raise journeys.UnexpectedError.page(page)
    return {
        "upload-speed": 10 / statistics.median(taken),
        "upload-memory": watch.growth,
        "upload-plain": watch.found,
    }


def inboxes(house: House, effort: Effort, sizes: tuple[int, ...]) -> Figures:
    """The inbox of a unit with many open cases; and what memory the largest left behind."""
    figures, there = Figures(), 0
    account = house.accounts["ina"]
    with Browser(house.port) as browser:
        journeys.join(browser)
        journeys.report(browser, stream="violation", receiver="ibi", topic="fees")
    for size in sizes:
        inside.ask(house.environment, "fill", "--login", "ina", "--count", str(size - there))
        there = size
        with Browser(house.port) as browser:
            page = journeys.desk(browser, account)
            taken = []
            for _ in range(effort.times):
                begun = time.perf_counter()
                page = browser.get(journeys.INBOX)
                taken.append(time.perf_counter() - begun)
            figures[f"inbox-{size}"] = statistics.median(taken) * 1000
            figures[f"inbox-{size}-weight"] = page.weight / 1000
        if size == 10_000:
            figures["memory-10000"] = max(house.memory().values())
    return figures


def stopping(house: House) -> Figures:
    """Stop in the middle of a burst, start again, and look for every receipt that was shown."""
    shown: list[str] = []

    def burst() -> None:
        # Until the server is gone.
        with Browser(house.port, timeout=20) as browser, contextlib.suppress(OSError, journeys.UnexpectedError):
            shown.append(journeys.join(browser)[1].register_number)
            while True:
                shown.append(journeys.report(browser).register_number)

    with ThreadPoolExecutor(8) as pool:
        for _ in range(8):
            pool.submit(burst)
        time.sleep(4)
        stopped = house.stop()
    started = house.start()
    return {"stop": stopped, "stop-lost": sum(not _opens(house, number) for number in shown), "start": started}


def _opens(house: House, register_number: str) -> bool:
    with Browser(house.port) as browser:
        form = browser.get("/status/")
        page = browser.post("/status/", {**form.form("register_number"), "register_number": register_number})
        return page.status == 200


def _told(outcome: Outcome) -> int:
    """How many errors there were; the first few are said."""
    for error in outcome.errors[:3]:
        print(f"    error: {error[:300]}")
    return len(outcome.errors)
