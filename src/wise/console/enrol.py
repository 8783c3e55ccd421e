"""`wise enrol`: enter an officer and propose a role; a member of the unit confirms it and hands the key over.

A unit that has no member yet gets its first one with two of the recovery board's three paper shares (`--board`).
"""

import argparse
import getpass
from typing import Any

from wise.console import starting
from wise.console.starting import StopError


def add(commands: Any) -> None:
    """Put the command on the list."""
    parser = commands.add_parser("enrol", help="enter an officer and propose a role", description=__doc__)
    starting.add_data(parser)
    parser.add_argument("--login", required=True, help="the name the officer signs in with")
    parser.add_argument("--name", default="", help="the officer's full name (for a new officer)")
    parser.add_argument("--office", required=True, help="the office, as it is named")
    parser.add_argument("--unit", required=True, help="the kind of unit: compliance, investigation, leadership, …")
    parser.add_argument("--role", required=True, help="the role: verifier, unit_head, head, …")
    parser.add_argument("--board", action="store_true", help="ask for two paper shares of the recovery board")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Enter or find the officer, then propose or appoint; everything or nothing."""
    starting.open_house(starting.environment(args))
    from django.db import transaction
    from django.utils import timezone

    from wise.keys import membership

    unit, role = _place(args)
    with transaction.atomic():
        officer, code = _officer(args)
        if args.board:
            shares = [input("First share: "), input("Second share: ")]
            membership.appoint_by_board(officer, unit=unit, role=role, shares=shares, at=timezone.now())
            print(f"{officer.name} is the first member of {unit.name}.")
        else:
            membership.propose(officer, unit=unit, role=role, by=None, at=timezone.now())
            print(f"{officer.name} is proposed. A member of {unit.name} confirms it in the workspace.")
    if code:
        print(f"Recovery code (shown only now, to be kept by {officer.name} alone):\n  {code}")
    return 0


def _place(args: argparse.Namespace) -> Any:
    from wise.keys import staff
    from wise.people.kinds import Role

    if args.role not in {role.value for role in Role}:
        message = f"“{args.role}” is no role; the roles are {', '.join(Role)}."
        raise StopError(message)
    return staff.unit_at(args.office, kind=args.unit), Role(args.role)


def _officer(args: argparse.Namespace) -> Any:
    from wise.keys import staff
    from wise.refusals import Refused

    try:
        return staff.officer_called(args.login), ""
    except Refused:
        if not args.name.strip():
            raise
    print("The officer now types the passphrase that opens their keys. Nobody can reset it.")
    passphrase = getpass.getpass("Passphrase: ")
    if passphrase != getpass.getpass("Once more: "):
        message = "The two passphrases differ; nothing was stored."
        raise StopError(message)
    newcomer = staff.enter(args.login, name=args.name, passphrase=passphrase)
    return newcomer.row, newcomer.recovery_code
