"""Joining: a key pair that only the newcomer opens, and one owner for each name."""

import pytest

from tests import world as cast
from tests.world import NOW, PASSPHRASE, PASSWORD, World
from wise.crypto import passphrases
from wise.crypto.errors import Unopenable
from wise.people import joining, seeds
from wise.people.derivation import SIGN_IN
from wise.people.models import Officer, Reporter
from wise.refusals import Refused


def test_sari_is_not_stored_before_she_sends_something(world: World) -> None:
    joining.prepare_reporter("burung malam", password=PASSWORD, at=NOW)

    assert not Reporter.objects.exists()


def test_saris_key_opens_with_her_password_and_apart_from_that_with_her_code(world: World) -> None:
    sari = joining.prepare_reporter("burung malam", password=PASSWORD, at=NOW)
    row = sari.row

    assert seeds.open_with_passphrase(row, owner=row.id, passphrase=PASSWORD, lane=SIGN_IN) == sari.seed
    assert seeds.open_with_code(row, owner=row.id, recovery_code=sari.recovery_code) == sari.seed
    with pytest.raises(Unopenable):
        seeds.open_with_passphrase(row, owner=row.id, passphrase=PASSWORD + "x", lane=SIGN_IN)
    with pytest.raises(Unopenable):
        seeds.open_with_code(row, owner=row.id, recovery_code=passphrases.generate())


def test_one_persons_sealed_key_does_not_open_in_anothers_row(world: World) -> None:
    sari = joining.prepare_reporter("burung malam", password=PASSWORD, at=NOW)
    budi = joining.prepare_reporter("kuda laut", password=PASSWORD, at=NOW)

    with pytest.raises(Unopenable):
        seeds.open_with_passphrase(sari.row, owner=budi.row.id, passphrase=PASSWORD, lane=SIGN_IN)
    with pytest.raises(Unopenable):
        seeds.open_with_code(sari.row, owner=budi.row.id, recovery_code=sari.recovery_code)


def test_a_pseudonym_in_use_is_refused_however_it_is_spelled(world: World) -> None:
    cast.join("burung malam")

    with pytest.raises(Refused) as refused:
        joining.prepare_reporter("Burung_Malam", password=PASSWORD, at=NOW)
    assert refused.value.code == "name-taken"


def test_of_two_who_chose_one_name_meanwhile_the_second_is_refused(world: World) -> None:
    first = joining.prepare_reporter("burung malam", password=PASSWORD, at=NOW)
    second = joining.prepare_reporter("burung malam", password=PASSWORD, at=NOW)
    joining.store(first)

    with pytest.raises(Refused) as refused:
        joining.store(second)
    assert refused.value.code == "name-taken"
    assert Reporter.objects.get().id == first.row.id


@pytest.mark.parametrize(("pseudonym", "password"), [("ab", PASSWORD), ("burung malam", "short"), ("x" * 50, PASSWORD)])
def test_what_cannot_serve_is_refused_before_any_key_is_made(world: World, pseudonym: str, password: str) -> None:
    with pytest.raises(Refused):
        joining.prepare_reporter(pseudonym, password=password, at=NOW)


def test_an_officer_gets_no_password_apart_from_the_passphrase_that_opens_the_key(world: World) -> None:
    newcomer = joining.prepare_officer(" Rini ", name=" Rini Astuti ", passphrase=PASSPHRASE)
    joining.store(newcomer)
    rini = Officer.objects.get(login="rini")

    assert (str(rini), rini.has_usable_password()) == ("Rini Astuti", False)
    assert seeds.open_with_passphrase(rini, owner=rini.id, passphrase=PASSPHRASE, lane=SIGN_IN) == newcomer.seed


def test_an_officers_service_number_is_kept_for_letters_and_can_be_noted_later(world: World) -> None:
    newcomer = joining.prepare_officer("rini", name="Rini", passphrase=PASSPHRASE, service_number=" 0000 0 \u202e1 ")
    joining.store(newcomer)
    assert Officer.objects.get(login="rini").service_number == "0000 0 1"

    joining.number(newcomer.row, service_number="0000 0 2")

    assert Officer.objects.get(login="rini").service_number == "0000 0 2"
    with pytest.raises(Refused, match="service-number-long"):
        joining.number(newcomer.row, service_number="0" * 31)


def test_two_officers_cannot_have_one_login(world: World) -> None:
    with pytest.raises(Refused):
        joining.store(joining.prepare_officer("WULAN", name="Wulan Kedua", passphrase=PASSPHRASE))


@pytest.mark.parametrize(
    "login", ["wul\u0430n", "wulan\u200b", "wulan\u202e", "dewi lestari", "w", "x" * 61, "\u0390" * 60, ""]
)
def test_no_login_can_be_mistaken_for_a_colleagues(world: World, login: str) -> None:
    with pytest.raises(Refused) as refused:
        joining.prepare_officer(login, name="Wulan", passphrase=PASSPHRASE)
    assert refused.value.code == "login-odd"


def test_a_name_holds_nothing_that_nobody_sees(world: World) -> None:
    newcomer = joining.prepare_officer("rini", name="\u202eRini\u200b Astuti\x07 ", passphrase=PASSPHRASE)

    assert newcomer.row.name == "Rini Astuti"


def test_no_newcomer_shows_keys_when_printed(world: World) -> None:
    sari = joining.prepare_reporter("burung malam", password=PASSWORD, at=NOW)

    assert sari.recovery_code not in repr(sari)
    assert repr(sari.seed) not in repr(sari)
