"""P08: no cache keeps a secret; after the deed no object of the process holds one."""

import gc
import secrets
import sys
import uuid
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest

from tests import world as cast
from tests.world import NOW, World
from wise.casework import reading
from wise.keys import directory, keyring
from wise.people import joining, sessions, signing_in
from wise.refusals import Refused
from wise.register.entry import Told


def _objects() -> Iterator[object]:
    """All that containers and running frames of every thread refer to."""
    gc.collect()
    for container in gc.get_objects():
        # A module's names are in a dictionary of its own. What else it refers to may be dead already: asyncio's lends
        # out its list of freed objects, and whoever touches one frees it twice (Python 3.12 then never ends).
        if type(container) is not ModuleType:
            yield from _with_untracked(gc.get_referents(container))
    for frame in sys._current_frames().values():
        step = frame
        while step is not None:
            if step.f_code.co_name != "_held":
                yield from _with_untracked(list(step.f_locals.values()))
            step = step.f_back  # type: ignore[assignment]


def _with_untracked(values: list[Any]) -> Iterator[object]:
    """The values, and what is in those containers of which the collector keeps no account."""
    for value in values:
        yield value
        if type(value) in {dict, tuple} and not gc.is_tracked(value):
            yield from _with_untracked(gc.get_referents(value))


def _held(backwards: list[bytes]) -> int:
    """How many strings or byte strings hold one of the secrets, which the caller knows only backwards."""
    needles = [each[::-1] for each in backwards]
    texts = [each.decode("latin-1") for each in needles]
    own = {id(each) for each in (*needles, *texts)}
    found = 0
    for value in _objects():
        # By type, for a lazy object would wake up when asked what it is an instance of.
        if type(value) in {bytes, bytearray}:
            found += id(value) not in own and any(each in value for each in needles)  # type: ignore[operator]
        elif type(value) is str:
            found += id(value) not in own and any(each in value for each in texts)
    return found


def _forgotten(backwards: list[bytes]) -> bool:
    return not _held(backwards)


def _sari_signs_in_and_reads() -> list[bytes]:
    """The whole deed; of its secrets only their reverse comes back."""
    password = "kuda " + " ".join(secrets.token_hex(6) for _ in range(4))
    newcomer = joining.prepare_reporter("burung malam", password=password, at=NOW)
    joining.store(newcomer)
    directory.enter_holder(newcomer.row, seed=newcomer.seed)
    teller = cast.Teller(newcomer.row, newcomer.seed, "burung malam", newcomer.recovery_code)
    marker = secrets.token_hex(12)
    receipt = teller.tells(cast.queues(told=Told(what=f"Petugas {marker} meminta uang")))
    unlocked = signing_in.reporter("burung malam", password=password, at=NOW)
    session = sessions.resume(sessions.start(unlocked.row, seed=unlocked.seed, at=NOW), at=NOW)
    assert session is not None
    ring = keyring.of_reporter(session.reporter, seed=session.seed)
    own = reading.own_report(uuid.UUID(receipt.report_id), reporter=session.reporter, keyring=ring, at=NOW)
    assert marker in own.told.what
    kept = (password, newcomer.recovery_code, receipt.register_number, marker)
    return [newcomer.seed[::-1], *(secret.encode()[::-1] for secret in kept)]


def test_p08_after_saris_deeds_nothing_of_her_secrets_is_left_in_memory(world: World) -> None:
    backwards = _sari_signs_in_and_reads()

    assert _forgotten(backwards)


def test_p08_this_way_of_looking_finds_a_secret_that_is_kept(world: World) -> None:
    kept = {"secret": f"a secret like {secrets.token_hex(12)}"}
    backwards = kept["secret"][-24:].encode()[::-1]

    assert not _forgotten([backwards])


def test_p08_a_failed_sign_in_leaves_nothing_either(world: World) -> None:
    def fail() -> bytes:
        password = "kuda " + " ".join(secrets.token_hex(6) for _ in range(4))
        with pytest.raises(Refused):
            signing_in.reporter("kuda laut", password=password, at=NOW)
        return password.encode()[::-1]

    assert _forgotten([fail()])
