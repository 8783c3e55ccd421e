"""A complaint about a service on its way to the letter: what Wulan and Hadi do, each with the fewest words."""

import datetime
from typing import Any

from tests.world import NOW, World, case_of
from wise.casework import reading
from wise.casework.given import Action, Delivery, Wording
from wise.casework.intake import Receipt
from wise.casework.models import Case

DAY = datetime.timedelta(days=1)
LETTER = Wording("Tanggapan atas pengaduan", ("Kami mohon maaf.", "Loket ditambah."), "Terima kasih.")
ACTION = Action("Tambah satu loket", "Kepala Seksi Hukum dan Informasi", NOW.date() + 10 * DAY)


def verified(
    world: World, receipt: Receipt, *, by: str = "wulan", indicated: bool = True, at: datetime.datetime = NOW
) -> Case:
    """The verification is concluded."""
    if case_of(receipt).status_code in {"received", "referred"}:
        world.take("verify", receipt, by=by, at=at)
    return world.take(
        "conclude_verification",
        receipt,
        by=by,
        at=at,
        steps="Rekaman antrean diperiksa",
        facts="Satu loket tutup dua jam",
        conclusion="followed_up" if indicated else "not_followed_up",
    )


def proposed(world: World, receipt: Receipt, *, by: str = "wulan", at: datetime.datetime = NOW, **given: Any) -> Case:
    """It lies before Hadi."""
    indicated = given.pop("indicated", True)
    if case_of(receipt).status_code in {"received", "referred", "verifying"}:
        verified(world, receipt, by=by, at=at, indicated=indicated)
    told: dict[str, Any] = {"recommendation": "Buka loket kedua pada jam sibuk", "letter": LETTER}
    return world.take("propose", receipt, by=by, at=at, **(told | given))


def approved(world: World, receipt: Receipt, *, by: str = "hadi", at: datetime.datetime = NOW, **given: Any) -> Case:
    """Hadi has approved it: there is a letter."""
    indicated = given.pop("indicated", True)
    if case_of(receipt).status_code != "proposed":
        proposed(world, receipt, at=at, indicated=indicated)
    action = Action(ACTION.what, ACTION.owner, at.date() + 10 * DAY)
    return world.take("approve", receipt, by=by, at=at, **({"actions": (action,)} | given))


def answered(
    world: World,
    receipt: Receipt,
    text: str = "Loket kedua sudah dibuka.",
    *,
    by: str = "wulan",
    at: datetime.datetime = NOW,
    delivery: Delivery | None = None,
    **given: Any,
) -> Case:
    """The reporter has the letter, by default on the page of the report."""
    if case_of(receipt).status_code not in {"acting", "approved"}:
        approved(world, receipt, at=at, **given)
    return world.take("answer", receipt, by=by, at=at, text=text, delivery=delivery or Delivery("page"))


def read(world: World, receipt: Receipt, *, by: str = "hadi") -> reading.OpenedCase:
    """What Hadi sees."""
    return world.read(receipt, by=by)
