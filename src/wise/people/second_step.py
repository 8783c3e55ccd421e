"""An officer's second step: what is asked for once the passphrase is right, so that the passphrase alone is not enough.

What it is checked against is sealed under a key that only the officer's seed gives, and the seed is in hand once the
passphrase was right: neither a stolen database with the server's secret nor an administrator reads it (property P32).
"""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wise.audit import log
from wise.audit.models import Chain
from wise.crypto import one_time, subkeys
from wise.crypto.subkeys import Label
from wise.people import guessing, recovery_codes
from wise.people.models import Officer, OfficerSession, SecondFactor
from wise.people.sealed_factors import Kind, content_of, sealed_for
from wise.refusals import NotThere, Refused, TooMany

# In `WISE_SECOND_FACTOR_ROLES`: everybody, with whatever role.
ALL = "all"
MOST = 5
# So many wrong codes an hour; each is right with a chance of three in a million.
MOST_TRIES = 10

_WRONG = _("This code is not right, or it was used before. Type the one that your app shows now, or a recovery code.")
_WRONG_AT_SET_UP = _("This code is not right. Type the one that your app shows now, and check that its clock is right.")
_TOO_OFTEN = _("Too many wrong codes were typed. Wait an hour, or sign in with a recovery code.")


@dataclass(frozen=True, slots=True, repr=False)
class Factor:
    """A second step as its officer sees it; `name` is None where the row does not open."""

    id: uuid.UUID
    kind: Kind
    name: str | None
    added_on: datetime.date


def required(roles: Iterable[str]) -> bool:
    """Whether the institution requires a second step of an officer with these roles."""
    wanted: frozenset[str] = settings.WISE_SECOND_FACTOR_ROLES
    return ALL in wanted or not wanted.isdisjoint(roles)


def has(officer: Officer) -> bool:
    """Whether an officer has a second step; recovery codes alone are none."""
    return _factors(officer).exists()


def of(officer: Officer, *, seed: bytes) -> list[Factor]:
    """An officer's second steps, the oldest first, without the recovery codes."""
    rows = _factors(officer).order_by("added_on", "id")
    return [Factor(row.id, Kind(row.kind), _name(row, seed=seed), row.added_on) for row in rows]


def one_of(officer: Officer, factor_id: uuid.UUID, *, seed: bytes) -> Factor:
    """One of them; `NotThere` where it is none of this officer's."""
    found = next((factor for factor in of(officer, seed=seed) if factor.id == factor_id), None)
    if found is None:
        raise NotThere
    return found


def add_app(
    officer: Officer, *, seed: bytes, secret: bytes, code: str, name: str, at: datetime.datetime
) -> list[str] | None:
    """Add an authenticator app, once it has shown a right code of its secret, which counts as used.

    Returns the recovery codes, to be shown once, where this is the officer's first second step.
    """
    step = one_time.step_of(code, secret=secret, seconds=int(at.timestamp()))
    if step is None:
        raise Refused("wrong-code", _WRONG_AT_SET_UP)
    row = SecondFactor(officer=officer, kind=Kind.TOTP.value, used_step=step, added_on=timezone.localdate(at))
    return add(row, seed=seed, name=name, content={"secret": secret.hex()}, at=at)


def add(
    row: SecondFactor, *, seed: bytes, name: str, content: dict[str, Any], at: datetime.datetime
) -> list[str] | None:
    """Seal and store a new second step; the recovery codes, to be shown once, where it is the officer's first one."""
    officer, codes = row.officer, None
    row.sealed = sealed_for(row, seed=seed, content=content | {"name": name.strip()})
    with transaction.atomic():
        _lock(officer)
        number = _factors(officer).count()
        if number >= MOST:
            raise Refused("too-many-factors", _("You have five of them. Remove one that you do not use first."))
        if not number:
            codes = recovery_codes.renew(officer, seed=seed, on=row.added_on)
        row.save(force_insert=True)
        facts: dict[str, log.Fact] = {"kind": row.kind}
        log.record("add-second-step", chain=Chain.OFFICERS, at=at, subject=officer.id, by=officer.id, facts=facts)
    return codes


def renew_codes(officer: Officer, *, seed: bytes, at: datetime.datetime) -> list[str]:
    """New recovery codes, to be shown once; the old ones no longer work."""
    with transaction.atomic():
        _lock(officer)
        if not has(officer):
            raise NotThere
        codes = recovery_codes.renew(officer, seed=seed, on=timezone.localdate(at))
        log.record("renew-recovery-codes", chain=Chain.OFFICERS, at=at, subject=officer.id, by=officer.id)
    return codes


def remove(officer: Officer, factor_id: uuid.UUID, *, is_required: bool, at: datetime.datetime) -> bool:
    """Remove one of one's own second steps; False where none is left, and the recovery codes went with it."""
    with transaction.atomic():
        _lock(officer)
        row = _factors(officer).filter(id=factor_id).first()
        if row is None:
            raise NotThere
        is_last = _factors(officer).count() == 1
        if is_last and is_required:
            raise Refused(
                "last-factor", _("Your role requires a second step. Add another one before you remove this one.")
            )
        row.delete()
        if is_last:
            forget(officer)
        facts: dict[str, log.Fact] = {"kind": row.kind, "last": is_last}
        log.record("remove-second-step", chain=Chain.OFFICERS, at=at, subject=officer.id, by=officer.id, facts=facts)
    return not is_last


def take_off(officer: Officer, *, by: Officer, at: datetime.datetime) -> None:
    """Take off the second step of an officer who has lost everything; every session of theirs ends.

    The passphrase is still needed, and where a second step is required they set one up anew. They are told when they
    sign in next (`was_taken_off`). Whether `by` is an administrator is for the caller to say.
    """
    with transaction.atomic():
        _lock(officer)
        check_take_off(officer, by=by)
        forget(officer)
        OfficerSession.objects.filter(officer=officer).delete()
        log.record("take-off-second-step", chain=Chain.OFFICERS, at=at, subject=officer.id, by=by.id)


def check_take_off(officer: Officer, *, by: Officer) -> None:
    """Refuse where there is nothing to take off, or it is one's own: to be asked before anybody is sure."""
    if by.id == officer.id:
        raise Refused("own-second-step", _("Another administrator must take off your own second step."))
    if not has(officer):
        raise Refused("no-second-step", _("This officer has no second step."))


def was_taken_off(officer: Officer) -> bool:
    """Whether the second step was taken off by somebody else since this officer last signed in."""
    return log.came_last(officer.id, "take-off-second-step", over="sign-in")


def forget(officer: Officer) -> None:
    """Drop every second step of an officer, the recovery codes too: whoever gives them a new seed must call this."""
    SecondFactor.objects.filter(officer=officer).delete()


def take(officer: Officer, *, seed: bytes, code: str, at: datetime.datetime) -> Kind:
    """Take a code of an app or a recovery code, which is thereby used up; returns which of the two it was.

    Each try is counted before it is looked at, so that nobody tries more by trying at once. A recovery code is taken
    also after too many: it has 80 random bits, and lets its owner in when somebody else tries.
    """
    lookup = subkeys.mac(settings.WISE_SUBKEYS[Label.PSEUDONYM], b"second step/" + officer.id.bytes).hex()
    with transaction.atomic():
        number = guessing.counted(lookup, most=MOST_TRIES, at=at)
    signs = one_time.recovery_code(code)
    if signs is None and not 0 < number <= MOST_TRIES:
        raise TooMany("too-many-codes", _TOO_OFTEN)
    if signs is not None:
        kind, right = Kind.CODES, recovery_codes.use(officer, signs, seed=seed)
    else:
        kind, right = Kind.TOTP, _use_app(officer, code, seed=seed, at=at)
    if not right:
        raise Refused("wrong-code", _WRONG)
    guessing.give_back(lookup)
    return kind


def _use_app(officer: Officer, code: str, *, seed: bytes, at: datetime.datetime) -> bool:
    """Whether this is a code of one of the officer's apps that is right now; it works once."""
    for row in SecondFactor.objects.filter(officer=officer, kind=Kind.TOTP.value):
        content = content_of(row, seed=seed)
        if content is None:
            continue
        step = one_time.step_of(code, secret=bytes.fromhex(content["secret"]), seconds=int(at.timestamp()))
        # One statement: of two who come with the same code at once, the second finds the step used.
        if step is not None and SecondFactor.objects.filter(id=row.id, used_step__lt=step).update(used_step=step):
            return True
    return False


def _factors(officer: Officer) -> QuerySet[SecondFactor]:
    return SecondFactor.objects.filter(officer=officer).exclude(kind=Kind.CODES.value)


def _lock(officer: Officer) -> None:
    """Nobody else changes this officer's second steps until the transaction ends."""
    Officer.objects.select_for_update().get(id=officer.id)


def _name(row: SecondFactor, *, seed: bytes) -> str | None:
    content = content_of(row, seed=seed)
    return content["name"] if content else None
