"""Putting an identity into the vault, and reading one's own. Disclosure to anybody else is a deed of its own."""

import datetime
import json
import uuid
from dataclasses import asdict, dataclass

from wise.crypto import contexts, padding, seal
from wise.keys import directory
from wise.keys.grants import To
from wise.people.kinds import UnitKind
from wise.vault.models import Deposit


@dataclass(frozen=True, slots=True, repr=False)
class Identity:
    """What the reporter confides: a name, and whatever else nobody but the custodians may ever see."""

    name: str
    note: str = ""


def custodians() -> To | None:
    """The two custodian units, one box inside the other; None until both have members."""
    found = directory.staffed_holders(UnitKind.CUSTODIAN_OUTER, UnitKind.CUSTODIAN_INNER)
    outer = found.get(UnitKind.CUSTODIAN_OUTER.value)
    inner = found.get(UnitKind.CUSTODIAN_INNER.value)
    return To(outer, inner=inner) if outer is not None and inner is not None else None


def deposit(report_id: uuid.UUID, *, identity: Identity, key: bytes, on: datetime.date) -> Deposit:
    """Seal an identity under the report's `identity` key and keep it."""
    row = Deposit(id=uuid.uuid4(), report_id=report_id, on=on)
    text = json.dumps(asdict(identity), ensure_ascii=False).encode()
    row.sealed = seal.seal(padding.pad_text(text), key=key, context=_context(row))
    row.save(force_insert=True)
    return row


def own(report_id: uuid.UUID, *, key: bytes) -> Identity | None:
    """The identity that the reporter gave with a report, for whoever has its key in hand."""
    row = Deposit.objects.filter(report_id=report_id).first()
    if row is None:
        return None
    text = padding.unpad_text(seal.open_sealed(bytes(row.sealed), key=key, context=_context(row)))
    return Identity(**json.loads(text))


def _context(row: Deposit) -> bytes:
    return contexts.context("vault_deposit", row.id, row.report_id, "identity")
