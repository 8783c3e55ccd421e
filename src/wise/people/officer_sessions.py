"""Officers' sessions as a session engine for Django: a sealed row, found and opened only with the cookie's token."""

import base64
import datetime
import json
from dataclasses import dataclass
from typing import Any, override

from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError, transaction
from django.utils import timezone

from wise.crypto import contexts, seal
from wise.crypto.errors import Unopenable
from wise.people import tokens
from wise.people.models import Officer, OfficerSession

IDLE = datetime.timedelta(minutes=60)
LONGEST = datetime.timedelta(hours=10)
_KIND = "officer"
_SEED = "_wise_seed"
_ENDS = "_wise_ends"
_PROVED = "_wise_proved"
_SECOND_STEP = "_wise_second_step"


def keep_seed(session: SessionBase, seed: bytes) -> None:
    """Put the officer's unlocked key into the session."""
    session[_SEED] = base64.b64encode(seed).decode()


def seed_in(session: SessionBase) -> bytes | None:
    """The officer's unlocked key, if the session holds one."""
    kept = session.get(_SEED)
    return base64.b64decode(kept) if kept else None


def note_proof(session: SessionBase, *, at: datetime.datetime) -> None:
    """Keep when the officer last typed the passphrase; the time stands inside the sealed row alone."""
    session[_PROVED] = at.isoformat()


def proved_at(session: SessionBase) -> datetime.datetime | None:
    """When the officer last typed the passphrase in this session."""
    kept = session.get(_PROVED)
    return datetime.datetime.fromisoformat(kept) if kept else None


def note_second_step(session: SessionBase, *, has_one: bool) -> None:
    """Keep whether the officer of this session has a second step, and so took it when they signed in."""
    session[_SECOND_STEP] = has_one


def has_second_step(session: SessionBase) -> bool:
    """Whether the officer of this session has a second step."""
    return bool(session.get(_SECOND_STEP))


@dataclass(frozen=True, slots=True)
class Open:
    """A session of an officer that has not ended. Times are those of ten-minute steps: no finer ones are kept."""

    id: str
    began_at: datetime.datetime
    used_at: datetime.datetime
    is_this: bool


def open_of(officer: Officer, *, this: str, at: datetime.datetime) -> list[Open]:
    """An officer's sessions, the one in use (`this`: its token) first, then those used last."""
    own = tokens.row_id(this, kind=_KIND)
    rows = OfficerSession.objects.filter(officer=officer, expires_at__gt=at, ends_at__gt=at)
    # Both ends lie one step after the time that they are counted from.
    found = [
        Open(row.id, row.ends_at - LONGEST - tokens.STEP, row.expires_at - IDLE - tokens.STEP, row.id == own)
        for row in rows.order_by("-expires_at", "id")
    ]
    return sorted(found, key=lambda row: not row.is_this)


def end(officer: Officer, *, this: str, wanted: str = "") -> int:
    """End one session of an officer's own, or (`wanted` empty) all but the one in use; returns how many ended."""
    rows = OfficerSession.objects.filter(officer=officer).exclude(id=tokens.row_id(this, kind=_KIND))
    ended, _each = (rows.filter(id=wanted) if wanted else rows).delete()
    return ended


def end_all(officer: Officer) -> None:
    """End every session of an officer, whoever uses it."""
    OfficerSession.objects.filter(officer=officer).delete()


class SessionStore(SessionBase):
    """One row a session: at most 60 minutes idle, 10 hours in all (both kept in ten-minute steps)."""

    @override
    def load(self) -> dict[str, Any]:
        row = self._row()
        if row is not None:
            try:
                opened = seal.open_sealed(bytes(row.sealed), key=self._key(), context=_context(row.id))
                self._seen(row)
                data: dict[str, Any] = json.loads(opened)
            except Unopenable:
                pass
            else:
                return data
        self._session_key = None
        return {}

    @override
    def exists(self, session_key: str) -> bool:
        return OfficerSession.objects.filter(id=tokens.row_id(session_key, kind=_KIND)).exists()

    @override
    def create(self) -> None:
        self.clear_expired()
        self._session_key = tokens.new()
        self.save(must_create=True)
        self.modified = True

    @override
    def save(self, must_create: bool = False) -> None:
        if self.session_key is None:
            self.create()
            return
        data: dict[str, Any] = self._get_session(no_load=must_create)  # type: ignore[attr-defined] # the stubs lack it
        row_id = tokens.row_id(self.session_key, kind=_KIND)
        ends_at = self._ends(data)  # before sealing: kept inside, or every save would begin the ten hours anew
        row = OfficerSession(
            id=row_id,
            officer_id=data.get("_auth_user_id"),
            sealed=seal.seal(json.dumps(data).encode(), key=self._key(), context=_context(row_id)),
            expires_at=tokens.step_after(timezone.now() + IDLE),  # noqa: TID251 - a session engine is asked without a time
            ends_at=ends_at,
        )
        try:
            with transaction.atomic():
                row.save(force_insert=must_create, force_update=not must_create)
        except IntegrityError:
            raise CreateError from None
        except OfficerSession.NotUpdated:
            raise UpdateError from None

    @override
    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            OfficerSession.objects.filter(id=tokens.row_id(key, kind=_KIND)).delete()

    @classmethod
    @override
    def clear_expired(cls) -> None:
        OfficerSession.objects.filter(expires_at__lte=timezone.now()).delete()  # noqa: TID251 - see save

    def _row(self) -> OfficerSession | None:
        assert self.session_key is not None  # Django loads nothing without a cookie
        now = timezone.now()  # noqa: TID251 - see save
        return OfficerSession.objects.filter(
            id=tokens.row_id(self.session_key, kind=_KIND), expires_at__gt=now, ends_at__gt=now
        ).first()

    def _seen(self, row: OfficerSession) -> None:
        later = tokens.step_after(timezone.now() + IDLE)  # noqa: TID251 - see save
        if later > row.expires_at:
            OfficerSession.objects.filter(id=row.id).update(expires_at=later)

    def _ends(self, data: dict[str, Any]) -> datetime.datetime:
        if _ENDS not in data:
            data[_ENDS] = tokens.step_after(timezone.now() + LONGEST).isoformat()  # noqa: TID251 - see save
        return datetime.datetime.fromisoformat(data[_ENDS])

    def _key(self) -> bytes:
        assert self.session_key is not None
        return tokens.row_key(self.session_key, kind=_KIND)


def _context(row_id: str) -> bytes:
    return contexts.context("session", _KIND, row_id)
