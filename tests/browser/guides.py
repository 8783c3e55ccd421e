"""Takes the pictures of the guides: one complaint from the counter to the last improvement, in both languages.

`python -m tests.browser.guides` (or `make guides`) writes docs/images/use/<language>/.
"""

import datetime
import io
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser

from benchmarks import house as houses
from benchmarks.house import House
from tests.browser import window
from tests.browser.window import Window

FOLDER = Path(__file__).resolve().parents[2] / "docs/images/use"
_HEIGHT = {window.DESK: 860, window.TELEPHONE: 844}
_COLOURS = 48
_MAIN = "main form button.main"
_WHAT = "Loket 3 tutup sejak pukul 10. Saya menunggu tiga jam, lalu diminta datang lagi besok."
_STEPS = "Rekaman antrean diperiksa dan petugas loket dimintai keterangan."
_FACTS = "Loket 3 tutup dari pukul 10.05 sampai pukul 13.20 tanpa petugas pengganti."
_ADVICE = "Tetapkan petugas pengganti untuk setiap loket."
_ACTION = {"what_1": _ADVICE, "owner_1": "Kepala Seksi Hukum dan Informasi"}


@dataclass(slots=True)
class Guide:
    """Everybody's windows in one language, and the case that they work on."""

    browser: Browser
    house: House
    language: str
    case: str = ""
    windows: dict[str, Window] = field(default_factory=dict)

    def opened(self, *, width: int = window.DESK) -> Window:
        """A new window."""
        home = f"http://127.0.0.1:{self.house.port}"
        return window.opened(self.browser, home, language=self.language, scripts=False, width=width)

    def officer(self, login: str, *, width: int = window.DESK) -> Window:
        """An officer's window, signed in."""
        if f"{login}-{width}" not in self.windows:
            shown = self.windows[f"{login}-{width}"] = self.opened(width=width)
            shown.go("/kerja/masuk/")
            shown.fill(login=login, password=self.house.accounts[login]["password"])
            shown.press(_MAIN)
        return self.windows[f"{login}-{width}"]

    def move(self, login: str, name: str, picture: str = "", **given: str) -> None:
        """Take one move on its own page, with a picture of what was filled in."""
        shown = self.officer(login)
        shown.go(f"{self.case}{name}/")
        shown.fill(**given)
        if picture:
            self.take(shown, picture)
        shown.press(_MAIN)

    def take(self, shown: Window, name: str, *, place: str = "") -> None:
        """Keep what a window shows, from the top of the page or from a place on it."""
        page = shown.page
        width = (page.viewport_size or {"width": window.DESK})["width"]
        page.set_viewport_size({"width": width, "height": _HEIGHT[width]})
        page.mouse.move(0, 0)
        page.evaluate("place => place ? document.querySelector(place).scrollIntoView() : scrollTo(0, 0)", place)
        # Without a palette a picture would be four times as large, and nobody sees the difference on a page like these.
        whole = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        small = whole.quantize(_COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        small.save(FOLDER / self.language / f"{name}.png", optimize=True)


def main() -> None:
    """Start a server of its own for each language, walk, and stop it."""
    for language in ("id", "en"):
        (FOLDER / language).mkdir(parents=True, exist_ok=True)
        with houses.new() as house, window.chromium() as browser:
            house.start()
            guide = Guide(browser, house, language)
            at_the_box(guide)
            at_the_counter(guide)
            at_the_unit(guide)
            before_the_head(guide)
            back_at_the_unit(guide)
            house.stop()


def at_the_box(guide: Guide) -> None:
    """Dewi writes down what she and Rahmat found in the box."""
    dewi = guide.officer("dewi")
    dewi.go("/kerja/kotak/")
    dewi.fill(witness="Rahmat Hidayat", found="2")
    dewi.press("main form button.main")
    guide.take(dewi, "desk-box")


def at_the_counter(guide: Guide) -> None:
    """She records what Sari tells her, and hands the slip over; Sari opens her report with it."""
    dewi = guide.officer("dewi")
    dewi.go("/kerja/catat/")
    dewi.fill(channel="counter", stream="service", concerns="none", what=_WHAT, where="Ruang pelayanan")
    guide.take(dewi, "desk-record")
    guide.take(dewi, "desk-record-what", place=".field:has([name=what])")
    dewi.press(_MAIN)
    guide.take(dewi, "desk-check")
    dewi.press("[name=send]")
    guide.take(dewi, "desk-slip")
    number, words = dewi.text("#register-number"), dewi.text("#passphrase")
    dewi.press("[name=kept]")
    sari = guide.opened(width=window.TELEPHONE)
    sari.go("/status/")
    sari.fill(register_number=number, passphrase=words)
    guide.take(sari, "desk-status")


def at_the_unit(guide: Guide) -> None:
    """Wulan verifies it, names whom it is about, and puts it before the head."""
    wulan = guide.officer("wulan")
    wulan.go("/kerja/")
    guide.take(wulan, "unit-inbox")
    wulan.press("main tbody tr:last-child td.subject a")
    guide.case = wulan.path
    guide.move("wulan", "verify")
    guide.take(wulan, "unit-case")
    telephone = guide.officer("wulan", width=window.TELEPHONE)
    telephone.go(guide.case)
    guide.take(telephone, "unit-telephone", place="#next")
    guide.move("wulan", "name_persons", "unit-name", reported="Petugas loket 3, nama tidak disebutkan")
    found = {"steps": _STEPS, "facts": _FACTS, "conclusion": "followed_up"}
    guide.move("wulan", "conclude_verification", "unit-conclude", **found)
    wulan.go(f"{guide.case}propose/")
    guide.take(wulan, "unit-letter", place=".field:has([name=subject])")
    guide.move("wulan", "propose", "unit-propose", recommendation="Tegur petugas loket.")


def before_the_head(guide: Guide) -> None:
    """Hadi sends it back with a reason, and approves what Wulan proposes then."""
    hadi = guide.officer("hadi")
    hadi.go("/kerja/")
    guide.take(hadi, "head-first")
    hadi.press(f"a[href$='{guide.case}']")
    guide.take(hadi, "head-case")
    reason = "Teguran saja tidak cukup: usulkan perbaikan agar loket tidak tutup lagi."
    guide.move("hadi", "return", "head-return", note=reason)
    guide.move("wulan", "propose", recommendation=_ADVICE)
    hadi.go(f"{guide.case}approve/")
    guide.take(hadi, "head-approve")
    due = (datetime.datetime.now(tz=datetime.UTC).date() + datetime.timedelta(days=14)).isoformat()
    hadi.fill(**_ACTION, due_1=due)
    guide.take(hadi, "head-improvement", place=".field:has([name=what_1])")
    hadi.press(_MAIN)
    guide.take(hadi, "head-after")


def back_at_the_unit(guide: Guide) -> None:
    """Wulan delivers the letter, records the improvement, and closes the case."""
    guide.move("wulan", "answer", "unit-answer", medium="page")
    guide.move("wulan", "improve", "unit-improve", note="Jadwal petugas pengganti berlaku sejak hari ini.")
    guide.move("wulan", "close")
    guide.take(guide.officer("wulan"), "unit-closed")


if __name__ == "__main__":
    main()
