"""The pages of the authorities outside the institution: Tono keeps them, nobody else finds them."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django_webtest import DjangoTestApp

from tests import officers
from tests.world import World
from wise.casework import authorities
from wise.casework.models import Authority

type Visitor = Callable[[], DjangoTestApp]

PAGE = "/kerja/kelola/lembaga/"


@pytest.fixture
def tono(world: World, visitor: Visitor) -> DjangoTestApp:
    return officers.sign_in(visitor(), "tono")


def _form(page: Any) -> Any:
    return next(each for each in officers.forms(page) if "address" in each.fields)


def _of(name: str) -> str:
    return f"{PAGE}{Authority.objects.get(name=name).id}/"


def test_tono_completes_an_authority_and_the_list_shows_it_as_checked(world: World, tono: DjangoTestApp) -> None:
    page = tono.get("/kerja/").click("Lembaga lain")
    rows = page.html.find("tbody").find_all("tr")
    assert len(rows) == 8
    assert "belum diperiksa" in rows[0].text
    form = _form(page.click(href=_of("Ombudsman Republik Indonesia")))
    assert (form["checked"].value, form["public"].value) == ("no", "yes")
    form["address"], form["checked"] = "Jalan Contoh 2\r\n\r\nJakarta 12920", "yes"
    page = form.submit(status=302).follow()
    assert "“Ombudsman Republik Indonesia” tersimpan." in page.html.find(role="status").text
    row = page.html.find("tbody").find("tr")
    assert "sudah diperiksa" in row.text
    assert "Jalan Contoh 2<br" in str(row)
    assert _form(tono.get(_of("Ombudsman Republik Indonesia")))["address"].value == "Jalan Contoh 2\nJakarta 12920"


def test_tono_adds_one_and_hides_it_again(world: World, tono: DjangoTestApp) -> None:
    form = _form(tono.get(PAGE).click(href="/lembaga/baru/"))
    assert form["checked"].value == "no"
    form["name"], form["address"], form["checked"] = "Badan Pengawas", "Jakarta", "yes"
    form.submit(status=302)
    assert authorities.in_use()[-1].name == "Badan Pengawas"

    form = _form(tono.get(_of("Badan Pengawas")))
    form["public"] = "no"
    page = form.submit(status=302).follow()
    assert "disembunyikan" in page.html.find("tbody").find_all("tr")[-1].text
    assert "Badan Pengawas" not in [row.name for row in authorities.in_use()]
    form = _form(page.click(href=_of("Badan Pengawas")))
    assert form["public"].value == "no"


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ((" ", "Jakarta"), "name", "Isi bagian “Nama lembaga”."),
        (("a" * 201, "Jakarta"), "name", "200 karakter"),
        (("Badan", " \r\n "), "address", "Isi bagian “Alamat”."),
        (("Badan", "1\r\n2\r\n3\r\n4\r\n5"), "address", "satu sampai empat baris"),
        (("Badan", "a" * 301), "address", "paling panjang 300 karakter"),
        (("komisi informasi pusat", "Jakarta"), "name", "mungkin yang disembunyikan"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(
    world: World, tono: DjangoTestApp, typed: tuple[str, str], field: str, sentence: str
) -> None:
    form = _form(tono.get(f"{PAGE}baru/"))
    form["name"], form["address"] = typed
    page = form.submit(status=422)
    assert sentence in page.html.find(id=f"{field}_error").text
    assert page.html.find(id=field)["aria-invalid"] == "true"
    form = _form(page)
    assert (form["name"].value, form["address"].value.splitlines()) == (typed[0], typed[1].splitlines())
    assert Authority.objects.count() == 8


def test_one_too_many_is_refused_with_the_reason(
    world: World, tono: DjangoTestApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(authorities, "MOST", 8)
    form = _form(tono.get(f"{PAGE}baru/"))
    form["name"], form["address"] = "Badan Pengawas", "Jakarta"
    assert "Sudah ada 40 lembaga" in form.submit(status=422)


def test_names_and_addresses_are_marked_as_indonesian_on_the_english_page(world: World, tono: DjangoTestApp) -> None:
    page = tono.get(f"/en{PAGE}")
    assert "Outside authorities" in page.html.find("h1").text
    assert page.html.find("tbody").find("strong")["lang"] == "id"


def test_an_empty_table_says_so(world: World, tono: DjangoTestApp) -> None:
    Authority.objects.all().delete()
    page = tono.get(PAGE)
    assert "Belum ada lembaga." in page
    assert page.html.find("table") is None
    assert page.click(href="/lembaga/baru/")


def test_markup_in_a_name_or_an_address_stays_text(world: World, tono: DjangoTestApp) -> None:
    form = _form(tono.get(f"{PAGE}baru/"))
    form["name"], form["address"] = "<b>Badan</b>", "<script>alert(1)</script>"
    page = form.submit(status=302).follow()
    assert "<b>Badan</b>" in page.html.find("tbody").text
    assert "<script>alert" not in page.text


@pytest.mark.parametrize("login", ["wulan", "dewi", "hadi", "ina", "kartika"])
def test_nobody_else_finds_the_pages(world: World, visitor: Visitor, login: str) -> None:
    browser = officers.sign_in(visitor(), login)
    row = Authority.objects.get(code="police")
    home = browser.get("/kerja/")
    assert "/kelola/lembaga/" not in home
    token = next(each for each in officers.forms(home) if "form_token" in each.fields)["form_token"].value
    typed = {"name": "Kepolisian", "address": "Lain", "checked": "yes", "public": "no", "form_token": token}
    for at in (PAGE, f"{PAGE}baru/", f"{PAGE}{row.id}/", f"{PAGE}{uuid.uuid4()}/"):
        browser.get(at, status=404)
    for at in (f"{PAGE}baru/", f"{PAGE}{row.id}/", f"{PAGE}{uuid.uuid4()}/"):
        browser.post(at, typed, status=404)
    assert list(Authority.objects.filter(id=row.id).values_list("name", "is_shown")) == [(row.name, True)]
    assert Authority.objects.count() == 8


def test_for_who_keeps_them_an_unknown_one_is_not_there_and_a_foreign_form_is_refused(
    world: World, tono: DjangoTestApp
) -> None:
    tono.get(f"{PAGE}{uuid.uuid4()}/", status=404)
    tono.post(f"{PAGE}baru/", {"name": "Badan", "address": "Jakarta"}, status=403)
    assert Authority.objects.count() == 8


def test_whoever_is_not_signed_in_is_asked_to(world: World, visitor: Visitor) -> None:
    for at in (PAGE, f"{PAGE}baru/"):
        assert "/kerja/masuk/" in visitor().get(at, status=302).location
