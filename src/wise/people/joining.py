"""Becoming known: a reporter by a pseudonym, an officer by a login. Each gets a key pair only they can open."""

import datetime
import re
import uuid
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wise.crypto import boxes, passphrases
from wise.people import guessing, passwords, pseudonyms, seeds
from wise.people.derivation import JOINING
from wise.people.models import Officer, Reporter
from wise.refusals import Refused

_LONGEST_NUMBER = 30
_LOGIN = re.compile(r"[a-z0-9._-]{2,60}")


@dataclass(frozen=True, slots=True, repr=False)
class Newcomer[Row: (Reporter, Officer)]:
    """Somebody whose keys are made but who is not stored yet; `recovery_code` is shown once, after storing."""

    row: Row
    seed: bytes
    recovery_code: str


@dataclass(frozen=True, slots=True, repr=False)
class Renewed:
    """Another key pair of an officer's: the sealed seed, the public key, and the code that is shown once."""

    sealed: seeds.Sealed
    public_key: bytes
    recovery_code: str


def prepare_reporter(pseudonym: str, *, password: str, at: datetime.datetime) -> Newcomer[Reporter]:
    """Check pseudonym and password and make the keys. Slow; stores nothing: do it before the transaction."""
    pseudonyms.check(pseudonym)
    passwords.check(password, pseudonym=pseudonym)
    lookup = pseudonyms.lookup(pseudonym)
    if Reporter.objects.filter(pseudonym_lookup=lookup).exists():
        guessing.miss()  # whoever tries which names exist waits as long as for a wrong password, in the same line
        raise _taken()
    reporter = Reporter(id=uuid.uuid4(), pseudonym_lookup=lookup, joined_on=timezone.localdate(at))
    return _with_keys(reporter, passphrase=password)


def prepare_officer(login: str, *, name: str, passphrase: str, service_number: str = "") -> Newcomer[Officer]:
    """Make an officer's keys under the passphrase that opens them and serves as password. Stores nothing.

    Whoever confirms a colleague knows them by login and name: neither can be made to look like somebody else's by
    foreign letters or marks that nobody sees.
    """
    plain = login.strip().casefold()
    if not _LOGIN.fullmatch(plain):
        raise Refused(
            "login-odd", _("A login has 2 to 60 characters: letters from a to z, digits, dots, hyphens, underscores.")
        )
    passwords.check(passphrase, pseudonym=login)
    officer = Officer(id=uuid.uuid4(), login=plain, name=_shown(name), service_number=_number(service_number))
    officer.set_unusable_password()
    return _with_keys(officer, passphrase=passphrase)


def prepare_renewal(officer: Officer, *, passphrase: str) -> Renewed:
    """Make another key pair for an officer who is there already. Slow; stores nothing."""
    passwords.check(passphrase, pseudonym=officer.login)
    seed, code = boxes.new_seed(), passphrases.generate()
    sealed = seeds.protect(seed, owner=officer.id, passphrase=passphrase, recovery_code=code, lane=JOINING)
    return Renewed(sealed, boxes.public_key(seed), code)


def store(newcomer: Newcomer[Reporter] | Newcomer[Officer]) -> None:
    """Store a prepared newcomer; of two who chose the same name at once, the second is refused."""
    try:
        with transaction.atomic():
            newcomer.row.save(force_insert=True)
    except IntegrityError:
        raise _taken() from None


def number(officer: Officer, *, service_number: str) -> None:
    """Note the service number that stands below an officer's name on letters."""
    officer.service_number = _number(service_number)
    officer.save(update_fields=["service_number"])


def _number(text: str) -> str:
    shown = _shown(text)
    if len(shown) > _LONGEST_NUMBER:
        raise Refused("service-number-long", _("A service number has at most 30 characters."))
    return shown


def _shown(text: str) -> str:
    return "".join(character for character in text if character.isprintable()).strip()


def _with_keys[Row: (Reporter, Officer)](row: Row, *, passphrase: str) -> Newcomer[Row]:
    seed, code = boxes.new_seed(), passphrases.generate()
    sealed = seeds.protect(seed, owner=row.id, passphrase=passphrase, recovery_code=code, lane=JOINING)
    sealed.onto(row)
    return Newcomer(row, seed, code)


def _taken() -> Refused:
    return Refused("name-taken", _("Somebody already uses this name. Please choose another one."))
