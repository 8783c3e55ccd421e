"""Officers' authenticator apps in tests: set up through the domain's own functions, and the codes they show."""

import datetime
import uuid
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from tests.world import NOW, World
from wise.crypto import one_time
from wise.people import second_step
from wise.people.models import Officer

STEP = datetime.timedelta(seconds=30)


@dataclass(slots=True)
class App:
    """An app on an officer's telephone."""

    secret: bytes
    codes: list[str] = field(default_factory=list)

    def shows(self, at: datetime.datetime) -> str:
        """The six digits at a time, computed by the library itself."""
        totp = TOTP(self.secret, 6, SHA1(), 30)  # noqa: S303 - as apps do
        return totp.generate(int(at.timestamp())).decode()


def seed_of(world: World, login: str) -> bytes:
    """An officer's key, unlocked."""
    world.desk(login)
    return world.seeds[world.officer(login).id]


def set_up(world: World, login: str, *, at: datetime.datetime = NOW - 4 * STEP, name: str = "telepon") -> App:
    """Give an officer an app, by default a while ago; `codes` are the recovery codes of the first one."""
    app = App(one_time.new_secret())
    officer = world.officer(login)
    codes = second_step.add_app(
        officer, seed=seed_of(world, login), secret=app.secret, code=app.shows(at), name=name, at=at
    )
    app.codes = codes or []
    return app


def only(officer: Officer, *, seed: bytes) -> uuid.UUID:
    """The id of the one app that an officer has."""
    (factor,) = second_step.of(officer, seed=seed)
    return factor.id
