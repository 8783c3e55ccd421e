"""`wise enrol`: enter an officer and propose a role; a member of the unit confirms it and hands the key over.

A unit that has no member yet gets its first one with two of the recovery board's three paper shares (`--board`).
"""

import argparse
import getpass
import sys
from typing import Any

from wise.console import starting
from wise.console.starting import StopError


def add(commands: Any) -> None:
    """Put the command on the list."""
    parser = commands.add_parser("enrol", help="enter an officer and propose a role", description=__doc__)
    starting.add_data(parser)
    parser.add_argument("--login", required=True, help="the name the officer signs in with")
    parser.add_argument("--name", default="", help="the officer's full name (for a new officer)")
    parser.add_argument("--service-number", default="", help="the number (NIP) below the officer's name on letters")
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

    from wise.keys import membership, staff
    from wise.people import joining

    unit, role = _place(args)
    officer, newcomer = _officer(args)
    shares = [_share("First share: "), _share("Second share: ")] if args.board else []
    # Everything has been typed: whoever reports meanwhile does not wait for slow fingers.
    with transaction.atomic():
        if newcomer is not None:
            officer = staff.enter(newcomer)
        elif args.service_number:
            joining.number(officer, service_number=args.service_number)
        if args.board:
            membership.appoint_by_board(officer, unit=unit, role=role, shares=shares, at=timezone.now())
            sentence = f"{officer.name} now has the role “{role}” at {unit.name}."
        else:
            membership.propose(officer, unit=unit, role=role, by=None, at=timezone.now())
            sentence = f"{officer.name} is proposed. A member of {unit.name} confirms it in the workspace."
    print(sentence)
    if newcomer is not None:
        print(f"Recovery code (shown only now, to be kept by {officer.name} alone):\n  {newcomer.recovery_code}")
    return 0


def _place(args: argparse.Namespace) -> Any:
    from wise.keys import membership, staff
    from wise.people.kinds import Role, UnitKind, roles_for

    if args.unit not in set(UnitKind):
        message = f"“{args.unit}” is no kind of unit; the kinds are {', '.join(UnitKind)}."
        raise StopError(message)
    if args.role not in set(Role):
        message = f"“{args.role}” is no role; the roles are {', '.join(Role)}."
        raise StopError(message)
    unit, role = staff.unit_at(args.office, kind=args.unit), Role(args.role)
    roles = [row.role for row in roles_for(unit.kind)]
    if role not in roles:
        message = f"A unit of the kind “{unit.kind}” does not have the role “{role}”; it has {', '.join(roles)}."
        raise StopError(message)
    membership.check(unit, role=role, by_board=args.board)
    return unit, role


def _officer(args: argparse.Namespace) -> Any:
    """The officer of this login and None; or None and the newcomer with the keys just made, who is not stored yet."""
    from wise.keys import staff
    from wise.people import joining
    from wise.refusals import Refused

    try:
        return staff.officer_called(args.login), None
    except Refused:
        if not args.name.strip():
            message = f"No officer signs in as “{args.login}”. Check it, or add --name to enter a new officer."
            raise StopError(message) from None
    print("The officer now types the passphrase that opens their keys. Nobody can reset it.", flush=True)
    passphrase = _typed("Passphrase: ")
    if passphrase != _typed("Once more: "):
        message = "The two passphrases differ; nothing was stored."
        raise StopError(message)
    newcomer = joining.prepare_officer(
        args.login, name=args.name, passphrase=passphrase, service_number=args.service_number
    )
    return None, newcomer


def _share(prompt: str) -> str:
    """One share; at a terminal it is asked for again until it is whole, since nobody sees what they type."""
    from wise.keys import board
    from wise.refusals import Refused

    while True:
        share = _typed(prompt)
        try:
            board.check_share(share)
        except Refused as refused:
            if not _at_a_terminal():
                raise
            print(f"{refused.sentence} Please type it again.")
        else:
            return share


def _typed(prompt: str) -> str:
    """What somebody types, unseen; where the input is no terminal, its next line."""
    try:
        line = getpass.getpass(prompt) + "\n" if _at_a_terminal() else _next_line()
    except EOFError:
        line = ""
    if not line:
        message = "The input ended before everything was typed; nothing was stored."
        raise StopError(message)
    return line.rstrip("\r\n")


def _at_a_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _next_line() -> str:
    return sys.stdin.readline() if sys.stdin is not None else ""  # None: the shell closed it
