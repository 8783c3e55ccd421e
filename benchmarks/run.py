"""`python -m benchmarks`: start WiSe, measure it, print the table. Exit code 1 where a mark is missed."""

import argparse
import contextlib
import json
import os
import platform
import sysconfig
from collections.abc import Iterator
from pathlib import Path

from benchmarks import house as houses
from benchmarks import inside, measures, table
from benchmarks.house import House
from benchmarks.measures import LONG, QUICK, Effort, Figures
from benchmarks.table import Measured
from tests import postgres


def main() -> int:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--database", choices=["sqlite", "postgres", "both"], default="both")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    parser.add_argument("--quick", action="store_true", help="look shorter: rougher figures in a third of the time")
    parser.add_argument("--large", action="store_true", help="also an inbox of 1,000,000 cases (some minutes)")
    args = parser.parse_args()
    sizes = (1_000, 10_000, 1_000_000) if args.large else (1_000, 10_000)
    measured, here = [], _machine()
    print("  " + ", ".join(f"{name}: {value}" for name, value in here.items()))
    for database in ("sqlite", "postgres") if args.database == "both" else (args.database,):
        with database_url(database) as url:
            measured.append(_measure(database, url, effort=QUICK if args.quick else LONG, sizes=sizes))
        print("\n" + table.text(measured[-1]) + "\n", flush=True)
    if args.json:
        told = {"machine": here, "rows": [row for one in measured for row in table.rows(one)]}
        args.json.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    missed = [f"{one.database}: {what}" for one in measured for what in table.failed(one)]
    if missed:
        print("Marks that are not reached:\n  " + "\n  ".join(missed))
    return 1 if missed else 0


def _machine() -> dict[str, str | int | float]:
    """What the figures depend on besides the program: a Python built without optimisation costs a third more."""
    optimised = "--enable-optimizations" in (sysconfig.get_config_var("CONFIG_ARGS") or "")
    return {
        "python": platform.python_version(),
        "python built": "optimised" if optimised else "without optimisation",
        "cores": len(os.sched_getaffinity(0)),
        "load before": round(os.getloadavg()[0], 1),
    }


@contextlib.contextmanager
def database_url(database: str) -> Iterator[str]:
    """Where a house keeps its rows: its own file, or a durable PostgreSQL that goes when the block ends."""
    if database == "sqlite":
        yield ""
        return
    with postgres.server(durable=True) as address:
        yield address.replace("/wise?", "/postgres?")


def _measure(database: str, url: str, *, effort: Effort, sizes: tuple[int, ...]) -> Measured:
    with houses.new(database_url=url) as house:
        _say(f"{database}: founding the demo institution …")
        figures: Figures = {"first-start": house.start()}
        passphrase = house.accounts["wulan"]["password"]
        _say("floors, in-process …")
        floors = table.with_rates(
            inside.ask(house.environment, "floors", "--login", "wulan", "--passphrase", passphrase)
        )
        _say("letters …")
        figures |= inside.ask(house.environment, module="benchmarks.papers")
        _say("privacy check, files …")
        figures |= inside.ask(house.environment, module="benchmarks.looks")
        _against_the_server(house, figures, floors, effort=effort, sizes=sizes)
        verified = house.wise("log", "verify")
        if verified.returncode:
            # The bulk cases are not in the log; everything else must be.
            _say((verified.stdout + verified.stderr).strip().partition("\n")[0])
        house.stop()
    return Measured(database, figures, floors)


def _against_the_server(
    house: House, figures: Figures, floors: dict[str, float], *, effort: Effort, sizes: tuple[int, ...]
) -> None:
    _say("weights …")
    figures |= measures.weights(house)
    figures["memory-idle"] = max(house.memory().values())
    _say("whole journeys …")
    figures |= measures.whole_journeys(house, effort)
    _say("sending …")
    figures |= measures.sends(house, effort)
    figures["memory-load"] = max(house.memory().values())
    _say("accounts …")
    figures |= measures.accounts(house, effort, floors)
    _say("against a flood of wrong passwords …")
    figures |= measures.flood(house, effort)
    _say("opening reports …")
    figures |= measures.opening(house, effort, floors)
    _say("10 MB …")
    figures |= measures.upload(house, effort)
    _say("stopping in a burst …")
    figures |= measures.stopping(house)
    _say("inboxes …")
    figures |= measures.inboxes(house, effort, sizes)


def _say(text: str) -> None:
    print(f"  {text}", flush=True)
