"""`wise up`: everything at once on this machine – secret, database, the demo institution on first start, the server."""

import argparse
import importlib
import json
import os
from pathlib import Path
from typing import Any

from wise.config.env import Environment
from wise.console import database, serving, starting

ACCOUNTS = "demo-accounts.json"
# Stands in the data folder from before the tables are made until the demo institution is complete in them.
_UNFINISHED = "demo-unfinished"


def add(commands: Any) -> None:
    """Put the command on the list."""
    parser = commands.add_parser("up", help="set up what is missing, then serve", description=__doc__)
    starting.add_data(parser)
    serving.add_address(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Set up and serve until interrupted."""
    starting.must_be_free(args.host, args.port)
    os.environ.setdefault("WISE_DEMO", "1")
    os.environ.setdefault("WISE_ADDRESS", serving.address(args))
    house = starting.environment(args)
    serving.expect_host(args.host, house)
    starting.make_folders(house)
    starting.make_secret(house)
    starting.open_house(house)
    _bring_up_to_date(house, quiet=args.quiet)
    return serving.serve(args, lines=[] if args.quiet else _greeting(args, house))


def _bring_up_to_date(house: Environment, *, quiet: bool) -> None:
    unfinished = house.data / _UNFINISHED
    if database.pending():
        if house.demo and database.is_new():
            unfinished.touch(mode=0o600)
        if not quiet:
            print("Preparing the database …", flush=True)
        database.migrate()
    if house.demo and unfinished.exists():
        _build_demo(house, quiet=quiet)
        unfinished.unlink()


def _build_demo(house: Environment, *, quiet: bool) -> None:
    from django.db import transaction

    # All or nothing: an interrupted first start begins anew.
    with transaction.atomic():
        demo = importlib.import_module("wise.console.demo")
        accounts = demo.build(house.data, progress=(lambda _: None) if quiet else print)
        _write(house.data / ACCOUNTS, json.dumps(accounts, indent=2, ensure_ascii=False) + "\n")


def _write(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)


def _greeting(args: argparse.Namespace, house: Environment) -> list[str]:
    here = serving.address(args)
    lines = ["", f"WiSe answers at {here} – stop it with Ctrl-C.", f"Officers sign in at {here}kerja/masuk/"]
    accounts = house.data / ACCOUNTS
    if house.demo and accounts.exists():
        lines += ["", f"A demonstration, not for real reports. Its accounts ({accounts}):", ""]
        lines += _table(json.loads(accounts.read_text(encoding="utf-8")))
        if not house.second_factor_roles:
            lines += ["", "They sign in without a second step, which a real institution requires of every officer."]
    return lines


def _table(accounts: list[dict[str, str]]) -> list[str]:
    columns = ["login", "password", "role", "office"]
    if any(account["unlock"] not in {"", account["password"]} for account in accounts):
        columns.insert(2, "unlock")
    rows = [columns, *([account[name] for name in columns] for account in accounts)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(columns))]
    padded = ([cell.ljust(width) for cell, width in zip(row, widths, strict=True)] for row in rows)
    return ["  " + "  ".join(cells).rstrip() for cells in padded]
