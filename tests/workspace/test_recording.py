"""The desk's pages: Dewi records what comes on paper or by voice, and afterwards it is not there for her."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django_webtest import DjangoTestApp
from webtest import Upload

from tests import desk as front
from tests import officers, reporters
from tests import world as cast
from tests.reporters import alert, form_to, secret
from tests.world import NOW, World
from wise.casework.models import Case
from wise.crypto import passphrases
from wise.people.models import Reporter
from wise.register.models import BoxFind, BoxOpening, Report

RECORD, CHECK, SLIP, BOXES = "/kerja/catat/", "/kerja/catat/periksa/", "/kerja/catat/tanda-terima/", "/kerja/kotak/"
WHAT = "Loket tutup sebelum waktunya."
EVERYBODY = ("dewi", "oki", "wulan", "rahmat", "hadi", "edi", "yanti", "lina", "maya", "ina", "kartika", "agus", "tono")
DESKS = {"dewi", "oki", "wulan", "rahmat", "yanti", "maya"}

type Visitor = Callable[[], DjangoTestApp]


def fill(browser: DjangoTestApp, *, prefix: str = "", files: tuple[Upload, ...] = (), **typed: str) -> Any:
    """The form, filled in but not sent: by default for Sari, who stands at the counter."""
    form = form_to(browser.get(f"{prefix}{RECORD}"), field="channel")
    given = {"channel": "counter", "stream": "service", "concerns": "none", "what": WHAT} | typed
    for name, value in given.items():
        form[name] = value
    if files:
        form["files"] = list(files)
    return form


def to_slip(browser: DjangoTestApp, **typed: Any) -> Any:
    """Through the check to the slip's page."""
    page = fill(browser, **typed).submit(status=302).follow()
    return form_to(page, field="send").submit("send", status=302).follow()


@pytest.fixture
def dewi(world: World, visitor: Visitor) -> DjangoTestApp:
    return officers.sign_in(visitor(), "dewi")


def test_dewi_finds_the_way_and_records_what_sari_tells_her(dewi: DjangoTestApp) -> None:
    page = dewi.get("/kerja/").click("Catat pengaduan", index=0)
    assert page.request.path == RECORD

    page = fill(dewi).submit(status=302).follow()

    assert "Seksi Kepatuhan Internal KPKNL Pekanbaru" in page.text
    assert "19 November 2026" in page.text
    assert WHAT in page.text
    page = form_to(page, field="send").submit("send", status=302).follow()
    case = Case.objects.get()
    assert secret(page, "agenda-number") == case.agenda_number
    assert re.fullmatch(r"[0-9A-Z-]{14}", secret(page, "register-number"))


def test_saris_slip_opens_the_report_and_dewis_words_open_nothing_afterwards(
    world: World, dewi: DjangoTestApp, visitor: Visitor
) -> None:
    page = to_slip(dewi)
    number, words = secret(page, "register-number"), secret(page, "passphrase")

    def ask(browser: DjangoTestApp, typed: str, **asked: Any) -> Any:
        form = form_to(browser.get(reporters.address("status")), field="register_number")
        form["register_number"], form["passphrase"] = number, typed
        return form.submit(**asked)

    exchange = ask(visitor(), words, status=302).follow()
    report = form_to(exchange, field="kept").submit("kept", status=302).follow().follow()
    assert WHAT in report.text
    assert "tidak cocok" in alert(ask(visitor(), words, status=422))


def test_the_slip_is_shown_again_until_it_is_handed_over_and_then_no_more(dewi: DjangoTestApp) -> None:
    page = to_slip(dewi)
    words = secret(page, "passphrase")

    assert secret(dewi.get(SLIP), "passphrase") == words
    assert secret(dewi.get(RECORD, status=302).follow(), "passphrase") == words

    done = form_to(page, field="kept").submit("kept", status=302).follow()
    assert Case.objects.get().agenda_number in done.html.find(role="status").text
    assert words not in done.text
    assert dewi.get(SLIP, status=302).location.endswith(RECORD)


def test_a_double_click_records_once(dewi: DjangoTestApp) -> None:
    form = form_to(fill(dewi).submit(status=302).follow(), field="send")
    first, second = form.submit("send", status=302).follow(), form.submit("send", status=302).follow()
    assert secret(first, "passphrase") == secret(second, "passphrase")
    assert Report.objects.count() == 1


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_slip_comes_as_pdf_and_by_no_address(dewi: DjangoTestApp, language: str) -> None:
    page = to_slip(dewi)
    form = next(form for form in officers.forms(page) if form.action.endswith("/pdf/"))
    answer = form.submit("language", value=language)

    assert (answer.content_type, answer.body[:5]) == ("application/pdf", b"%PDF-")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store" or "no-store" in answer.headers["Cache-Control"]
    dewi.get(f"{SLIP}pdf/", status=405)


def test_after_the_hand_over_dewi_finds_nothing_of_it(world: World, dewi: DjangoTestApp) -> None:
    to_slip(dewi)
    case = Case.objects.get()

    for address in (f"/kerja/perkara/{case.id}/", f"/kerja/perkara/{case.id}/laporan/"):
        dewi.get(address, status=404)
    home = dewi.get("/kerja/")
    assert case.agenda_number not in home.text
    assert WHAT not in home.text


def test_wulan_opens_the_case_and_its_laporan(world: World, dewi: DjangoTestApp, visitor: Visitor) -> None:
    page = to_slip(dewi, reported="Budi Santoso", observations="Datang dengan anak kecil.")
    number, words = secret(page, "register-number"), secret(page, "passphrase")
    case = Case.objects.get()

    shown = officers.sign_in(visitor(), "wulan").get(f"/kerja/perkara/{case.id}/")

    assert WHAT in shown.text
    assert number not in shown.text
    assert words not in shown.text
    answer = shown.click(href="/laporan/$")
    assert (answer.content_type, answer.body[:5]) == ("application/pdf", b"%PDF-")


def test_what_came_online_offers_no_laporan(world: World, visitor: Visitor) -> None:
    receipt = cast.join().tells()
    page = officers.case_page(officers.sign_in(visitor(), "wulan"), receipt)
    assert "/laporan/" not in page.text


@pytest.mark.parametrize("login", EVERYBODY)
def test_who_records_and_who_cannot_even_by_address_or_post(world: World, visitor: Visitor, login: str) -> None:
    browser = officers.sign_in(visitor(), login)
    status = 200 if login in DESKS else 404
    home = browser.get("/kerja/")
    assert ("/kerja/catat/" in home.text) is (login in DESKS)
    for address in (RECORD, BOXES):
        browser.get(address, status=status)
    if login not in DESKS:
        token = re.search(r'name="form_token" value="([0-9a-f]+)"', home.text)
        assert token is not None
        given = {"form_token": token[1], "channel": "counter", "stream": "service", "concerns": "none", "what": WHAT}
        for address in (RECORD, CHECK, SLIP, f"{SLIP}pdf/", BOXES):
            browser.post(address, given, status=404)
    assert not Report.objects.exists()


def test_who_is_not_signed_in_is_asked_to_and_keeps_the_words(world: World, visitor: Visitor) -> None:
    assert visitor().get(RECORD, status=302).location.startswith("/kerja/masuk/")
    assert WHAT in visitor().post(RECORD, {"what": WHAT}, status=403).text


def test_a_form_without_this_sessions_token_takes_nothing(dewi: DjangoTestApp) -> None:
    form = fill(dewi, files=(reporters.photo(),))
    form["form_token"] = "0" * 32
    form.submit(status=403)
    assert dewi.get(CHECK, status=302).location.endswith(RECORD)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"received_on": "2026-10-21"}, "belum terjadi"),
        ({"received_on": "2026-09-01"}, "baru dicatat sekarang"),
        ({"received_on": "1926-10-20"}, "sepuluh tahun"),
        ({"received_on": "kemarin"}, "hari-bulan-tahun"),
        ({"received_on": ""}, "Tulis tanggal"),
        ({"received_time": "25:99"}, "jam dan menit"),
        ({"what": ""}, "Tulis"),
        ({"what": "x" * 20_001}, "20000"),
        ({"channel": "letter"}, "nama"),
        ({"reply": "letter", "reply_name": "n" * 400}, "300"),
        ({"reply": "none"}, "tidak dapat dijawab"),
        ({"channel": "box", "reply": "page"}, "tidak dapat dijawab"),
        ({"reported": "n" * 200}, "120"),
        ({"topic": "bribery"}, "tidak termasuk"),
        ({"identity_name": "n" * 400}, "300"),
        ({"observations": " ".join(passphrases.words()[:7])}, "rahasia"),
    ],
)
def test_bad_input_is_told_at_its_field_and_nothing_typed_is_lost(
    dewi: DjangoTestApp, typed: dict[str, str], said: str
) -> None:
    page = fill(dewi, who="Petugas loket dua", files=(reporters.photo(name="pindai.jpg"),), **typed).submit(status=422)

    assert said in alert(page)
    form = form_to(page, field="channel")
    for name, value in {"who": "Petugas loket dua", **typed}.items():
        assert form[name].value == value
    assert "pindai.jpg" in page.text
    assert not Report.objects.exists()


def test_an_empty_scan_is_told_so_and_everything_else_is_kept(dewi: DjangoTestApp) -> None:
    page = fill(dewi, files=(reporters.photo(b"", name="kosong.jpg"), reporters.photo())).submit(status=422)
    assert "kosong.jpg" in alert(page)
    assert form_to(page, field="channel")["what"].value == WHAT
    assert "foto.jpg" in page.text


def test_files_are_attached_and_taken_out_one_by_one(dewi: DjangoTestApp) -> None:
    form = fill(dewi, files=(reporters.photo(name="satu.jpg"), reporters.photo(name="dua.jpg")))
    page = form.submit("attach", status=302).follow()
    form = form_to(page, field="channel")
    assert form["what"].value == WHAT
    page = form.submit("remove", index=0, status=302).follow()
    assert "satu.jpg" not in page.text
    assert "dua.jpg" in page.text
    page = form_to(form_to(page, field="channel").submit(status=302).follow(), field="send").submit("send").follow()
    assert Report.objects.get().attachments.count() == 1


def test_what_was_begun_can_be_thrown_away_and_ends_with_the_session(dewi: DjangoTestApp) -> None:
    fill(dewi).submit(status=302)
    page = form_to(dewi.get(RECORD), field="channel").submit("discard", status=302).follow()
    assert form_to(page, field="channel")["what"].value == ""


def test_another_officers_browser_sees_nothing_of_the_draft(
    world: World, dewi: DjangoTestApp, visitor: Visitor
) -> None:
    fill(dewi).submit(status=302)
    oki = officers.sign_in(visitor(), "oki")
    assert WHAT not in oki.get(RECORD).text
    assert oki.get(CHECK, status=302).location.endswith(RECORD)


def test_who_is_named_moves_it_up_and_the_check_says_so(dewi: DjangoTestApp) -> None:
    page = fill(dewi, reported="Wulan Sari").submit(status=302).follow()
    assert "naik satu tingkat" in page.text
    assert "Kanwil" in page.text


def test_a_late_one_is_recorded_with_its_reason(dewi: DjangoTestApp) -> None:
    to_slip(dewi, received_on="2026-09-01", late_reason="Surat tertinggal di meja.")
    assert Case.objects.get().received_on.isoformat() == "2026-09-01"


def test_a_box_is_opened_written_down_and_its_finds_recorded_without_a_slip(dewi: DjangoTestApp) -> None:
    form = form_to(dewi.get(BOXES), field="witness")
    form["witness"], form["found"], form["opened_on"], form["opened_time"] = (
        "Rahmat Hidayat",
        "1",
        "2026-10-19",
        "08:00",
    )
    page = form.submit(status=302).follow()
    assert "Rahmat Hidayat" in page.text
    assert "1 belum dicatat" in page.text

    page = to_slip(dewi, channel="box", opening=str(BoxOpening.objects.get().id))

    assert page.html.find(id="passphrase") is None
    assert page.html.find(id="register-number") is None
    assert not Reporter.objects.exists()
    assert BoxFind.objects.count() == 1
    assert Case.objects.get().received_on.isoformat() == "2026-10-19"
    assert "belum dicatat" not in dewi.get(BOXES).text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"witness": ""}, "Orang kedua"),
        ({"witness": "Dewi Lestari"}, "orang lain"),
        ({"witness": "n" * 400}, "120"),
        ({"found": "-1"}, "0"),
        ({"found": "banyak"}, "bilangan"),
        ({"opened_on": "2026-10-21"}, "belum terjadi"),
    ],
)
def test_a_wrong_opening_is_told_at_its_field(dewi: DjangoTestApp, typed: dict[str, str], said: str) -> None:
    form = form_to(dewi.get(BOXES), field="witness")
    for name, value in ({"witness": "Rahmat", "found": "2"} | typed).items():
        form[name] = value
    page = form.submit(status=422)
    assert said in alert(page)
    assert not BoxOpening.objects.exists()


def test_openings_are_paged(world: World, dewi: DjangoTestApp) -> None:
    for days in range(26):
        front.opening(world, opened_at=NOW - days * front.DAY)
    page = dewi.get(BOXES)
    assert len(page.html.find("tbody").find_all("tr")) == 25
    assert len(page.click("Berikutnya").html.find("tbody").find_all("tr")) == 1
    for odd in ("0", "x", "-1", "9" * 30):
        dewi.get(f"{BOXES}?page={odd}", status=200)


def test_it_all_speaks_english_too(dewi: DjangoTestApp) -> None:
    page = to_slip(dewi, prefix="/en")
    assert "It is recorded and handed over" in page.text
    assert "Openings of the complaint box" in dewi.get(f"/en{BOXES}").text


def test_p03_nothing_of_what_dewi_typed_or_handed_over_lies_about(dewi: DjangoTestApp) -> None:
    page = to_slip(dewi, reported="Budi Penanda", identity_name="Sari Penanda", observations="Kertas penanda.")
    number, words = secret(page, "register-number"), secret(page, "passphrase")
    secrets = [number, words, words.replace(" ", "-"), WHAT, "Penanda", "penanda"]

    for model in apps.get_models():
        for row in model._base_manager.values_list():
            for value in row:
                plain = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                assert not [hidden for hidden in secrets if hidden.encode() in plain], model
    for kept in (*dewi.cookies.values(), page.request.url):
        assert not [hidden for hidden in secrets if hidden in kept]


def test_p11_after_the_slip_is_handed_over_no_officers_page_shows_its_number(
    world: World, dewi: DjangoTestApp, visitor: Visitor
) -> None:
    page = to_slip(dewi)
    number = secret(page, "register-number")
    form_to(page, field="kept").submit("kept", status=302)
    case = Case.objects.get()
    wulan = officers.sign_in(visitor(), "wulan")

    for browser, address in (
        (dewi, "/kerja/"),
        (dewi, RECORD),
        (dewi, BOXES),
        (wulan, "/kerja/"),
        (wulan, f"/kerja/perkara/{case.id}/"),
    ):
        assert number not in browser.get(address).text
