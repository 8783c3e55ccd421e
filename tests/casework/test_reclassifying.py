"""A case that turns out to be of another kind: who holds it then, by when it is answered, and what stays as it was."""

import datetime
from typing import Any

import pytest

from tests import deciding
from tests import world as cast
from tests.desk import case_of, records
from tests.world import HEAD_OFFICE, KANWIL, NOW, Teller, World
from wise.audit import log, proof
from wise.audit.models import Entry
from wise.casework import actions, calendar, clock, inbox, ways
from wise.casework import proof as book
from wise.casework.given import Given
from wise.casework.inbox import Wanted
from wise.casework.intake import Receipt
from wise.casework.models import Case, RuleSet
from wise.casework.ways import Way
from wise.casework.workflow import STATUSES
from wise.keys.models import Grant
from wise.refusals import NotThere, Refused

DAY = datetime.timedelta(days=1)


@pytest.fixture
def sari(world: World) -> Teller:
    return cast.join("burung malam")


@pytest.fixture
def receipt(world: World, sari: Teller) -> Receipt:
    """Wulan verifies it."""
    sent = sari.tells(cast.queues())
    world.take("verify", sent, by="wulan")
    return sent


def _becomes(world: World, receipt: Receipt, stream: str, *, by: str = "wulan", **given: Any) -> Case:
    return world.take("reclassify", receipt, by=by, stream=stream, note="Ada dugaan pungutan", **given)


def _ways(world: World, receipt: Receipt, *, by: str = "wulan", at: datetime.datetime = NOW) -> dict[str, Way]:
    found = ways.offered(cast.case_of(receipt).id, same=False, desk=world.desk(by, at=at), at=at)
    return {way.stream.code: way for way in found}


def _holders(receipt: Receipt) -> set[Any]:
    return set(Grant.objects.filter(report_id=receipt.report_id).values_list("holder__unit_id", flat=True)) - {None}


def _with_a_time_for_each_kind(receipt: Receipt) -> None:
    case, rule_set = cast.case_of(receipt), RuleSet.objects.get(code="sp4n-2018")
    due = clock.due_on(
        rule_set, received_on=case.received_on, stream=case.stream_code, calendar=calendar.known(), extended=False
    )
    Case.objects.filter(id=case.id).update(rule_set=rule_set, due_on=due)


def test_a_complaint_that_is_about_a_violation_goes_to_uki_in_the_same_deed(world: World, receipt: Receipt) -> None:
    before = cast.case_of(receipt)
    case = _becomes(world, receipt, "violation")

    uki = world.unit(office=HEAD_OFFICE)
    assert (case.unit, case.stream_code, case.status_code, case.handler) == (uki, "violation", "referred", None)
    assert (case.received_on, case.rule_set_id) == (before.received_on, before.rule_set_id)
    assert case.report.stream == "service"
    assert uki.id in _holders(receipt)
    assert world.unit().id not in _holders(receipt)
    with pytest.raises(NotThere):
        world.read(receipt, by="wulan")
    assert not inbox.page(world.desk("wulan"), wanted=Wanted()).lines
    opened = world.read(receipt, by="maya")
    assert opened.told.what == "Antre di loket tiga jam"
    assert [event.text for event in opened.timeline if event.move == "reclassify"] == ["Ada dugaan pungutan"]
    world.take("verify", receipt, by="maya")
    assert proof.verify() == book.verify() == []


def test_sari_reads_the_new_kind_and_the_status_and_nothing_of_why(
    world: World, sari: Teller, receipt: Receipt
) -> None:
    _becomes(world, receipt, "violation")

    own = sari.report(receipt)
    assert own.case.stream_code == "violation"
    assert own.told.what == "Antre di loket tiga jam"
    assert (str(own.timeline[-1].title), own.timeline[-1].text) == (str(STATUSES["referred"].told), "")


def test_a_running_number_does_not_follow_a_case_into_an_investigation_nor_a_random_one_out_of_it(
    world: World, receipt: Receipt
) -> None:
    running = cast.case_of(receipt).agenda_number
    hidden = _becomes(world, receipt, "violation").agenda_number
    assert running.startswith("PGD-1/")
    assert hidden.startswith("PLG-")
    parts = [part.text for event in world.read(receipt, by="maya").timeline for part in event.parts]
    assert running in parts

    world.take("verify", receipt, by="maya")
    again = _becomes(world, receipt, "service", by="maya")
    assert (again.unit, again.agenda_number[:6]) == (world.unit(), "PGD-2/")
    assert running not in repr([entry.__dict__ for entry in Entry.objects.filter(subject=again.id)])


def test_between_kinds_with_running_numbers_the_number_and_the_unit_stay(world: World, receipt: Receipt) -> None:
    before = cast.case_of(receipt)
    case = _becomes(world, receipt, "suggestion")

    assert (case.agenda_number, case.unit, case.handler) == (before.agenda_number, before.unit, before.handler)
    assert (case.status_code, case.stream_code) == ("verifying", "suggestion")
    world.take("answer", receipt, by="wulan", text="Terima kasih atas saran Anda.")


def test_what_was_concluded_about_another_kind_is_verified_anew(world: World, receipt: Receipt) -> None:
    deciding.verified(world, receipt, indicated=False)
    assert cast.case_of(receipt).outcome == "no_indication"

    case = _becomes(world, receipt, "suggestion")
    assert (case.status_code, case.outcome) == ("verifying", "")


@pytest.mark.parametrize("status", ["received", "waiting_reporter"])
def test_what_has_not_begun_or_waits_for_sari_stays_where_it_is(world: World, sari: Teller, status: str) -> None:
    receipt = sari.tells(cast.queues())
    asked = status == "waiting_reporter"
    if asked:
        world.take("verify", receipt, by="wulan")
        world.take("ask", receipt, by="wulan", text="Loket mana?", until=NOW.date() + DAY)

    case = _becomes(world, receipt, "suggestion")
    assert case.status_code == status
    assert (case.asked_until is not None) is asked


def test_once_it_lies_before_the_head_or_is_approved_its_kind_stays(world: World, receipt: Receipt) -> None:
    for deed in (deciding.proposed, deciding.approved, deciding.answered):
        deed(world, receipt)
        with pytest.raises(Refused) as refused:
            _becomes(world, receipt, "violation")
        assert refused.value.code == "move-not-open"


def test_a_returned_case_that_becomes_something_else_is_no_longer_before_the_head(
    world: World, receipt: Receipt
) -> None:
    deciding.proposed(world, receipt)
    world.take("return", receipt, by="hadi", note="Ini saran")

    case = _becomes(world, receipt, "suggestion")
    assert (case.lead, case.status_code) == (None, "verifying")
    assert world.unit("leadership").id not in _holders(receipt)
    with pytest.raises(NotThere):
        world.read(receipt, by="hadi")


def test_the_time_is_that_of_the_new_kind_from_the_day_of_receipt_and_the_log_has_both_dates(
    world: World, receipt: Receipt
) -> None:
    _with_a_time_for_each_kind(receipt)
    before = cast.case_of(receipt)
    way = _ways(world, receipt)["violation"]
    case = _becomes(world, receipt, "violation")

    assert case.due_on == way.due_on > before.due_on
    facts = log.facts_about(case.id, deed="refer")[-1]
    assert (facts["due_on_before"], facts["due_on"]) == (before.due_on.isoformat(), case.due_on.isoformat())
    assert (facts["stream_before"], facts["stream"]) == ("service", "violation")


def test_a_late_case_stays_late_and_a_shorter_time_that_is_over_ends_today(world: World, receipt: Receipt) -> None:
    _with_a_time_for_each_kind(receipt)
    due_on = cast.case_of(receipt).due_on
    late = NOW + (due_on - NOW.date()) + DAY
    assert _ways(world, receipt, at=late)["violation"].due_on == due_on
    # A suggestion is answered in five working days, which are over after twelve days.
    on_time = NOW + 12 * DAY
    assert _ways(world, receipt, at=on_time)["suggestion"].due_on == on_time.date()


def test_a_violation_that_is_none_goes_to_the_office_or_by_choice_stays_above_it(world: World, sari: Teller) -> None:
    for chosen in (None, world.unit(office=KANWIL), world.unit(office=HEAD_OFFICE)):
        receipt = sari.tells(cast.queues(stream="violation"))
        world.take("verify", receipt, by="maya")
        assert _ways(world, receipt, by="maya")["service"].unit == world.unit()

        case = _becomes(world, receipt, "service", by="maya", unit=chosen)
        assert case.unit == (chosen or world.unit())
        assert case.status_code == ("verifying" if case.unit == world.unit(office=HEAD_OFFICE) else "referred")


def test_ibi_keeps_what_becomes_a_violation_there(world: World, receipt: Receipt) -> None:
    world.take("refer", receipt, by="wulan", note="x", unit=world.ibi)
    assert _ways(world, receipt, by="ina")["violation"].unit == world.ibi

    assert _becomes(world, receipt, "violation", by="ina").unit == world.ibi


def test_p30_nobody_it_is_known_to_be_about_gets_it_back(world: World, sari: Teller) -> None:
    receipt = sari.tells(cast.queues(stream="violation"))
    world.take("verify", receipt, by="maya")
    world.take("name_persons", receipt, by="maya", reported=(world.officer("hadi").name,))

    with pytest.raises(Refused) as refused:
        _becomes(world, receipt, "service", by="maya", unit=world.unit())
    assert refused.value.code == "unit-not-open"
    assert _becomes(world, receipt, "service", by="maya").unit == world.unit(office=KANWIL)


def test_p30_whom_the_desk_wrote_down_counts_too(world: World) -> None:
    case = case_of(records(world, stream="violation", reported=[world.officer("wulan").name]))

    found = ways.offered(case.id, same=False, desk=world.desk("maya"), at=NOW)
    assert {way.stream.code: way.unit for way in found}["service"] == world.unit(office=KANWIL)


def test_where_the_units_above_are_concerned_too_they_are_not_offered(world: World, sari: Teller) -> None:
    receipt = sari.tells(cast.queues(stream="violation"))
    world.take("verify", receipt, by="maya")
    world.take("name_persons", receipt, by="maya", reported=[world.officer(who).name for who in ("wulan", "yanti")])

    assert _ways(world, receipt, by="maya")["service"].units == (world.unit(office=HEAD_OFFICE), world.ibi)


def test_a_kind_for_which_nobody_is_left_is_not_offered_and_is_refused(world: World, receipt: Receipt) -> None:
    everybody = [world.officer(who).name for who in ("maya", "ina")]
    world.take("name_persons", receipt, by="wulan", reported=everybody)

    assert "violation" not in _ways(world, receipt)
    with pytest.raises(Refused) as refused:
        _becomes(world, receipt, "violation")
    assert refused.value.code == "nobody-above"


def test_nothing_chosen_the_same_kind_or_a_unit_that_is_not_for_it_is_refused(world: World, receipt: Receipt) -> None:
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"stream": "", "note": "x"}, "stream-missing"),
        ({"stream": "praise", "note": "x"}, "stream-missing"),
        ({"stream": "violation"}, "note-missing"),
        ({"stream": "service", "note": "x"}, "stream-same"),
        ({"stream": "violation", "note": "x", "unit": world.unit()}, "unit-not-open"),
        ({"stream": "violation", "note": "x", "unit": world.unit("leadership")}, "unit-not-open"),
    ]
    for given, code in wrong:
        with pytest.raises(Refused) as refused:
            world.take("reclassify", receipt, by="wulan", **given)
        assert refused.value.code == code
    assert cast.case_of(receipt).stream_code == "service"


@pytest.mark.parametrize("login", ["dewi", "hadi", "ina", "maya", "yanti", "tono", "agus", "kartika"])
def test_nobody_but_the_unit_that_holds_it_changes_its_kind(world: World, receipt: Receipt, login: str) -> None:
    case_id = cast.case_of(receipt).id
    desk, given = world.desk(login), Given(stream="violation", note="x")

    with pytest.raises(NotThere):
        actions.take("reclassify", case_id=case_id, desk=desk, given=given, at=NOW)
    with pytest.raises(NotThere):
        ways.offered(case_id, same=False, desk=desk, at=NOW)
