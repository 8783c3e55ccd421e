"""The cast: named people in the demo institution, built through the domain's own functions."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from wise.casework import access, actions, authorities, correspondence, help_lines, holidays, intake, reading, rules
from wise.casework.access import Desk
from wise.casework.given import Given
from wise.casework.intake import Receipt, Sender, Telling
from wise.casework.models import Case
from wise.casework.reading import OpenedCase, OwnReport
from wise.keys import demo, directory, keyring
from wise.keys.keyring import Keyring
from wise.people import joining, sessions, signing_in
from wise.people.models import Office, Officer, Reporter, Unit
from wise.register import blobs, drafts, looking, topics
from wise.register.channels import ONLINE
from wise.register.drafts import DraftedFile
from wise.register.entry import Told
from wise.vault import terms

NOW = datetime.datetime(2026, 10, 20, 3, 14, 15, tzinfo=datetime.UTC)
KPKNL = "KPKNL Pekanbaru"
KANWIL = "Kanwil DJKN Riau, Sumatera Barat, dan Kepulauan Riau"
HEAD_OFFICE = "Kantor Pusat DJKN"
ITJEN = "Inspektorat Jenderal"
PASSWORD = "gelas sepatu kuning dua lampu"
# The smallest photograph: one white point, and nothing that could betray anybody.
PHOTO = bytes.fromhex(
    "ffd8ffe000104a46494600010100000100010000ffdb004300ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
    "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc0000b080001000101011100ffc40014000100000000"
    "000000000000000000000003ffc40014100100000000000000000000000000000000ffda0008010100003f0047ffd9"
)
PASSPHRASE = "kursi hijau laut tenang sekali"


@dataclass(slots=True)
class World:
    """The institution, and who plays in the stories. Officers' keys are unlocked once, then kept for the tests."""

    board: list[str]
    seeds: dict[uuid.UUID, bytes] = field(default_factory=dict)

    def officer(self, login: str) -> Officer:
        return Officer.objects.get(login=login)

    def desk(self, login: str, *, at: datetime.datetime = NOW) -> Desk:
        """The desk of wulan, ina, hadi, kartika, kusuma, agus, tono, …"""
        officer = self.officer(login)
        if officer.id not in self.seeds:
            self.seeds[officer.id] = signing_in.officer(login, passphrase=PASSPHRASE, at=at).seed
        return access.desk_of(officer, seed=self.seeds[officer.id], at=at)

    def office(self, name: str = KPKNL) -> Office:
        return Office.objects.get(name=name)

    def unit(self, kind: str = "compliance", *, office: str = KPKNL) -> Unit:
        return Unit.objects.get(office__name=office, kind=kind)

    @property
    def ibi(self) -> Unit:
        """Ina's unit."""
        return self.unit("investigation", office=ITJEN)

    def take(self, move: str, receipt: Receipt, *, by: str, at: datetime.datetime = NOW, **given: Any) -> Case:
        """An officer takes a move on the case that a receipt speaks of."""
        return actions.take(move, case_id=case_of(receipt).id, desk=self.desk(by, at=at), given=Given(**given), at=at)

    def read(self, receipt: Receipt, *, by: str, at: datetime.datetime = NOW) -> OpenedCase:
        """An officer opens the case that a receipt speaks of."""
        return reading.read(case_of(receipt).id, desk=self.desk(by, at=at), at=at)


@dataclass(frozen=True, slots=True)
class Teller:
    """A reporter of the stories, signed in."""

    reporter: Reporter
    seed: bytes
    pseudonym: str
    recovery_code: str

    @property
    def keyring(self) -> Keyring:
        return keyring.of_reporter(self.reporter, seed=self.seed)

    def tells(self, telling: Telling | None = None, *, at: datetime.datetime = NOW) -> Receipt:
        """Send one report, by default about long queues at KPKNL Pekanbaru."""
        return intake.receive(telling or queues(), channel=ONLINE, by=intake.known(self.reporter), at=at)

    def report(self, receipt: Receipt, *, at: datetime.datetime = NOW) -> OwnReport:
        """Open one's own report."""
        return reading.own_report(uuid.UUID(receipt.report_id), reporter=self.reporter, keyring=self.keyring, at=at)

    def adds(self, receipt: Receipt, text: str = "", *, files: Sequence[DraftedFile] = ()) -> None:
        """Add words or files to a report."""
        report_id = uuid.UUID(receipt.report_id)
        correspondence.add(report_id, text=text, files=files, by=self.reporter, keyring=self.keyring, at=NOW)

    def writes(self, receipt: Receipt, text: str) -> None:
        """Write to the unit."""
        report_id = uuid.UUID(receipt.report_id)
        correspondence.write(report_id, text=text, by=self.reporter, keyring=self.keyring, at=NOW)

    def signs_in(self, *, at: datetime.datetime = NOW) -> str:
        """Begin a session; the token of its cookie."""
        return sessions.start(self.reporter, seed=self.seed, at=at)


def found() -> World:
    """Found the demo institution; every officer's passphrase is PASSPHRASE."""
    with transaction.atomic():
        rules.load_shipped()
        holidays.load_shipped(on=NOW.date())
        topics.load_shipped()
        help_lines.load_shipped()
        authorities.load_shipped()
        terms.load_shipped()
        _, board = demo.found(at=NOW, progress=lambda _: None, passphrase=lambda: PASSPHRASE)
    return World(board)


def join(pseudonym: str = "burung malam", *, password: str = PASSWORD) -> Teller:
    """A new reporter, by default Sari."""
    newcomer = joining.prepare_reporter(pseudonym, password=password, at=NOW)
    joining.store(newcomer)
    directory.enter_holder(newcomer.row, seed=newcomer.seed)
    return Teller(newcomer.row, newcomer.seed, pseudonym, newcomer.recovery_code)


def case_of(receipt: Receipt) -> Case:
    """The case on the report that a receipt speaks of; where it was split, the first."""
    return Case.objects.get(report_id=receipt.report_id, part=1)


def queues(**changed: object) -> Telling:
    """A service complaint about queues; any field of the telling can be another."""
    told = Told(what="Antre di loket tiga jam", where="Ruang pelayanan", when="Selasa pagi", who="Petugas loket")
    given: dict[str, object] = {"stream": "service", "told": told, "office": Office.objects.get(name=KPKNL)}
    return Telling(**(given | changed))  # type: ignore[arg-type]


def file(content: bytes = PHOTO, *, name: str = "foto.jpg", media_type: str = "image/jpeg") -> DraftedFile:
    """A file that lies sealed on the disk and was looked at, as an upload leaves it."""
    incoming = blobs.Incoming(at=NOW)
    incoming.push(content)
    return looking.looked_at(DraftedFile(uuid.uuid4(), name, media_type, incoming.finish()), at=NOW)


def sender(teller: Teller) -> Sender:
    """The teller as somebody who sends a draft."""
    return intake.known(teller.reporter)


def draft(**told: str) -> drafts.OpenDraft:
    """A draft with these words."""
    return drafts.save(drafts.begin(at=NOW), told=told, at=NOW)
