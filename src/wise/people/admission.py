"""Officers coming and going: signing in and out and a new passphrase, each with its line in the officers' log."""

import datetime
import functools
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from wise.audit import log
from wise.audit.models import Chain
from wise.crypto.passkeys import Place
from wise.people import guessing, officer_sessions, passkeys, second_step, signing_in
from wise.people.models import Officer
from wise.people.sealed_factors import Kind
from wise.refusals import Busy, Refused, TooMany

# So many refused sign-ins and recoveries an hour get a line of their own; then one line says that there were more.
MOST_REFUSALS = 200


@dataclass(frozen=True, slots=True, repr=False)
class Arrival:
    """An officer whose passphrase is right. `asked`: they have a second step, and are not in before it is taken.

    `taken_off`: somebody took their second step off since they last signed in, which they must be told.
    """

    row: Officer
    seed: bytes
    asked: bool
    taken_off: bool = False


def sign_in(login: str, *, password: str, unlock: str, at: datetime.datetime) -> Arrival:
    """Unlock an officer's keys, with the unlock passphrase where it is another than the password.

    Refusals are recorded too, with the officer where the login is somebody's: an unknown login costs the same writes
    and gets the same answer (property P07). Whether there is a second step nobody learns who has not the passphrase.
    """
    try:
        unlocked = signing_in.officer(login, passphrase=unlock or password, password=password, at=at)
    except (Busy, TooMany):
        raise  # nothing was tried, and a flood of these must not fill the log
    except Refused:
        _record_refusal("sign-in-failed", login=login, at=at)
        raise
    officer = unlocked.row
    if second_step.has(officer):
        return Arrival(officer, unlocked.seed, asked=True)
    taken_off = second_step.was_taken_off(officer)
    _record("sign-in", officer.id, by=officer, at=at)
    return Arrival(officer, unlocked.seed, asked=False, taken_off=taken_off)


def unlock(officer: Officer, *, passphrase: str, at: datetime.datetime) -> Arrival:
    """Unlock the keys of an officer who came by the institution's sign-in; that was their second step."""
    try:
        unlocked = signing_in.officer(officer.login, passphrase=passphrase, vouched=True, at=at)
    except (Busy, TooMany):
        raise
    except Refused:
        _record_refusal("sign-in-failed", login=officer.login, at=at, facts={"institution": True})
        raise
    taken_off = second_step.was_taken_off(officer)
    _record("sign-in", officer.id, by=officer, at=at, facts={"second_step": "institution"})
    return Arrival(officer, unlocked.seed, asked=False, taken_off=taken_off)


def take_second_step(officer: Officer, *, seed: bytes, code: str, at: datetime.datetime) -> Kind:
    """The second step of a sign-in, with a code; returns what was used. A wrong one is recorded as a failed sign-in."""
    return _second_step(officer, lambda: second_step.take(officer, seed=seed, code=code, at=at), at=at)


def take_passkey(
    session: SessionBase, officer: Officer, *, seed: bytes, answer: str, at_place: Place, at: datetime.datetime
) -> Kind:
    """The same with what a passkey signed."""
    take = functools.partial(passkeys.take, session, officer, seed=seed, answer=answer, at_place=at_place)
    return _second_step(officer, take, at=at)


def _second_step(officer: Officer, take: Callable[[], Kind], *, at: datetime.datetime) -> Kind:
    try:
        kind = take()
    except TooMany:
        raise
    except Refused:
        _record_refusal("sign-in-failed", login=officer.login, at=at, facts={"second_step": True})
        raise
    _record("sign-in", officer.id, by=officer, at=at, facts={"second_step": kind.value})
    return kind


def prove(officer: Officer, *, seed: bytes, passphrase: str, at: datetime.datetime) -> None:
    """Ask an officer who is signed in for the passphrase once more, before what cannot be undone. Recorded."""
    try:
        signing_in.prove(officer, seed=seed, passphrase=passphrase, at=at)
    except (Busy, TooMany):
        raise
    except Refused:
        _record_refusal("step-up-failed", login=officer.login, at=at)
        raise
    _record("step-up", officer.id, by=officer, at=at)


def sign_out(officer: Officer, *, at: datetime.datetime) -> None:
    """Record that an officer left; the door ends the session."""
    _record("sign-out", officer.id, by=officer, at=at)


def end_sessions(officer: Officer, *, this: str, wanted: str, at: datetime.datetime) -> int:
    """End one session of an officer's own, or all but the one in use, and record it; returns how many ended."""
    with transaction.atomic():
        ended = officer_sessions.end(officer, this=this, wanted=wanted)
        if ended:
            facts: dict[str, log.Fact] = {"sessions": ended}
            log.record("end-sessions", chain=Chain.OFFICERS, at=at, subject=officer.id, by=officer.id, facts=facts)
    return ended


def change_passphrase(officer: Officer, *, seed: bytes, old: str, new: str, at: datetime.datetime) -> str:
    """Seal the officer's key under a new passphrase; returns the new recovery code. Every session of theirs ends."""
    code = signing_in.change_password(officer, seed=seed, old=old, new=new, at=at, name=officer.login)
    _record("change-passphrase", officer.id, by=officer, at=at)
    return code


def recover(login: str, *, recovery_code: str, new: str, at: datetime.datetime) -> tuple[Officer, str]:
    """Set a new passphrase with the recovery code; the officer and the next code. Refusals are recorded too."""
    try:
        officer, code = signing_in.recover_officer(login, recovery_code=recovery_code, new_passphrase=new)
    except Busy:
        raise
    except Refused as refused:
        if refused.code == "wrong-recovery":
            _record_refusal("recover-failed", login=login, at=at)
        raise
    _record("recover", officer.id, by=officer, at=at)
    return officer, code


def _record_refusal(
    deed: str, *, login: str, at: datetime.datetime, facts: Mapping[str, log.Fact] | None = None
) -> None:
    """Record a refusal, unless there were too many this hour: strangers must not fill a log that only grows."""
    tried = Officer.objects.filter(login=login.strip().casefold()).values_list("id", flat=True).first()
    with transaction.atomic():
        number = guessing.counted("refusals", most=MOST_REFUSALS, at=at)
        if number > MOST_REFUSALS:
            log.record("refusals-not-recorded", chain=Chain.OFFICERS, at=at)
        elif number:
            log.record(deed, chain=Chain.OFFICERS, at=at, subject=tried, facts=facts)


def _record(
    deed: str,
    subject: uuid.UUID | None,
    *,
    by: Officer | None,
    at: datetime.datetime,
    facts: Mapping[str, log.Fact] | None = None,
) -> None:
    with transaction.atomic():
        log.record(deed, chain=Chain.OFFICERS, at=at, subject=subject, by=by.id if by else None, facts=facts)
