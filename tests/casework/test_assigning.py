"""A case is given to a colleague, or goes out by a disposition with its sheet: inside the unit that holds it."""

import datetime
import io
import json
import uuid
from pathlib import Path
from typing import Any

import docx
import pytest
from django.utils import translation

from tests import deciding
from tests import world as cast
from tests.pdf import info_of, words_of
from tests.world import KANWIL, NOW, Teller, World
from wise.audit import proof
from wise.audit.models import Entry
from wise.casework import actions, assigning, dispositions, inbox
from wise.casework.given import NOBODY, Disposition
from wise.casework.inbox import Wanted
from wise.casework.instructions import INSTRUCTIONS
from wise.casework.intake import Receipt
from wise.casework.models import Step
from wise.casework.workflow import MOVES
from wise.keys import acting, membership
from wise.keys.models import Membership
from wise.people.kinds import Role
from wise.people.models import Officer
from wise.refusals import NotThere, Refused

DAY = datetime.timedelta(days=1)
MINISTRY = (
    "Setuju",
    "Tolak",
    "Selesaikan",
    "Jawab",
    "Perbaiki",
    "Teliti dan pendapat",
    "Sesuai catatan",
    "Untuk perhatian",
    "Untuk diketahui",
    "Edarkan",
    "Bicarakan dengan saya",
    "Bicarakan bersama dan laporkan hasilnya",
    "Dijadwalkan",
    "Disimpan",
    "Disiapkan",
    "Ingatkan",
    "Harap dihadiri/diwakili",
)


@pytest.fixture
def sari(world: World) -> Teller:
    return cast.join()


@pytest.fixture
def receipt(sari: Teller) -> Receipt:
    return sari.tells()


def _id(world: World, login: str) -> str:
    return str(world.officer(login).id)


def _disposition(world: World, *logins: str, **changed: Any) -> Disposition:
    told: dict[str, Any] = {"instructions": ("answer", "remind"), "note": "Jawab sebelum Jumat"}
    return Disposition(**({"to": tuple(_id(world, login) for login in logins)} | told | changed))


def _mine(world: World, login: str) -> int:
    return inbox.page(world.desk(login), wanted=Wanted(view="mine")).total


def test_wulan_gives_a_case_to_rahmat_who_finds_it_among_his(world: World, receipt: Receipt) -> None:
    case = world.take("assign", receipt, by="wulan", officer=_id(world, "rahmat"), note="Anda kenal loketnya")

    assert case.handler == world.officer("rahmat")
    assert (_mine(world, "rahmat"), _mine(world, "wulan")) == (1, 0)
    event = world.read(receipt, by="rahmat").timeline[-1]
    assert (event.text, [part.text for part in event.parts]) == ("Anda kenal loketnya", ["Rahmat Hidayat"])
    entry = Entry.objects.filter(deed="assign").get()
    assert entry.facts["handler"] == _id(world, "rahmat")
    assert "loketnya" not in json.dumps(entry.facts)
    assert proof.verify() == []


def test_a_case_can_be_given_to_nobody_and_taken_on_again(world: World, receipt: Receipt) -> None:
    world.take("take_on", receipt, by="rahmat")
    assert world.take("assign", receipt, by="wulan", officer=NOBODY).handler is None
    assert _mine(world, "rahmat") == 0
    assert world.take("take_on", receipt, by="wulan").handler == world.officer("wulan")


def test_the_reporter_reads_nothing_of_an_assignment_or_a_disposition(
    world: World, sari: Teller, receipt: Receipt
) -> None:
    before = sari.report(receipt).timeline
    world.take("assign", receipt, by="wulan", officer=_id(world, "rahmat"), note="Rahasia")
    world.take("dispose", receipt, by="rahmat", disposition=_disposition(world, "wulan"))

    assert sari.report(receipt).timeline == before


@pytest.mark.parametrize("login", ["dewi", "yanti", "hadi", "ina", "tono", "edi", "wulan"])
def test_a_case_goes_to_nobody_who_does_not_handle_cases_at_its_unit_nor_to_oneself(
    world: World, receipt: Receipt, login: str
) -> None:
    with pytest.raises(Refused) as refused:
        world.take("assign", receipt, by="wulan", officer=_id(world, login))
    assert refused.value.code == "officer-missing"
    with pytest.raises(Refused) as refused:
        world.take("dispose", receipt, by="wulan", disposition=_disposition(world, "rahmat", login))
    assert refused.value.code == "addressees-missing"
    assert Step.objects.count() == 1


@pytest.mark.parametrize("officer", ["", str(uuid.UUID(int=4)), "x"])
def test_without_somebody_to_give_it_to_nothing_is_assigned(world: World, receipt: Receipt, officer: str) -> None:
    with pytest.raises(Refused) as refused:
        world.take("assign", receipt, by="wulan", officer=officer)
    assert refused.value.code == "officer-missing"


def test_whoever_lost_the_key_is_offered_no_longer(world: World, receipt: Receipt) -> None:
    case, desk = cast.case_of(receipt), world.desk("wulan")
    assert [row.officer.login for row in assigning.colleagues(case, desk=desk)] == ["rahmat"]
    Membership.objects.filter(holder__officer__login="rahmat").delete()

    assert assigning.colleagues(case, desk=desk) == []
    assert assigning.why_not(MOVES["dispose"], [])
    assert not assigning.why_not(MOVES["assign"], [])


def test_what_stands_already_is_not_assigned_again(world: World, receipt: Receipt) -> None:
    for officer in (NOBODY, _id(world, "rahmat")):
        if officer != NOBODY:
            world.take("assign", receipt, by="wulan", officer=officer)
        with pytest.raises(Refused) as refused:
            world.take("assign", receipt, by="wulan", officer=officer)
        assert refused.value.code == "officer-missing"


@pytest.mark.parametrize("login", ["dewi", "yanti", "hadi", "ina", "tono", "agus"])
def test_nobody_else_assigns_or_disposes(world: World, receipt: Receipt, login: str) -> None:
    for move, given in (
        ("assign", {"officer": _id(world, "rahmat")}),
        ("dispose", {"disposition": _disposition(world, "rahmat")}),
    ):
        with pytest.raises(Refused) as refused:
            world.take(move, receipt, by=login, **given)
        assert refused.value.code == "not-there"


def test_the_unit_that_gave_the_case_away_assigns_it_no_longer(world: World, receipt: Receipt) -> None:
    world.take("refer", receipt, by="wulan", note="x", unit=world.unit(office=KANWIL))

    with pytest.raises(NotThere):
        world.take("assign", receipt, by="wulan", officer=_id(world, "rahmat"))
    assert world.take("assign", receipt, by="yanti", officer=_id(world, "bambang")).handler is not None


def test_rahmat_disposes_to_wulan_with_instructions(world: World, receipt: Receipt) -> None:
    told = _disposition(world, "wulan", urgency="soon", back_by=NOW.date() + 3 * DAY)
    case = world.take("dispose", receipt, by="rahmat", disposition=told)

    assert case.handler == world.officer("wulan")
    with translation.override("id"):
        event = world.read(receipt, by="wulan").timeline[-1]
        parts = [str(part.text) for part in event.parts]
    assert event.text == "Jawab sebelum Jumat"
    assert parts == ["Wulan Sari", "Jawab; Ingatkan", "Segera", "23 Oktober 2026"]
    assert event.sheet == case.steps.get(move="dispose").id


def test_hadi_disposes_to_the_unit_while_the_case_lies_before_him(world: World, receipt: Receipt) -> None:
    with pytest.raises(NotThere):
        world.take("dispose", receipt, by="hadi", disposition=_disposition(world, "wulan"))
    deciding.proposed(world, receipt)

    assert "assign" not in {move.name for move in actions.moves_for(cast.case_of(receipt), desk=world.desk("hadi"))}
    case = world.take("dispose", receipt, by="hadi", disposition=_disposition(world, "rahmat", "wulan"))

    assert case.handler == world.officer("rahmat")
    event = world.read(receipt, by="rahmat").timeline[-1]
    assert (event.who, event.parts[0].text) == ("Hadi Santoso", "Rahmat Hidayat\nWulan Sari")


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"to": ()}, "addressees-missing"),
        ({"instructions": ()}, "instructions-missing"),
        ({"instructions": ("answer", "dance")}, "instructions-missing"),
        ({"urgency": "someday"}, "urgency-missing"),
        ({"back_by": NOW.date() - DAY}, "back-by-past"),
    ],
)
def test_half_a_disposition_is_refused(world: World, receipt: Receipt, changed: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        world.take("dispose", receipt, by="wulan", disposition=_disposition(world, "rahmat", **changed))
    assert refused.value.code == code


def test_no_disposition_at_all_is_refused(world: World, receipt: Receipt) -> None:
    with pytest.raises(Refused) as refused:
        world.take("dispose", receipt, by="wulan")
    assert refused.value.code == "disposition-missing"


def test_the_seventeen_instructions_are_those_of_the_ministry() -> None:
    with translation.override("id"):
        assert tuple(str(label) for label in INSTRUCTIONS.values()) == MINISTRY


def test_nothing_of_a_disposition_stands_in_the_clear(world: World, receipt: Receipt) -> None:
    world.take("dispose", receipt, by="wulan", disposition=_disposition(world, "rahmat"))

    step = Step.objects.get(move="dispose")
    assert step.sealed is not None
    assert b"Jumat" not in bytes(step.sealed)
    facts = json.dumps(Entry.objects.get(deed="dispose").facts)
    assert "Jumat" not in facts
    assert "remind" not in facts


@pytest.mark.parametrize(("kind", "title"), [("", "Kepala kantor"), ("plh", "Pelaksana harian")])
def test_the_sheet_says_as_what_the_head_disposed(
    world: World, receipt: Receipt, tmp_path: Path, kind: str, title: str
) -> None:
    deciding.proposed(world, receipt)
    by = "hadi"
    if kind:
        by, term = "fajar", acting.term(kind, until=NOW.date() + DAY)
        pimpinan, hadi = world.unit("leadership"), world.desk("hadi")
        proposal = membership.propose(
            world.officer(by), unit=pimpinan, role=Role.HEAD, by=world.officer("tono"), at=NOW, term=term
        )
        membership.decide(proposal, confirmed=True, by=hadi.officer, keyring=hadi.keyring, at=NOW)
    case = world.take("dispose", receipt, by=by, disposition=_disposition(world, "wulan"))

    found = dispositions.read(case.id, case.steps.get(move="dispose").id, desk=world.desk("wulan"), at=NOW)
    text = words_of(dispositions.sheet_pdf(found, language="id"), tmp_path)
    assert title in text
    assert world.officer(by).name in text


def test_the_sheet_says_what_was_asked_of_whom_and_nothing_of_the_reporter(
    world: World, sari: Teller, tmp_path: Path
) -> None:
    receipt = sari.tells(cast.queues())
    Officer.objects.filter(login="rahmat").update(service_number="19800101 200501 1 001")
    world.take("dispose", receipt, by="rahmat", disposition=_disposition(world, "wulan", back_by=NOW.date() + DAY))
    case = cast.case_of(receipt)
    step = case.steps.get(move="dispose")

    found = dispositions.read(case.id, step.id, desk=world.desk("wulan"), at=NOW)
    document = dispositions.sheet_pdf(found, language="id")
    text = words_of(document, tmp_path)

    assert document == dispositions.sheet_pdf(found, language="id")
    for wanted in (
        "LEMBAR DISPOSISI",
        "LELANG PEKANBARU",
        case.agenda_number,
        "20 Oktober 2026",
        "Wulan Sari",
        "× Jawab",
        "× Ingatkan",
        "Biasa",
        "Jawab sebelum Jumat",
        "21 Oktober 2026",
        "Rahmat Hidayat",
        "19800101 200501 1 001",
    ):
        assert wanted in text
    assert text.count("×") == 2
    assert "Antre di loket" not in text
    assert "burung malam" not in text
    entry = Entry.objects.filter(deed="download", subject=case.id).get()
    assert entry.facts == {"step": str(step.id)}


def test_a_sheet_has_one_page_and_keeps_to_the_standards_of_our_papers(
    world: World, receipt: Receipt, tmp_path: Path
) -> None:
    case = world.take("dispose", receipt, by="wulan", disposition=_disposition(world, "rahmat", note=""))
    found = dispositions.read(case.id, case.steps.get(move="dispose").id, desk=world.desk("rahmat"), at=NOW)
    told = info_of(dispositions.sheet_pdf(found, language="en"), tmp_path)

    assert "Pages:           1" in told
    assert "Tagged:          yes" in told


def test_the_sheet_to_write_in_says_the_same(world: World, receipt: Receipt) -> None:
    case = world.take("dispose", receipt, by="rahmat", disposition=_disposition(world, "wulan"))
    found = dispositions.read(case.id, case.steps.get(move="dispose").id, desk=world.desk("wulan"), at=NOW)
    made = dispositions.sheet_docx(found, language="id")
    document = docx.Document(io.BytesIO(made))
    text = "\n".join(
        [
            *(paragraph.text for paragraph in document.paragraphs),
            *(cell.text for table in document.tables for row in table.rows for cell in row.cells),
        ]
    )

    assert made == dispositions.sheet_docx(found, language="id")
    for wanted in ("LEMBAR DISPOSISI", case.agenda_number, "☒ Jawab", "☐ Setuju", "Jawab sebelum Jumat", "Kepala unit"):
        assert wanted in text
    assert text.count("☒") == 2
    assert "burung malam" not in text


@pytest.mark.parametrize("login", ["dewi", "yanti", "hadi", "ina", "tono", "agus"])
def test_p29_nobody_else_gets_the_sheet(world: World, receipt: Receipt, login: str) -> None:
    case = world.take("dispose", receipt, by="wulan", disposition=_disposition(world, "rahmat"))

    with pytest.raises(NotThere):
        dispositions.read(case.id, case.steps.get(move="dispose").id, desk=world.desk(login), at=NOW)
    assert not Entry.objects.filter(deed="download").exists()


def test_only_a_disposition_of_this_case_has_a_sheet(world: World, sari: Teller, receipt: Receipt) -> None:
    world.take("dispose", receipt, by="wulan", disposition=_disposition(world, "rahmat"))
    noted = world.take("note", sari.tells(), by="wulan", note="x")
    here = cast.case_of(receipt)

    for case_id, step_id in (
        (noted.id, here.steps.get(move="dispose").id),
        (noted.id, noted.steps.get(move="note").id),
        (here.id, uuid.uuid4()),
    ):
        with pytest.raises(NotThere):
            dispositions.read(case_id, step_id, desk=world.desk("wulan"), at=NOW)


def test_the_next_unit_reads_the_earlier_disposition_and_the_former_unit_does_not(
    world: World, receipt: Receipt
) -> None:
    case = world.take("dispose", receipt, by="wulan", disposition=_disposition(world, "rahmat"))
    step = case.steps.get(move="dispose")
    world.take("refer", receipt, by="wulan", note="x", unit=world.unit(office=KANWIL))

    assert dispositions.read(case.id, step.id, desk=world.desk("yanti"), at=NOW).note["note"] == "Jawab sebelum Jumat"
    with pytest.raises(NotThere):
        dispositions.read(case.id, step.id, desk=world.desk("wulan"), at=NOW)
