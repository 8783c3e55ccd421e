"""`wise log`: verify both chains, the signatures, the book's rows and the directory; check a receipt's proof."""

import argparse
import datetime
import json
import re
import sys
from pathlib import Path
from typing import Any

from wise.console import starting
from wise.console.starting import StopError

_ENTRY_SIGNS, _SIGNATURE_SIGNS = 64, 128


def add(commands: Any) -> None:
    """Put the command on the list."""
    parser = commands.add_parser("log", help="verify the tamper-evident log", description=__doc__)
    deeds = parser.add_subparsers(title="deeds", metavar="DEED", required=True)
    about = "Both chains, the daily signatures, the book's rows and the directory against the log."
    verify = deeds.add_parser("verify", help="check the log and what it speaks of", description=about)
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
    _add_receipt(deeds)


def _add_receipt(deeds: Any) -> None:
    about = "Say whether a receipt's proof is genuine, and of which day. With --key it needs no database."
    receipt = deeds.add_parser("receipt", help="check a receipt's proof", description=about)
    starting.add_data(receipt)
    receipt.add_argument("--key", metavar="HEX", help="public key of the institution (default: of this one)")
    receipt.add_argument(
        "proof", nargs="*", help="the entry and the signature; without them the saved receipt is read from the input"
    )
    receipt.set_defaults(run=run_receipt)


def run_verify(args: argparse.Namespace) -> int:
    """Name the first bad line of each chain and every other flaw; exit code 1 if there is one."""
    starting.open_house(starting.environment(args))
    from wise.audit import proof
    from wise.casework import proof as book
    from wise.keys import directory, pairs

    flaws = [*proof.verify(published=_published(args.head)), *book.verify()]
    for flaw in flaws:
        print(f"{flaw.where}: {flaw.what}.")
    altered = directory.flaws()
    for row in altered:
        print(f"directory {row}: its tag is wrong.")
    earlier = pairs.flaws()
    for row in earlier:
        print(f"directory {row}: it is not of the key that the log speaks of.")
    wrong = bool(flaws or altered or earlier)
    if not wrong:
        print("The log, the book and the directory agree.")
    return 1 if wrong else 0


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


def run_receipt(args: argparse.Namespace) -> int:
    """Print the day, and the place in the log if there is one here; exit code 1 if something is wrong with either."""
    from wise.audit import receipts

    digest, signature = _proof(" ".join(args.proof) or (sys.stdin.read() if sys.stdin is not None else ""))
    key = _key(args.key) if args.key else None
    place = None
    if key is None:
        starting.open_house(starting.environment(args))
        from wise.audit import log, proof

        key, place = log.public_key(), proof.place_of(digest)
    # The checker's clock may be a day behind the institution's.
    until = datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=1)
    on = receipts.day_of(digest, signature=signature, key=key, until=until)
    if on is None:
        where = f" The entry itself is in the log ({place}): look for a slip in the signature." if place else ""
        message = f"Not genuine: the signature is not one that this key made over this entry.{where}"
        raise StopError(message)
    print(f"Genuine: this key signed that the entry was made on {on:%Y-%m-%d} (Jakarta's date).")
    if place == "":
        message = "But this log does not have the entry: it was taken out, or the receipt came from another copy."
        raise StopError(message)
    if place:
        print(f"It stands in the log as {place}. “wise log verify” says whether the log is unchanged.")
    return 0


def _proof(text: str) -> tuple[bytes, bytes]:
    """Entry and signature out of a receipt, also where a line was broken within one of them."""
    written = "".join(re.findall(r"(?<![\w-])[0-9a-fA-F]{8,}(?![\w-])", text))
    if len(written) != _ENTRY_SIGNS + _SIGNATURE_SIGNS:
        message = (
            f"The proof is the entry ({_ENTRY_SIGNS} of the signs 0 to 9 and a to f) and then the signature"
            f" ({_SIGNATURE_SIGNS}), as the receipt shows them; {len(written)} such signs were found, not"
            f" {_ENTRY_SIGNS + _SIGNATURE_SIGNS}."
        )
        raise StopError(message)
    return bytes.fromhex(written[:_ENTRY_SIGNS]), bytes.fromhex(written[_ENTRY_SIGNS:])


def _key(text: str) -> bytes:
    if not re.fullmatch(r"[0-9a-fA-F]{64}", text.strip()):
        message = "The public key has 64 signs, 0 to 9 and a to f, as “wise log key” prints it."
        raise StopError(message)
    return bytes.fromhex(text.strip())


def _published(path: Path | None) -> dict[str, str]:
    if path is None:
        return {}
    try:
        heads: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        message = f"{path} cannot be read as published heads: it must hold what “wise log heads” printed."
        raise StopError(message) from None
    return heads
