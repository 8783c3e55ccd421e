"""Letters as tests need them: Hadi's answer to a complaint about queues at KPKNL Pekanbaru."""

import datetime
import uuid
from typing import Any

from django.db import transaction

from tests.world import World
from wise.crypto import seal
from wise.letters import drafting, issuing
from wise.letters.content import Content
from wise.letters.drafting import CaseFacts
from wise.letters.issuing import Issued
from wise.letters.kinds import KINDS
from wise.people.models import Office
from wise.register.streams import STREAMS

ON = datetime.date(2026, 11, 24)
KEY = seal.new_key()
AGENDA = "PGD-41/KNL.0303/2026"


def facts(office: Office, **changed: Any) -> CaseFacts:
    """A case about queues; anything can be another."""
    given: dict[str, Any] = {
        "stream": STREAMS["service"],
        "agenda_number": AGENDA,
        "received_on": datetime.date(2026, 11, 3),
        "channel": "Kotak pengaduan",
        "office": office,
        "topic": "Waktu",
        "subject": "Antrean di loket berlangsung hampir tiga jam",
        "result": "Terdapat indikasi kebenaran",
        "follow_up": "Dua loket dibuka mulai 1 Desember 2026",
        "signer_name": "Hadi Santoso",
        "signer_number": "19700101 199501 1 999",
    }
    return CaseFacts(**(given | changed))


def response(world: World, **changed: Any) -> Content:
    """The draft of the answer."""
    return drafting.response(facts(world.office(), **changed))


def issue(
    world: World,
    content: Content | None = None,
    *,
    kind: str = "response",
    case_id: uuid.UUID | None = None,
    key: bytes = KEY,
    on: datetime.date = ON,
    **given: Any,
) -> Issued:
    """Hadi issues a letter."""
    with transaction.atomic():
        letter = issuing.issue(
            content or response(world),
            kind=KINDS[kind],
            office=world.office(),
            case_id=case_id or uuid.uuid4(),
            key=key,
            by=world.officer("hadi"),
            on=on,
            **given,
        )
    opened = issuing.opened(letter, keys=[key])
    assert opened is not None
    return opened
