"""A unit's key with 10,000 grants: `python -m benchmarks.rotating [--database …] [--grants …]` prints what it costs.

A house is founded, cases are sealed for one unit, a candidate is looked for in them, the key is renewed, and the grants
move by as many presses of the button as it takes; then every case is opened.
"""

import argparse
import datetime
import json
import os
import sys
import time
from collections.abc import Callable
from typing import Any

import django

from benchmarks import house as houses
from benchmarks import inside
from benchmarks.run import database_url

LOGIN = "wulan"


def main() -> int:
    """Measure in a process upon a house of its own, for each database that was asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.rotating", description=__doc__)
    parser.add_argument("--database", choices=["sqlite", "postgres", "both"], default="both")
    parser.add_argument("--grants", type=int, default=10_000)
    parser.add_argument("--passphrase", default="", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.passphrase:
        json.dump(measured(args.grants, passphrase=args.passphrase), sys.stdout)
        return 0
    for database in ("sqlite", "postgres") if args.database == "both" else (args.database,):
        with database_url(database) as url, houses.new(database_url=url) as house:
            house.start()
            house.stop()
            asked = ["--grants", str(args.grants), "--passphrase", house.accounts[LOGIN]["password"]]
            figures = inside.ask(house.environment, *asked, module="benchmarks.rotating")
        print(f"{database}, {args.grants} grants")
        print(f"  {'':66}{'seconds':>10}{'of these on the processor':>28}")
        for what, (seconds, processor) in figures.items():
            print(f"  {what:66}{seconds:10.2f}{processor:28.2f}")
    return 0


def measured(count: int, *, passphrase: str) -> dict[str, list[float]]:
    """Each deed with its seconds, and how many of these the program itself computed; and that nothing was lost."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wise.config.settings")
    django.setup()
    from wise.keys import directory, rotation

    now = datetime.datetime.now(datetime.UTC)
    desk = _desk(passphrase, at=now)
    _fill(count, at=now, desk=desk)
    looks = _looks(desk, at=now)
    assert _opened(desk) == count
    holder = directory.holder_of(desk.holding[0])
    renewed = _timed(lambda: rotation.renew(holder.id, seed=desk.keyring.seeds[holder.id], by=desk.officer, at=now))
    desk, presses = _desk(passphrase, at=now), list[list[float]]()
    while rotation.progress(directory.holder_of(desk.holding[0])).left:
        presses.append(_timed(lambda: rotation.move_batch(holder.id, keyring=desk.keyring, at=now)))
    assert _opened(desk) == count
    return {
        "one look for a candidate, 1,000 cases (the slowest)": max(looks),
        f"all {len(looks)} looks": _sum(looks),
        "renewing the key": renewed,
        "one press of “Move the next ones”, 1,000 grants (the slowest)": max(presses),
        f"all {len(presses)} presses": _sum(presses),
    }


def _looks(desk: Any, *, at: datetime.datetime) -> list[list[float]]:
    """Somebody is to become a verifier: the unit's cases are looked through for them."""
    from wise.casework import joining
    from wise.keys import membership
    from wise.people.kinds import Role
    from wise.people.models import Officer

    agus, tono = (Officer.objects.get(login=login) for login in ("agus", "tono"))
    row = membership.propose(agus, unit=desk.holding[0], role=Role.VERIFIER, by=tono, at=at)
    candidate = joining.candidate_of(row, desk=desk)
    check, looks = joining.begin(candidate, desk=desk), list[list[float]]()
    while not check.is_whole:
        begun, computed = time.perf_counter(), time.process_time()
        check = joining.go_on(check, candidate, desk=desk, at=at)
        looks.append([time.perf_counter() - begun, time.process_time() - computed])
    return looks


def _timed(deed: Callable[[], object]) -> list[float]:
    begun, computed = time.perf_counter(), time.process_time()
    deed()
    return [time.perf_counter() - begun, time.process_time() - computed]


def _sum(rows: list[list[float]]) -> list[float]:
    return [sum(column) for column in zip(*rows, strict=True)]


def _desk(passphrase: str, *, at: datetime.datetime) -> Any:
    from wise.casework import access
    from wise.people import signing_in
    from wise.people.models import Officer

    seed = signing_in.officer(LOGIN, passphrase=passphrase, at=at).seed
    return access.desk_of(Officer.objects.get(login=LOGIN), seed=seed, at=at)


def _fill(count: int, *, at: datetime.datetime, desk: Any) -> None:
    from benchmarks import bulk
    from wise.casework import intake
    from wise.casework.intake import Telling
    from wise.casework.models import Case
    from wise.register.channels import ONLINE
    from wise.register.entry import Told

    telling = Telling("service", Told(what="Antre di loket"), office=desk.holding[0].office)
    receipt = intake.receive(telling, channel=ONLINE, by=None, at=at)
    pattern = Case.objects.select_related("report", "unit__office").get(report_id=receipt.report_id)
    bulk.seal(pattern, told=["Petugas loket"] * (count - 1), on=at.date() - datetime.timedelta(days=7))


def _opened(desk: Any) -> int:
    from wise.casework import access

    cases = access.cases_of(desk).select_related("report")
    return sum(1 for case in cases.iterator(chunk_size=500) if access.report_keys(case.report, keyring=desk.keyring))


if __name__ == "__main__":
    sys.exit(main())
