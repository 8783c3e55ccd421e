"""Between passphrase and second step: the unlocked key waits in the sealed session, and nobody is signed in yet."""

import base64
import datetime
from dataclasses import dataclass

from django.contrib.sessions.backends.base import SessionBase

from wise.people.admission import Arrival
from wise.people.models import Officer

LONGEST = datetime.timedelta(minutes=5)
_HALFWAY = "_wise_halfway"


@dataclass(frozen=True, slots=True, repr=False)
class Waiting:
    """An officer whose passphrase was right; `wanted` is where they were going."""

    officer: Officer
    seed: bytes
    wanted: str


def begin(session: SessionBase, arrival: Arrival, *, wanted: str, at: datetime.datetime) -> None:
    """Keep an arrival for five minutes. Whoever was signed in here before is no longer, and the cookie is another."""
    session.flush()
    session[_HALFWAY] = {
        "officer": str(arrival.row.id),
        "seed": base64.b64encode(arrival.seed).decode(),
        "salt": bytes(arrival.row.salt).hex(),
        "wanted": wanted,
        "until": (at + LONGEST).isoformat(),
    }


def waiting(session: SessionBase, *, at: datetime.datetime) -> Waiting | None:
    """Who waits in this session; None once five minutes are over, the passphrase was changed, or the officer left."""
    kept = session.get(_HALFWAY)
    if kept is None:
        return None
    officer = Officer.objects.filter(id=kept["officer"], is_active=True).first()
    over = datetime.datetime.fromisoformat(kept["until"]) <= at
    # A new passphrase comes with a new salt: what the old one opened must not outlive it (property P05).
    if over or officer is None or bytes(officer.salt).hex() != kept["salt"]:
        session.flush()
        return None
    return Waiting(officer, base64.b64decode(kept["seed"]), kept["wanted"])


def end(session: SessionBase) -> None:
    """The second step was taken, or given up: nothing waits any more."""
    session.pop(_HALFWAY, None)
