"""A demonstration institution: the real offices and units, with one invented person for every role."""

import datetime
import importlib.resources
import json
from collections.abc import Callable
from typing import Any

from wise.crypto import passphrases
from wise.keys import directory, founding, membership
from wise.people import joining
from wise.people.kinds import Role
from wise.people.models import Unit

_WORDS = 4  # a demonstration's passphrase is typed often; it is random all the same, never a known default


def offices() -> list[dict[str, Any]]:
    """The offices that WiSe comes with: DJKN's 89, Itjen, and one echelon-I unit with a UT."""
    text = importlib.resources.files("wise.people").joinpath("offices.json").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = json.loads(text)
    return rows


def found(
    *, at: datetime.datetime, progress: Callable[[str], None], passphrase: Callable[[], str] | None = None
) -> tuple[list[dict[str, str]], list[str]]:
    """Found the institution on an empty database: the accounts, and the recovery board's three paper shares."""
    progress("Making the recovery board …")
    board = founding.make_board()
    progress("Founding offices and units, each with its keys …")
    founded = founding.load_offices(offices(), at=at, progress=lambda _done, _all: None)
    text = importlib.resources.files("wise.people").joinpath("demo.json").read_text(encoding="utf-8")
    people = json.loads(text)
    accounts = []
    for number, row in enumerate(people, start=1):
        progress(f"Enrolling {row['name']} ({number} of {len(people)}) …")
        unit = Unit.objects.select_related("office").get(office__name=row["office"], kind=row["unit"])
        words = passphrase() if passphrase else " ".join(passphrases.generate().split()[:_WORDS])
        # A number that can be nobody's: it has no date of birth.
        invented = f"00000000 000000 0 {number:03}"
        newcomer = joining.prepare_officer(row["login"], name=row["name"], passphrase=words, service_number=invented)
        joining.store(newcomer)
        directory.enter_holder(newcomer.row, seed=newcomer.seed)
        membership.appoint_first(
            newcomer.row, unit=unit, role=Role(row["role"]), unit_seed=founded.seeds[unit.id], on=at.date()
        )
        accounts.append(
            {
                "role": row["role"],
                "office": unit.office.name,
                "unit": unit.name,
                "login": row["login"],
                "password": words,
                "unlock": words,
            }
        )
    return accounts, board
