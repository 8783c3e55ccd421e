"""The front desk of the stories: what Dewi takes down from Sari, and the boxes that she opens."""

import dataclasses
import datetime
from typing import Any

from tests import world as cast
from tests.world import NOW, World
from wise.casework import desk
from wise.casework.desk import Recording, SlipReceipt
from wise.casework.models import Case
from wise.register import box
from wise.register.channels import CHANNELS
from wise.register.entry import Reply
from wise.register.models import BoxOpening

HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)
LETTER = Reply("letter", "Sari Handayani", "Jalan Melati 1, Pekanbaru")


def recording(channel: str = "counter", *, received_at: datetime.datetime = NOW - HOUR, **changed: Any) -> Recording:
    """What Dewi takes down, by default from Sari, who stands at the counter."""
    named = {field.name for field in dataclasses.fields(Recording)}
    own = {name: changed.pop(name) for name in list(changed) if name in named}
    medium = changed.pop("reply", Reply(CHANNELS[channel].reply_default))
    telling = cast.queues(reply=medium, **changed)
    return Recording(channel=CHANNELS[channel], received_at=received_at, telling=telling, **own)


def records(world: World, *given: Any, by: str = "dewi", at: datetime.datetime = NOW, **changed: Any) -> SlipReceipt:
    """Dewi records it at the desk of KPKNL Pekanbaru."""
    return desk.record(recording(*given, **changed), by=world.officer(by), unit=world.unit(), at=at)


def case_of(slip: SlipReceipt) -> Case:
    return Case.objects.select_related("report").get(agenda_number=slip.agenda_number)


def opening(world: World, *, found: int = 2, opened_at: datetime.datetime = NOW - DAY) -> BoxOpening:
    return box.open_box(
        world.office(), by=world.officer("dewi"), witness="Rahmat Hidayat", opened_at=opened_at, found=found, at=NOW
    )
