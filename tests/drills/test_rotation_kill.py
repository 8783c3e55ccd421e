"""Moving a unit's grants to its new key is killed in the middle of a batch: nothing is lost, another goes on."""

import json
import os
import random
import subprocess
import sys
import textwrap
import time

import pytest
from django.conf import settings
from django.db import connection

from benchmarks import bulk
from tests import world as cast
from tests.world import NOW, World, case_of
from wise.audit import proof
from wise.casework import access
from wise.casework.models import Case
from wise.keys import rotation
from wise.keys.models import Grant, Holder
from wise.keys.rotation import Progress

# In the suite; the full size of 10,000 is a benchmark (benchmarks/rotating.py).
GRANTS, BATCH = 600, 100
# What a person's button calls, on the tests' own database; it says when each batch is whole.
_MOVER = """
    import json, os, sys
    os.environ["DJANGO_SETTINGS_MODULE"] = "wise.config.settings"
    os.environ["WISE_DATA"] = sys.argv[1]
    from wise.config import settings
    settings.DATABASES["default"] |= json.loads(sys.argv[2])
    import django
    django.setup()
    import datetime
    from wise.casework import access
    from wise.keys import directory, rotation
    from wise.people.models import Officer
    at = datetime.datetime.fromisoformat(sys.argv[3])
    desk = access.desk_of(Officer.objects.get(login="wulan"), seed=bytes.fromhex(sys.stdin.readline()), at=at)
    unit = directory.holder_of(desk.units[0])
    while True:
        found = rotation.move_batch(unit.id, keyring=desk.keyring, at=at, most=int(sys.argv[4]))
        print(json.dumps([found.moved, found.left]), flush=True)
        if not found.left:
            break
"""


def _mover(seed: bytes, *, batch: int) -> subprocess.Popen[str]:
    given = {name: str(connection.settings_dict[name]) for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("WISE_", "COV"))}
    if connection.vendor == "postgresql":
        environment["WISE_DATABASE_URL"] = os.environ["WISE_TEST_DATABASE_URL"]
    else:
        given = {"NAME": given["NAME"]}
    command = [sys.executable, "-c", textwrap.dedent(_MOVER), str(settings.WISE_DATA_DIR), json.dumps(given)]
    process = subprocess.Popen(
        [*command, NOW.isoformat(), str(batch)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )
    assert process.stdin is not None
    process.stdin.write(f"{seed.hex()}\n")
    process.stdin.flush()
    return process


def _killed(process: subprocess.Popen[str], *, seconds: float) -> int:
    """Let it finish one batch, then kill -9 it at a moment of chance; how many grants had moved by its last word."""
    assert process.stdout is not None
    with process:
        said = [process.stdout.readline()]
        time.sleep(seconds)
        process.kill()
        said += process.stdout.readlines()
    moved: int = json.loads([line for line in said if line.endswith("\n")][-1])[0]
    return moved


def _opened(world: World) -> int:
    """How many of the unit's cases Wulan opens; one that does not open is an error."""
    ring = world.desk("wulan").keyring
    cases = Case.objects.filter(unit=world.unit()).select_related("report")
    return sum(1 for case in cases if access.report_keys(case.report, keyring=ring))


@pytest.mark.usefixtures("committed_world")
def test_p40_a_move_that_is_killed_in_a_batch_loses_nothing_and_is_gone_on_with(committed_world: World) -> None:
    world, holder = committed_world, Holder.objects.get(unit=committed_world.unit())
    bulk.seal(case_of(cast.join().tells()), told=["Petugas loket"] * (GRANTS - 1), on=NOW.date())
    desk = world.desk("wulan")
    rotation.renew(holder.id, seed=desk.keyring.seeds[holder.id], by=desk.officer, at=NOW)
    before, seed = Grant.objects.filter(holder=holder).count(), world.seeds[desk.officer.id]
    assert rotation.progress(Holder.objects.get(id=holder.id)) == Progress(moved=0, left=GRANTS, inner=0)

    for turn in (1, 2):
        said = _killed(_mover(seed, batch=BATCH), seconds=random.uniform(0, 0.2))  # noqa: S311 - no secret
        part = rotation.progress(Holder.objects.get(id=holder.id))
        # The batch in flight is there as a whole or not at all, whether it came to say so or not.
        assert part.moved in {said, said + BATCH}
        assert (part.moved >= turn * BATCH, part.left > 0, part.total) == (True, True, GRANTS)
        assert (Grant.objects.filter(holder=holder).count(), _opened(world)) == (before, GRANTS)

    with _mover(seed, batch=GRANTS) as last:
        output, _ = last.communicate(timeout=60)
    assert json.loads(output) == [GRANTS, 0]
    assert (Grant.objects.filter(holder=holder).count(), _opened(world)) == (before, GRANTS)
    assert set(Grant.objects.filter(holder=holder).values_list("holder_version", flat=True)) == {2}
    assert proof.verify() == []
