"""The pages on which a matter goes to an outside authority: what is asked, what is refused, what the head reads."""

from collections.abc import Callable
from typing import Any

import pytest
from django_webtest import DjangoTestApp

from tests import officers
from tests import world as cast
from tests.reporters import alert
from tests.world import Teller, World, case_of
from wise.casework.intake import Receipt
from wise.casework.models import Authority
from wise.letters.models import Letter
from wise.register.entry import Reply

type Visitor = Callable[[], DjangoTestApp]

TRANSFER = "Surat kepada lembaga yang akan diterbitkan"


@pytest.fixture
def sari(world: World) -> Teller:
    return cast.join()


@pytest.fixture
def receipt(world: World, sari: Teller) -> Receipt:
    """A complaint that turned out to be another authority's."""
    receipt = sari.tells(cast.queues(reply=Reply("letter", "Sari Wijaya", "Jalan Melati 1\nPekanbaru 28111")))
    world.take("verify", receipt, by="wulan")
    told = {"steps": "Berkas dibaca", "facts": "Soal sertipikat"}
    world.take("conclude_verification", receipt, by="wulan", conclusion="not_competent", **told)  # type: ignore[arg-type]
    return receipt


def _move(receipt: Receipt, name: str, *, english: bool = False) -> str:
    return f"{'/en' if english else ''}/kerja/perkara/{case_of(receipt).id}/{name}/"


def _form(page: Any, name: str) -> Any:
    return officers.form_of(page, name)


def test_wulan_proposes_both_letters_and_hadi_reads_both_before_he_approves(
    world: World, receipt: Receipt, visitor: Visitor
) -> None:
    wulan = officers.sign_in(visitor(), "wulan")
    form = _form(wulan.get(_move(receipt, "propose")), "propose")
    names = [label for _value, _chosen, label in form["authority"].options]
    assert names[:2] == [
        "Tidak dilimpahkan: surat tanggapan memberi tahu pelapor ke mana ia dapat mengadu",
        "Ombudsman Republik Indonesia",
    ]
    form["recommendation"] = "Limpahkan ke Ombudsman"
    form["authority"] = str(Authority.objects.get(code="ombudsman").id)
    form["transfer_points"] = "Sari Wijaya mengadu tentang sertipikat."
    page = form.submit(status=422)
    assert "menyebut siapa pelapornya" in alert(page)
    form = _form(page, "propose")
    assert form["transfer_points"].value == "Sari Wijaya mengadu tentang sertipikat."
    form["transfer_points"] = "Pokok pengaduan: sertipikat tanah."
    assert "kepala kantor" in form.submit().follow()

    hadi = officers.sign_in(visitor(), "hadi")
    page = hadi.get(_move(receipt, "approve"))
    card = page.html.find(id="transfer").find_parent("section")
    assert TRANSFER in card.text
    assert "Ombudsman Republik Indonesia" in card.text
    assert "Pokok pengaduan: sertipikat tanah." in card.text
    assert "what_1" not in _form(page, "approve").fields
    assert hadi.get(_move(receipt, "konsep-pelimpahan")).body.startswith(b"%PDF")
    done = _form(page, "approve").submit().follow()
    assert "Surat pelimpahan" in done
    assert Letter.objects.filter(kind="transfer").count() == 1
    english = hadi.get(f"/en/kerja/perkara/{case_of(receipt).id}/")
    assert "Letter of transfer" in english
    assert "Not within our authority" in english


def test_what_was_chosen_stands_there_again_when_the_head_returned_it(
    world: World, receipt: Receipt, visitor: Visitor
) -> None:
    wulan = officers.sign_in(visitor(), "wulan")
    form = _form(wulan.get(_move(receipt, "propose")), "propose")
    chosen = str(Authority.objects.get(code="kpk").id)
    form["recommendation"], form["authority"], form["transfer_points"] = "Limpahkan", chosen, "Satu butir."
    form.submit()
    world.take("return", receipt, by="hadi", note="Perjelas")

    form = _form(wulan.get(_move(receipt, "propose")), "propose")

    assert (form["authority"].value, form["transfer_points"].value) == (chosen, "Satu butir.")


def test_the_letter_can_be_looked_at_before_it_is_proposed_by_who_proposes_alone(
    world: World, receipt: Receipt, visitor: Visitor
) -> None:
    wulan = officers.sign_in(visitor(), "wulan")
    form = _form(wulan.get(_move(receipt, "propose")), "propose")
    form["authority"] = str(Authority.objects.get(code="kpk").id)
    fields = dict(form.submit_fields())
    address = _move(receipt, "konsep-pelimpahan")
    assert wulan.post(address, fields).body.startswith(b"%PDF")
    assert wulan.post(address, fields | {"authority": "x"}, status=422)
    for login in ("hadi", "ina", "dewi", "tono"):
        other = officers.sign_in(visitor(), login)
        token = other.get("/kerja/").html.find("input", {"name": "form_token"})
        told = fields | {"form_token": token["value"]}
        other.get(address, status=404)
        other.post(address, told, status=404)


def test_fajar_refers_a_violation_and_ina_is_not_offered_to(world: World, sari: Teller, visitor: Visitor) -> None:
    receipt = sari.tells(cast.queues(stream="violation", receiver="ibi"))
    world.take("verify", receipt, by="ina")
    ina, fajar = (officers.sign_in(visitor(), login) for login in ("ina", "fajar"))
    assert "refer_outside" not in ina.get(_move(receipt, "")[:-1])
    assert ina.get(_move(receipt, "refer_outside")).status_code == 302

    page = fajar.get(_move(receipt, "refer_outside", english=True))
    assert "does not say who" in page
    page = _form(page, "refer_outside").submit(status=422)
    assert "authority" in alert(page).lower()
    form = _form(page, "refer_outside")
    form["note"] = "Setelah gelar perkara"
    form["authority"] = str(Authority.objects.get(code="kpk").id)
    form["transfer_points"] = "Dugaan pungutan."
    page = form.submit().follow()
    assert "stands among the letters" in page
    assert "Komisi Pemberantasan Korupsi" in page
