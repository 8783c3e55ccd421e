"""The people of a unit: proposed by one, confirmed by another, who hands the key over."""

from collections.abc import Callable
from typing import Any

import pytest
from django_webtest import DjangoTestApp

from tests import officers
from tests.world import World, join
from wise.keys.models import Proposal
from wise.people.kinds import roles_for

PEOPLE = "/kerja/kelola/orang/"
NEW = "kebun raya seluas samudra biru"

type Visitor = Callable[[], DjangoTestApp]


def propose(browser: DjangoTestApp, world: World, *, status: int = 302, **typed: str) -> Any:
    unit = typed.pop("unit", str(world.unit().id))
    form = officers.form_of(browser.get(f"{PEOPLE}usul/", params={"unit": unit}), "usul")
    given = {"role": "verifier", "login": "dewi"} | typed
    for name, value in given.items():
        form[name] = value
    return form.submit(status=status)


def decide(browser: DjangoTestApp, answer: str) -> Any:
    page = browser.get(PEOPLE).click(href=f"{PEOPLE}{Proposal.objects.get(decided_at=None).id}/$")
    form = next(form for form in officers.forms(page) if "decision" in form.fields)
    return form.submit("decision", value=answer, status=302).follow()


def test_wulan_sees_who_is_in_her_unit_and_who_holds_its_key(world: World, visitor: Visitor) -> None:
    rows = officers.sign_in(visitor(), "wulan").get(PEOPLE).html.find("tbody").find_all("tr")

    said = {row.find_all("td")[1].text: row.find_all("td")[4].text for row in rows}
    assert {login for login, key in said.items() if "membuka" in key} == {"wulan", "rahmat"}
    assert {login for login, key in said.items() if "tanpa kunci" in key} == {"dewi", "oki", "edi"}


def test_dewi_proposed_by_wulan_and_confirmed_by_rahmat_opens_the_units_cases(world: World, visitor: Visitor) -> None:
    receipt = join().tells()
    dewi = officers.sign_in(visitor(), "dewi")
    officers.case_page(dewi, receipt, status=404)
    wulan = officers.sign_in(visitor(), "wulan")
    page = propose(wulan, world).follow()
    assert "Dewi Lestari" in page.html.find(role="status").text
    assert "Dewi Lestari" in page.html.find(id="own").parent.text
    assert page.html.find(id="waiting") is None

    page = decide(officers.sign_in(visitor(), "rahmat"), "confirm")

    assert "Dewi Lestari kini menjadi bagian dari Seksi Kepatuhan Internal" in page
    assert officers.case_page(dewi, receipt).status_int == 200
    assert len(wulan.get(PEOPLE).html.find("tbody").find_all("tr")) == 6


def test_who_is_declined_gets_nothing(world: World, visitor: Visitor) -> None:
    receipt = join().tells()
    propose(officers.sign_in(visitor(), "wulan"), world)

    page = decide(officers.sign_in(visitor(), "rahmat"), "decline")

    assert "ditolak" in page
    officers.case_page(officers.sign_in(visitor(), "dewi"), receipt, status=404)


def test_a_new_officer_types_a_passphrase_gets_a_code_once_and_waits_for_the_key(
    world: World, visitor: Visitor
) -> None:
    wulan = officers.sign_in(visitor(), "wulan")
    typed = {"login": "Putri", "name": "Putri Ayu", "service_number": "0000 0 7", "passphrase": NEW, "again": NEW}
    page = propose(wulan, world, status=200, who="new", **typed)
    assert world.officer("putri").service_number == "0000 0 7"
    assert len(page.html.find(id="recovery-code").text.split()) == 7
    assert NEW not in page

    putri = officers.sign_in(visitor(), "putri", passphrase=NEW)
    page = putri.get("/kerja/")
    assert f"Keanggotaan Anda di {world.unit().name} menunggu persetujuan" in page.html.find(class_="card").text
    assert "tidak memegang peran" not in page
    putri.get(PEOPLE, status=404)
    decide(officers.sign_in(visitor(), "rahmat"), "confirm")
    assert putri.get("/kerja/").html.find(class_="rail") is not None


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"login": "nobody"}, "login"),
        ({"login": ""}, "login"),
        ({"login": "wulan"}, "role"),
        ({"who": "new", "login": "putri"}, "name"),
        ({"who": "new", "login": "wulan", "name": "W", "passphrase": NEW, "again": NEW}, "login"),
        ({"who": "new", "login": "putri", "name": "P", "passphrase": NEW, "again": NEW + "x"}, "again"),
        ({"who": "new", "login": "putri", "name": "P", "passphrase": "pendek", "again": "pendek"}, "passphrase"),
    ],
)
def test_a_proposal_that_cannot_be_made_says_which_field_is_wrong(
    world: World, visitor: Visitor, typed: dict[str, str], field: str
) -> None:
    page = propose(officers.sign_in(visitor(), "rahmat"), world, status=422, **typed)

    assert page.html.find(role="alert").find("a", href=f"#{field}")
    assert NEW not in page
    assert not Proposal.objects.exists()


def test_the_same_proposal_is_not_made_twice(world: World, visitor: Visitor) -> None:
    wulan = officers.sign_in(visitor(), "wulan")
    propose(wulan, world)

    assert propose(wulan, world, status=422).html.find(role="alert").find("a", href="#role")


def test_nobody_confirms_what_they_proposed_themselves(world: World, visitor: Visitor) -> None:
    wulan = officers.sign_in(visitor(), "wulan")
    propose(wulan, world)
    token = officers.forms(wulan.get(PEOPLE))[0]["form_token"].value
    proposal = Proposal.objects.get()

    wulan.post(f"{PEOPLE}{proposal.id}/", {"form_token": token, "decision": "confirm"}, status=404)
    wulan.get(f"{PEOPLE}{proposal.id}/", status=404)
    proposal.refresh_from_db()
    assert proposal.decided_at is None


def test_who_was_declined_reads_that_there_is_no_role(world: World, visitor: Visitor) -> None:
    wulan = officers.sign_in(visitor(), "wulan")
    propose(wulan, world, status=200, who="new", login="Putri", name="Putri Ayu", passphrase=NEW, again=NEW)
    decide(officers.sign_in(visitor(), "rahmat"), "decline")

    page = officers.sign_in(visitor(), "putri", passphrase=NEW).get("/kerja/")
    assert "Saat ini Anda tidak memegang peran" in page
    assert "menunggu persetujuan" not in page


def test_wulan_proposes_for_her_own_unit_alone(world: World, visitor: Visitor) -> None:
    wulan = officers.sign_in(visitor(), "wulan")
    form = officers.form_of(wulan.get(f"{PEOPLE}usul/"), "usul")

    assert form["unit"].value == str(world.unit().id)
    wulan.get(f"{PEOPLE}usul/", params={"unit": str(world.ibi.id)}, status=404)
    form["unit"], form["role"], form["login"] = str(world.ibi.id), "verifier", "dewi"
    form.submit(status=404)


def test_tono_proposes_for_any_unit_and_confirms_for_none(world: World, visitor: Visitor) -> None:
    tono = officers.sign_in(visitor(), "tono")
    propose(tono, world)
    page = tono.get(PEOPLE)
    proposal = Proposal.objects.get()

    assert page.html.find(id="waiting") is None
    token = officers.forms(page)[0]["form_token"].value
    tono.post(f"{PEOPLE}{proposal.id}/", {"form_token": token, "decision": "confirm"}, status=404)
    tono.get(f"{PEOPLE}{proposal.id}/", status=404)
    assert "Tono Hartono" in officers.sign_in(visitor(), "wulan").get(PEOPLE).html.find(id="waiting").parent.text


@pytest.mark.parametrize("login", ["dewi", "agus", "edi", "lina"])
def test_whoever_holds_no_key_has_no_such_page(world: World, visitor: Visitor, login: str) -> None:
    browser = officers.sign_in(visitor(), login)

    assert PEOPLE not in browser.get("/kerja/")
    browser.get(PEOPLE, status=404)
    browser.get(f"{PEOPLE}usul/", status=404)


def test_custodians_confirm_a_colleague_of_their_own_unit_alone(world: World, visitor: Visitor) -> None:
    unit = world.unit("custodian_outer", office="Inspektorat Jenderal")
    propose(officers.sign_in(visitor(), "tono"), world, unit=str(unit.id), role="custodian", login="agus")

    assert officers.sign_in(visitor(), "kusuma").get(PEOPLE).html.find(id="waiting") is None
    assert "Agus Wibowo" in decide(officers.sign_in(visitor(), "kartika"), "confirm").html.find(role="status").text


def test_a_custodian_of_one_unit_cannot_be_proposed_for_the_other(world: World, visitor: Visitor) -> None:
    unit = world.unit("custodian_inner", office="Inspektorat Jenderal")
    tono = officers.sign_in(visitor(), "tono")

    page = propose(tono, world, status=422, unit=str(unit.id), role="custodian", login="kartika")
    assert page.html.find(role="alert").find("a", href="#login")


def test_a_role_has_to_be_chosen_and_each_says_what_it_may_do(world: World, visitor: Visitor) -> None:
    wulan = officers.sign_in(visitor(), "wulan")
    form = officers.form_of(wulan.get(f"{PEOPLE}usul/"), "usul")
    form["login"] = "dewi"

    page = form.submit(status=422)

    assert page.html.find(role="alert").find("a", href="#role")
    cards = page.html.find(id="role").find_parent("fieldset").find_all("label")
    roles = {card.find("input")["value"] for card in cards}
    assert roles == {row.role for row in roles_for("compliance") if not row.everywhere}
    assert all(card.find("small").text.strip() for card in cards)


def test_tono_chooses_the_unit_first_and_is_offered_its_roles_alone(world: World, visitor: Visitor) -> None:
    tono = officers.sign_in(visitor(), "tono")
    form = next(form for form in officers.forms(tono.get(f"{PEOPLE}usul/")) if "unit" in form.fields)
    form["unit"] = str(world.unit("custodian_outer", office="Inspektorat Jenderal").id)
    page = form.submit()

    assert [pick["value"] for pick in page.html.find_all("input", attrs={"name": "role"})] == ["custodian"]
    assert page.html.find("input", id="role").has_attr("checked")


def test_where_no_member_could_confirm_it_tono_reads_so_before_a_passphrase_is_typed(
    world: World, visitor: Visitor
) -> None:
    unit = world.unit(office="KPKNL Dumai")
    tono = officers.sign_in(visitor(), "tono")

    page = tono.get(f"{PEOPLE}usul/", params={"unit": str(unit.id)}, status=422)

    assert "wise enrol --board" in page.html.find(role="alert").text
    assert page.html.find("input", attrs={"type": "password"}) is None


def _propose_head(browser: DjangoTestApp, world: World, *, status: int = 302, **typed: str) -> Any:
    given = {"unit": str(world.unit("leadership").id), "role": "head", "login": "rahmat"} | typed
    return propose(browser, world, status=status, **given)


def test_tono_proposes_rahmat_as_plt_and_hadi_confirms_what_he_reads(world: World, visitor: Visitor) -> None:
    tono = officers.sign_in(visitor(), "tono")
    page = _propose_head(tono, world, acting="plt", until="2027-03-31").follow()
    said = "Kepala kantor · Pelaksana tugas (Plt.), sampai dengan 31 Maret 2027"
    assert said in page.html.find(id="own").parent.text

    hadi = officers.sign_in(visitor(), "hadi")
    assert said in hadi.get(PEOPLE).html.find(id="waiting").parent.text
    page = decide(hadi, "confirm")

    (row,) = [row for row in page.html.find("tbody").find_all("tr") if "rahmat" in row.text]
    assert "Plt." in row.find(class_="role").text
    assert "31 Maret 2027" in row.find(class_="since").text


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"acting": "plh"}, "until"),
        ({"acting": "plt", "until": "2026-01-01"}, "until"),
        ({"until": "2027-01-01"}, "acting"),
        ({"role": "editor", "acting": "plh", "until": "2027-01-01"}, "acting"),
        ({"login": "hadi", "acting": "plh", "until": "2027-01-01"}, "role"),
    ],
)
def test_an_acting_head_who_cannot_be_one_is_refused_at_its_field(
    world: World, visitor: Visitor, typed: dict[str, str], field: str
) -> None:
    page = _propose_head(officers.sign_in(visitor(), "tono"), world, status=422, **typed)

    assert page.html.find(role="alert").find("a", href=f"#{field}")
    assert not Proposal.objects.exists()


def test_a_new_officer_reads_as_what_they_act(world: World, visitor: Visitor) -> None:
    typed = {"who": "new", "login": "putri", "name": "Putri Ayu", "passphrase": NEW, "again": NEW}
    tono = officers.sign_in(visitor(), "tono")

    page = _propose_head(tono, world, acting="plh", until="2027-01-31", status=200, **typed)

    assert "(Plh.), sampai dengan 31 Januari 2027" in page


def test_a_unit_without_a_head_offers_nobody_to_act(world: World, visitor: Visitor) -> None:
    form = officers.form_of(officers.sign_in(visitor(), "wulan").get(f"{PEOPLE}usul/"), "usul")

    assert "acting" not in form.fields


def test_wulan_corrects_rahmats_service_number_and_nobody_elsewhere_finds_the_page(
    world: World, visitor: Visitor
) -> None:
    rahmat, wulan = world.officer("rahmat"), officers.sign_in(visitor(), "wulan")
    address = f"{PEOPLE}nip/{rahmat.id}/"
    page = wulan.get(PEOPLE).click(href=f"^{address}$")
    form = next(form for form in officers.forms(page) if "service_number" in form.fields)
    form["service_number"] = "x" * 31
    assert form.submit(status=422).html.find(role="alert").find("a", href="#service_number")
    form["service_number"] = "19800101 200501 1 001"

    page = form.submit(status=302).follow()

    assert "NIP Rahmat Hidayat telah diperbaiki." in page.html.find(role="status").text
    assert "19800101 200501 1 001" in page
    for login in ("dewi", "hadi", "ina"):
        officers.sign_in(visitor(), login).get(address, status=404)
