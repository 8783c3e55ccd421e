"""The complaint desk: what comes on paper or by voice has the same register, clock and rights as what comes online."""

import datetime
import uuid
from typing import Any

import pytest

from tests import world as cast
from tests.desk import DAY, HOUR, LETTER, case_of, opening, recording, records
from tests.world import HEAD_OFFICE, KANWIL, NOW, World
from wise.audit import proof
from wise.audit.models import Chain, Entry, Head
from wise.casework import access, actions, desk, laporan, reading, receivers
from wise.casework import proof as book
from wise.casework.desk import SlipReceipt
from wise.casework.given import Given
from wise.casework.models import Case, Step
from wise.keys import keyring
from wise.keys.models import Grant
from wise.people import slips
from wise.people.models import Reporter, Slip
from wise.refusals import NotThere, Refused
from wise.register import box, drafts, numbers
from wise.register.channels import CHANNELS
from wise.register.entry import Reply, Told
from wise.register.models import BoxFind, BoxOpening, Report
from wise.vault.deposits import Identity

EVERYBODY = ("dewi", "oki", "wulan", "rahmat", "hadi", "edi", "yanti", "lina", "maya", "ina", "kartika", "agus", "tono")


def refusal(world: World, *given: Any, **changed: Any) -> str:
    with pytest.raises(Refused) as refused:
        records(world, *given, **changed)
    return refused.value.code


def test_b7_what_sari_says_at_the_counter_reaches_wulan_with_clock_and_number(world: World) -> None:
    slip = records(world, received_at=NOW - 2 * DAY)
    case = case_of(slip)

    read = reading.read(case.id, desk=world.desk("wulan"), at=NOW)

    assert read.told.what == "Antre di loket tiga jam"
    assert (slip.received_on, slip.due_on) == ("2026-10-18", "2026-11-17")
    assert slip.agenda_number.startswith("PGD-")
    assert case.report.received_at == NOW - 2 * DAY
    assert case.report.way_in is CHANNELS["counter"]


def test_who_took_it_down_and_when_it_came_stand_in_the_history(world: World) -> None:
    case = case_of(records(world, observations="Datang dengan anak kecil.", received_at=NOW - HOUR))

    first, second = Step.objects.filter(case=case).order_by("order")

    dewi = world.officer("dewi")
    assert (first.move, first.by, first.at) == ("receive", dewi, NOW - HOUR)
    assert (second.move, second.by, second.at) == ("record", dewi, NOW)
    events = reading.read(case.id, desk=world.desk("wulan"), at=NOW).timeline
    assert [(event.move, event.who, event.text) for event in events] == [
        ("receive", "Dewi Lestari", ""),
        ("record", "Dewi Lestari", "Datang dengan anak kecil."),
    ]


def test_it_is_logged_among_the_officers_deeds_and_every_row_is_bound(world: World) -> None:
    case = case_of(records(world, "box", opening=opening(world), files=(cast.file(),), identity=Identity("Sari")))

    logged = Entry.objects.get(deed="record")
    assert (logged.chain, logged.subject, logged.by) == (Chain.OFFICERS.value, case.id, world.officer("dewi").id)
    assert not Entry.objects.filter(chain=Chain.REPORTERS.value).exists()
    assert proof.verify() == []
    assert book.verify() == []


def test_a_planted_box_opening_is_found_by_the_check_of_the_log(world: World) -> None:
    row = opening(world)
    BoxOpening.objects.create(
        office=row.office, opened_at=NOW, opened_by=row.opened_by, witness="Siapa", found=1, recorded_at=NOW
    )
    assert len(book.verify()) == 1


def test_the_slip_opens_that_one_report_like_an_account(world: World) -> None:
    slip = records(world, reply=LETTER)
    lookup, reporter = numbers.reporter_of(slip.register_number)
    unlocked = slips.unlock(reporter, lookup=lookup, passphrase=slip.passphrase, at=NOW)

    ring = keyring.of_reporter(unlocked.row, seed=unlocked.seed)
    own = reading.own_report(case_of(slip).report_id, reporter=unlocked.row, keyring=ring, at=NOW)

    assert (own.told.what, own.reply) == ("Antre di loket tiga jam", LETTER)
    assert own.register_number == slip.register_number
    assert [str(event.title) for event in own.timeline] == [str(own.case.status.told)]
    assert Slip.objects.get().handed_on == NOW.date()


@pytest.mark.parametrize("channel", ["counter", "letter", "telephone", "whatsapp", "email"])
def test_who_can_be_given_a_slip_gets_one(world: World, channel: str) -> None:
    reply = LETTER if channel == "letter" else Reply(CHANNELS[channel].reply_default, "", "0812 3456 7890")
    slip = records(world, channel, reply=reply)
    assert slip.has_slip
    assert len(slip.passphrase.split()) == 7


def test_a_box_find_has_no_slip_and_no_reporter(world: World) -> None:
    row = opening(world)
    slip = records(world, "box", opening=row)

    assert not slip.has_slip
    assert (slip.register_number, slip.passphrase) == ("", "")
    assert case_of(slip).report.reporter is None
    assert not Reporter.objects.exists()
    assert BoxFind.objects.get().opening == row


def test_after_the_hand_over_the_case_is_not_there_for_dewi(world: World) -> None:
    case = case_of(records(world))
    dewi = world.desk("dewi")

    assert not access.cases_of(dewi).exists()
    for deed in (
        lambda: reading.read(case.id, desk=dewi, at=NOW),
        lambda: laporan.read(case.id, desk=dewi, at=NOW),
        lambda: access.keys_of(case, keyring=dewi.keyring),
    ):
        with pytest.raises(NotThere):
            deed()


def test_whoever_records_holds_no_key_of_the_report(world: World) -> None:
    case = case_of(records(world))
    holders = {(grant.holder.unit_id, grant.holder.officer_id) for grant in Grant.objects.select_related("holder")}
    assert world.officer("dewi").id not in {officer for _unit, officer in holders}
    assert case.unit_id in {unit for unit, _officer in holders}


def test_those_who_record_and_their_twins(world: World) -> None:
    assert {login for login in EVERYBODY if desk.units_of(world.desk(login))} == {
        "dewi",
        "oki",
        "wulan",
        "rahmat",
        "yanti",
        "maya",
    }


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"received_at": NOW + HOUR}, "received-in-future"),
        ({"received_at": NOW - 31 * DAY}, "late-reason-missing"),
        ({"received_at": NOW - 31 * DAY, "late_reason": "  "}, "late-reason-missing"),
        ({"received_at": NOW.replace(year=1926)}, "received-long-ago"),
        ({"reply": Reply("none")}, "reply-not-possible"),
        ({"reply": Reply("letter")}, "reply-name-missing"),
        ({"told": Told(what=" ")}, "what-missing"),
        ({"reported": ["x" * 121]}, "reported-long"),
        ({"reported": ["Budi"] * 21}, "reported-long"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_stored(world: World, given: dict[str, Any], code: str) -> None:
    assert refusal(world, **given) == code
    assert not Report.objects.exists()
    assert not Reporter.objects.exists()


def test_nobody_is_asked_or_written_to_where_nobody_would_ever_read_it(world: World) -> None:
    boxed, told = (case_of(records(world, channel)) for channel in ("box", "counter"))
    wulan = world.desk("wulan")
    for case in (boxed, told):
        actions.take("verify", case_id=case.id, desk=wulan, given=Given(), at=NOW)

    offered = {case.id: {move.name for move in actions.moves_for(case, desk=wulan)} for case in Case.objects.all()}
    assert offered[told.id] - offered[boxed.id] == {"ask", "message"}
    with pytest.raises(Refused) as refused:
        actions.take("message", case_id=boxed.id, desk=wulan, given=Given(text="Halo"), at=NOW)
    assert refused.value.code == "move-not-open"


def test_a_box_letter_cannot_be_answered_on_a_page_that_nobody_can_open(world: World) -> None:
    assert refusal(world, "box", reply=Reply("page")) == "reply-not-possible"
    assert records(world, "box", reply=LETTER).has_slip is False


def test_what_comes_late_says_why_and_is_overdue_from_the_first_moment(world: World) -> None:
    case = case_of(records(world, received_at=NOW - 40 * DAY, late_reason="Surat tertinggal di meja."))
    read = laporan.read(case.id, desk=world.desk("wulan"), at=NOW)

    assert read.late_reason == "Surat tertinggal di meja."
    assert reading.read(case.id, desk=world.desk("wulan"), at=NOW).standing.overdue


def test_the_day_of_receipt_is_the_day_at_the_office_that_gets_it(world: World) -> None:
    late_evening = datetime.datetime(2026, 10, 18, 17, 30, tzinfo=datetime.UTC)  # half past midnight in Jakarta
    assert records(world, received_at=late_evening).received_on == "2026-10-19"


def test_the_laporan_says_what_was_recorded(world: World) -> None:
    row = opening(world)
    slip = records(
        world,
        "box",
        opening=row,
        received_at=row.opened_at,
        reported=["Budi Santoso", " Tina "],
        observations="Kertas sobek.",
        files=(cast.file(),),
    )

    read = laporan.read(case_of(slip).id, desk=world.desk("wulan"), at=NOW)

    assert (read.recorded_by, read.desk) == ("Dewi Lestari", "Seksi Kepatuhan Internal KPKNL Pekanbaru")
    assert (read.received_at, read.recorded_at) == (row.opened_at, NOW)
    assert (read.reported, read.observations) == (("Budi Santoso", "Tina"), "Kertas sobek.")
    assert read.opening == row
    assert [file.neutral_name for file in read.files] == ["lampiran-01.jpg"]


def test_the_laporan_is_sealed_for_the_unit_and_its_reporter_never_reads_it(world: World) -> None:
    case = case_of(records(world, reported=["Budi Santoso"], observations="Kertas sobek."))

    step = Step.objects.get(case=case, move="record")
    assert step.sealed is not None
    assert b"Budi" not in bytes(step.sealed)
    reporter = Reporter.objects.get()
    grant = Grant.objects.get(holder__reporter=reporter)
    assert not [name for name in grant.compartments if name.startswith("work/")]


def test_what_came_online_has_no_laporan(world: World) -> None:
    receipt = cast.join().tells()
    with pytest.raises(NotThere):
        laporan.read(cast.case_of(receipt).id, desk=world.desk("wulan"), at=NOW)


@pytest.mark.parametrize("login", ["hadi", "yanti", "maya", "ina", "tono", "agus"])
def test_nobody_else_reads_the_laporan(world: World, login: str) -> None:
    case = case_of(records(world))
    with pytest.raises(NotThere):
        laporan.read(case.id, desk=world.desk(login), at=NOW)


@pytest.mark.parametrize(
    ("named", "office"),
    [
        (["WULAN  Sari"], KANWIL),
        (["Hadi Santoso"], KANWIL),
        (["Budi Santoso"], cast.KPKNL),
        ([], cast.KPKNL),
        (["Wulan Sari", "Yanti Marlina"], HEAD_OFFICE),
        (["Wulan Sari", "Surya Darma"], HEAD_OFFICE),
    ],
)
def test_d3_a_complaint_about_somebody_in_the_unit_or_the_head_goes_up_by_itself(
    world: World, named: list[str], office: str
) -> None:
    slip = records(world, reported=named)
    assert (slip.unit, slip.office) == (world.unit(office=office).name, office)


def test_d3_above_those_who_are_named_at_the_top_there_is_nobody(world: World) -> None:
    everywhere = ["Wulan Sari", "Yanti Marlina", "Maya Puspita", "Ina Kusumawati"]
    assert refusal(world, reported=everywhere) == "nobody-above"
    assert not Report.objects.exists()


def test_d3_what_sari_says_about_whom_it_concerns_counts_as_online(world: World) -> None:
    slip = records(world, concerns=receivers.SOMEBODY_IN_THE_UNIT)
    assert slip.office == KANWIL
    with pytest.raises(NotThere):
        reading.read(case_of(slip).id, desk=world.desk("wulan"), at=NOW)


def test_a_violation_at_the_counter_goes_to_uki(world: World) -> None:
    slip = records(world, stream="violation")
    assert slip.office == HEAD_OFFICE
    assert slip.agenda_number.startswith("PLG-")


def test_the_preview_tells_what_will_happen(world: World) -> None:
    given = recording(reported=["Wulan Sari"])
    shown, slip = desk.preview(given, at=NOW), records(world, reported=["Wulan Sari"])

    assert (shown.unit.name, shown.due_on.isoformat()) == (slip.unit, slip.due_on)
    assert shown.went_up
    assert not desk.preview(recording(), at=NOW).went_up


def test_p04_a_draft_is_recorded_once_however_often_it_is_sent(world: World) -> None:
    draft = cast.draft(what="Antre lama")

    def send() -> SlipReceipt:
        return desk.record_draft(
            draft.token, recording=lambda _: recording(), by=world.officer("dewi"), unit=world.unit(), at=NOW
        )

    assert send() == send()
    assert Report.objects.count() == 1
    kept = drafts.resume(draft.token, at=NOW)
    assert kept is not None
    assert SlipReceipt.of(kept.receipt or {}).has_slip
    assert drafts.resume(draft.token, at=NOW + drafts.RECEIPT) is None


def test_p40_what_fails_midway_leaves_no_reporter_no_slip_and_the_draft_as_it_was(world: World) -> None:
    draft = cast.draft(what="Antre lama")
    Head.objects.filter(chain=Chain.OFFICERS.value).delete()  # the last deed of all fails: the log cannot be written

    with pytest.raises(Head.DoesNotExist):
        desk.record_draft(
            draft.token, recording=lambda _: recording(), by=world.officer("dewi"), unit=world.unit(), at=NOW
        )

    for model in (Report, Case, Step, Grant, Reporter, Slip):
        assert not model._default_manager.exists()
    back = drafts.resume(draft.token, at=NOW)
    assert back is not None
    assert back.receipt is None


def test_a_box_is_opened_by_two_and_counted_even_when_it_is_empty(world: World) -> None:
    assert opening(world, found=0).found == 0
    assert Entry.objects.filter(deed="open-box", by=world.officer("dewi").id).count() == 1
    given: dict[str, Any] = {"by": world.officer("dewi"), "witness": "Rahmat", "opened_at": NOW, "found": 1, "at": NOW}
    for changed, code in (
        ({"witness": " "}, "witness-missing"),
        ({"witness": "dewi  LESTARI"}, "witness-same"),
        ({"witness": "x" * 400}, "witness-long"),
        ({"opened_at": NOW + HOUR}, "opened-in-future"),
        ({"found": -1}, "found-odd"),
        ({"found": 501}, "found-odd"),
    ):
        with pytest.raises(Refused) as refused:
            box.open_box(world.office(), **(given | changed))
        assert refused.value.code == code


def test_no_more_finds_are_recorded_than_were_counted(world: World) -> None:
    row = opening(world, found=1)
    records(world, "box", opening=row)

    assert refusal(world, "box", opening=row) == "box-all-recorded"
    assert Report.objects.count() == 1
    assert [(line.recorded, line.waiting) for line in box.page([world.office()], number=1).lines] == [(1, 0)]
    assert box.waiting([world.office()], at=NOW) == []


def test_only_a_box_find_names_an_opening(world: World) -> None:
    assert refusal(world, "counter", opening=opening(world)) == "opening-misplaced"


def test_another_offices_openings_are_not_there(world: World) -> None:
    row = opening(world)
    assert box.page([world.office(KANWIL)], number=1).lines == ()
    for wanted in (str(row.id), str(uuid.uuid4()), "bukan nomor"):
        with pytest.raises(NotThere):
            box.find(wanted, offices=[world.office(KANWIL)])
    assert box.find(str(row.id), offices=[world.office()]) == row


def test_nothing_of_a_recording_shows_itself_when_printed(world: World) -> None:
    slip = records(world)
    assert slip.passphrase not in repr(slip)
    assert "Antre" not in repr(recording())
