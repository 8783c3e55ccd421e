"""`wise serve`: answer requests upon an existing house."""

import argparse
from typing import Any

from wise.console import database, serving, starting


def add(commands: Any) -> None:
    """Put the command on the list."""
    parser = commands.add_parser("serve", help="answer requests", description=__doc__)
    starting.add_data(parser)
    serving.add_address(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Serve until interrupted."""
    starting.must_be_free(args.host, args.port)
    house = starting.environment(args)
    serving.expect_host(args.host, house)
    starting.open_house(house)
    if database.pending():
        message = "The database is older than this program: run “wise init” first."
        raise starting.StopError(message)
    lines = [] if args.quiet else [f"WiSe answers at {serving.address(args)} – stop it with Ctrl-C."]
    return serving.serve(args, lines=lines)
