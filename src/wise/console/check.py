"""`wise check`: look at settings, folders, secret and database, and say for each finding what to do."""

import argparse
from typing import Any

from wise.console import database, starting


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

    findings = sorted(checks.run_checks(databases=["default"]), key=lambda finding: -finding.level)
    for finding in findings:
        name = {checks.ERROR: "ERROR", checks.WARNING: "WARNING"}.get(finding.level, "NOTE")
        print(f"{name} {finding.id}: {finding.msg}")
        if finding.hint:
            print(f"    {finding.hint}")
    if late := database.pending():
        print(f"ERROR wise.E003: {late} migrations have not been run.\n    Run “wise init”.")
    if not findings and not late:
        print("All is well.")
    worst = checks.WARNING if args.strict else checks.ERROR
    return 1 if late or any(finding.level >= worst for finding in findings) else 0
