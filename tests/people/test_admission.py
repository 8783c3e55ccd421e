"""Officers coming and going, each time with a line in the officers' log; and Django's way to them."""

import datetime
import uuid

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model

from tests.world import NOW, PASSPHRASE, World
from wise.audit.models import Chain, Entry
from wise.keys import staff
from wise.people import admission, joining, signing_in
from wise.people.backend import OfficerBackend
from wise.people.models import Officer
from wise.refusals import Refused, TooMany

NEW = "payung merah di atas meja"


def _log() -> list[tuple[str, uuid.UUID | None]]:
    rows = Entry.objects.filter(chain=Chain.OFFICERS).exclude(deed="load-offices").order_by("sequence")
    return list(rows.values_list("deed", "subject"))


def test_wulan_comes_and_goes(world: World) -> None:
    wulan = world.officer("wulan")

    assert admission.sign_in("wulan", password=PASSPHRASE, unlock="", at=NOW).row == wulan
    admission.sign_out(wulan, at=NOW)

    assert _log() == [("sign-in", wulan.id), ("sign-out", wulan.id)]


def test_a_wrong_passphrase_and_an_unknown_login_are_recorded_alike(world: World) -> None:
    for login in ("wulan", "nobody"):
        with pytest.raises(Refused):
            admission.sign_in(login, password=NEW, unlock="", at=NOW)

    assert _log() == [("sign-in-failed", world.officer("wulan").id), ("sign-in-failed", None)]


def test_p33_a_flood_does_not_fill_the_log(world: World) -> None:
    for _ in range(signing_in.MOST_FAILURES + 5):
        with pytest.raises(Refused):
            admission.sign_in("wulan", password=NEW, unlock="", at=NOW)

    with pytest.raises(TooMany):
        admission.sign_in("wulan", password=PASSPHRASE, unlock="", at=NOW)
    assert len(_log()) == signing_in.MOST_FAILURES


def test_p33_nor_do_refusals_of_many_names(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admission, "MOST_REFUSALS", 3)
    for number in range(6):
        with pytest.raises(Refused):
            admission.sign_in(f"nobody{number}", password=NEW, unlock="", at=NOW)
    with pytest.raises(Refused):
        admission.recover("wulan", recovery_code="bukan kode saya", new=NEW, at=NOW)

    assert [deed for deed, _ in _log()] == [*["sign-in-failed"] * 3, "refusals-not-recorded"]

    with pytest.raises(Refused):
        admission.sign_in("wulan", password=NEW, unlock="", at=NOW + datetime.timedelta(hours=1))
    assert _log()[-1] == ("sign-in-failed", world.officer("wulan").id)


def test_a_new_passphrase_is_recorded_and_works(world: World) -> None:
    wulan = world.officer("wulan")
    unlocked = admission.sign_in("wulan", password=PASSPHRASE, unlock="", at=NOW)

    code = admission.change_passphrase(wulan, seed=unlocked.seed, old=PASSPHRASE, new=NEW, at=NOW)

    assert len(code.split()) == 7
    assert admission.sign_in("wulan", password=NEW, unlock="", at=NOW).seed == unlocked.seed
    assert ("change-passphrase", wulan.id) in _log()


def test_rini_recovers_with_her_code_once_and_it_is_recorded(world: World) -> None:
    newcomer = joining.prepare_officer("rini", name="Rini", passphrase=PASSPHRASE)
    staff.enter(newcomer)

    officer, code = admission.recover(" RINI ", recovery_code=newcomer.recovery_code, new=NEW, at=NOW)

    assert officer == newcomer.row
    assert admission.sign_in("rini", password=NEW, unlock="", at=NOW).seed == newcomer.seed
    for login, old in [("rini", newcomer.recovery_code), ("nobody", code)]:
        with pytest.raises(Refused) as refused:
            admission.recover(login, recovery_code=old, new=NEW, at=NOW)
        assert refused.value.code == "wrong-recovery"
    with pytest.raises(Refused) as refused:
        admission.recover("rini", recovery_code=code, new="short", at=NOW)
    assert refused.value.code == "password-short"
    assert _log() == [
        ("recover", officer.id),
        ("sign-in", officer.id),
        ("recover-failed", officer.id),
        ("recover-failed", None),
    ]


def test_an_unlock_passphrase_apart_from_the_password_is_used(world: World) -> None:
    wulan = world.officer("wulan")
    wulan.set_password(NEW)
    wulan.save(update_fields=["password"])

    assert admission.sign_in("wulan", password=NEW, unlock=PASSPHRASE, at=NOW).row == wulan


def test_a_session_leads_to_its_officer_until_they_leave(world: World) -> None:
    wulan, backend = world.officer("wulan"), OfficerBackend()
    assert backend.get_user(str(wulan.id)) == wulan

    Officer.objects.filter(id=wulan.id).update(is_active=False)

    assert [backend.get_user(each) for each in (wulan.id, uuid.uuid4(), "no id")] == [None, None, None]


def test_djangos_user_is_our_officer() -> None:
    assert settings.AUTH_USER_MODEL == "people.Officer"
    assert get_user_model() is Officer
