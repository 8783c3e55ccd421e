"""A unit that has worked for a while: a thousand cases, made once for all drills. Doors ask the day of the stories."""

from collections.abc import Iterator

import pytest
import time_machine
from pytest_django import DjangoDbBlocker

from benchmarks import bulk
from tests import world as cast
from tests.tables import Snapshot
from tests.world import NOW, World

CASES = 1000
# Every hundredth case is about somebody who is to get the unit's key.
ABOUT = ("Putri Ayu Wulandari", "Rahmat Hidayat")


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture(scope="module")
def busy(django_db_setup: World, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """KPKNL Pekanbaru with a thousand cases, committed; each drill is rolled back to this."""
    with django_db_blocker.unblock():
        before = Snapshot.take()
        pattern = cast.case_of(cast.join().tells())
        told = (ABOUT[number // 100 % 2] if number % 100 == 0 else "Petugas loket" for number in range(CASES - 1))
        bulk.seal(pattern, told=told, on=NOW.date())
    yield django_db_setup
    with django_db_blocker.unblock():
        before.restore()
