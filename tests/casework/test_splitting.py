"""A report that tells of two things: two cases with keys, numbers, clocks and answers apart, on one report."""

import contextlib
import datetime
import functools
import uuid
from collections.abc import Callable
from typing import Any

import pytest

from tests import deciding
from tests import world as cast
from tests.crowd import together
from tests.world import HEAD_OFFICE, KANWIL, NOW, Teller, World
from wise.audit import proof
from wise.audit.models import Entry
from wise.casework import access, actions, correspondence, inbox, papers, parts, reading, sealing
from wise.casework import proof as book
from wise.casework.given import Given
from wise.casework.inbox import Wanted
from wise.casework.intake import Receipt
from wise.casework.models import Case, Step
from wise.crypto.errors import Unopenable
from wise.keys import grants
from wise.keys.grants import Keys
from wise.keys.models import Grant
from wise.refusals import NotThere, Refused
from wise.register.models import Addition

type Deed = Callable[[], Any]

DAY = datetime.timedelta(days=1)
SECRET = "Dua petugas ditanyai"
ABOUT = "Pungutan di loket tiga"


@pytest.fixture
def sari(world: World) -> Teller:
    return cast.join("burung malam")


@pytest.fixture
def receipt(world: World, sari: Teller) -> Receipt:
    """Wulan verifies it, and has made a note."""
    sent = sari.tells(cast.queues(files=(cast.file(),)))
    world.take("verify", sent, by="wulan")
    world.take("note", sent, by="wulan", note=SECRET)
    return sent


def _split(world: World, receipt: Receipt, stream: str = "violation", *, by: str = "wulan", **given: Any) -> Case:
    """The second part; by default the bribe, which goes to UKI."""
    world.take("split", receipt, by=by, stream=stream, note=ABOUT, **given)
    case = parts.of_report(uuid.UUID(receipt.report_id)).last()
    assert case is not None
    return case


def _take(world: World, case: Case, move: str, *, by: str, **given: Any) -> Case:
    return actions.take(move, case_id=case.id, desk=world.desk(by), given=Given(**given), at=NOW)


def _notes(world: World, case: Case, *, by: str) -> list[str]:
    opened = reading.read(case.id, desk=world.desk(by), at=NOW)
    return [event.text for event in opened.timeline if event.text]


def _opens(step: Step, keys: Keys) -> bool:
    """Whether keys open a note, by whatever name they are held."""
    for key in keys.values():
        with contextlib.suppress(Unopenable):
            return bool(sealing.open_note(step, keys={grants.work_of(step.unit_id, since=1): key}))
    return False


def _own(sari: Teller, receipt: Receipt, *, part: int | None = None) -> reading.OwnReport:
    report_id = uuid.UUID(receipt.report_id)
    return reading.own_report(report_id, reporter=sari.reporter, keyring=sari.keyring, at=NOW, part=part)


def test_the_part_is_a_case_of_its_own_with_the_same_day_of_receipt(world: World, receipt: Receipt) -> None:
    first, second = cast.case_of(receipt), _split(world, receipt)

    assert (second.unit, second.stream_code, second.status_code) == (
        world.unit(office=HEAD_OFFICE),
        "violation",
        "received",
    )
    assert (second.part, second.received_on, second.due_on) == (2, first.received_on, first.due_on)
    assert second.rule_set_id == first.rule_set_id
    assert second.agenda_number.startswith("PLG-")
    after = cast.case_of(receipt)
    assert (after.status_code, after.unit, after.handler) == ("verifying", world.unit(), world.officer("wulan"))
    assert after.last_order == second.last_order
    assert proof.verify() == book.verify() == []


def test_both_histories_name_the_other_number_and_what_the_part_is_about(world: World, receipt: Receipt) -> None:
    second = _split(world, receipt)

    for case, by, other in ((cast.case_of(receipt), "wulan", second), (second, "maya", cast.case_of(receipt))):
        event = reading.read(case.id, desk=world.desk(by), at=NOW).timeline[-1]
        assert event.text == ABOUT
        assert other.agenda_number in [part.text for part in event.parts]
    facts = repr([entry.__dict__ for entry in Entry.objects.filter(subject__in=[second.id, second.report_id])])
    assert cast.case_of(receipt).agenda_number not in facts


def test_the_unit_of_the_part_reads_the_report_and_its_files_and_no_note_of_the_other_unit(
    world: World, receipt: Receipt
) -> None:
    second = _split(world, receipt)
    opened = reading.read(second.id, desk=world.desk("maya"), at=NOW)

    assert opened.told.what == "Antre di loket tiga jam"
    assert b"".join(opened.files[0].chunks()) == cast.PHOTO
    assert _notes(world, second, by="maya") == [ABOUT]
    keys = access.report_keys(second.report, keyring=world.desk("maya").keyring)
    note = Step.objects.get(case=cast.case_of(receipt), move="note")
    assert not _opens(note, keys)


def test_neither_unit_opens_the_page_the_files_or_the_letters_of_the_others_part(
    world: World, receipt: Receipt
) -> None:
    first, second = cast.case_of(receipt), _split(world, receipt)
    file_id = first.report.attachments.get().id
    for case, by in ((first, "maya"), (second, "wulan"), (second, "hadi"), (second, "dewi"), (first, "ina")):
        desk = world.desk(by)
        for deed in (
            functools.partial(reading.read, case.id, desk=desk, at=NOW),
            functools.partial(reading.file_of, case.id, file_id, desk=desk, at=NOW),
            functools.partial(papers.letter_of, case.id, uuid.uuid4(), desk=desk, at=NOW),
            functools.partial(actions.take, "note", case_id=case.id, desk=desk, given=Given(note="x"), at=NOW),
        ):
            with pytest.raises(NotThere):
                deed()
    assert [line.case for line in inbox.page(world.desk("maya"), wanted=Wanted()).lines] == [second]
    assert [line.case for line in inbox.page(world.desk("wulan"), wanted=Wanted()).lines] == [first]


def test_what_maya_notes_wulan_cannot_open_with_whatever_keys_she_has(world: World, receipt: Receipt) -> None:
    second = _split(world, receipt)
    _take(world, second, "note", by="maya", note="Rahasia UKI")

    keys = access.report_keys(second.report, keyring=world.desk("wulan").keyring)
    note = Step.objects.get(case=second, move="note")
    assert not _opens(note, keys)


def test_a_part_that_stays_in_the_unit_is_worked_on_under_keys_of_its_own(world: World, receipt: Receipt) -> None:
    second = _split(world, receipt, "suggestion")
    assert second.unit == world.unit()
    _take(world, second, "note", by="wulan", note="Catatan saran")
    _take(world, cast.case_of(receipt), "note", by="wulan", note="Catatan lama")

    assert _notes(world, second, by="rahmat") == [ABOUT, "Catatan saran"]
    assert _notes(world, cast.case_of(receipt), by="rahmat") == [SECRET, ABOUT, "Catatan lama"]
    assert reading.read(second.id, desk=world.desk("wulan"), at=NOW).others == (cast.case_of(receipt),)

    # The part leaves: its next unit reads its notes alone, and the first stays where it is.
    _take(world, second, "refer", by="wulan", note="Mohon diteruskan", unit=world.unit(office=KANWIL))
    assert _notes(world, second, by="yanti") == [ABOUT, "Catatan saran", "Mohon diteruskan"]
    held = access.report_keys(second.report, keyring=world.desk("yanti").keyring)
    for step in Step.objects.filter(case=cast.case_of(receipt), sealed__isnull=False):
        assert not _opens(step, held)
    with pytest.raises(NotThere):
        reading.read(second.id, desk=world.desk("wulan"), at=NOW)
    assert SECRET in _notes(world, cast.case_of(receipt), by="wulan")
    assert proof.verify() == book.verify() == []


def test_when_the_first_part_leaves_the_second_stays_and_its_notes_with_it(world: World, receipt: Receipt) -> None:
    second = _split(world, receipt, "suggestion")
    _take(world, second, "note", by="wulan", note="Catatan saran")
    world.take("refer", receipt, by="wulan", note="Mohon diteruskan", unit=world.unit(office=KANWIL))

    assert _notes(world, cast.case_of(receipt), by="yanti") == [SECRET, ABOUT, "Mohon diteruskan"]
    held = access.report_keys(second.report, keyring=world.desk("yanti").keyring)
    assert _opens(Step.objects.get(case=cast.case_of(receipt), move="note"), held)
    for step in Step.objects.filter(case=second, sealed__isnull=False):
        assert not _opens(step, held)
    assert _notes(world, second, by="wulan") == [ABOUT, "Catatan saran"]
    # Both meet again at one unit, and come apart again.
    _take(world, second, "refer", by="wulan", note="Menyusul", unit=world.unit(office=KANWIL))
    assert Grant.objects.filter(report_id=second.report_id, holder__unit=world.unit()).count() == 0
    _take(world, second, "refer", by="yanti", note="Kembali", unit=world.unit())
    assert _notes(world, second, by="wulan") == [ABOUT, "Catatan saran", "Menyusul", "Kembali"]
    assert SECRET in _notes(world, cast.case_of(receipt), by="yanti")


def test_two_parts_before_one_head_are_decided_apart(world: World, receipt: Receipt) -> None:
    second = _split(world, receipt, "service")
    deciding.proposed(world, receipt)
    for move, given in (
        ("verify", {}),
        ("conclude_verification", {"steps": "x", "facts": "y", "conclusion": "not_followed_up"}),
        ("propose", {"recommendation": "z", "letter": deciding.LETTER}),
    ):
        _take(world, second, move, by="wulan", **given)
    assert len(inbox.page(world.desk("hadi"), wanted=Wanted(view="decide")).lines) == 2

    _take(world, second, "return", by="hadi", note="Kurang")
    _take(world, second, "name_persons", by="wulan", reported=(world.officer("hadi").name,))

    with pytest.raises(NotThere):
        reading.read(second.id, desk=world.desk("hadi"), at=NOW)
    assert deciding.approved(world, receipt).status_code == "acting"
    assert reading.read(second.id, desk=world.desk("yanti"), at=NOW).letter is None


def test_p30_whom_the_first_part_named_does_not_get_the_second_later(world: World, sari: Teller) -> None:
    receipt = sari.tells(cast.queues(stream="violation"))
    world.take("verify", receipt, by="maya")
    world.take("name_persons", receipt, by="maya", reported=(world.officer("hadi").name,))

    second = _split(world, receipt, "service", by="maya")
    assert second.unit == world.unit(office=KANWIL)
    with pytest.raises(Refused) as refused:
        _take(world, second, "split", by="yanti", stream="service", note="x", unit=world.unit())
    assert refused.value.code == "unit-not-open"


def test_no_more_than_five_parts_and_nothing_half_said(world: World, receipt: Receipt) -> None:
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"stream": "", "note": "x"}, "part-missing"),
        ({"stream": "violation"}, "note-missing"),
        ({"stream": "violation", "note": "x", "unit": world.unit("leadership")}, "unit-not-open"),
    ]
    for given, code in wrong:
        with pytest.raises(Refused) as refused:
            world.take("split", receipt, by="wulan", **given)
        assert refused.value.code == code
    for _ in range(4):
        _split(world, receipt, "suggestion")
    with pytest.raises(Refused) as refused:
        _split(world, receipt, "suggestion")
    assert refused.value.code == "parts-most"
    assert Case.objects.filter(report_id=receipt.report_id).count() == 5


@pytest.mark.parametrize("login", ["dewi", "hadi", "maya", "ina", "tono", "agus", "kartika"])
def test_nobody_but_the_unit_that_holds_it_splits_it(world: World, receipt: Receipt, login: str) -> None:
    with pytest.raises(NotThere):
        _split(world, receipt, by=login)
    assert Case.objects.count() == 1


def test_what_happens_on_one_part_does_not_make_the_page_of_the_other_stale(world: World, receipt: Receipt) -> None:
    second = _split(world, receipt)
    seen = cast.case_of(receipt).last_order
    _take(world, second, "verify", by="maya")
    assert cast.case_of(receipt).last_order == seen + 1

    world.take("note", receipt, by="wulan", note="x", seen=seen)
    with pytest.raises(Refused) as refused:
        world.take("note", receipt, by="wulan", note="x", seen=seen)
    assert refused.value.code == "case-changed"
    with pytest.raises(Refused):
        world.take("note", receipt, by="wulan", note="x", seen=seen + 99)


def test_what_sari_adds_is_news_on_both_parts_and_stands_in_both_once(
    world: World, sari: Teller, receipt: Receipt
) -> None:
    second = _split(world, receipt)
    sari.adds(receipt, "Masih ada lagi", files=(cast.file(b"lagi"),))

    for case, by in ((cast.case_of(receipt), "wulan"), (second, "maya")):
        assert inbox.counts(world.desk(by))["news"] == 1
        assert _notes(world, case, by=by).count("Masih ada lagi") == 1
    assert Addition.objects.get().order == cast.case_of(receipt).last_order


def test_sari_writes_to_the_part_she_means_else_to_the_one_that_waits_for_her(
    world: World, sari: Teller, receipt: Receipt
) -> None:
    second = _split(world, receipt)
    report_id = uuid.UUID(receipt.report_id)
    write = functools.partial(correspondence.write, report_id, by=sari.reporter, keyring=sari.keyring, at=NOW)
    write(text="Untuk yang pertama")
    _take(world, second, "verify", by="maya")
    _take(world, second, "ask", by="maya", text="Kapan?", until=NOW.date() + DAY)
    assert _own(sari, receipt).case == second
    write(text="Hari Selasa")
    write(text="Untuk yang kedua", part=2)
    write(text="Lagi untuk yang pertama", part=1)

    assert [row.text for row in _own(sari, receipt, part=2).timeline if row.mine] == ["Hari Selasa", "Untuk yang kedua"]
    first = [row.text for row in _own(sari, receipt, part=1).timeline if row.mine]
    assert first == ["Untuk yang pertama", "Lagi untuk yang pertama"]
    assert "Hari Selasa" in _notes(world, second, by="maya")
    assert "Hari Selasa" not in _notes(world, cast.case_of(receipt), by="wulan")
    assert _own(sari, receipt, part=4).case.part == 1
    assert proof.verify() == book.verify() == []


def test_each_part_has_its_answer_and_its_letters(world: World, sari: Teller, receipt: Receipt) -> None:
    second = _split(world, receipt)
    deciding.answered(world, receipt)
    for move, given in (("verify", {}), ("answer", {"text": "Sudah ditindak."})):
        _take(world, second, move, by="maya", **given)

    one, two = _own(sari, receipt, part=1), _own(sari, receipt, part=2)
    assert one.answer is not None
    assert two.answer is not None
    assert (one.answer.text, two.answer.text) == ("Loket kedua sudah dibuka.", "Sudah ditindak.")
    assert (len(one.letters), two.letters) == (1, ())
    own_id = one.letters[0].letter.own_id
    found = papers.own_letter(one.report.id, own_id, reporter=sari.reporter, keyring=sari.keyring)
    assert found.number == one.letters[0].number


def test_sari_sees_one_report_with_two_parts_and_so_does_the_register_number(
    world: World, sari: Teller, receipt: Receipt
) -> None:
    _split(world, receipt)

    [line] = reading.own_reports(sari.reporter, keyring=sari.keyring, at=NOW)
    assert [row.case.stream_code for row in line.parts] == ["service", "violation"]
    assert line.register_number == receipt.register_number
    shown = reading.public_status(receipt.register_number, at=NOW)
    assert [str(row.told) for row in shown] == [str(row.case.status.told) for row in line.parts]
    names = [event.who for part in (1, 2) for event in _own(sari, receipt, part=part).timeline]
    assert not any(names)
    budi = cast.join("kuda laut")
    with pytest.raises(NotThere):
        reading.own_report(line.report.id, reporter=budi.reporter, keyring=budi.keyring, at=NOW, part=2)


def test_sari_withdraws_the_whole_report_once(world: World, sari: Teller, receipt: Receipt) -> None:
    second = _split(world, receipt)
    report_id = uuid.UUID(receipt.report_id)
    withdraw = functools.partial(
        correspondence.withdraw, report_id, text="Saya cabut", by=sari.reporter, keyring=sari.keyring, at=NOW
    )
    withdraw()

    for case, by in ((cast.case_of(receipt), "wulan"), (second, "maya")):
        assert correspondence.withdrawal(case) == correspondence.Withdrawal(NOW.date(), on_paper=False)
        assert _notes(world, case, by=by).count("Saya cabut") == 1
    with pytest.raises(Refused):
        withdraw()
    orders = [row.order for row in Step.objects.filter(case__report_id=report_id)]
    assert len(orders) == len(set(orders))
    assert proof.verify() == book.verify() == []


def test_the_key_of_a_part_is_vouched_for_by_the_log_alone(world: World, receipt: Receipt) -> None:
    report = _split(world, receipt).report

    with pytest.raises(Unopenable):
        grants.held(report.id, keyring=world.desk("maya").keyring, vouched=report.commitments)
    assert access.report_keys(report, keyring=world.desk("maya").keyring)


def test_two_parts_that_are_worked_on_at_once_never_share_a_place(committed_world: World) -> None:
    world, sari = committed_world, cast.join()
    receipt = sari.tells()
    second = _split(world, receipt, "suggestion")
    first, report_id = cast.case_of(receipt), second.report_id
    desks = {"wulan": world.desk("wulan"), "rahmat": world.desk("rahmat")}

    def note(case: Case, by: str) -> Case:
        return actions.take("note", case_id=case.id, desk=desks[by], given=Given(note="catatan"), at=NOW)

    def add() -> None:
        correspondence.add(report_id, text="Tambahan", by=sari.reporter, keyring=sari.keyring, at=NOW)

    def split() -> Case:
        given = Given(stream="suggestion", note="lagi")
        return actions.take("split", case_id=first.id, desk=desks["wulan"], given=given, at=NOW)

    deeds: list[Deed] = [
        functools.partial(note, first, "wulan"),
        functools.partial(note, second, "rahmat"),
        add,
        split,
    ]
    results = together([deed for deed in deeds for _ in range(2)])

    assert not [result for result in results if isinstance(result, Exception)], results
    cases = list(parts.of_report(report_id))
    assert [case.part for case in cases] == [1, 2, 3, 4]
    assert len({case.last_order for case in cases}) == 1
    orders = [*Step.objects.filter(case__in=cases).values_list("order", flat=True)]
    orders += [*Addition.objects.values_list("order", flat=True)]
    assert sorted(orders) == list(range(1, cases[0].last_order + 1))
    assert proof.verify() == book.verify() == []
