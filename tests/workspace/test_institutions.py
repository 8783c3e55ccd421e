"""Officers link their account at the institution and sign in by it; the passphrase is asked for all the same."""

import datetime
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django_webtest import DjangoTestApp

from tests import officers
from tests.institution.running import Institution, institution
from tests.world import PASSPHRASE, World
from wise.audit.models import Entry
from wise.people.models import InstitutionAccount, Officer, OfficerSession
from wise.people.oidc import Provider

LINK, GO, UNLOCK = "/kerja/sandi/instansi/", "/kerja/masuk/instansi/", "/kerja/masuk/instansi/frasa/"
BACK, FAILED = "/kerja/masuk/instansi/kembali/", "/kerja/masuk/instansi/gagal/"


@pytest.fixture(autouse=True)
def today() -> None:
    """The institution's server lives today, not on the day of the stories."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Institution]:
    with institution(tmp_path_factory.mktemp("institution")) as found:
        yield found


@pytest.fixture
def there(server: Institution, settings: Any) -> Institution:
    settings.WISE_OIDC, settings.WISE_ADDRESS = server.provider, "http://testserver"
    return server


def links(browser: DjangoTestApp, there: Institution, login: str = "wulan.sari") -> Any:
    page = browser.get(LINK)
    page = officers.forms(page)[-1].submit()
    return browser.get(BACK, there.answers(_way(page, there), login), status="*")


def _way(page: Any, there: Institution) -> str:
    found = page.html.find("a", href=lambda address: address and address.startswith(there.provider.issuer))
    return str(found["href"])


def comes(browser: DjangoTestApp, there: Institution, login: str = "wulan.sari", *, wanted: str = "") -> Any:
    way = browser.get(GO, {"next": wanted} if wanted else {}, status=302).location
    return browser.get(BACK, there.answers(way, login), status="*")


def unlocks(browser: DjangoTestApp, passphrase: str = PASSPHRASE, *, status: int = 302) -> Any:
    form = officers.forms(browser.get(UNLOCK))[-1]
    form["unlock"] = passphrase
    return form.submit(status=status)


@pytest.fixture
def linked(world: World, there: Institution, visitor: Callable[[], DjangoTestApp]) -> Institution:
    links(officers.sign_in(visitor(), "wulan"), there)
    return there


def test_without_an_institution_there_is_no_such_way_in(world: World, visitor: Callable[[], DjangoTestApp]) -> None:
    browser = visitor()

    assert "instansi" not in browser.get("/kerja/masuk/").text
    for address in (GO, BACK):
        browser.get(address, status=404)
    browser.get(UNLOCK, status=302)
    wulan = officers.sign_in(visitor(), "wulan")
    assert "sandi/instansi" not in wulan.get("/kerja/sandi/").text
    wulan.get(LINK, status=404)


def test_wulan_links_her_account_and_signs_in_by_it(
    world: World, there: Institution, visitor: Callable[[], DjangoTestApp]
) -> None:
    wulan = officers.sign_in(visitor(), "wulan")
    page = links(wulan, there).follow()
    assert "Akun tersebut telah ditautkan" in page.text

    browser = visitor()
    assert "Akun Kemenkeu" in browser.get("/kerja/masuk/").text
    answer = comes(browser, there, wanted="/kerja/kelola/orang/")
    assert answer.location == UNLOCK
    assert "Wulan Sari" in answer.follow().text
    assert browser.get("/kerja/", status=302).location.startswith("/kerja/masuk/")
    assert unlocks(browser).location == "/kerja/kelola/orang/"
    browser.get("/kerja/", status=200)
    last = Entry.objects.filter(subject=world.officer("wulan").id).order_by("sequence").last()
    assert last is not None
    assert (last.deed, last.facts["second_step"]) == ("sign-in", "institution")


def test_the_account_alone_opens_nothing(
    world: World, linked: Institution, visitor: Callable[[], DjangoTestApp]
) -> None:
    browser = visitor()
    comes(browser, linked)
    page = unlocks(browser, "payung merah di atas meja", status=422)

    assert "Wulan Sari" in page.text
    assert browser.get("/kerja/", status=302).location.startswith("/kerja/masuk/")
    assert not OfficerSession.objects.filter(officer=world.officer("wulan")).exclude(
        id__in=OfficerSession.objects.order_by("expires_at").values("id")[:1]
    )
    last = Entry.objects.filter(subject=world.officer("wulan").id).order_by("sequence").last()
    assert last is not None
    assert last.deed == "sign-in-failed"


def test_it_takes_the_place_of_the_second_step_that_her_role_requires(
    world: World, linked: Institution, visitor: Callable[[], DjangoTestApp], settings: Any
) -> None:
    settings.WISE_SECOND_FACTOR_ROLES = frozenset({"all"})
    alone = officers.sign_in(visitor(), "wulan")
    assert alone.get("/kerja/", status=302).location == "/kerja/masuk/dua-langkah/"

    browser = visitor()
    comes(browser, linked)
    unlocks(browser)
    browser.get("/kerja/", status=200)


def test_who_has_a_password_apart_types_the_passphrase_alone(
    world: World, linked: Institution, visitor: Callable[[], DjangoTestApp]
) -> None:
    wulan = world.officer("wulan")
    wulan.set_password("kata sandi lain sekali")
    wulan.save(update_fields=["password"])
    browser = visitor()
    comes(browser, linked)

    assert unlocks(browser).location == "/kerja/"


def test_an_account_that_nobody_linked_is_told_so(
    world: World, linked: Institution, visitor: Callable[[], DjangoTestApp]
) -> None:
    browser = visitor()
    page = comes(browser, linked, "rahmat.h").follow()

    assert "belum ditautkan" in page.text
    assert "code=" not in page.text
    browser.get(FAILED, status=302)
    browser.get(UNLOCK, status=302)


def test_one_account_is_one_officers(world: World, linked: Institution, visitor: Callable[[], DjangoTestApp]) -> None:
    assert links(officers.sign_in(visitor(), "rahmat"), linked).location == FAILED
    assert InstitutionAccount.objects.get().officer == world.officer("wulan")


def test_an_answer_of_another_browser_is_not_taken(
    world: World, linked: Institution, visitor: Callable[[], DjangoTestApp]
) -> None:
    """Whoever sends Wulan the address of their own answer signs her in nowhere, and links nothing."""
    mallory, wulan = visitor(), officers.sign_in(visitor(), "wulan")
    answer = linked.answers(mallory.get(GO).location, "rahmat.h")

    assert wulan.get(BACK, answer).location == FAILED
    assert wulan.get("/kerja/", status=200)
    assert InstitutionAccount.objects.count() == 1


def test_what_waits_too_long_is_over(world: World, linked: Institution, visitor: Callable[[], DjangoTestApp]) -> None:
    browser = visitor()
    now = datetime.datetime.now(datetime.UTC)
    way = browser.get(GO, status=302).location
    answer = linked.answers(way, "wulan.sari")
    with time_machine.travel(now + datetime.timedelta(minutes=11)):
        assert browser.get(BACK, answer).location == FAILED
    comes(browser, linked)
    with time_machine.travel(now + datetime.timedelta(minutes=21)):
        browser.get(UNLOCK, status=302)


def test_who_is_suspended_meanwhile_does_not_come_in(
    world: World, linked: Institution, visitor: Callable[[], DjangoTestApp]
) -> None:
    browser = visitor()
    comes(browser, linked)
    Officer.objects.filter(id=world.officer("wulan").id).update(is_active=False)

    browser.get(UNLOCK, status=302)
    assert comes(visitor(), linked).location == FAILED


def test_a_row_that_somebody_wrote_behind_our_back_names_nobody(
    world: World, linked: Institution, visitor: Callable[[], DjangoTestApp]
) -> None:
    InstitutionAccount.objects.update(officer=world.officer("hadi"))

    assert comes(visitor(), linked).location == FAILED


def test_wulan_unlinks_it_and_it_names_nobody_any_more(
    world: World, linked: Institution, visitor: Callable[[], DjangoTestApp]
) -> None:
    wulan = officers.sign_in(visitor(), "wulan")
    page = wulan.get("/kerja/sandi/")
    form = next(form for form in officers.forms(page) if form.action == "/kerja/sandi/instansi/lepas/")
    form.submit().follow()

    assert not InstitutionAccount.objects.exists()
    assert comes(visitor(), linked).location == FAILED
    form.submit(status=404)


def test_to_link_one_types_the_passphrase_where_the_last_time_is_long_ago(
    world: World, there: Institution, visitor: Callable[[], DjangoTestApp]
) -> None:
    wulan = officers.sign_in(visitor(), "wulan")
    with time_machine.travel(datetime.datetime.now(datetime.UTC) + datetime.timedelta(minutes=6)):
        form = officers.forms(wulan.get(LINK))[-1]
        assert "proof" in form.fields
        form["proof"] = "payung merah di atas meja"
        assert there.provider.issuer not in form.submit(status=422).text
        form["proof"] = PASSPHRASE
        assert there.provider.issuer in form.submit().text


def test_an_institution_that_is_silent_is_said_to_be_so(
    world: World, visitor: Callable[[], DjangoTestApp], settings: Any
) -> None:
    settings.WISE_OIDC = Provider("http://127.0.0.1:9", "wise", "x", "Akun Kemenkeu")
    page = visitor().get(GO).follow()

    assert "Akun Kemenkeu" in page.text
    wulan = officers.sign_in(visitor(), "wulan")
    page = officers.forms(wulan.get(LINK))[-1].submit(status=422)
    assert "Akun Kemenkeu" in page.text


def test_in_english_one_comes_back_to_english_pages(
    world: World, linked: Institution, visitor: Callable[[], DjangoTestApp]
) -> None:
    browser = visitor()
    way = browser.get(f"/en{GO}", status=302).location

    assert browser.get(BACK, linked.answers(way, "wulan.sari")).location == f"/en{UNLOCK}"


def test_no_answer_and_no_account_stand_in_the_rows(world: World, linked: Institution) -> None:
    row = InstitutionAccount.objects.get()
    assert len(bytes(row.lookup)) == len(bytes(row.tag)) == 32
    assert row.officer == world.officer("wulan")
