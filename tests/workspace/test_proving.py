"""Step-up: before a colleague is excluded or a key handed over, an old session shows the passphrase again."""

import datetime
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django_webtest import DjangoTestApp

from tests import custody, officers, seconds
from tests import world as cast
from tests.reporters import alert
from tests.world import NOW, PASSPHRASE, World
from wise.audit.models import Entry
from wise.casework.intake import Receipt
from wise.keys import membership
from wise.keys.models import Membership
from wise.people import second_step, signing_in
from wise.people.kinds import Role
from wise.vault.models import Disclosure
from wise.workspace import proving

type Visitor = Callable[[], DjangoTestApp]

WRONG = "payung merah di atas meja"
PEOPLE = "/kerja/kelola/orang/"
LATER = NOW + proving.FRESH + datetime.timedelta(seconds=30)


@pytest.fixture
def receipt(world: World) -> Receipt:
    return cast.join().tells()


@pytest.fixture
def wulan(world: World, visitor: Visitor) -> DjangoTestApp:
    """Signed in more than five minutes ago."""
    return officers.sign_in(visitor(), "wulan")


@pytest.fixture
def later(wulan: DjangoTestApp) -> Iterator[None]:
    with time_machine.travel(LATER, tick=True):
        yield


def exclude(wulan: DjangoTestApp, receipt: Receipt, world: World) -> Any:
    form = officers.form_of(officers.case_page(wulan, receipt), "exclude")
    form["note"], form["excluded"] = "Adik terlapor", [str(world.officer("rahmat").id)]
    return form


def deeds(world: World, *named: str) -> list[str]:
    rows = Entry.objects.filter(subject=world.officer("wulan").id, deed__in=named)
    return list(rows.order_by("sequence").values_list("deed", flat=True))


def test_who_has_just_signed_in_is_not_asked_again(world: World, receipt: Receipt, wulan: DjangoTestApp) -> None:
    form = exclude(wulan, receipt, world)
    assert proving.FIELD not in form.fields
    form.submit(status=302)


def test_excluding_asks_again_after_five_minutes_and_then_not_for_another_five(
    world: World, receipt: Receipt, wulan: DjangoTestApp, later: None
) -> None:
    form = exclude(wulan, receipt, world)
    form[proving.FIELD] = WRONG
    page = form.submit(status=422)
    assert page.html.find(role="alert").find("a", href="#proof") is not None
    assert "bukan frasa sandi Anda" in alert(page)
    assert WRONG not in page
    form = officers.form_of(page, "exclude")
    assert form["note"].value == "Adik terlapor"
    assert [bool(box.checked) for box in form.fields["excluded"]] == [True, False]

    form[proving.FIELD] = PASSPHRASE
    page = form.submit(status=302).follow()

    assert proving.FIELD not in officers.form_of(page, "exclude").fields
    assert deeds(world, "step-up", "step-up-failed") == ["step-up-failed", "step-up"]


def test_a_request_without_the_field_is_refused_just_the_same(
    world: World, receipt: Receipt, wulan: DjangoTestApp, visitor: Visitor, later: None
) -> None:
    token = officers.forms(wulan.get("/kerja/"))[0]["form_token"].value
    typed = {"form_token": token, "note": "x", "excluded": str(world.officer("rahmat").id)}
    page = wulan.post(f"{officers.address(receipt)}exclude/", typed, status=422)
    assert "Ketik frasa sandi Anda" in alert(page)
    wulan.post_json(f"{officers.address(receipt)}exclude/", typed, status=403)  # a form's token is in no JSON
    assert not deeds(world, "step-up", "step-up-failed")
    officers.case_page(officers.sign_in(visitor(), "rahmat"), receipt, status=200)


def test_a_form_that_was_shown_in_time_and_sent_too_late_comes_back_with_the_field(
    world: World, receipt: Receipt, wulan: DjangoTestApp
) -> None:
    form = exclude(wulan, receipt, world)
    with time_machine.travel(LATER, tick=True):
        page = form.submit(status=422)
        form = officers.form_of(page, "exclude")
        form[proving.FIELD] = PASSPHRASE
        form.submit(status=302)


def test_other_moves_ask_for_nothing(world: World, receipt: Receipt, wulan: DjangoTestApp, later: None) -> None:
    assert proving.FIELD not in officers.form_of(officers.case_page(wulan, receipt), "note").fields


def test_guessing_at_it_is_bounded_like_a_sign_in(
    world: World, receipt: Receipt, wulan: DjangoTestApp, later: None
) -> None:
    for _ in range(signing_in.MOST_FAILURES):
        form = exclude(wulan, receipt, world)
        form[proving.FIELD] = WRONG
        form.submit(status=422)
    form = exclude(wulan, receipt, world)
    form[proving.FIELD] = PASSPHRASE
    form.submit(status=429)
    assert deeds(world, "step-up", "step-up-failed") == ["step-up-failed"] * signing_in.MOST_FAILURES


def _hand_over(wulan: DjangoTestApp) -> Any:
    page = wulan.get(PEOPLE).click("Periksa dan putuskan")
    return officers.forms(page)[-1]


@pytest.mark.parametrize(("role", "asks"), [(Role.VERIFIER, True), (Role.EDITOR, False)])
def test_handing_the_key_over_asks_and_what_hands_nothing_over_does_not(
    world: World, wulan: DjangoTestApp, later: None, role: Role, *, asks: bool
) -> None:
    membership.propose(world.officer("dewi"), unit=world.unit(), role=role, by=world.officer("rahmat"), at=NOW)
    before = Membership.objects.count()
    form = _hand_over(wulan)
    assert (proving.FIELD in form.fields) is asks
    if asks:
        page = form.submit("decision", value="confirm", status=422)
        form = officers.forms(page)[-1]
        form[proving.FIELD] = WRONG
        page = form.submit("decision", value="confirm", status=422)
        target = page.html.find(role="alert").find("a")["href"].removeprefix("#")
        assert page.html.find(id=target)["name"] == proving.FIELD
        assert Membership.objects.count() == before
        form = officers.forms(page)[-1]
        form[proving.FIELD] = PASSPHRASE
    form.submit("decision", value="confirm", status=302)
    assert Membership.objects.count() == before + asks


def test_declining_asks_for_nothing(world: World, wulan: DjangoTestApp, later: None) -> None:
    membership.propose(world.officer("dewi"), unit=world.unit(), role=Role.VERIFIER, by=world.officer("rahmat"), at=NOW)
    _hand_over(wulan).submit("decision", value="decline", status=302)


def test_what_the_vault_holds_is_asked_for_decided_and_opened_with_the_passphrase(
    world: World, visitor: Visitor
) -> None:
    receipt = custody.tells(cast.join())
    path = f"{officers.address(receipt)}pembukaan/"
    ina, kartika, kusuma = (officers.sign_in(visitor(), login) for login in ("ina", "kartika", "kusuma"))
    with time_machine.travel(LATER, tick=True):
        form = officers.forms(ina.get(path))[-1]
        form["kind"], form["reason"], form["purpose"] = "identity", "Perlu saksi", "Memanggil"
        page = form.submit(status=422)
        form = officers.forms(page)[-1]
        assert form["reason"].value == "Perlu saksi"
        form[proving.FIELD] = PASSPHRASE
        form.submit(status=302)
        row = Disclosure.objects.get()
        for guard in (kartika, kusuma):
            form = officers.forms(guard.get(f"/kerja/identitas/{row.id}/"))[-1]
            form["decision"] = "allow"
            assert "proof" in str(officers.forms(form.submit(status=422))[-1].fields)
            form[proving.FIELD] = PASSPHRASE
            form.submit(status=302)
    with time_machine.travel(LATER + proving.FRESH + datetime.timedelta(minutes=1), tick=True):
        page = ina.get(f"{path}{row.id}/", status=302).follow()
        assert custody.WHO.name not in page.text
        form = officers.forms(page)[-1]
        form[proving.FIELD] = WRONG
        assert "bukan frasa sandi Anda" in alert(form.submit(status=422))
        form[proving.FIELD] = PASSPHRASE
        assert custody.WHO.name in form.submit(status=302).follow().text


def test_ones_own_second_step_changes_only_with_the_passphrase(world: World, visitor: Visitor) -> None:
    tono = officers.sign_in(visitor(), "tono")
    wulans = seconds.set_up(world, "wulan")
    wulan = officers.sign_in(visitor(), "rahmat")
    seconds.set_up(world, "rahmat")
    only = seconds.only(world.officer("rahmat"), seed=world.seeds[world.officer("rahmat").id])
    with time_machine.travel(LATER, tick=True):
        token = officers.forms(wulan.get("/kerja/"))[0]["form_token"].value
        for address in ("masuk/dua-langkah/", "sandi/kode-baru/", f"sandi/dua-langkah/{only}/"):
            page = wulan.post(f"/kerja/{address}", {"form_token": token, "code": "000000"}, status=422)
            assert page.html.find(role="alert").find("a", href="#proof") is not None
        form = officers.form_of(tono.get(f"{PEOPLE}dua-langkah/"), "dua-langkah")
        form["login"] = "wulan"
        form = officers.form_of(form.submit(status=200), "dua-langkah")
        page = form.submit(status=422)
        assert "Wulan Sari" in page
    assert wulans.codes
    for login in ("wulan", "rahmat"):
        assert second_step.has(world.officer(login))
