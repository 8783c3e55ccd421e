"""P18: no time of day of what a reporter does is stored: dates, and ends in ten-minute steps."""

import datetime
import uuid

import pytest
from django.db import IntegrityError, transaction

from tests import world as cast
from tests.world import NOW, Teller, World
from wise.audit import log
from wise.audit.models import Chain, Entry
from wise.casework.intake import Receipt
from wise.casework.models import Case, Message, Step
from wise.keys import grants
from wise.keys.grants import CONTENT, ORIGINALS
from wise.keys.models import Grant
from wise.people import sessions, tokens
from wise.people.models import ReporterSession
from wise.register import entry
from wise.register.channels import CHANNELS, ONLINE, Channel
from wise.register.entry import Line, Told
from wise.register.models import Addition, Attachment, Draft, Report
from wise.register.streams import STREAMS
from wise.vault.deposits import Identity
from wise.vault.models import Deposit

MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def sari(world: World) -> Teller:
    return cast.join("burung malam")


@pytest.fixture
def receipt(sari: Teller) -> Receipt:
    return sari.tells()


def _line(channel: Channel) -> Line:
    keys = grants.new_keys(CONTENT, ORIGINALS)
    return Line(channel, STREAMS["service"], Told(what="Antre"), keys, received_on=NOW.date(), received_at=NOW)


def test_p18_what_sari_does_is_kept_with_its_date_alone(world: World) -> None:
    entry = log.record("receive", chain=Chain.REPORTERS, at=NOW)

    assert (entry.on, entry.at) == (datetime.date(2026, 10, 20), None)


def test_p18_times_are_kept_in_ten_minute_steps_and_written_once_in_a_step(sari: Teller) -> None:
    token = sari.signs_in()
    first = ReporterSession.objects.get()
    assert {first.expires_at.minute % 10, first.expires_at.second, first.ends_at.minute % 10, first.ends_at.second} == {
        0
    }

    for minutes in range(5):
        sessions.resume(token, at=NOW + minutes * MINUTE)
    assert ReporterSession.objects.get().expires_at == first.expires_at

    sessions.resume(token, at=NOW + 10 * MINUTE)
    assert ReporterSession.objects.get().expires_at == first.expires_at + tokens.STEP


def test_p18_its_end_is_kept_in_ten_minute_steps(world: World) -> None:
    cast.draft(what="Antre")

    ends = Draft.objects.get().expires_at
    assert (ends.minute % 10, ends.second, ends.microsecond) == (0, 0, 0)


def test_p18_an_online_report_cannot_even_be_given_a_time_of_day(world: World) -> None:
    report = entry.seal_line(_line(ONLINE), reporter_holder=None, report_id=uuid.uuid4()).report
    with pytest.raises(IntegrityError), transaction.atomic():
        report.save(force_insert=True)

    letter = _line(CHANNELS["letter"])
    entry.seal_line(letter, reporter_holder=None, report_id=uuid.uuid4()).report.save(force_insert=True)
    assert Report.objects.get().way_in is CHANNELS["letter"]


def test_p18_p19_nothing_of_a_submission_has_a_time_of_day(world: World, sari: Teller) -> None:
    receipt = sari.tells(cast.queues(files=(cast.file(),), identity=Identity("Sari")))
    report = Report.objects.get()

    assert report.received_at is None
    assert Step.objects.get().at is None
    assert Entry.objects.get(deed="receive").at is None
    assert str(NOW.time()) not in repr(list(Report.objects.values())) + repr(list(Case.objects.values()))
    for model in (Report, Case, Step, Grant, Deposit, Attachment):
        for row in model._default_manager.values():
            assert not any(isinstance(value, datetime.datetime) for value in row.values()), model
    assert uuid.UUID(receipt.report_id).version == 4


def test_p18_what_she_does_later_has_no_time_of_day_either(sari: Teller, receipt: Receipt) -> None:
    sari.adds(receipt, "Terulang lagi", files=[cast.file()])
    sari.writes(receipt, "Ada kabar?")

    assert Message.objects.get().at is None
    assert Message.objects.get().by is None
    assert {row["on"] for row in Addition.objects.values("on")} == {NOW.date()}
