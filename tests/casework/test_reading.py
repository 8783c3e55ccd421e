"""Reading: what each side sees of a case, what is logged, and what a register number alone tells."""

import datetime

import pytest

from tests import world as cast
from tests.world import NOW, Teller, World
from wise.audit.models import Entry
from wise.casework import reading, timeline
from wise.casework.intake import Receipt
from wise.casework.models import Case
from wise.casework.workflow import STATUSES

DAY = datetime.timedelta(days=1)


@pytest.fixture
def sari(world: World) -> Teller:
    return cast.join("burung malam")


@pytest.fixture
def receipt(sari: Teller) -> Receipt:
    return sari.tells(cast.queues(stream="suggestion", files=(cast.file(),)))


def _walk(world: World, receipt: Receipt) -> None:
    world.take("verify", receipt, by="wulan")
    world.take("note", receipt, by="wulan", note="Rahasia unit")
    world.take("conclude_verification", receipt, by="wulan", note="Benar", conclusion="followed_up")
    world.take("act", receipt, by="rahmat", note="Loket ditambah")
    world.take("answer", receipt, by="rahmat", text="Loket sudah ditambah.")


def test_a3_the_reporter_reads_coarse_words_without_names_times_or_notes(
    world: World, sari: Teller, receipt: Receipt
) -> None:
    _walk(world, receipt)

    events = sari.report(receipt).timeline

    assert [event.kind for event in events] == ["status", "status", "status", "status", "answer"]
    told = [str(event.title) for event in events if event.kind == "status"]
    assert told == [str(STATUSES[code].told) for code in ("received", "verifying", "analysing", "acting")]
    assert [event.text for event in events if event.text] == ["Loket sudah ditambah."]
    assert all(event.who == "" and event.at is None and not event.conclusion for event in events)


def test_a_status_taken_twice_in_the_same_words_is_told_once(world: World, sari: Teller, receipt: Receipt) -> None:
    world.take("verify", receipt, by="wulan")
    world.take("refer", receipt, by="wulan", note="x", unit=world.ibi)
    world.take("verify", receipt, by="ina")
    world.take("refer", receipt, by="ina", note="x", unit=world.unit())
    world.take("verify", receipt, by="wulan")

    titles = [str(event.title) for event in sari.report(receipt).timeline]
    assert titles == [
        str(STATUSES[code].told) for code in ("received", "verifying", "referred", "verifying", "referred", "verifying")
    ]
    # "examining" and "proposed" are told in the same words: one line.
    assert STATUSES["examining"].told == STATUSES["proposed"].told


def test_the_unit_reads_who_did_what_when_and_why(world: World, receipt: Receipt) -> None:
    _walk(world, receipt)

    events = world.read(receipt, by="wulan").timeline

    assert [(event.kind, event.who) for event in events] == [
        ("status", ""),
        ("status", "Wulan Sari"),
        ("note", "Wulan Sari"),
        ("status", "Wulan Sari"),
        ("status", "Rahmat Hidayat"),
        ("answer", "Rahmat Hidayat"),
    ]
    assert [event.said for event in events] == [False] * 5 + [True]
    assert str(events[5].status) == str(STATUSES["answered"].label)
    assert events[0].at is None
    assert events[1].at == NOW
    assert str(events[3].conclusion)
    assert events[3].text == "Benar"


def test_one_deed_is_one_entry_for_the_unit_and_for_sari(world: World, sari: Teller, receipt: Receipt) -> None:
    world.take("verify", receipt, by="wulan")
    world.take("ask", receipt, by="wulan", text="Kapan?", until=NOW.date())
    sari.writes(receipt, "Selasa.")
    world.take("message", receipt, by="wulan", text="Terima kasih.")
    sari.adds(receipt, "Satu lagi", files=[cast.file()])

    theirs, own = world.read(receipt, by="wulan").timeline, sari.report(receipt).timeline

    assert [event.move for event in theirs] == ["receive", "verify", "ask", "reply", "message", "add"]
    statuses = {"receive": "received", "verify": "verifying", "ask": "waiting_reporter", "reply": "verifying"}
    for event in theirs:
        assert str(event.status) == (str(STATUSES[statuses[event.move]].label) if event.move in statuses else "")
    assert [event.text for event in own] == ["", "", "Kapan?", "Selasa.", "Terima kasih.", "Satu lagi"]


def test_the_unit_that_has_the_case_now_reads_where_it_was_referred_to(world: World, receipt: Receipt) -> None:
    world.take("refer", receipt, by="wulan", note="x", unit=world.unit(office=cast.KANWIL))
    world.take("refer", receipt, by="yanti", note="x", unit=world.ibi)
    world.take("verify", receipt, by="ina")

    units = [event.unit for event in world.read(receipt, by="ina").timeline]
    assert units == ["", world.unit(office=cast.KANWIL).name, world.ibi.name, ""]


def test_what_came_since_is_told_without_a_word_of_it(world: World, sari: Teller, receipt: Receipt) -> None:
    world.take("verify", receipt, by="wulan")
    seen = cast.case_of(receipt).last_order
    world.take("note", receipt, by="rahmat", note="Rahasia unit")
    world.take("ask", receipt, by="rahmat", text="Kapan?", until=NOW.date())
    sari.adds(receipt, "Tadi", files=[cast.file()])
    sari.adds(receipt, files=[cast.file()])

    news = timeline.since(cast.case_of(receipt), order=seen)

    assert [(event.move, event.who) for event in news] == [
        ("note", "Rahmat Hidayat"),
        ("ask", "Rahmat Hidayat"),
        ("add", ""),
        ("add", ""),
    ]
    assert not any(event.text or event.files for event in news)
    assert timeline.since(cast.case_of(receipt), order=news[-1].order) == ()


def test_d6_each_reading_and_each_download_by_the_unit_is_logged_and_counted(world: World, receipt: Receipt) -> None:
    assert world.read(receipt, by="wulan").times_read == 1
    opened = world.read(receipt, by="rahmat")
    assert opened.times_read == 2
    file = opened.files[0].row

    reading.file_of(cast.case_of(receipt).id, file.id, desk=world.desk("rahmat"), at=NOW)

    rows = Entry.objects.filter(subject=cast.case_of(receipt).id).order_by("sequence")
    assert [(row.deed, row.by, row.facts) for row in rows] == [
        ("read", world.officer("wulan").id, {}),
        ("read", world.officer("rahmat").id, {}),
        ("download", world.officer("rahmat").id, {"file": "lampiran-01"}),
    ]


def test_what_sari_reads_is_recorded_nowhere(world: World, sari: Teller, receipt: Receipt) -> None:
    before = Entry.objects.count()

    own = sari.report(receipt)
    reading.own_reports(sari.reporter, keyring=sari.keyring, at=NOW)
    reading.own_file(own.report.id, own.files[0].row.own_id, reporter=sari.reporter, keyring=sari.keyring)
    reading.public_status(receipt.register_number, at=NOW)

    assert Entry.objects.count() == before


def test_a4_the_history_shows_every_report_with_its_number_and_others_only_theirs(world: World, sari: Teller) -> None:
    budi = cast.join("kuda laut")
    receipts = [sari.tells(at=NOW - days * DAY) for days in range(3)]
    other = budi.tells()

    lines = reading.own_reports(sari.reporter, keyring=sari.keyring, at=NOW)

    assert [line.register_number for line in lines] == [receipt.register_number for receipt in receipts]
    assert [line.parts[0].standing.days_left for line in lines] == [30, 29, 28]
    assert [line.register_number for line in reading.own_reports(budi.reporter, keyring=budi.keyring, at=NOW)] == [
        other.register_number
    ]


def test_a6_a_register_number_alone_tells_the_status_and_the_days_and_nothing_else(
    world: World, receipt: Receipt
) -> None:
    world.take("verify", receipt, by="wulan", at=NOW + 2 * DAY)

    [status] = reading.public_status(receipt.register_number.lower(), at=NOW + 3 * DAY)

    assert str(status.label) == str(STATUSES["verifying"].label)
    assert (status.received_on, status.changed_on) == (NOW.date(), (NOW + 2 * DAY).date())
    assert status.standing.days_left == 27
    assert set(reading.PublicStatus.__slots__) == {"label", "told", "received_on", "changed_on", "standing"}


def test_the_answer_is_the_last_one(world: World, sari: Teller, receipt: Receipt) -> None:
    _walk(world, receipt)
    Case.objects.update(status_code="verifying")
    world.take("answer", receipt, by="wulan", text="Lebih lengkap.")

    answer = sari.report(receipt).answer
    assert answer is not None
    assert answer.text == "Lebih lengkap."
