"""Signing in, recovering, changing a password. Unknown name and wrong password cost and answer alike (P07, P09)."""

import datetime
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wise.crypto import passphrases, subkeys
from wise.crypto.errors import Unopenable
from wise.crypto.passphrases import Cost
from wise.crypto.subkeys import Label
from wise.people import passwords, pseudonyms, seeds
from wise.people.derivation import JOINING, SIGN_IN
from wise.people.models import Attempt, Officer, OfficerSession, Reporter, ReporterSession, SealedSeed
from wise.refusals import Refused, TooMany

# Twenty wrong passwords an hour at one name; the owner still gets in with the recovery code, which nobody can guess.
MOST_FAILURES = 20
WINDOW = datetime.timedelta(hours=1)


@dataclass(frozen=True, slots=True, repr=False)
class Unlocked[Row: (Reporter, Officer)]:
    """Somebody who proved who they are, with their private key in hand."""

    row: Row
    seed: bytes


def reporter(pseudonym: str, *, password: str, at: datetime.datetime) -> Unlocked[Reporter]:
    """Sign a reporter in, or refuse without saying what was wrong."""
    SIGN_IN.expect_room()
    lookup = pseudonyms.lookup(pseudonym)
    row = Reporter.objects.filter(pseudonym_lookup=lookup).first()
    return _unlock(row, lookup=lookup, passphrase=password, at=at)


def officer(
    login: str, *, passphrase: str, password: str = "", vouched: bool = False, at: datetime.datetime
) -> Unlocked[Officer]:
    """Sign an officer in with the unlock passphrase; `password` too for those who have one apart from it.

    `vouched`: the institution has said who they are, which takes the password's place.
    """
    SIGN_IN.expect_room()
    lookup = _officer_lookup(login)
    row = Officer.objects.filter(login=login.strip().casefold(), is_active=True).first()
    if row is not None and not vouched and row.has_usable_password() and not row.check_password(password):
        passphrase = ""  # derive all the same, and fail
    return _unlock(row, lookup=lookup, passphrase=passphrase, at=at)


def prove(row: Officer, *, seed: bytes, passphrase: str, at: datetime.datetime) -> None:
    """Let an officer who is signed in prove with the passphrase that it is still they; refused like a sign-in."""
    SIGN_IN.expect_room()
    if not subkeys.same(_unlock(row, lookup=_officer_lookup(row.login), passphrase=passphrase, at=at).seed, seed):
        raise _wrong()


def recover_reporter(pseudonym: str, *, recovery_code: str, new_password: str) -> tuple[Unlocked[Reporter], str]:
    """Set a new password with the recovery code; returns the unlocked reporter and the next recovery code.

    The code is used up, and every session of this reporter ends.
    """
    passwords.check(new_password, pseudonym=pseudonym)
    lookup = pseudonyms.lookup(pseudonym)
    row = Reporter.objects.filter(pseudonym_lookup=lookup).first()
    seed = _seed_by_code(row, recovery_code=recovery_code, new_password=new_password)
    assert row is not None
    code = _protect_anew(row, seed, password=new_password)
    Attempt.objects.filter(lookup=lookup.hex()).delete()
    ReporterSession.objects.filter(reporter=row).delete()
    return Unlocked(row, seed), code


def recover_officer(login: str, *, recovery_code: str, new_passphrase: str) -> tuple[Officer, str]:
    """Set a new unlock passphrase with an officer's recovery code; returns the officer and the next code.

    The code is used up, and every session of this officer ends: they sign in anew.
    """
    passwords.check(new_passphrase, pseudonym=login)
    row = Officer.objects.filter(login=login.strip().casefold(), is_active=True).first()
    seed = _seed_by_code(row, recovery_code=recovery_code, new_password=new_passphrase)
    assert row is not None
    code = _protect_anew(row, seed, password=new_passphrase)
    Attempt.objects.filter(lookup=_officer_lookup(login).hex()).delete()
    OfficerSession.objects.filter(officer=row).delete()
    return row, code


def _seed_by_code(row: Reporter | Officer | None, *, recovery_code: str, new_password: str) -> bytes:
    try:
        return seeds.open_with_code(row or nobody(), owner=id_of(row), recovery_code=recovery_code)
    except Unopenable:
        # A wrong code costs a derivation too, in the lane of wrong passwords: a flood of either holds up no newcomer.
        seeds.derive(new_password, salt=passphrases.new_salt(), cost=settings.WISE_ARGON2_COST, lane=SIGN_IN)
        raise Refused("wrong-recovery", _("Name and recovery code do not match. Please check both.")) from None


def change_password(
    row: Reporter | Officer, *, seed: bytes, old: str, new: str, at: datetime.datetime, name: str = ""
) -> str:
    """Change a password against the old one; returns a new recovery code. Every session ends (property P05)."""
    passwords.check(new, pseudonym=name)
    opened = (
        _unlock(row, lookup=bytes(row.pseudonym_lookup), passphrase=old, at=at).seed
        if isinstance(row, Reporter)
        else _unlock(row, lookup=_officer_lookup(row.login), passphrase=old, at=at).seed
    )
    if not subkeys.same(opened, seed):
        raise _wrong()
    code = _protect_anew(row, seed, password=new)
    if isinstance(row, Reporter):
        ReporterSession.objects.filter(reporter=row).delete()
    else:
        OfficerSession.objects.filter(officer=row).delete()
    return code


def renew_recovery_code(row: Reporter, *, password: str, at: datetime.datetime) -> str:
    """A new recovery code, against the password; the old one no longer works."""
    opened = _unlock(row, lookup=bytes(row.pseudonym_lookup), passphrase=password, at=at)
    return _protect_anew(row, opened.seed, password=password)


def _protect_anew(row: Reporter | Officer, seed: bytes, *, password: str) -> str:
    code = passphrases.generate()
    sealed = seeds.protect(seed, owner=row.id, passphrase=password, recovery_code=code, lane=JOINING)
    row.save(update_fields=sealed.onto(row))
    return code


def _unlock[Row: (Reporter, Officer)](
    row: Row | None, *, lookup: bytes, passphrase: str, at: datetime.datetime
) -> Unlocked[Row]:
    refuse_if_guessed_too_often(lookup, at=at)
    known: SealedSeed = row if row is not None else nobody()
    try:
        seed = seeds.open_with_passphrase(known, owner=id_of(row), passphrase=passphrase, lane=SIGN_IN)
    except Unopenable:
        count_failure(lookup, at=at)
        raise _wrong() from None
    assert row is not None
    if Cost(row.memory_kib, row.passes) != settings.WISE_ARGON2_COST:
        _grow_cost(row, seed, passphrase=passphrase)
    return Unlocked(row, seed)


def _grow_cost(row: Reporter | Officer, seed: bytes, *, passphrase: str) -> None:
    salt, cost, sealed = seeds.under_passphrase(seed, owner=row.id, passphrase=passphrase, lane=SIGN_IN)
    row.salt, row.memory_kib, row.passes, row.sealed_seed = salt, cost.memory_kib, cost.passes, sealed
    row.save(update_fields=["salt", "memory_kib", "passes", "sealed_seed"])


def nobody() -> Reporter:
    """A row that nothing opens, so that an unknown name costs one derivation too."""
    cost: Cost = settings.WISE_ARGON2_COST
    return Reporter(
        salt=bytes(16),
        memory_kib=cost.memory_kib,
        passes=cost.passes,
        sealed_seed=bytes(73),
        recovery_salt=bytes(16),
        recovery_sealed_seed=bytes(73),
    )


def id_of(row: Reporter | Officer | None) -> uuid.UUID:
    """Whose key is tried; nobody's where there is nobody."""
    return row.id if row is not None else uuid.UUID(int=0)


def _officer_lookup(login: str) -> bytes:
    return subkeys.mac(settings.WISE_SUBKEYS[Label.PSEUDONYM], b"officer/" + login.strip().casefold().encode())


def refuse_if_guessed_too_often(lookup: bytes, *, at: datetime.datetime, sentence: Promise | None = None) -> None:
    """Refuse a name or number that had too many wrong sign-ins in this hour, whether it is somebody's or not."""
    tried = Attempt.objects.filter(lookup=lookup.hex(), expires_at__gt=at).first()
    if tried is not None and tried.failures >= MOST_FAILURES:
        said = _("This name was tried too often with a wrong password. Wait an hour, or use your recovery code now.")
        raise TooMany("too-many-attempts", sentence or said)


def count_failure(lookup: bytes, *, at: datetime.datetime) -> None:
    """Count a wrong sign-in at a name or number within the present hour."""
    step = at.replace(minute=at.minute // 10 * 10, second=0, microsecond=0)
    # One transaction, one flush to the disk: a flood of wrong passwords must not crowd out those who submit.
    with transaction.atomic():
        Attempt.objects.filter(expires_at__lte=at).delete()
        Attempt.objects.bulk_create([Attempt(lookup=lookup.hex(), expires_at=step + WINDOW)], ignore_conflicts=True)
        Attempt.objects.filter(lookup=lookup.hex()).update(failures=F("failures") + 1)


def _wrong() -> Refused:
    return Refused("wrong-sign-in", _("Name and password do not match. Please check both."))
