"""What stands in the sealed session while the institution is asked who somebody is, and until the passphrase comes."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.sessions.backends.base import SessionBase

from wise.people.models import Officer

LONGEST = datetime.timedelta(minutes=10)
_ASKED = "_wise_institution_asked"
_CAME = "_wise_institution_came"
_REFUSED = "_wise_institution_refused"


@dataclass(frozen=True, slots=True)
class Waiting:
    """An officer whom the institution has named; nothing of theirs is open. `wanted` is where they were going."""

    officer: Officer
    wanted: str


def ask(session: SessionBase, kept: Mapping[str, str | None], *, at: datetime.datetime) -> None:
    """Keep what a coming answer is checked against, for ten minutes."""
    session[_ASKED] = {**kept, "until": (at + LONGEST).isoformat()}


def asked(session: SessionBase, *, at: datetime.datetime) -> dict[str, str]:
    """What was kept, once; nothing where nobody asked, or it is over."""
    kept: dict[str, str] = session.pop(_ASKED, {})
    return kept if kept and at < datetime.datetime.fromisoformat(kept["until"]) else {}


def came(session: SessionBase, officer: Officer, *, wanted: str, at: datetime.datetime) -> None:
    """Keep whom the institution has named, for ten minutes. Whoever was signed in here before is no longer."""
    session.flush()
    session[_CAME] = {"officer": str(officer.id), "wanted": wanted, "until": (at + LONGEST).isoformat()}


def waiting(session: SessionBase, *, at: datetime.datetime) -> Waiting | None:
    """Who waits for the passphrase in this session; None where nobody does, it is over, or they were locked out."""
    kept = session.get(_CAME)
    if kept is None or at >= datetime.datetime.fromisoformat(kept["until"]):
        return None
    officer = Officer.objects.filter(id=kept["officer"], is_active=True).first()
    return Waiting(officer, kept["wanted"]) if officer is not None else None


def note_refusal(session: SessionBase, sentence: str) -> None:
    """Keep why somebody did not come in, for the page that says it."""
    session[_REFUSED] = sentence


def refusal(session: SessionBase) -> str | None:
    """That sentence, once."""
    found: str | None = session.pop(_REFUSED, None)
    return found
