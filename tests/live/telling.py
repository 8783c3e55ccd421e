"""What the stories of this folder share: reporters who remember what they were shown, and look for it again."""

import re
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from benchmarks import journeys
from benchmarks.client import Browser, Page
from benchmarks.house import House
from benchmarks.journeys import UnexpectedError

_OWN_FILE = re.compile(r'href="(/pengaduan/[0-9a-f-]{36}/berkas/[0-9a-f-]{36}/)"')


@dataclass(slots=True)
class Reporter:
    """Somebody with a browser, and what the server acknowledged to them: receipts with the words and files sent."""

    browser: Browser
    name: str = field(default_factory=journeys.new_name)
    # By register number.
    told: dict[str, str] = field(default_factory=dict)
    files: dict[str, list[bytes]] = field(default_factory=dict)
    # What was being sent when the server was gone: it may have arrived, whole, or not at all.
    pending: str | None = None

    @property
    def mark(self) -> str:
        """What tells their texts from those of others: not the pseudonym, since who repeats that is warned."""
        return self.name.split()[-1]

    def tells(self, what: str, *files: bytes) -> str:
        """Write, attach, send; returns the register number once the receipt is read. The files are texts."""
        self.pending = what
        page = journeys.write(self.browser, what=what)
        if files:
            sent = [("files", f"catatan-{n}.txt", "text/plain", content) for n, content in enumerate(files)]
            answer = journeys.attach(self.browser, sent)
            if answer.status != 200:
                raise UnexpectedError.page(answer)
            page = self.browser.get(journeys.CHECK)
        number = journeys.send(self.browser, page, pseudonym="" if self.told else self.name).register_number
        self.told[number], self.files[number], self.pending = what, list(files), None
        self.browser.cookies.pop(journeys.DRAFT_COOKIE, None)
        return number

    def finds_everything_again(self, house: House) -> None:
        """Sign in with the password alone, and open every report, word for word and byte for byte."""
        if not self.told:
            return
        with Browser(house.port) as browser:
            history = journeys.sign_in(browser, self.name)
            pages = [browser.get(address) for address in journeys.own_reports(history)]
            for number, what in self.told.items():
                (page,) = (page for page in pages if number in page.text)
                assert what in page.text
                addresses = dict.fromkeys(_OWN_FILE.findall(page.text))
                assert [browser.get(address).body for address in addresses] == self.files[number]
            left = [page for page in pages if not any(number in page.text for number in self.told)]
            # At most the one that was under way: its receipt was not seen, but it is whole, or not there.
            assert len(left) <= (self.pending is not None)
            assert all(str(self.pending) in page.text for page in left)


type Meet = Callable[[House], Reporter]


def together(deeds: Iterable[Callable[[], None]]) -> None:
    """Do it all at once; the first error that came up is raised."""
    waiting = list(deeds)
    ready = threading.Barrier(len(waiting))

    def begin(deed: Callable[[], None]) -> None:
        ready.wait(60)
        deed()

    with ThreadPoolExecutor(len(waiting)) as pool:
        for done in [pool.submit(begin, deed) for deed in waiting]:
            done.result()


def says_sorry(page: Page, what: str) -> None:
    """A clear answer that says it could not be kept just now, with the words still in the form."""
    assert page.status == 503
    assert 'role="alert"' in page.text
    assert what in page.text


def verifies(house: House) -> None:
    """Both chains of the log, and the book against it."""
    outcome = house.wise("log", "verify")
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
