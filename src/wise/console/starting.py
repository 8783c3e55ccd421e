"""What commands do before their work: find the data folder, the secret and the database, or say what is missing."""

import argparse
import contextlib
import os
import socket
from collections.abc import Iterator
from pathlib import Path

from wise.config import env


class StopError(Exception):
    """The command cannot go on; the one argument is a sentence that says why and what to do."""


def add_data(parser: argparse.ArgumentParser) -> None:
    """Give a command the option every command has."""
    parser.add_argument("--data", metavar="FOLDER", help="data folder (default: $WISE_DATA, or ./var)")


def environment(args: argparse.Namespace) -> env.Environment:
    """Read the environment; --data has the last word."""
    if args.data:
        os.environ["WISE_DATA"] = args.data
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wise.config.settings")
    return env.read(os.environ)


def make_folders(house: env.Environment) -> None:
    """Make the data folder, for its owner alone."""
    with _refused_by_the_system(house.data):
        house.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        house.files.mkdir(mode=0o700, exist_ok=True)
        probe = house.data / ".writable"
        probe.touch(mode=0o600)
        probe.unlink()


def make_secret(house: env.Environment) -> bool:
    """Make the server secret if this is a new house; True if it was made."""
    if house.secret_file.exists():
        return False
    if not house.database_url and house.sqlite_file.exists():
        message = (
            f"There is a database in {house.data}, but its secret {house.secret_file} is missing:"
            " restore it from the paper copy, or choose another folder with --data."
        )
        raise StopError(message)
    with _refused_by_the_system(house.secret_file):
        env.new_secret(house.secret_file)
    return True


def open_house(house: env.Environment) -> None:
    """Load the program upon an existing house: the secret must be there and fit the database."""
    env.secret_in(house.secret_file)
    import django
    from django.db import DatabaseError, connection
    from django.utils import translation

    from wise.config import catalogues

    with contextlib.suppress(OSError):  # installed read-only, they come compiled
        catalogues.compile_all()
    django.setup()
    translation.activate("en")  # commands speak English, as the documents for those who run them do
    if house.database_url:
        _must_answer(house.database_url)
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        raise StopError(_why(error, house)) from None


def _must_answer(database_url: str) -> None:
    """Ask PostgreSQL once, since the pool would go on asking."""
    import psycopg

    try:
        psycopg.connect(database_url).close()
    except psycopg.Error as error:
        reason = str(error).strip().partition("\n")[0]
        message = f"The database does not answer ({reason}): check WISE_DATABASE_URL and that PostgreSQL runs."
        raise StopError(message) from None


def _why(error: Exception, house: env.Environment) -> str:
    if "not a database" in str(error):
        return (
            f"The secret {house.secret_file} does not open the database {house.sqlite_file}:"
            " restore the secret that belongs to it."
        )
    return (
        f"The database {house.sqlite_file} cannot be opened: check who owns the folder and that the disk is not full."
    )


@contextlib.contextmanager
def _refused_by_the_system(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        message = f"{path} cannot be written ({error.strerror}): choose another folder with --data."
        raise StopError(message) from None


def must_be_free(host: str, port: int) -> None:
    """Stop where something else listens already; the server itself would share the port without a word."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        message = f"Cannot listen on {host}:{port} ({error.strerror}): choose another one with --port or --host."
        raise StopError(message) from None
