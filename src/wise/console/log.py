"""`wise log verify`: both chains, the daily signatures, the book's rows and the directory against the log."""

import argparse
import json
from pathlib import Path
from typing import Any

from wise.console import starting
from wise.console.starting import StopError


def add(commands: Any) -> None:
    """Put the command on the list."""
    parser = commands.add_parser("log", help="verify the tamper-evident log", description=__doc__)
    deeds = parser.add_subparsers(title="deeds", metavar="DEED", required=True)
    verify = deeds.add_parser("verify", help="check the log and what it speaks of", description=__doc__)
    starting.add_data(verify)
    verify.add_argument(
        "--head", type=Path, help="a file with heads published earlier, as `wise log heads` prints them"
    )
    verify.set_defaults(run=run_verify)
    heads = deeds.add_parser("heads", help="print both heads, to be published", description="Print both heads as JSON.")
    starting.add_data(heads)
    heads.set_defaults(run=run_heads)
    key = deeds.add_parser("key", help="print the public key that receipts are checked with", description="Print it.")
    starting.add_data(key)
    key.set_defaults(run=run_key)


def run_verify(args: argparse.Namespace) -> int:
    """Name the first bad line of each chain and every other flaw; exit code 1 if there is one."""
    starting.open_house(starting.environment(args))
    from wise.audit import proof
    from wise.casework import proof as book
    from wise.keys import directory

    flaws = [*proof.verify(published=_published(args.head)), *book.verify()]
    for flaw in flaws:
        print(f"{flaw.where}: {flaw.what}.")
    altered = directory.flaws()
    for row in altered:
        print(f"directory {row}: its tag is wrong.")
    if not flaws and not altered:
        print("The log, the book and the directory agree.")
    return 1 if flaws or altered else 0


def run_heads(args: argparse.Namespace) -> int:
    """Print the heads."""
    starting.open_house(starting.environment(args))
    from wise.audit import proof

    print(json.dumps(proof.heads()))
    return 0


def run_key(args: argparse.Namespace) -> int:
    """Print the Ed25519 public key of receipts and daily heads, in hexadecimal."""
    starting.open_house(starting.environment(args))
    from wise.audit import log

    print(log.public_key().hex())
    return 0


def _published(path: Path | None) -> dict[str, str]:
    if path is None:
        return {}
    try:
        heads: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        message = f"{path} cannot be read as published heads: it must hold what “wise log heads” printed."
        raise StopError(message) from None
    return heads
