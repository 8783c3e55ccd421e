"""An officer's passkeys as second step: made and asked for with a challenge that waits in the sealed session, once."""

import datetime
import json
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wise.crypto import passkeys
from wise.crypto.errors import Unopenable
from wise.crypto.passkeys import Place
from wise.people import second_step
from wise.people.models import Officer, SecondFactor
from wise.people.sealed_factors import Kind, content_of
from wise.refusals import Refused

_STATE = "_wise_passkey"
_NOT_MADE = _("The passkey was not added. Try again, or use an authenticator app.")
_WRONG = _("This passkey was not taken. Try again, or type a code.")


def place(*, host: str, is_https: bool, name: str) -> Place:
    """Where passkeys are good; `host` as the browser asked for it, with its port."""
    return Place(host.rpartition(":")[0] or host, f"{'https' if is_https else 'http'}://{host}", name)


def begin_adding(session: SessionBase, officer: Officer, *, seed: bytes, at_place: Place) -> str:
    """What the browser needs to make a passkey, as JSON."""
    known = [credential for _row, credential in _known(officer, seed=seed)]
    options, session[_STATE] = passkeys.creation(
        at_place, user_id=officer.id.bytes, login=officer.login, name=officer.name, known=known
    )
    return json.dumps(options)


def add(
    session: SessionBase,
    officer: Officer,
    *,
    seed: bytes,
    answer: str,
    name: str,
    at_place: Place,
    at: datetime.datetime,
) -> list[str] | None:
    """Add the passkey that the browser made; the recovery codes where it is the officer's first second step."""
    try:
        made = passkeys.made(answer, place=at_place, state=session.pop(_STATE, {}))
    except Unopenable:
        raise Refused("passkey-not-made", _NOT_MADE) from None
    row = SecondFactor(officer=officer, kind=Kind.PASSKEY.value, used_step=made.count, added_on=timezone.localdate(at))
    return second_step.add(row, seed=seed, name=name, content={"credential": made.credential.hex()}, at=at)


def begin_taking(session: SessionBase, officer: Officer, *, seed: bytes, at_place: Place) -> str:
    """What the browser needs to let a passkey of this officer sign, as JSON; empty where they have none."""
    known = [credential for _row, credential in _known(officer, seed=seed)]
    if not known:
        return ""
    options, session[_STATE] = passkeys.request(at_place, known=known)
    return json.dumps(options)


def take(session: SessionBase, officer: Officer, *, seed: bytes, answer: str, at_place: Place) -> Kind:
    """Take what a passkey signed. The challenge is used up, whatever comes of it."""
    known = _known(officer, seed=seed)
    state: dict[str, Any] = session.pop(_STATE, {})
    try:
        signed = passkeys.signed(answer, place=at_place, state=state, known=[credential for _row, credential in known])
    except Unopenable:
        raise Refused("wrong-passkey", _WRONG) from None
    row = next(row for row, credential in known if credential == signed.credential)
    if not _counted(row, signed.count):
        raise Refused("wrong-passkey", _WRONG)
    return Kind.PASSKEY


def _counted(row: SecondFactor, count: int) -> bool:
    """Keep how often a passkey has signed; False where it went back, as a copy's count does. Many count nothing."""
    rows = SecondFactor.objects.filter(id=row.id)
    if count == 0:
        return rows.filter(used_step=0).exists()
    return bool(rows.filter(used_step__lt=count).update(used_step=count))


def _known(officer: Officer, *, seed: bytes) -> list[tuple[SecondFactor, bytes]]:
    rows = SecondFactor.objects.filter(officer=officer, kind=Kind.PASSKEY.value)
    opened = ((row, content_of(row, seed=seed)) for row in rows)
    return [(row, bytes.fromhex(content["credential"])) for row, content in opened if content]
