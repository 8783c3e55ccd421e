"""Putting an identity into the vault, and reading one's own. Disclosure to others is `vault.disclosures`."""

import datetime
import json
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from django.db.models import QuerySet

from wise.crypto import contexts, padding, seal
from wise.keys import directory, grants
from wise.keys.grants import To
from wise.people.kinds import UnitKind
from wise.vault.models import Deposit, Turn

# What happens to a deposit after the report was sent.
CONFIDED, WITHDRAWN = "confided", "withdrawn"


@dataclass(frozen=True, slots=True, repr=False)
class Identity:
    """What the reporter confides: a name, where a letter reaches them, and whatever else only the vault may hold."""

    name: str
    note: str = ""
    address: str = ""

    @property
    def is_something(self) -> bool:
        """Whether anything was confided at all."""
        return bool(self.name or self.note or self.address)


def custodians() -> To | None:
    """The two custodian units, one box inside the other; None until both have members."""
    found = directory.staffed_holders(UnitKind.CUSTODIAN_OUTER, UnitKind.CUSTODIAN_INNER)
    outer = found.get(UnitKind.CUSTODIAN_OUTER.value)
    inner = found.get(UnitKind.CUSTODIAN_INNER.value)
    return To(outer, inner=inner) if outer is not None and inner is not None else None


def seal_deposit(
    report_id: uuid.UUID, *, identity: Identity, key: bytes, on: datetime.date, deposit_id: uuid.UUID | None = None
) -> Deposit:
    """An identity sealed under its key, not yet stored."""
    row = Deposit(id=deposit_id or uuid.uuid4(), report_id=report_id, on=on)
    text = json.dumps(asdict(identity), ensure_ascii=False).encode()
    row.sealed = seal.seal(padding.pad_text(text), key=key, context=_context(row))
    return row


def deposit(report_id: uuid.UUID, *, identity: Identity, key: bytes, on: datetime.date) -> Deposit:
    """Seal the identity that came with a report under the report's `identity` key, and keep it."""
    row = seal_deposit(report_id, identity=identity, key=key, on=on)
    row.save(force_insert=True)
    return row


def standing(report_id: uuid.UUID) -> Deposit | None:
    """The identity that was given with a report, at first or later, and not withdrawn."""
    return not_withdrawn(report_id).first()


def not_withdrawn(report_id: uuid.UUID) -> QuerySet[Deposit]:
    """The deposits of a report that were not taken back: at most one, as long as nobody planted another."""
    gone = Turn.objects.filter(report_id=report_id, deed=WITHDRAWN).values("deposit")
    return Deposit.objects.filter(report_id=report_id).exclude(id__in=gone).order_by("on", "id")


def compartment_of(row: Deposit) -> str:
    """The compartment whose key opens a deposit: the report's `identity`, or for one given later its own."""
    later = row.turns.filter(deed=CONFIDED).exists()
    return grants.identity_of(row.id) if later else grants.IDENTITY


def own(report_id: uuid.UUID, *, keys: Mapping[str, bytes]) -> Identity | None:
    """The identity that stands with a report, for whoever has its key in hand; None where there is none."""
    row = standing(report_id)
    if row is None:
        return None
    key = keys.get(compartment_of(row))
    return opened(row, key=key) if key is not None else None


def opened(row: Deposit, *, key: bytes) -> Identity:
    """A deposit in the clear."""
    text = padding.unpad_text(seal.open_sealed(bytes(row.sealed), key=key, context=_context(row)))
    return Identity(**json.loads(text))


def _context(row: Deposit) -> bytes:
    return contexts.context("vault_deposit", row.id, row.report_id, "identity")
