"""What people do with WiSe, request by request, as their browsers do it. Wrong turns raise `UnexpectedError`."""

import re
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from benchmarks.client import Browser, Files, Page

TELL, CHECK, RECEIPT, FILES = "/lapor/", "/lapor/periksa/", "/lapor/terkirim/", "/lapor/berkas/"
SIGN_IN, REPORTS = "/masuk/", "/pengaduan/"
DESK_SIGN_IN, INBOX = "/kerja/masuk/", "/kerja/"
DRAFT_COOKIE = "wise_draft"
# What a browser sends for a file field that was left empty.
_CONSONANTS = "bcdfghjklmnpqrstvwxz"
NO_FILE: Files = (("files", "", "application/octet-stream", b""),)
PASSWORD = "gelas sepatu kuning dua lampu"
_OFFICE = re.compile(r'<option value="([0-9a-f-]{32,36})"[^>]*>\s*KPKNL Pekanbaru')
_REPORT_LINK = re.compile(r'href="(/pengaduan/[0-9a-f-]{36}/)"')
_CASE_LINK = re.compile(r'href="(/kerja/perkara/[0-9a-f-]{36}/)"')
_PART = re.compile(r'<(?:link|img|script)[^>]+(?:href|src)="(/[^"]+)"')

type Timer = Callable[[str, float], None]


class UnexpectedError(Exception):
    """A page answered otherwise than it should."""

    @classmethod
    def page(cls, page: Page) -> "UnexpectedError":
        """With what was seen: status, address, and the error summary if there is one."""
        summary = re.sub(r"<[^>]+>|\s+", " ", page.text.partition('role="alert"')[2][:600])
        return cls(f"{page.status} at {page.address}: {summary.strip()[:200]}")


@dataclass(frozen=True, slots=True)
class Told:
    """A receipt as the reporter keeps it."""

    register_number: str
    recovery_code: str | None
    text: str


def telling(page: Page, **changed: str) -> dict[str, str]:
    """The form of `/lapor/` filled in: a service complaint of some length about KPKNL Pekanbaru."""
    office = _OFFICE.search(page.text)
    return {
        **page.form("what"),
        "stream": "service",
        "office": office[1] if office else "",
        "concerns": "none",
        "reporter_kind": "unsaid",
        "topic": "time",
        "what": "Saya menunggu tiga jam di loket, lalu diminta kembali keesokan harinya tanpa penjelasan. " * 3,
        "where": "Ruang pelayanan lantai satu",
        "when": "Selasa pagi, sekitar pukul sembilan",
        "who": "Petugas loket dua",
        "how": "Nomor antrean saya dilewati dua kali; orang yang datang kemudian dilayani lebih dahulu.",
        "reply": "page",
        **changed,
    }


def write(browser: Browser, **changed: str) -> Page:
    """Fill in the form and go on; returns the page to check."""
    form = _expect(browser.get(TELL))
    page = _expect(browser.post(TELL, telling(form, **changed), files=NO_FILE))
    return page if page.address == CHECK else _expect(browser.get(CHECK))


def attach(browser: Browser, files: Files) -> Page:
    """Add files to the draft."""
    form = _expect(browser.get(TELL))
    return browser.post(FILES, form.form("files"), files=files)


def sending(page: Page, *, pseudonym: str = "", password: str = PASSWORD, account: str = "new") -> dict[str, str]:
    """The form of `/lapor/periksa/` filled in; without a pseudonym for who is signed in."""
    who = {"account": account, "pseudonym": pseudonym, "password": password} if pseudonym else {}
    return {**page.form("send"), **who, "send": "1"}


def send(browser: Browser, page: Page, *, timer: Timer | None = None, pseudonym: str = "", **given: str) -> Told:
    """Press the button and read the receipt. `timer` hears how long the button's own answer took, as `send`."""
    begun = time.perf_counter()
    answer = browser.send_form(CHECK, sending(page, pseudonym=pseudonym, **given))
    if timer is not None:
        timer("send", time.perf_counter() - begun)
    if answer.status not in {302, 303}:
        raise UnexpectedError.page(answer)
    return receipt(browser.get(answer.headers["location"]))


def receipt(page: Page) -> Told:
    """Read a receipt."""
    number = page.by_id("register-number")
    if page.status != 200 or not number:
        raise UnexpectedError.page(page)
    return Told(number, page.by_id("recovery-code"), page.text)


def report(browser: Browser, *, timer: Timer | None = None, pseudonym: str = "", **changed: str) -> Told:
    """The whole journey, five requests for who is signed in: form, text, check, send, receipt."""
    begun = time.perf_counter()
    told = send(browser, write(browser, **changed), timer=timer, pseudonym=pseudonym)
    if timer is not None:
        timer("journey", time.perf_counter() - begun)
    # Another report later is another draft.
    browser.cookies.pop(DRAFT_COOKIE, None)
    return told


def new_name() -> str:
    """A pseudonym that nobody has, and that is neither a name nor a year, of which one would be warned."""
    return f"burung malam {''.join(secrets.choice(_CONSONANTS) for _ in range(8))}"


def join(browser: Browser) -> tuple[str, Told]:
    """A first report under a new pseudonym, which signs its reporter in."""
    name = new_name()
    return name, report(browser, pseudonym=name)


def sign_in(browser: Browser, pseudonym: str, password: str = PASSWORD) -> Page:
    """Sign in as a reporter; returns the history."""
    form = _expect(browser.get(SIGN_IN))
    page = browser.post(SIGN_IN, {**form.form("password"), "pseudonym": pseudonym, "password": password})
    return _expect(page)


def own_reports(page: Page) -> list[str]:
    """The addresses of the reports in a history."""
    return list(dict.fromkeys(_REPORT_LINK.findall(page.text)))


def desk(browser: Browser, account: Mapping[str, str]) -> Page:
    """Sign in as an officer; returns the inbox."""
    form = _expect(browser.get(DESK_SIGN_IN))
    given = {"login": account["login"], "password": account["password"], "unlock": ""}
    return _expect(browser.post(DESK_SIGN_IN, {**form.form("password"), **given}))


def cases(page: Page) -> list[str]:
    """The addresses of the cases in an inbox."""
    return list(dict.fromkeys(_CASE_LINK.findall(page.text)))


def with_its_parts(browser: Browser, address: str) -> Page:
    """A page with everything that a browser fetches for it; weight and requests count all."""
    page = _expect(browser.get(address))
    requests, weight = page.requests, page.weight
    for part in dict.fromkeys(_PART.findall(page.text)):
        found = _expect(browser.get(part))
        requests, weight = requests + found.requests, weight + found.weight
    return Page(page.address, page.status, page.headers, page.body, weight, requests)


def _expect(page: Page) -> Page:
    if page.status != 200:
        raise UnexpectedError.page(page)
    return page
