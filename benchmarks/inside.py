"""What is measured inside the program, without a server: `python -m benchmarks.inside floors|fill …`.

Runs as a process of its own upon a house's data folder (WISE_DATA), and prints one line of JSON.
"""

import argparse
import datetime
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

TEN_MEGABYTES = 10 * 1024 * 1024
PASSWORD = "gelas sepatu kuning dua lampu"


def main() -> int:
    """Do what was asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["floors", "fill"])
    parser.add_argument("--login", default="wulan")
    parser.add_argument("--passphrase", default="")
    parser.add_argument("--count", type=int, default=0)
    args = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wise.config.settings")
    django.setup()
    result = floors(args.login, args.passphrase) if args.what == "floors" else fill(args.login, args.count)
    json.dump(result, sys.stdout)
    return 0


def milliseconds(deed: Callable[[], object], *, times: int) -> float:
    """The median of a deed, after three that do not count."""
    for _ in range(3):
        deed()
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        deed()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken) * 1000


def fill(login: str, count: int) -> dict[str, Any]:
    """Repeat a case of the unit that this officer works for."""
    from benchmarks import bulk
    from wise.casework.models import Case
    from wise.people.models import OfficerRole

    units = OfficerRole.objects.filter(officer__login=login).values("unit")
    pattern = Case.objects.select_related("report").filter(unit__in=units).first()
    assert pattern is not None, "there must be one real case to repeat"
    begun = time.perf_counter()
    bulk.fill(pattern, count=count)
    return {"cases": Case.objects.count(), "seconds": time.perf_counter() - begun}


def floors(login: str, passphrase: str) -> dict[str, float]:
    """The same domain calls that the pages make, and the bare primitives, in milliseconds."""
    return _derivation() | _stream() | _domain(login, passphrase)


def _derivation() -> dict[str, float]:
    from wise.crypto import passphrases

    salt, pepper = passphrases.new_salt(), bytes(32)

    def derive() -> bytes:
        return passphrases.key_from(PASSWORD, salt=salt, cost=passphrases.CURRENT, pepper=pepper)

    return {"argon2id": milliseconds(derive, times=11)}


def _stream() -> dict[str, float]:
    from wise.crypto import seal, stream

    content, key = os.urandom(TEN_MEGABYTES), seal.new_key()

    def sealed() -> list[bytes]:
        sealer = stream.Sealer(key, context=b"floor")
        parts = [sealer.push(content[start : start + 65536]) for start in range(0, TEN_MEGABYTES, 65536)]
        return [*parts, sealer.finish()]

    def durable() -> None:
        with tempfile.TemporaryFile(dir=os.environ["WISE_DATA"], buffering=0) as file:
            for part in sealed():
                file.write(part)
            os.fsync(file.fileno())

    return {"stream": milliseconds(sealed, times=7), "stream to disk": milliseconds(durable, times=7)}


def _domain(login: str, passphrase: str) -> dict[str, float]:
    from wise.casework import access, inbox, intake, reading
    from wise.casework.inbox import Wanted
    from wise.casework.models import Case
    from wise.keys import directory
    from wise.people import joining, signing_in
    from wise.people.models import Office, Officer
    from wise.register.channels import ONLINE
    from wise.register.entry import Told

    now = datetime.datetime.now(datetime.UTC)
    newcomer = joining.prepare_reporter(f"floor {os.urandom(4).hex()}", password=PASSWORD, at=now)
    joining.store(newcomer)
    directory.enter_holder(newcomer.row, seed=newcomer.seed)
    told = Told(what="Saya menunggu tiga jam di loket. " * 8, where="Loket", when="Selasa", who="Petugas", how="Antre")
    telling = intake.Telling("service", told, office=Office.objects.get(name="KPKNL Pekanbaru"))

    def receive() -> intake.Receipt:
        return intake.receive(telling, channel=ONLINE, by=intake.known(newcomer.row), at=now)

    report_id = receive().report_id
    officer = Officer.objects.get(login=login)
    seed = signing_in.officer(login, passphrase=passphrase, at=now).seed
    desk = access.desk_of(officer, seed=seed, at=now)
    case = Case.objects.get(report_id=report_id)
    return {
        "receive": milliseconds(receive, times=100),
        "read": milliseconds(lambda: reading.read(case.id, desk=desk, at=now), times=100),
        "desk": milliseconds(lambda: access.desk_of(officer, seed=seed, at=now), times=50),
        "inbox": milliseconds(lambda: (inbox.page(desk, wanted=Wanted()), inbox.counts(desk)), times=30),
    }


def ask(environment: dict[str, str], *arguments: str, module: str = "benchmarks.inside") -> dict[str, Any]:
    """Run this module, or another, as a process upon a house, and hear its answer."""
    import subprocess

    outcome = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        env=environment,
        cwd=Path(__file__).resolve().parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    if outcome.returncode:
        raise RuntimeError(outcome.stderr[-2000:])
    answer: dict[str, Any] = json.loads(outcome.stdout)
    return answer


if __name__ == "__main__":
    sys.exit(main())
