"""The drills of docs/operate/keys.md, one by one, on the pages, by who does them there: on a unit with 1,000 cases."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django_webtest import DjangoTestApp

from tests import officers
from tests.world import KANWIL, NOW, PASSPHRASE, World
from wise.audit import proof
from wise.casework import access
from wise.casework.access import Desk
from wise.crypto import boxes
from wise.crypto.errors import Unopenable
from wise.keys import directory, grants, pairs, staff
from wise.keys.models import Grant, Holder, Proposal, Renewal
from wise.people import signing_in
from wise.people.models import Officer, OfficerRole

PEOPLE = "/kerja/kelola/orang/"
BOARD = "/kerja/kelola/dewan/"
NEW = "kebun raya seluas samudra biru"
DOCUMENT = Path(__file__).resolve().parents[2] / "docs/operate/keys.md"

type Visitor = Callable[[], DjangoTestApp]


@pytest.fixture
def unit(busy: World, world: World) -> World:
    """The cast, and the thousand cases."""
    del busy
    return world


def _desk(login: str, *, passphrase: str = PASSPHRASE) -> Desk:
    """The desk of somebody who signs in now, with whatever keys they have by now."""
    seed = signing_in.officer(login, passphrase=passphrase, at=NOW).seed
    return access.desk_of(Officer.objects.get(login=login), seed=seed, at=NOW)


def _opened(desk: Desk, *, every: int = 10) -> int:
    """How many of the unit's cases a desk finds; each tenth is opened, and one that does not open is an error."""
    cases = access.cases_of(desk).filter(unit__office__name="KPKNL Pekanbaru").select_related("report").order_by("id")
    for case in cases[::every]:
        access.report_keys(case.report, keyring=desk.keyring)
    return cases.count()


def _is_sound() -> None:
    assert proof.verify() == []
    assert directory.flaws() == []
    assert pairs.flaws() == []


def _form(page: Any, *names: str) -> Any:
    """The form of a page's own that has these fields."""
    return next(
        form for form in officers.forms(page) if form.action in {"", BOARD} and all(n in form.fields for n in names)
    )


def _role(login: str) -> OfficerRole:
    return OfficerRole.objects.get(officer__login=login, unit__office__name="KPKNL Pekanbaru")


def _proposes(browser: DjangoTestApp, world: World, **typed: str) -> Any:
    form = officers.form_of(browser.get(f"{PEOPLE}usul/", params={"unit": str(world.unit().id)}), "usul")
    for name, value in ({"role": "verifier"} | typed).items():
        form[name] = value
    return form.submit()


def _hands_over(browser: DjangoTestApp, address: str, *, named: int = 0) -> Any:
    """Look, keep the cases that name them from them, and confirm."""
    page = browser.get(PEOPLE).click(href=address)
    if named:
        assert len(page.html.find("tbody").find_all("tr")) == named
        page = _form(page, "decision").submit("decision", value="keep_out", status=200)
        assert page.html.find(role="alert") is None
    return _form(page, "decision").submit("decision", value="confirm", status=302).follow()


def _ends(browser: DjangoTestApp, login: str, **typed: str) -> Any:
    form = _form(browser.get(f"{PEOPLE}selesai/{_role(login).id}/"), *typed)
    for name, value in typed.items():
        form[name] = value
    return form.submit(status=302).follow()


def _newcomer(browser: DjangoTestApp, world: World) -> str:
    """Putri is proposed and types her passphrase; her recovery code."""
    typed = {"who": "new", "login": "putri", "name": "Putri Ayu Wulandari", "passphrase": NEW, "again": NEW}
    return str(_proposes(browser, world, **typed).html.find(id="recovery-code").text)


def _types(page: Any, share: str) -> Any:
    form = _form(page, "share")
    form["share"] = share
    return form.submit(status=200)


def _board(browser: DjangoTestApp, deed: str, shares: tuple[str, str], **typed: str) -> Any:
    form = _form(browser.get(BOARD), "deed")
    for name, value in ({"deed": deed} | typed).items():
        form[name] = value
    return _types(_types(form.submit(status=200), shares[0]), shares[1])


def test_drill_join(unit: World, visitor: Visitor) -> None:
    tono, wulan = officers.sign_in(visitor(), "tono"), officers.sign_in(visitor(), "wulan")
    _newcomer(tono, unit)
    assert _opened(_desk("putri", passphrase=NEW)) == 0

    _hands_over(wulan, f"{Proposal.objects.get().id}/$", named=5)

    assert (_opened(_desk("putri", passphrase=NEW)), _opened(_desk("wulan"))) == (995, 1000)
    _is_sound()


def test_drill_leave(unit: World, visitor: Visitor) -> None:
    before, wulan = _desk("rahmat"), officers.sign_in(visitor(), "wulan")
    assert _opened(before) == 1000
    holder = Holder.objects.get(unit=unit.unit())

    page = _ends(wulan, "rahmat")
    assert "0 dari 1000 perkara" in page
    assert (_opened(_desk("rahmat")), _opened(_desk("wulan"))) == (0, 1000)
    page = page.click(href=f"kunci/{unit.unit().id}/$")
    page = next(form for form in officers.forms(page) if form.action == "").submit(status=302).follow()

    assert page.html.find("progress")["value"] == page.html.find("progress")["max"] == "1000"
    assert _opened(_desk("wulan"), every=1) == 1000
    had = before.keyring.seeds[holder.id]
    assert not any(_unwraps(grant, had) for grant in Grant.objects.filter(holder=holder)[:100])
    _is_sound()


def _unwraps(grant: Grant, seed: bytes) -> bool:
    try:
        boxes.unwrap(bytes(grant.wrapped), seed=seed, context=grants._context(grant, "outer"))
    except Unopenable:
        return False
    return True


def test_drill_move(unit: World, visitor: Visitor) -> None:
    tono, kanwil = officers.sign_in(visitor(), "tono"), unit.unit(office=KANWIL)

    _ends(tono, "rahmat", unit=str(kanwil.id), role="verifier")
    _hands_over(officers.sign_in(visitor(), "yanti"), f"{Proposal.objects.get().id}/$")
    wulan = officers.sign_in(visitor(), "wulan")

    rahmat = _desk("rahmat")
    assert rahmat.units == (kanwil,)
    assert (_opened(rahmat), _opened(_desk("wulan"))) == (0, 1000)
    assert "telah diperbarui" in wulan.get("/kerja/").html.find(role="status").text
    _is_sound()


def test_drill_suspend(unit: World, visitor: Visitor) -> None:
    wulan, rahmat = officers.sign_in(visitor(), "wulan"), officers.sign_in(visitor(), "rahmat")
    page = wulan.get(PEOPLE).click(href=f"tangguhkan/{unit.officer('rahmat').id}/")
    page = next(form for form in officers.forms(page) if form.action == "").submit(status=302).follow()
    assert "/kerja/masuk/" in rahmat.get("/kerja/", status=302).location
    assert Holder.objects.get(unit=unit.unit()).version == 2
    assert _opened(_desk("wulan")) == 1000

    next(form for form in officers.forms(page) if "izinkan/" in form.action).submit(status=302)
    assert _opened(_desk("rahmat")) == 0
    _proposes(officers.sign_in(visitor(), "tono"), unit, role="unit_head", login="rahmat")
    _hands_over(wulan, f"{Proposal.objects.get().id}/$", named=5)

    assert _opened(_desk("rahmat")) == 995
    _is_sound()


def test_drill_forgotten_with_own_code(unit: World, visitor: Visitor) -> None:
    code = _newcomer(officers.sign_in(visitor(), "tono"), unit)
    _hands_over(officers.sign_in(visitor(), "wulan"), f"{Proposal.objects.get().id}/$", named=5)
    form = visitor().get("/kerja/pulihkan/").form
    form["login"], form["recovery_code"] = "putri", code
    form["new"] = form["again"] = f"{NEW} lain"

    form.submit(status=200)

    assert _opened(_desk("putri", passphrase=f"{NEW} lain")) == 995
    _is_sound()


def test_drill_forgotten_handed_over_by_a_colleague(unit: World, visitor: Visitor) -> None:
    form = _form(officers.sign_in(visitor(), "tono").get(f"{PEOPLE}frasa/{unit.officer('rahmat').id}/"), "new")
    form["new"] = form["again"] = NEW
    form.submit(status=200)
    assert _opened(_desk("rahmat")) == 1000, "until it is confirmed nothing changes"

    _hands_over(officers.sign_in(visitor(), "wulan"), f"frasa/{Renewal.objects.get().id}/putuskan/$", named=5)

    assert (_opened(_desk("rahmat", passphrase=NEW)), _opened(_desk("wulan"))) == (995, 1000)
    _is_sound()


def test_drill_nobody_left(unit: World, visitor: Visitor) -> None:
    wulan, tono = officers.sign_in(visitor(), "wulan"), officers.sign_in(visitor(), "tono")
    first, second, third = unit.board
    assert "Tidak ada yang diubah" in _board(tono, "rehearse", (first, second))
    _ends(wulan, "rahmat")
    assert "Tidak ada orang lain" in wulan.get(f"{PEOPLE}selesai/{_role('wulan').id}/")
    _ends(wulan, "wulan")
    assert staff.members(unit.unit()) == []

    where = {"unit": str(unit.unit().id), "role": "verifier", "login": "dewi"}
    assert "Dewi Lestari" in _board(tono, "appoint", (third, first), **where).html.find(role="status").text

    assert _opened(_desk("dewi"), every=1) == 1000
    assert _opened(_desk("wulan")) == 0
    _is_sound()


def test_drill_board_renewal(unit: World, visitor: Visitor) -> None:
    tono, (first, second, third) = officers.sign_in(visitor(), "tono"), unit.board
    page = _board(tono, "renew", (second, third))
    fresh = [node.text for node in page.html.find_all(class_="share")]

    for two in ((fresh[0], fresh[1]), (fresh[1], fresh[2]), (fresh[2], fresh[0])):
        assert "Tidak ada yang diubah" in _board(tono, "rehearse", two)
    form = _form(tono.get(BOARD), "deed")
    form["deed"] = "rehearse"
    form = _form(_types(form.submit(), first), "share")
    form["share"] = second
    assert form.submit(status=422).html.find(role="alert").find("a", href="#share")
    wulan = officers.sign_in(visitor(), "wulan")
    _ends(wulan, "rahmat")
    _ends(wulan, "wulan")
    _board(tono, "appoint", (fresh[0], fresh[2]), unit=str(unit.unit().id), role="verifier", login="dewi")

    assert _opened(_desk("dewi")) == 1000
    _is_sound()


def test_each_drill_of_the_document_is_a_test_and_each_test_stands_in_it() -> None:
    named = set(re.findall(r"`(test_drill_\w+)`", DOCUMENT.read_text(encoding="utf-8")))

    assert named == {name for name in globals() if name.startswith("test_drill_")}
