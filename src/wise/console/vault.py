"""`wise vault`: compare the vault with the register, the keys and what was decided."""

import argparse
from typing import Any

from wise.console import starting


def add(commands: Any) -> None:
    """Put the command on the list."""
    parser = commands.add_parser("vault", help="compare the vault with the register", description=__doc__)
    deeds = parser.add_subparsers(title="deeds", metavar="DEED", required=True)
    about = (
        "Each identity and original has its boxes and no other key, each disclosure is what was decided and opens"
        " nothing after its end. Nothing is decrypted. Exit code 1 and a line for each flaw."
    )
    check = deeds.add_parser("check", help="name what does not fit together", description=about)
    starting.add_data(check)
    check.set_defaults(run=run_check)


def run_check(args: argparse.Namespace) -> int:
    """Print one sentence for each flaw; exit code 1 if there is one."""
    starting.open_house(starting.environment(args))
    from django.utils import timezone

    from wise.casework import vault_proof

    flaws = vault_proof.verify(at=timezone.now())
    for flaw in flaws:
        print(f"{flaw.where}: {flaw.what}.")
    if not flaws:
        print("The vault, the register and the disclosures agree.")
    return 1 if flaws else 0
