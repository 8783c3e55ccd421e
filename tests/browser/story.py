"""The whole story in the real browser: Sari reports, Wulan asks and refers, Ina answers, Sari reads the answer."""

import http
from dataclasses import dataclass, field

from playwright.sync_api import Browser, FilePayload

from benchmarks import journeys
from benchmarks.house import House
from tests.browser import window
from tests.browser.window import Window
from tests.world import PHOTO

PASSWORD = "gelas sepatu kuning dua lampu"
NEW_PASSWORD = "kursi hijau laut tenang sekali"
FILE = "kuitansi-loket-7.jpg"
WHAT = "Antrean loket lebih dari tiga jam, petugas pergi tanpa keterangan."
NAME_FOR_THE_VAULT = "Sari Dewanti"
_PUBLIC = ("/privasi/", "/prasyarat/", "/kanal/", "/hubungi/", "/peta-situs/", "/tidak-ada/")
_KEPT = (
    "/kerja/kelola/templat/",
    "/kerja/kelola/templat/semua/response/",
    "/kerja/kelola/topik/",
    "/kerja/kelola/topik/cost/",
    "/kerja/kelola/topik/baru/violation/",
    "/kerja/kelola/lembaga/",
    "/kerja/kelola/lembaga/baru/",
    "/kerja/kelola/hari-libur/",
)
# Officers to whom the case is not there. Scripts or none is nothing to them.
_OTHERS = ("hadi", "tono", "agus", "dewi", "kartika")
_NOTHING_SENT = "form:has([name=what]) button.main"


@dataclass(slots=True)
class Story:
    """What happened: the windows with all they saw, and Sari's secrets."""

    sari: Window
    officers: dict[str, Window] = field(default_factory=dict)
    pseudonym: str = ""
    register_number: str = ""
    codes: list[str] = field(default_factory=list)
    report: str = ""
    case: str = ""
    cookies_before_a_word: list[str] = field(default_factory=list)
    cookies: list[str] = field(default_factory=list)
    stored: list[str] = field(default_factory=list)

    @property
    def windows(self) -> list[Window]:
        """Everybody's."""
        return [self.sari, *self.officers.values()]


def photo(name: str = FILE) -> FilePayload:
    """A file to choose."""
    return {"name": name, "mimeType": "image/jpeg", "buffer": PHOTO}


def new_name() -> str:
    """A pseudonym that nobody has."""
    return journeys.new_name()


def whole(
    browser: Browser, house: House, home: str, *, language: str, scripts: bool, width: int, folder: str = ""
) -> Story:
    """From the first page to the answer, past most of the errors on the way."""

    def opened() -> Window:
        return window.opened(browser, home, language=language, scripts=scripts, width=width, folder=folder)

    story = Story(opened(), pseudonym=new_name())
    look_around(story)
    tell(story.sari)
    send(story)
    come_back(story)
    for login in ("wulan", "ina", *(_OTHERS if scripts else ())):
        story.officers[login] = sign_in_officer(opened(), house, login)
    ask_and_be_answered(story)
    put_before_the_head(story)
    refer(story)
    answer(story)
    look_where_it_is_not(story)
    read_the_answer(story)
    leave(story)
    return story


def look_around(story: Story) -> None:
    """Read the public pages and open the forms: no cookie yet."""
    sari = story.sari
    sari.go("/", "home")
    for path in (*_PUBLIC, "/lapor/", "/status/", "/masuk/", "/pulihkan/"):
        sari.go(path, path)
    for path in ("/pengaduan/", "/lapor/periksa/", "/kerja/", "/kerja/masuk/"):
        sari.go(path)
    story.cookies_before_a_word = _cookies(sari)


def tell(sari: Window) -> None:
    """Write, first too little, then enough; attach a file, one that is too large, one more, and take it away again."""
    sari.go("/lapor/")
    sari.press(_NOTHING_SENT, "tell: nothing told")
    sari.fill(stream="service", concerns="none", office_search="pekanbaru")
    sari.press("[name=find]", "tell: office found")
    sari.fill(what=WHAT, where="Ruang pelayanan", when="Selasa pagi", who="Dua petugas loket", reply="letter")
    sari.press(_NOTHING_SENT, "tell: no address")
    sari.fill(reply="page")
    sari.page.locator("[name=files]").set_input_files(photo())
    sari.press("button[formaction$='/lapor/berkas/']:not([name])", "files")
    sari.page.locator("[name=files]").set_input_files({**photo("besar.bin"), "buffer": bytes(10 * 1024 * 1024 + 1)})
    sari.press("form:has([name=files]) button:not([name])", "files: one too large")
    sari.page.locator("[name=files]").set_input_files([photo("satu.jpg"), photo("dua.jpg")])
    sari.press("form:has([name=files]) button:not([name])", "files: three")
    sari.press("[name=remove] >> nth=2", "files: two")
    sari.go("/lapor/", "tell: come back to")
    sari.page.locator("details:has([name=identity_name]) summary").click()
    sari.fill(identity_name=NAME_FOR_THE_VAULT)
    sari.press(_NOTHING_SENT, "check")


def send(story: Story) -> None:
    """Choose a pseudonym, first with a poor password and a telling name; send; keep the receipt."""
    sari = story.sari
    sari.fill(account="new", pseudonym="sari.dewanti@example.id", password=PASSWORD)
    sari.press("[name=send]", "check: telling pseudonym")
    sari.fill(account="new", pseudonym=story.pseudonym, password="pendek")
    sari.press("[name=send]", "check: poor password")
    sari.fill(account="new", pseudonym=story.pseudonym, password=PASSWORD)
    sari.press("[name=send]", "receipt")
    story.register_number, code = sari.text("#register-number"), sari.text("#recovery-code")
    story.codes.append(code)
    sari.page.reload()
    assert (sari.text("#register-number"), sari.text("#recovery-code")) == (story.register_number, code)
    sari.press("[name=kept]", "history")
    sari.go("/lapor/terkirim/", "receipt: no longer shown")


def come_back(story: Story) -> None:
    """Sign out, look up the status, sign in and open the report."""
    sari = story.sari
    sari.go("/pengaduan/")
    sari.press("form[action$='/keluar/'] button", "signed out")
    sari.go("/status/")
    sari.fill(register_number="AAAA-BBBB-CCCC")
    sari.press("form:has([name=register_number]) button", "status: wrong number")
    sari.fill(register_number=story.register_number.lower().replace("-", " "))
    sari.press("form:has([name=register_number]) button", "status")
    sari.go("/masuk/")
    sari.fill(pseudonym=story.pseudonym, password="salah salah salah")
    sari.press("form:has([name=pseudonym]) button", "sign-in: wrong")
    sari.fill(pseudonym=story.pseudonym, password=PASSWORD)
    sari.press("form:has([name=pseudonym]) button", "history: signed in")
    sari.press("main article a", "report")
    story.report = sari.path


def sign_in_officer(officer: Window, house: House, login: str) -> Window:
    """Sign in to the workspace, first with a wrong password."""
    officer.go("/kerja/masuk/")
    if login == "wulan":
        officer.look("sign-in")
        officer.fill(login=login, password="salah salah salah")
        officer.press("main form button.main", f"{login}: wrong")
    officer.fill(login=login, password=house.accounts[login]["password"])
    officer.press("main form button.main", f"{login}: inbox")
    return officer


def ask_and_be_answered(story: Story) -> None:
    """Wulan finds the case and asks; Sari answers and adds a file."""
    wulan, sari = story.officers["wulan"], story.sari
    wulan.press("main tbody tr:last-child td.subject a", "case")
    story.case = wulan.path
    move(wulan, story, "verify")
    wulan.go(f"{story.case}ask/", "ask")
    wulan.press("main form button.main", "ask: nothing asked")
    wulan.fill(text="Apakah Anda ingat nomor antreannya?")
    wulan.press("main form button.main", "case: asked")
    wulan.go(f"{story.case}pembukaan/", "vault: nothing asked")
    wulan.press("main form button.main", "vault: incomplete")
    wulan.fill(kind="identity", reason="Saksi harus diperiksa.", purpose="Undangan.")
    wulan.press("main form button.main", "vault: asked")
    sari.go(story.report, "report: asked")
    sari.press("form[action*='/pesan/'] button.main", "report: nothing written")
    sari.fill("form[action*='/pesan/']", text="B-017. Hubungi saya di 0812-7000-1234.")
    sari.press("form[action*='/pesan/'] button.main", "report: not sent yet")
    sari.press("[name=mask][value=ticked]", "report: nothing ticked")
    sari.press("[name=mask][value=all]", "report: masked")
    sari.fill("form[action*='/pesan/']", text="B-017.")
    sari.press("form[action*='/pesan/'] button.main", "report: written")
    sari.page.locator("details:has([name=files]) summary").click()
    sari.press("[name=adding][value=files]", "report: nothing added")
    sari.page.locator("form[action$='/tambahan/'] [name=files]").set_input_files(photo())
    sari.press("[name=adding][value=files]", "report: file added")
    sari.page.locator("details:has([name=adding][value=text]) summary").click()
    sari.fill("form[action$='/tambahan/']", text="Hubungi saya di 0812-7000-1234.")
    sari.press("[name=adding][value=text]", "addition: not sent yet")
    sari.fill(text="Fotonya saya tambahkan.")
    sari.press("form#send button.main", "report: words added")
    sari.go(f"{story.report}identitas/cabut/", "vault: withdraw")
    sari.press("main form button.grave", "report: identity withdrawn")
    sari.go(f"{story.report}identitas/", "vault: confide")
    sari.press("main form button.main", "vault: nothing confided")
    sari.fill(identity_name=NAME_FOR_THE_VAULT)
    sari.press("main form button.main", "report: identity confided")
    wulan.go("/kerja/", "inbox: news")


def put_before_the_head(story: Story) -> None:
    """Wulan concludes and, where Hadi is at his desk, proposes a letter; he looks at it and returns it."""
    wulan = story.officers["wulan"]
    wulan.go(story.case, "case: news")
    found = {"steps": "Rekaman antrean diperiksa.", "facts": "Rekaman menunjukkan jeda.", "conclusion": "followed_up"}
    move(wulan, story, "conclude_verification", **found)
    hadi = story.officers.get("hadi")
    if hadi is None:
        return
    wulan.go(f"{story.case}propose/", "propose")
    wulan.press("main form button.main", "propose: nothing recommended")
    move(wulan, story, "propose", recommendation="Tetapkan petugas pengganti.")
    hadi.go("/kerja/", "head: decisions")
    hadi.go(story.case, "head: case")
    hadi.go(f"{story.case}approve/", "head: approve")
    hadi.press("main form button.main", "head: nothing ordered")
    move(hadi, story, "return", note="Ini menyangkut pungutan: limpahkan ke IBI.")
    hadi.go("/kerja/?view=improve", "head: improvements")


def refer(story: Story) -> None:
    """Wulan hands the case to Ina's unit; from then on it is not there for her, nor for Hadi."""
    wulan = story.officers["wulan"]
    wulan.go(f"{story.case}refer/", "refer")
    wulan.fill(note="Perlu pemeriksaan IBI.")
    chosen = wulan.page.locator("main [name=unit] option", has_text="Investigasi").get_attribute("value")
    wulan.page.locator("main [name=unit]").select_option(chosen)
    wulan.press("main form button.main", "inbox: referred")
    wulan.go(story.case, "case: not there")


def answer(story: Story) -> None:
    """Ina verifies, answers and closes."""
    ina = story.officers["ina"]
    ina.go(story.case, "case: referred")
    move(ina, story, "verify")
    move(ina, story, "answer", text="Terima kasih. Jadwal jaga loket telah diperbaiki.")
    move(ina, story, "close")


def move(officer: Window, story: Story, name: str, **given: str) -> None:
    """Take one move on its own page."""
    officer.go(f"{story.case}{name}/", f"move {name}")
    officer.fill(**given)
    officer.press("main form button.main", f"case: after {name}")


def look_where_it_is_not(story: Story) -> None:
    """Everybody else looks for the case; Wulan sees her unit's people and her own passphrase."""
    for login in story.officers.keys() - {"ina"}:
        story.officers[login].go(story.case)
        assert story.officers[login].status == http.HTTPStatus.NOT_FOUND, login
    wulan = story.officers["wulan"]
    for path in (
        "/kerja/?view=done",
        "/kerja/kelola/orang/",
        "/kerja/kelola/orang/usul/",
        "/kerja/pulihkan/",
        "/kerja/sandi/",
    ):
        wulan.go(path, path)
    wulan.press("main form button.main", "passphrase: nothing typed")
    keep_what_holds_for_everybody(story)


def keep_what_holds_for_everybody(story: Story) -> None:
    """Tono, where he is at his desk, looks at templates, topics and holidays."""
    tono = story.officers.get("tono")
    if tono is not None:
        for path in _KEPT:
            tono.go(path, path)


def read_the_answer(story: Story) -> None:
    """Sari reads the answer, changes her password, and makes a second report as who is known."""
    sari = story.sari
    sari.go(story.report, "report: answered")
    sari.go("/sandi/", "password")
    sari.fill(password=PASSWORD, new_password=NEW_PASSWORD)
    sari.press("main form button.main", "new recovery code")
    story.codes.append(sari.text("#recovery-code"))
    sari.go("/pulihkan/kode/", "only a new code")
    sari.go("/lapor/", "tell again")
    sari.fill(stream="suggestion", concerns="none", what="Terima kasih atas perbaikannya.")
    sari.press(_NOTHING_SENT, "check: signed in")
    sari.press("form[action$='/keluar/'] button", "signing out: not sent")
    sari.press("main a.main")
    sari.press("[name=send]", "receipt: second")
    sari.press("[name=kept]", "history: two")


def leave(story: Story) -> None:
    """Look at what the browser keeps, and go."""
    sari = story.sari
    story.cookies = _cookies(sari)
    story.stored = [sari.page.evaluate("JSON.stringify([localStorage, sessionStorage])")]
    sari.press("form[action$='/keluar/'] button", "signed out at the end")
    story.cookies += _cookies(sari)
    wulan = story.officers["wulan"]
    wulan.press("form[action$='/keluar/'] button", "workspace: signed out")


def _cookies(somebody: Window) -> list[str]:
    return [f"{cookie['name']}={cookie['value']}" for cookie in somebody.page.context.cookies()]
