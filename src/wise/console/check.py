"""`wise check`: look at settings, folders, secret, database and units, and say for each finding what to do."""

import argparse
from typing import Any

from wise.console import database, starting

_SHOWN = 3


def add(commands: Any) -> None:
    """Put the command on the list."""
    parser = commands.add_parser("check", help="look for mistakes in the set-up", description=__doc__)
    starting.add_data(parser)
    parser.add_argument("--strict", action="store_true", help="exit with 1 for warnings too")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the findings, gravest first; exit code 1 if one of them must not stay."""
    starting.open_house(starting.environment(args))
    from django.core import checks

    late = database.pending()
    found = [*checks.run_checks(databases=["default"]), *([] if late else _unread_units())]
    findings = sorted(found, key=lambda finding: -finding.level)
    for finding in findings:
        name = {checks.ERROR: "ERROR", checks.WARNING: "WARNING"}.get(finding.level, "NOTE")
        print(f"{name} {finding.id}: {finding.msg}")
        if finding.hint:
            print(f"    {finding.hint}")
    if late:
        print(f"ERROR wise.E003: {late} migrations have not been run.\n    Run “wise init”.")
    if not findings and not late:
        print("All is well.")
    worst = checks.WARNING if args.strict else checks.ERROR
    return 1 if late or any(finding.level >= worst for finding in findings) else 0


def _unread_units() -> list[Any]:
    """Units whose reports nobody there could open; in a demonstration most of them are empty on purpose."""
    from django.conf import settings
    from django.core import checks

    from wise.keys import staff

    units = staff.unread_units()
    lost = [unit.name for unit, instead in units if instead is None]
    passed_on = [unit.name for unit, instead in units if instead is not None]
    hint = "Enter their first members with “wise enrol --board” (docs/operate/people.md)."
    found: list[Any] = []
    if lost:
        sentence = f"Nobody could open what {_some(lost)} would receive: no unit above has a member either."
        found.append(checks.Error(sentence, hint=hint, id="wise.E006"))
    if passed_on:
        level = checks.INFO if settings.WISE_DEMO else checks.WARNING
        sentence = f"{_some(passed_on)} without a member: what would come there goes to the next unit up."
        found.append(checks.CheckMessage(level, sentence, hint=hint, id="wise.W009"))
    return found


def _some(names: list[str]) -> str:
    """How many, and the first names: a hundred lines would be read by nobody."""
    shown = "; ".join(names[:_SHOWN]) + ("; …" if len(names) > _SHOWN else "")
    return f"{len(names)} unit{'s' if len(names) > 1 else ''} ({shown})"
