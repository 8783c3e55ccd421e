"""Signing in, recovering, changing a password."""

import pytest
from django.conf import LazySettings

from tests import world as cast
from tests.world import NOW, PASSPHRASE, PASSWORD, Teller, World
from wise.crypto.passphrases import Cost
from wise.people import seeds, sessions, signing_in
from wise.people.derivation import SIGN_IN
from wise.people.models import Officer, OfficerSession, Reporter, ReporterSession
from wise.refusals import Refused

NEW = "payung merah di atas meja"


@pytest.fixture
def sari(world: World) -> Teller:
    return cast.join("burung malam")


def _refused_as(code: str, sign_in: object) -> None:
    with pytest.raises(Refused) as refused:
        sign_in()  # type: ignore[operator]
    assert refused.value.code == code


def test_sari_signs_in_with_pseudonym_and_password(sari: Teller) -> None:
    unlocked = signing_in.reporter("Burung Malam", password=PASSWORD, at=NOW)

    assert (unlocked.row, unlocked.seed) == (sari.reporter, sari.seed)


def test_a_wrong_password_and_an_unknown_name_hear_the_same(sari: Teller) -> None:
    for pseudonym, password in [("burung malam", NEW), ("kuda laut", PASSWORD), ("", "")]:
        _refused_as("wrong-sign-in", lambda p=pseudonym, w=password: signing_in.reporter(p, password=w, at=NOW))


def test_wulan_signs_in_with_her_passphrase_and_nobody_elses(world: World) -> None:
    assert signing_in.officer(" Wulan ", passphrase=PASSPHRASE, at=NOW).row == world.officer("wulan")
    _refused_as("wrong-sign-in", lambda: signing_in.officer("wulan", passphrase=PASSPHRASE + "x", at=NOW))
    _refused_as("wrong-sign-in", lambda: signing_in.officer("nobody", passphrase=PASSPHRASE, at=NOW))


def test_an_officer_who_has_left_does_not_sign_in(world: World) -> None:
    Officer.objects.filter(login="wulan").update(is_active=False)

    _refused_as("wrong-sign-in", lambda: signing_in.officer("wulan", passphrase=PASSPHRASE, at=NOW))


def test_who_has_a_password_apart_from_the_passphrase_needs_both(world: World) -> None:
    wulan = world.officer("wulan")
    wulan.set_password("pintu masuk kantor kita")
    wulan.save(update_fields=["password"])

    def sign_in(password: str, passphrase: str) -> object:
        return signing_in.officer("wulan", password=password, passphrase=passphrase, at=NOW)

    _refused_as("wrong-sign-in", lambda: sign_in("", PASSPHRASE))
    _refused_as("wrong-sign-in", lambda: sign_in("something else", PASSPHRASE))
    _refused_as("wrong-sign-in", lambda: sign_in("pintu masuk kantor kita", "something else"))
    assert sign_in("pintu masuk kantor kita", PASSPHRASE)


def test_sari_recovers_with_her_code_and_gets_the_next_one(sari: Teller) -> None:
    token = sessions.start(sari.reporter, seed=sari.seed, at=NOW)

    unlocked, code = signing_in.recover_reporter("burung malam", recovery_code=sari.recovery_code, new_password=NEW)

    assert (unlocked.seed, code != sari.recovery_code) == (sari.seed, True)
    assert signing_in.reporter("burung malam", password=NEW, at=NOW).seed == sari.seed
    _refused_as("wrong-sign-in", lambda: signing_in.reporter("burung malam", password=PASSWORD, at=NOW))
    assert sessions.resume(token, at=NOW) is None
    _refused_as("wrong-recovery", lambda: _recover(sari.recovery_code))
    assert _recover(code)


def _recover(code: str, *, pseudonym: str = "burung malam", password: str = NEW) -> object:
    return signing_in.recover_reporter(pseudonym, recovery_code=code, new_password=password)


def test_a_wrong_code_an_unknown_name_and_a_weak_password_recover_nothing(sari: Teller) -> None:
    _refused_as("wrong-recovery", lambda: _recover("satu dua tiga empat lima enam tujuh"))
    _refused_as("wrong-recovery", lambda: _recover(sari.recovery_code, pseudonym="kuda laut"))
    _refused_as("password-short", lambda: _recover(sari.recovery_code, password="short"))


def test_sari_changes_her_password_against_the_old_one_and_every_session_ends(sari: Teller) -> None:
    token = sessions.start(sari.reporter, seed=sari.seed, at=NOW)

    code = signing_in.change_password(sari.reporter, seed=sari.seed, old=PASSWORD, new=NEW, at=NOW, name="burung malam")

    assert sessions.resume(token, at=NOW) is None
    assert signing_in.reporter("burung malam", password=NEW, at=NOW).seed == sari.seed
    assert _recover(code)


def test_without_the_old_password_nothing_changes(sari: Teller) -> None:
    def change(*, old: str = PASSWORD, new: str = NEW, seed: bytes = sari.seed) -> object:
        return signing_in.change_password(sari.reporter, seed=seed, old=old, new=new, at=NOW, name="burung malam")

    _refused_as("wrong-sign-in", lambda: change(old="something else entirely"))
    _refused_as("password-guessable", lambda: change(new="burung malam"))
    _refused_as("wrong-sign-in", lambda: change(seed=bytes(32)))
    assert signing_in.reporter("burung malam", password=PASSWORD, at=NOW).seed


def test_wulan_changes_her_passphrase_and_her_sessions_end(world: World) -> None:
    wulan = world.officer("wulan")
    seed = world.desk("wulan").keyring.seeds
    OfficerSession.objects.create(id="x", officer=wulan, sealed=b"", expires_at=NOW, ends_at=NOW)

    signing_in.change_password(wulan, seed=world.seeds[wulan.id], old=PASSPHRASE, new=NEW, at=NOW)

    assert not OfficerSession.objects.exists()
    assert signing_in.officer("wulan", passphrase=NEW, at=NOW).seed in seed.values()


def test_sari_renews_a_lost_code_with_her_password(sari: Teller) -> None:
    code = signing_in.renew_recovery_code(sari.reporter, password=PASSWORD, at=NOW)

    _refused_as("wrong-recovery", lambda: _recover(sari.recovery_code))
    assert signing_in.reporter("burung malam", password=PASSWORD, at=NOW).seed
    assert _recover(code)


def test_what_a_derivation_costs_grows_at_the_next_sign_in(sari: Teller, settings: LazySettings) -> None:
    settings.WISE_ARGON2_COST = Cost(memory_kib=128, passes=2)

    assert signing_in.reporter("burung malam", password=PASSWORD, at=NOW).seed == sari.seed

    row = Reporter.objects.get()
    assert Cost(row.memory_kib, row.passes) == settings.WISE_ARGON2_COST
    assert seeds.open_with_passphrase(row, owner=row.id, passphrase=PASSWORD, lane=SIGN_IN) == sari.seed
    assert _recover(sari.recovery_code)


def test_p36_a_cost_that_was_lowered_in_the_database_opens_nothing(sari: Teller, settings: LazySettings) -> None:
    Reporter.objects.update(memory_kib=8, passes=1)

    _refused_as("wrong-sign-in", lambda: signing_in.reporter("burung malam", password=PASSWORD, at=NOW))


def test_a_reporters_and_an_officers_name_are_counted_apart(world: World) -> None:
    cast.join("wulan")
    for _ in range(signing_in.MOST_FAILURES):
        _refused_as("wrong-sign-in", lambda: signing_in.reporter("wulan", password=NEW, at=NOW))

    assert signing_in.officer("wulan", passphrase=PASSPHRASE, at=NOW).seed
    assert not ReporterSession.objects.exists()
