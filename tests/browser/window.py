"""A window of the real browser upon the started server: it keeps what it was sent, and finds fault with every page."""

import contextlib
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, Route, sync_playwright

SMALLEST = 320
TELEPHONE = 390
DESK = 1280
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Pages that anybody may find with a search engine.
_PUBLIC = frozenset({"/", "/privasi/", "/prasyarat/", "/kanal/", "/hubungi/", "/peta-situs/"})
_WIDER_THAN_THE_SCREEN = "document.documentElement.scrollWidth - innerWidth"
_CUT_OFF = """[...document.querySelectorAll(".scroll:has(.stack), main .card, main form")]
    .filter(box => box.scrollWidth > box.clientWidth + 1).map(box => box.className)"""
_TOO_SMALL_FOR_A_THUMB = """
    [...document.querySelectorAll("button,.btn,.nav a,summary,select,textarea,.pick label,.leave")]
    .filter(one => one.checkVisibility() && !one.classList.contains("unseen"))
    .filter(one => one.getBoundingClientRect().height < 44).map(one => one.textContent.trim())"""

_PALE = """axe.run({runOnly: ["color-contrast"], resultTypes: ["violations"]})
    .then(found => found.violations.flatMap(one => one.nodes.map(node => node.html)))"""


@dataclass(frozen=True, slots=True)
class Sight:
    """One page as it was shown. `answer` is the status it came with."""

    name: str
    path: str
    status: int
    title: str
    html: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of the server."""

    path: str
    method: str
    status: int
    headers: Mapping[str, str]


@dataclass
class Window:
    """Somebody's window. What it asks of any other place than `home` is kept in `foreign`, and never sent."""

    page: Page
    home: str
    language: str
    scripts: bool
    folder: str = ""
    foreign: list[Request] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    seen: list[Sight] = field(default_factory=list)

    def watch(self) -> None:
        """Begin to keep what comes and goes."""
        self.page.context.route("**/*", self._stay_here)
        self.page.on("request", lambda request: self.addresses.append(request.url))
        self.page.on("response", self._keep)
        self.page.on("console", self._hear)

    @property
    def prefix(self) -> str:
        """What the addresses of this language begin with."""
        return "" if self.language == "id" else f"/{self.language}"

    @property
    def path(self) -> str:
        """Where the window is, without the language."""
        path = self.page.url.removeprefix(self.home).partition("#")[0]
        return path.removeprefix(self.prefix)

    @property
    def status(self) -> int:
        """What the page came with."""
        address = self.page.url.partition("#")[0]
        return next(answer.status for answer in reversed(self.answers) if self.home + answer.path == address)

    def go(self, path: str, name: str = "") -> None:
        """Type an address, and look at what comes if it gets a name."""
        self.page.goto(f"{self.home}{self.prefix}{path}")
        if name:
            self.look(name)

    def press(self, place: str, name: str = "") -> None:
        """Press a button or follow a link, and look at what comes."""
        with self.page.expect_navigation(wait_until="load"):
            self.page.locator(place).first.click()
        if name:
            self.look(name)

    def fill(self, place: str = "main", **given: str) -> None:
        """Answer questions by the names of their fields."""
        for name, value in given.items():
            control = self.page.locator(f"{place} [name={name}]:not([type=hidden])")
            kind = control.first.evaluate("one => one.type")
            if kind == "radio":
                self.page.locator(f"{place} [name={name}][value='{value}']").check()
            elif kind == "select-one":
                control.select_option(label=value)
            else:
                control.fill(value)

    def text(self, place: str) -> str:
        """The words that stand somewhere."""
        return self.page.locator(place).inner_text()

    def look(self, name: str) -> None:
        """Keep the page, and find fault with it."""
        page = self.page
        self.seen.append(Sight(name, self.path, self.status, page.title(), page.content(), page.inner_text("body")))
        if self.folder:
            page.screenshot(
                path=f"{self.folder}/{len(self.seen):02d}-{name.strip('/').replace('/', '-')}.png", full_page=True
            )
        self.faults += [f"{name}: {fault}" for fault in self._faults()]

    def _faults(self) -> Iterator[str]:
        page = self.page
        if page.get_attribute("html", "lang") != self.language:
            yield "says another language"
        if page.locator("h1").count() != 1:
            yield "has not one heading"
        hidden = page.locator("meta[name=robots][content*=noindex]").count() == 1
        if hidden == (self.path in _PUBLIC):
            yield "should be found by search engines" if hidden else "must not be found by search engines"
        if small := page.evaluate(_TOO_SMALL_FOR_A_THUMB):
            yield f"is hard to press: {small}"
        yield from self._faults_of_width()
        if self.scripts:
            yield from self._faults_for_aids()

    def _faults_of_width(self) -> Iterator[str]:
        given = self.page.viewport_size
        assert given is not None
        for width in {given["width"], SMALLEST if given["width"] < DESK else DESK}:
            self.page.set_viewport_size({"width": width, "height": given["height"]})
            if (wider := self.page.evaluate(_WIDER_THAN_THE_SCREEN)) > 0:
                yield f"is {wider} px wider than {width}"
            if cut := self.page.evaluate(_CUT_OFF):
                yield f"cuts something off at {width}: {cut}"
        self.page.set_viewport_size(given)

    def _faults_for_aids(self) -> Iterator[str]:
        self.page.emulate_media(color_scheme="light")
        if (found := Axe().run(self.page)).violations_count:
            yield found.generate_report()
        # The tool is in the page by now, and nothing but the colours is another in the dark.
        self.page.emulate_media(color_scheme="dark")
        if pale := self.page.evaluate(_PALE):
            yield f"is hard to read in the dark: {pale}"

    def _stay_here(self, route: Route) -> None:
        if route.request.url.startswith(f"{self.home}/"):
            route.continue_()
        else:
            self.foreign.append(route.request)
            route.abort()

    def _keep(self, response: Response) -> None:
        path = response.url.removeprefix(self.home)
        self.answers.append(Answer(path, response.request.method, response.status, response.headers))

    def _hear(self, message: ConsoleMessage) -> None:
        # A page that answers 4xx on purpose is no complaint, nor is what signing out clears, nor good advice.
        expected = ("the server responded with a status of 4", "Clear-Site-Data")
        if message.type in {"error", "warning"} and not any(words in message.text for words in expected):
            self.complaints.append(message.text)


@contextlib.contextmanager
def chromium(**how: Any) -> Iterator[Browser]:
    """A browser. Django touches no database beside its event loop: close it before the next test that does."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_FLAGS, **how)
        yield browser
        browser.close()


def opened(
    browser: Browser, home: str, *, language: str = "id", scripts: bool = True, width: int = DESK, folder: str = ""
) -> Window:
    """A window of somebody who was never here before."""
    # Colours that are still on their way to another scheme have no contrast of their own.
    context = browser.new_context(
        java_script_enabled=scripts, viewport={"width": width, "height": 900}, reduced_motion="reduce"
    )
    context.set_default_timeout(20_000)
    window = Window(context.new_page(), home, language, scripts, folder)
    window.watch()
    return window
