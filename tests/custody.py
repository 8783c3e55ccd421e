"""Stories about the vault: Sari confides who she is, Ina asks, Kartika and Kusuma decide."""

import datetime
import uuid

from tests import world as cast
from tests.files import pictures
from tests.world import NOW, Teller, World, case_of
from wise.casework import allowing, disclosing
from wise.casework.disclosing import Opened
from wise.casework.intake import Receipt
from wise.vault.deposits import Identity
from wise.vault.models import Disclosure

WHO = Identity("Sari Handayani", note="Rumah saya di sebelah kantor", address="Jalan Melati 7\nPekanbaru 28111")
UNTIL = NOW.date() + datetime.timedelta(days=3)
# With the place where it was taken, and more that a cleaned copy has not.
PHOTO = pictures.photo()
REASON = "Saksi harus diperiksa"
PURPOSE = "Undangan untuk memberi keterangan"


def tells(teller: Teller, *, identity: Identity | None = WHO, files: int = 1, **changed: object) -> Receipt:
    """A suspected violation for IBI, with an identity for the vault and a file."""
    told = {"stream": "violation", "receiver": "ibi", "identity": identity} | changed
    return teller.tells(cast.queues(files=tuple(cast.file(PHOTO, name="IMG_Sari.jpg") for _ in range(files)), **told))


def asked(
    world: World, receipt: Receipt, kind: str = "identity", *, by: str = "ina", at: datetime.datetime = NOW
) -> Disclosure:
    """An officer asks."""
    desk = world.desk(by, at=at)
    return disclosing.ask(kind, case_id=case_of(receipt).id, reason=REASON, purpose=PURPOSE, desk=desk, at=at)


def decided(
    world: World,
    row: Disclosure,
    *,
    by: str,
    allowed: bool = True,
    answer: str = "",
    until: datetime.date | None = UNTIL,
    at: datetime.datetime = NOW,
) -> Disclosure:
    """A custodian decides."""
    desk = world.desk(by, at=at)
    return allowing.decide(row.id, allowed=allowed, answer=answer, until=until, desk=desk, at=at)


def allowed(world: World, receipt: Receipt, kind: str = "identity", *, by: str = "ina") -> Disclosure:
    """Somebody asks, and both custodian units agree."""
    row = asked(world, receipt, kind, by=by)
    decided(world, row, by="kartika")
    return decided(world, row, by="kusuma")


def opened(
    world: World, receipt: Receipt, row: Disclosure | uuid.UUID, *, by: str = "ina", at: datetime.datetime = NOW
) -> Opened:
    """An officer opens what was allowed."""
    row_id = row if isinstance(row, uuid.UUID) else row.id
    return disclosing.open_one(case_of(receipt).id, row_id, desk=world.desk(by, at=at), at=at)
