"""The pages on which somebody leaves, moves or is suspended, and on which a unit's cases move to its new key."""

from collections.abc import Callable
from typing import Any

import pytest
from django_webtest import DjangoTestApp

from tests import custody, officers
from tests import world as cast
from tests.world import KANWIL, NOW, World
from wise.keys import rotation
from wise.keys.models import Grant, Holder, Proposal
from wise.people.models import OfficerRole

PEOPLE = "/kerja/kelola/orang/"

type Visitor = Callable[[], DjangoTestApp]


def _role(login: str) -> OfficerRole:
    return OfficerRole.objects.get(officer__login=login)


def _leaves(browser: DjangoTestApp, login: str, *, prefix: str = "", status: int = 302, **typed: str) -> Any:
    form = _form(browser.get(f"{prefix}{PEOPLE}").click(href=f"selesai/{_role(login).id}/"))
    for name, value in typed.items():
        form[name] = value
    return form.submit(status=status)


def _form(page: Any, action: str = "") -> Any:
    """The form with this action; by default the one that is sent to its own page."""
    return next(
        form for form in officers.forms(page) if form.action.endswith(action) and bool(form.action) == bool(action)
    )


def _token(page: Any) -> str:
    return str(officers.forms(page)[0]["form_token"].value)


def test_wulan_lets_rahmat_go_after_reading_what_it_means(world: World, visitor: Visitor) -> None:
    receipt = cast.join().tells()
    world.take("verify", receipt, by="rahmat")
    wulan, rahmat = (officers.sign_in(visitor(), login) for login in ("wulan", "rahmat"))
    page = wulan.get(PEOPLE).click(href=f"selesai/{_role('rahmat').id}/")
    assert "Rahmat Hidayat meninggalkan unit" in page.html.find("h1").text
    assert "1 perkara terbuka" in page

    page = _leaves(wulan, "rahmat").follow()

    assert "kuncinya telah diperbarui" in page.html.find(role="status").text
    assert "rahmat" not in [row.find_all("td")[1].text for row in page.html.find("tbody").find_all("tr")]
    officers.case_page(rahmat, receipt, status=404)
    assert officers.case_page(wulan, receipt).status_int == 200


def test_in_english_too(world: World, visitor: Visitor) -> None:
    page = _leaves(officers.sign_in(visitor(), "wulan", prefix="/en"), "dewi", prefix="/en").follow()

    assert "The role of Dewi Lestari" in page.html.find(role="status").text


def test_the_only_head_reads_that_nobody_else_can_open_the_units_cases(world: World, visitor: Visitor) -> None:
    page = officers.sign_in(visitor(), "hadi").get(f"{PEOPLE}selesai/{_role('hadi').id}/")

    assert "Tidak ada orang lain yang dapat membuka" in page.html.find(class_="bad").text


def test_who_leaves_by_themselves_lands_where_they_may_still_be(world: World, visitor: Visitor) -> None:
    rahmat = officers.sign_in(visitor(), "rahmat")

    page = _leaves(rahmat, "rahmat").follow()

    assert page.request.path == "/kerja/"
    rahmat.get(PEOPLE, status=404)


def test_tono_moves_rahmat_and_yanti_confirms(world: World, visitor: Visitor) -> None:
    tono, kanwil = officers.sign_in(visitor(), "tono"), world.unit(office=KANWIL)
    form = _form(tono.get(f"{PEOPLE}selesai/{_role('rahmat').id}/"))
    form["unit"] = str(kanwil.id)
    page = form.submit(status=422)
    assert page.html.find(role="alert").find("a", href="#role")
    assert _form(page)["unit"].value == str(kanwil.id)
    form = _form(page)
    form["role"] = "verifier"

    page = form.submit(status=302).follow()

    assert "begitu seorang anggota masuk" in page.html.find(role="status").text
    assert Proposal.objects.get(officer__login="rahmat").unit == kanwil
    assert "Rahmat Hidayat" in officers.sign_in(visitor(), "yanti").get(PEOPLE).html.find(id="waiting").parent.text


def test_tono_finds_the_people_of_any_unit_and_wulan_those_of_her_own(world: World, visitor: Visitor) -> None:
    tono, wulan = officers.sign_in(visitor(), "tono"), officers.sign_in(visitor(), "wulan")
    form = next(form for form in officers.forms(tono.get(PEOPLE)) if "unit" in form.fields)
    form["unit"] = str(world.unit().id)

    page = form.submit()

    assert page.click(href=f"selesai/{_role('rahmat').id}/").status_int == 200
    assert "Yanti Marlina" not in wulan.get(PEOPLE, params={"unit": str(world.unit(office=KANWIL).id)})


def test_the_next_member_who_signs_in_renews_the_key_and_reads_so(world: World, visitor: Visitor) -> None:
    tono = officers.sign_in(visitor(), "tono")
    token = _token(tono.get(PEOPLE))
    tono.post(f"{PEOPLE}selesai/{_role('rahmat').id}/", {"form_token": token}, status=302)
    assert Holder.objects.get(unit=world.unit()).version == 1

    page = officers.sign_in(visitor(), "wulan").get("/kerja/")

    assert "telah diperbarui" in page.html.find(role="status").text
    assert Holder.objects.get(unit=world.unit()).version == 2


def test_a_member_who_is_signed_in_already_presses_the_button(world: World, visitor: Visitor) -> None:
    wulan, tono = officers.sign_in(visitor(), "wulan"), officers.sign_in(visitor(), "tono")
    token = _token(tono.get(PEOPLE))
    tono.post(f"{PEOPLE}selesai/{_role('rahmat').id}/", {"form_token": token}, status=302)

    page = _form(wulan.get(PEOPLE), "kunci/").submit(status=302).follow()

    assert "telah diperbarui" in page.html.find(role="status").text
    assert not [form for form in officers.forms(page) if form.action.endswith("kunci/")]


def test_the_cases_move_batch_by_batch_without_a_script(world: World, visitor: Visitor) -> None:
    sari = cast.join()
    receipts = [sari.tells() for _ in range(3)]
    wulan = officers.sign_in(visitor(), "wulan")
    page = _leaves(wulan, "rahmat").follow()
    assert "0 dari 3 perkara" in page

    page = page.click(href=f"kunci/{world.unit().id}/$")
    assert page.html.find("progress")["value"] == "0"
    page = _form(page).submit(status=302).follow()

    assert "3 perkara telah dipindahkan" in page.html.find(role="status").text
    assert page.html.find("progress")["value"] == page.html.find("progress")["max"] == "3"
    assert not [form for form in officers.forms(page) if form.action == ""]
    assert set(Grant.objects.filter(holder__unit=world.unit()).values_list("holder_version", flat=True)) == {2}
    assert officers.case_page(wulan, receipts[0]).status_int == 200


def test_what_does_not_open_is_said(world: World, visitor: Visitor) -> None:
    cast.join().tells()
    wulan = officers.sign_in(visitor(), "wulan")
    _leaves(wulan, "rahmat")
    Grant.objects.filter(holder__unit=world.unit()).update(wrapped=b"swapped")

    page = _form(wulan.get(f"{PEOPLE}kunci/{world.unit().id}/")).submit(status=302).follow()

    assert "wise log verify" in page.html.find(role="status").text


def test_rahmat_is_suspended_and_readmitted(world: World, visitor: Visitor) -> None:
    wulan, rahmat = (officers.sign_in(visitor(), login) for login in ("wulan", "rahmat"))
    page = wulan.get(PEOPLE).click(href=f"tangguhkan/{world.officer('rahmat').id}/")
    assert "Kepala unit" in page.text

    page = _form(page).submit(status=302).follow()

    assert "ditangguhkan" in page.html.find(role="status").text
    assert "/kerja/masuk/" in rahmat.get("/kerja/", status=302).location
    form = visitor().get("/kerja/masuk/").form
    form["login"], form["password"] = "rahmat", cast.PASSPHRASE
    form.submit(status=422)
    page = _form(page, f"izinkan/{world.officer('rahmat').id}/").submit(status=302).follow()
    assert "dapat masuk lagi" in page.html.find(role="status").text
    officers.sign_in(visitor(), "rahmat").get(PEOPLE, status=404)


def test_nobody_is_offered_to_suspend_themselves_nor_may(world: World, visitor: Visitor) -> None:
    wulan = officers.sign_in(visitor(), "wulan")
    page = wulan.get(PEOPLE)
    address = f"{PEOPLE}tangguhkan/{world.officer('wulan').id}/"

    assert address not in page
    assert wulan.post(address, {"form_token": _token(page)}, status=422).html.find(role="alert")


@pytest.mark.parametrize("login", ["ina", "hadi", "dewi", "agus", "kartika"])
def test_p29_who_is_elsewhere_finds_none_of_these_pages(world: World, visitor: Visitor, login: str) -> None:
    rahmat = world.officer("rahmat")
    browser = officers.sign_in(visitor(), login)
    token = _token(browser.get("/kerja/"))
    pages = [f"selesai/{_role('rahmat').id}/", f"tangguhkan/{rahmat.id}/", f"kunci/{world.unit().id}/"]
    for address in pages:
        browser.get(f"{PEOPLE}{address}", status=404)
        browser.post(f"{PEOPLE}{address}", {"form_token": token}, status=404)
    browser.post(f"{PEOPLE}izinkan/{rahmat.id}/", {"form_token": token}, status=404)
    assert world.desk("rahmat").units == (world.unit(),)


def test_p31_the_administrator_moves_no_cases_and_renews_no_key(world: World, visitor: Visitor) -> None:
    cast.join().tells()
    desk = world.desk("wulan")
    rotation.renew(Holder.objects.get(unit=world.unit()).id, seed=_seed(world), by=desk.officer, at=NOW)
    tono = officers.sign_in(visitor(), "tono")
    token = _token(tono.get(PEOPLE))

    tono.get(f"{PEOPLE}kunci/{world.unit().id}/", status=404)
    tono.post(f"{PEOPLE}kunci/{world.unit().id}/", {"form_token": token}, status=404)
    tono.post(f"{PEOPLE}kunci/", {"form_token": token}, status=302)
    assert Holder.objects.get(unit=world.unit()).version == 2


def _seed(world: World) -> bytes:
    return world.desk("wulan").keyring.seeds[Holder.objects.get(unit=world.unit()).id]


def test_rahmat_finds_the_cases_that_nobody_else_can_open_on_his_own_page(world: World, visitor: Visitor) -> None:
    receipt = cast.join().tells()
    kept = frozenset({world.officer("wulan").id})
    world.take("exclude", receipt, by="rahmat", note="Saudara", excluded=kept)

    page = officers.sign_in(visitor(), "rahmat").get(f"{PEOPLE}selesai/{_role('rahmat').id}/")
    others = officers.sign_in(visitor(), "wulan").get(f"{PEOPLE}selesai/{_role('rahmat').id}/")

    assert page.html.find(class_="bad").parent.find("a", href=officers.address(receipt))
    assert officers.address(receipt) not in others


def test_ina_reads_how_many_disclosures_end_with_her_role(world: World, visitor: Visitor) -> None:
    custody.asked(world, custody.tells(cast.join()))

    page = officers.sign_in(visitor(), "ina").get(f"{PEOPLE}selesai/{_role('ina').id}/")

    assert "1 pembukaan identitas atau berkas" in page
