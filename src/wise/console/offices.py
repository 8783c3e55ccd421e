"""`wise offices load FILE`: add offices from a file, each with its units and their keys."""

import argparse
import json
from pathlib import Path
from typing import Any

from wise.console import starting
from wise.console.starting import StopError


def add(commands: Any) -> None:
    """Put the command on the list."""
    parser = commands.add_parser("offices", help="offices of the institution", description=__doc__)
    deeds = parser.add_subparsers(title="deeds", metavar="DEED", required=True)
    load = deeds.add_parser("load", help="add offices from a JSON file", description=__doc__)
    starting.add_data(load)
    load.add_argument("file", type=Path, help="a JSON list; each office has satker, name, kind, parent, tz")
    load.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Add what is missing; offices that are there already stay as they are."""
    starting.open_house(starting.environment(args))
    try:
        rows = json.loads(args.file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        message = f"{args.file} cannot be read as a JSON list of offices ({error})."
        raise StopError(message) from None
    from django.utils import timezone

    from wise.keys import board, founding

    if board.holder() is None:
        print("The recovery board's three shares: write each on paper of its own and give it to another person.")
        print("Any two of them can recover a unit's key. They are shown only now.\n")
        print("\n\n".join(founding.make_board()), end="\n\n")
    founded = founding.load_offices(rows, at=timezone.now(), progress=_show)
    print(f"{founded.offices} offices added.")
    return 0


def _show(done: int, all_of_them: int) -> None:
    print(f"\r{done} of {all_of_them}", end="\n" if done == all_of_them else "", flush=True)
