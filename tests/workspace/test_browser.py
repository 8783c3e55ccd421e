"""The officers' pages in a real browser: usable with any aid, on a telephone too, the same without scripts."""

import shutil
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django_webtest import DjangoTestApp
from playwright.sync_api import Browser, Page, Route, sync_playwright

from tests import custody, officers
from tests.world import NOW, World, file, join, queues
from wise.casework import absences
from wise.casework.given import Disposition
from wise.keys import membership
from wise.people.kinds import Role
from wise.register.entry import Told
from wise.register.models import Topic

pytestmark = pytest.mark.browser

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
TYPES = {"css": "text/css", "svg": "image/svg+xml"}
# Nothing but the colours is another in the dark; the tool is in the page by then.
PALE = """axe.run({runOnly: ["color-contrast"], resultTypes: ["violations"]})
    .then(found => found.violations.flatMap(one => one.nodes.map(node => node.html)))"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    # The browser's event loop stays in this thread, and Django would touch no database beside one.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def addresses(world: World) -> list[str]:
    """Pages with something on them."""
    sari = join()
    receipt = sari.tells(queues(topic=Topic.objects.get(code="attitude"), files=(file(),)))
    world.take("verify", receipt, by="wulan")
    world.take("note", receipt, by="wulan", note="Catatan " * 40 + "x" * 120)
    world.take("ask", receipt, by="rahmat", text="Kapan?", until=NOW.date())
    world.take("attach", receipt, by="wulan", files=(file(name="Berita acara " * 15 + ".pdf"),))
    world.take("note", receipt, by="wulan", note="Lihat berkas", rests_on=("lampiran-01", "berkas-01"))
    given = Disposition((str(world.officer("wulan").id),), ("answer", "discuss_and_report"), note="Jawab")
    world.take("dispose", receipt, by="rahmat", disposition=given)
    wulan, rahmat = world.officer("wulan"), world.officer("rahmat")
    absences.enter(absences.Wanted(wulan.id, rahmat.id, NOW.date(), NOW.date()), desk=world.desk("wulan"), at=NOW)
    sari.tells(queues(told=Told(what="Antre", who="Dewi Lestari")))
    tono = world.officer("tono")
    dewi = membership.propose(world.officer("dewi"), unit=world.unit(), role=Role.VERIFIER, by=tono, at=NOW)
    path = officers.address(receipt)
    return [
        "/kerja/",
        "/kerja/?view=overdue",
        path,
        f"{path}refer/",
        f"{path}attach/",
        f"{path}withdraw_on_paper/",
        f"{path}assign/",
        f"{path}dispose/",
        "/kerja/pergi/",
        f"/kerja/beberapa/?move=take_on&case={path.strip('/').split('/')[-1]}",
        "/kerja/kelola/orang/",
        "/kerja/kelola/orang/usul/",
        f"/kerja/kelola/orang/{dewi.id}/",
        f"/kerja/kelola/orang/selesai/{wulan.roles.get().id}/",
    ]


@pytest.fixture
def kept(world: World) -> list[str]:
    """Pages on which Tono keeps what holds for everybody."""
    leadership = world.unit("leadership")
    return [
        "/kerja/kelola/templat/",
        "/kerja/kelola/templat/semua/response/",
        "/kerja/kelola/topik/",
        "/kerja/kelola/topik/cost/",
        "/kerja/kelola/topik/baru/violation/",
        "/kerja/kelola/lembaga/",
        "/kerja/kelola/lembaga/baru/",
        "/kerja/kelola/hari-libur/",
        f"/kerja/kelola/orang/usul/?unit={leadership.id}",
        f"/kerja/kelola/orang/nip/{world.officer('wulan').id}/",
    ]


@pytest.fixture
def guarded(world: World) -> dict[str, list[str]]:
    """The pages about the vault, by who sees them: of whoever asks, of the first unit, and of who prints."""
    receipt = custody.tells(join("ikan paus"))
    read, files = custody.allowed(world, receipt), custody.allowed(world, receipt, "originals")
    envelope, waits = custody.allowed(world, receipt, "envelope"), custody.asked(world, receipt)
    asked = f"{officers.address(receipt)}pembukaan/"
    own = "/kerja/identitas/"
    return {
        "ina": [asked, f"{asked}{read.id}/", f"{asked}{files.id}/"],
        "kartika": [own, f"{own}?view=decided", f"{own}{waits.id}/", f"{own}jangka-waktu/"],
        "kusuma": [own, f"{own}{envelope.id}/"],
    }


def visit(chromium: Browser, signed_in: DjangoTestApp, address: str, **how: object) -> tuple[Page, list[str]]:
    """The page as the browser shows it to the officer, and what the browser asked anybody else for."""
    foreign: list[str] = []
    # Fetched here: within the browser's event loop the database would be another connection, outside the test.
    page = signed_in.get(address)

    def answer(route: Route) -> None:
        url = urlsplit(route.request.url)
        if url.netloc != "testserver":
            foreign.append(route.request.url)
            route.abort()
        elif url.path.startswith("/static/"):
            found = finders.find(url.path.removeprefix("/static/"))
            route.fulfill(path=str(found), content_type=TYPES[url.path.rsplit(".", 1)[1]])
        else:
            route.fulfill(status=page.status_int, body=page.body, headers=dict(page.headers))

    shown = chromium.new_context(**how).new_page()  # type: ignore[arg-type] # options of Playwright's own
    shown.route("**/*", answer)
    shown.goto(f"http://testserver{address}")
    return shown, foreign


def test_officers_can_use_every_page_with_any_aid(
    chromium: Browser,
    *,
    addresses: list[str],
    kept: list[str],
    guarded: dict[str, list[str]],
    visitor: Callable[[], DjangoTestApp],
) -> None:
    for login, theirs in {"wulan": addresses, "tono": kept, **guarded}.items():
        officer = officers.sign_in(visitor(), login)
        for address in theirs:
            shown, foreign = visit(chromium, officer, address, color_scheme="light", reduced_motion="reduce")
            found = Axe().run(shown)
            assert found.violations_count == 0, (address, found.generate_report())
            shown.emulate_media(color_scheme="dark")
            assert shown.evaluate(PALE) == [], address
            assert foreign == []
            shown.context.close()


def test_no_page_has_to_be_scrolled_sideways(
    chromium: Browser,
    addresses: list[str],
    kept: list[str],
    guarded: dict[str, list[str]],
    visitor: Callable[[], DjangoTestApp],
) -> None:
    for login, theirs in {"wulan": addresses, "tono": kept, **guarded}.items():
        officer = officers.sign_in(visitor(), login)
        for address in theirs:
            shown, _ = visit(chromium, officer, address)
            for width in (390, 1280):
                shown.set_viewport_size({"width": width, "height": 800})
                assert shown.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, (address, width)
            shown.context.close()


def test_the_sign_in_page_can_be_used_with_any_aid(
    chromium: Browser, addresses: list[str], visitor: Callable[[], DjangoTestApp]
) -> None:
    shown, _ = visit(chromium, visitor(), "/kerja/masuk/")
    found = Axe().run(shown)

    assert found.violations_count == 0, found.generate_report()
    shown.context.close()


def test_a_case_reads_the_same_without_scripts(
    chromium: Browser, addresses: list[str], visitor: Callable[[], DjangoTestApp]
) -> None:
    wulan = officers.sign_in(visitor(), "wulan")
    texts = []
    for scripts in (True, False):
        shown, _ = visit(chromium, wulan, addresses[3], java_script_enabled=scripts)
        texts.append(shown.locator("main").inner_text())
        shown.context.close()

    assert texts[0] == texts[1]
