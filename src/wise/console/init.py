"""`wise init`: make the data folder, the server secret and the tables of a new house, and nothing else."""

import argparse
from typing import Any

from wise.console import database, starting


def add(commands: Any) -> None:
    """Put the command on the list."""
    parser = commands.add_parser("init", help="make the secret and the database", description=__doc__)
    starting.add_data(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Do it; may be repeated safely, which is also how a new version's migrations are run."""
    house = starting.environment(args)
    starting.make_folders(house)
    new = starting.make_secret(house)
    starting.open_house(house)
    if database.pending():
        database.migrate()
    if new:
        print(f"A new server secret was written to {house.secret_file}.")
        print("Copy it on paper and keep it apart from this machine and its backups: without it nobody signs in again.")
    print("The database is ready.")
    return 0
