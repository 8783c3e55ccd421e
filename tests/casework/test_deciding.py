"""A complaint about a service: verified, put before the head of office, returned or approved, delivered by a letter."""

import datetime
import uuid
from typing import Any

import pytest

from tests import deciding
from tests import world as cast
from tests.deciding import ACTION, DAY, LETTER
from tests.world import HEAD_OFFICE, KANWIL, NOW, Teller, World
from wise.audit import proof
from wise.audit.models import Entry
from wise.casework import access, actions, clock, delivering, inbox, intake, papers, reading
from wise.casework import proof as book
from wise.casework.given import Action, Delivery, Given, Wording
from wise.casework.inbox import Wanted
from wise.casework.intake import Receipt
from wise.casework.models import Case, Improvement
from wise.casework.proposals import NOT_INDICATED
from wise.keys import directory, grants, membership
from wise.keys.acting import Term
from wise.keys.models import Grant, Membership
from wise.letters.models import Counter, Letter
from wise.people.kinds import ActingKind, Role
from wise.people.models import OfficerRole
from wise.refusals import Refused
from wise.register.channels import CHANNELS
from wise.register.entry import Reply
from wise.register.models import Topic

TODAY = NOW.date()
BY_POST = Reply("letter", "Sari Wijaya", "Jalan Melati 1\nPekanbaru")


@pytest.fixture
def sari(world: World) -> Teller:
    return cast.join("burung malam")


@pytest.fixture
def receipt(sari: Teller) -> Receipt:
    return sari.tells(cast.queues(topic=Topic.objects.get(code="time"), files=(cast.file(),)))


def _names(world: World, receipt: Receipt, login: str) -> list[str]:
    return [move.name for move in actions.moves_for(cast.case_of(receipt), desk=world.desk(login))]


def _refused(deed: Any) -> str:
    with pytest.raises(Refused) as refused:
        deed()
    return refused.value.code


def _appoint(
    world: World, login: str, *, until: datetime.date | None = None, kind: ActingKind = ActingKind.PLH
) -> None:
    """Make somebody head of KPKNL Pekanbaru, acting if it ends; Hadi hands over the key."""
    unit, officer, hadi = world.unit("leadership"), world.officer(login), world.desk("hadi")
    term = Term(kind, until) if until else None
    proposal = membership.propose(officer, unit=unit, role=Role.HEAD, by=world.officer("tono"), at=NOW, term=term)
    membership.decide(proposal, confirmed=True, by=hadi.officer, keyring=hadi.keyring, at=NOW)


def test_b4_with_indication_hadi_orders_an_improvement_and_sari_gets_the_letter(
    world: World, sari: Teller, receipt: Receipt
) -> None:
    case = deciding.answered(world, receipt)

    assert (case.status_code, case.outcome, case.answered_on, case.answer_medium) == (
        "answered",
        "proven",
        TODAY,
        "page",
    )
    own = sari.report(receipt)
    assert own.answer is not None
    assert own.answer.text == "Loket kedua sudah dibuka."
    (letter,) = own.letters
    assert letter.number == "S-1/KNL.0303/2026"
    assert letter.content.points == LETTER.points
    assert (letter.content.signer_name, letter.content.signer_title) == ("Hadi Santoso", "Kepala Kantor")
    assert letter.content.recipient == (f"Pelapor pengaduan nomor agenda {case.agenda_number}",)
    assert [row.what for row in world.read(receipt, by="wulan").improvements] == [ACTION.what]
    assert proof.verify() == book.verify() == []
    assert directory.flaws() == []


def test_b5_without_indication_there_is_a_letter_and_no_improvement(
    world: World, sari: Teller, receipt: Receipt
) -> None:
    case = deciding.approved(world, receipt, indicated=False, actions=())

    assert (case.status_code, case.outcome) == ("approved", "no_indication")
    assert not Improvement.objects.exists()
    deciding.answered(world, receipt)
    world.take("close", receipt, by="wulan")
    assert len(sari.report(receipt).letters) == 1


def test_b3_what_was_verified_is_kept_in_parts_and_stands_in_a_numbered_note(world: World, receipt: Receipt) -> None:
    deciding.proposed(world, receipt)

    opened = world.read(receipt, by="hadi")
    parts = [(str(part.label), part.text) for event in opened.timeline for part in event.parts]
    assert [text for _, text in parts] == [
        "Rekaman antrean diperiksa",
        "Satu loket tutup dua jam",
        "Buka loket kedua pada jam sibuk",
    ]
    (note,) = opened.letters
    assert note.number == "ND-1/KNL.0303/2026"
    said = " ".join(note.content.points)
    for words in ("Rekaman antrean diperiksa", "Satu loket tutup dua jam", "Buka loket kedua", "indikasi kebenaran"):
        assert words in said
    assert "tidak terulang" not in said
    assert note.content.signer_name == "Wulan Sari"


def test_the_letter_begins_with_what_the_case_tells_and_with_the_name_only_where_it_was_given_for_a_letter(
    world: World, sari: Teller
) -> None:
    topic = Topic.objects.get(code="time")
    by_post = sari.tells(cast.queues(topic=topic, reply=BY_POST))
    by_mail = sari.tells(cast.queues(topic=topic, reply=Reply("email", "", "sari@example.org")))
    drafts = []
    for receipt in (by_post, by_mail):
        deciding.verified(world, receipt)
        opened = papers.for_move(cast.case_of(receipt).id, desk=world.desk("wulan"), at=NOW)
        drafts.append(opened.draft)

    assert drafts[0].recipient == ("Sari Wijaya", "Jalan Melati 1", "Pekanbaru")
    assert drafts[1].recipient[0].startswith("Pelapor pengaduan nomor agenda")
    assert "sari@example.org" not in repr(drafts[1].points) + repr(drafts[1].recipient)
    assert "Satu loket tutup dua jam" not in repr(drafts[0].points)


def test_a_courtesy_copy_has_english_words_around_its_points_and_the_same_signature(
    world: World, sari: Teller, receipt: Receipt
) -> None:
    words = Wording(LETTER.subject, LETTER.points, LETTER.closing, courtesy=("We apologise.", " "))
    deciding.proposed(world, receipt, letter=words)
    proposal = world.read(receipt, by="hadi").proposal
    assert proposal is not None
    assert proposal.courtesy is not None
    assert proposal.courtesy.points == ("We apologise.",)
    deciding.answered(world, receipt)

    (letter,) = sari.report(receipt).letters
    assert letter.courtesy is not None
    assert (letter.courtesy.language, letter.content.language) == ("en", "id")
    assert letter.courtesy.subject.startswith("Response to the complaint with agenda number")
    assert (letter.courtesy.signer_title, letter.courtesy.signer_name) == ("Head of the Office", "Hadi Santoso")
    assert "Satu loket" not in repr(letter.courtesy.points)


def test_hadi_sees_a_case_from_the_proposal_on_and_not_a_moment_before(world: World, receipt: Receipt) -> None:
    deciding.verified(world, receipt)
    before = inbox.counts(world.desk("hadi"))
    assert set(before.values()) == {0}
    assert _refused(lambda: world.read(receipt, by="hadi")) == "not-there"

    case = deciding.proposed(world, receipt)

    assert case.lead == world.unit("leadership")
    assert case.unit == world.unit()
    counts = inbox.counts(world.desk("hadi"))
    assert (counts["decide"], counts["unit"], counts["improve"]) == (1, 1, 0)
    assert inbox.page(world.desk("hadi"), wanted=Wanted(agenda=case.agenda_number)).total == 1
    opened = world.read(receipt, by="hadi")
    assert opened.told.what == "Antre di loket tiga jam"
    file = reading.file_of(case.id, opened.files[0].row.id, desk=world.desk("hadi"), at=NOW)
    assert b"".join(file.chunks()) == cast.PHOTO
    everyday = [
        "message",
        "note",
        "attach",
        "take_on",
        "assign",
        "dispose",
        "add_task",
        "flag",
        "tag",
        "link_duplicate",
        "exclude",
    ]
    assert _names(world, receipt, "hadi") == ["approve", "return", "note", "attach", "dispose"]
    assert _names(world, receipt, "wulan") == [*everyday, "withdraw_on_paper"]


@pytest.mark.parametrize("login", ["surya", "yanti", "maya", "ina", "dewi", "edi", "agus", "tono", "kartika"])
def test_p30_for_everybody_else_nothing_changes_by_a_proposal(world: World, receipt: Receipt, login: str) -> None:
    deciding.verified(world, receipt)
    desk = world.desk(login)
    before = repr([inbox.counts(desk), *(inbox.page(desk, wanted=Wanted(view=view)) for view in inbox.VIEWS)])

    case = deciding.proposed(world, receipt)

    after = repr([inbox.counts(desk), *(inbox.page(desk, wanted=Wanted(view=view)) for view in inbox.VIEWS)])
    assert after == before
    letter = Letter.objects.get()
    for deed in (
        lambda: reading.read(case.id, desk=desk, at=NOW),
        lambda: papers.for_move(case.id, desk=desk, at=NOW),
        lambda: papers.draft_of(case.id, wording=None, desk=desk, at=NOW),
        lambda: papers.letter_of(case.id, letter.id, desk=desk, at=NOW),
        lambda: actions.take("approve", case_id=case.id, desk=desk, given=Given(actions=(ACTION,)), at=NOW),
        lambda: actions.take("return", case_id=case.id, desk=desk, given=Given(note="x"), at=NOW),
    ):
        assert _refused(deed) == "not-there"
    assert grants.held(case.report_id, keyring=desk.keyring, vouched=case.report.commitments) == {}


@pytest.mark.parametrize("login", ["wulan", "rahmat"])
def test_who_holds_the_case_proposes_and_never_decides(world: World, receipt: Receipt, login: str) -> None:
    deciding.proposed(world, receipt)

    for move in ("approve", "return"):
        assert _refused(lambda move=move: world.take(move, receipt, by=login, note="x", actions=(ACTION,))) == (
            "move-not-open"
        )
    assert cast.case_of(receipt).status_code == "proposed"


def test_hadi_decides_and_does_nothing_else(world: World, receipt: Receipt) -> None:
    deciding.proposed(world, receipt)
    for move in (
        "verify",
        "conclude_verification",
        "propose",
        "refer",
        "answer",
        "close",
        "message",
        "take_on",
        "improve",
    ):
        refused = _refused(lambda move=move: world.take(move, receipt, by="hadi", note="x", text="x", unit=world.ibi))
        assert refused == "move-not-open", move


def test_hadi_returns_it_with_a_reason_that_wulan_reads_and_sari_does_not(
    world: World, sari: Teller, receipt: Receipt
) -> None:
    deciding.proposed(world, receipt)
    assert _refused(lambda: world.take("return", receipt, by="hadi", note=" ")) == "note-missing"

    case = world.take("return", receipt, by="hadi", note="Jelaskan jadwal loket")

    assert case.status_code == "returned"
    assert "Jelaskan jadwal loket" in [event.text for event in world.read(receipt, by="wulan").timeline]
    told = [f"{event.title}{event.text}" for event in sari.report(receipt).timeline]
    assert "Jelaskan" not in repr(told)
    assert {"conclude_verification", "propose", "refer"} <= set(_names(world, receipt, "wulan"))
    opened = papers.for_move(case.id, desk=world.desk("wulan"), at=NOW)
    assert opened.draft.points == LETTER.points  # what was written is not lost
    deciding.proposed(world, receipt, letter=Wording("Tanggapan", ("Jadwal loket diperbaiki.",), ""))
    deciding.answered(world, receipt)
    assert sari.report(receipt).letters[0].content.points == ("Jadwal loket diperbaiki.",)
    assert list(Letter.objects.order_by("kind", "sequence").values_list("number", flat=True)) == [
        "ND-1/KNL.0303/2026",
        "ND-2/KNL.0303/2026",
        "S-1/KNL.0303/2026",
    ]


def test_verified_anew_with_another_conclusion_the_letter_begins_anew(world: World, receipt: Receipt) -> None:
    deciding.proposed(world, receipt)
    world.take("return", receipt, by="hadi", note="Periksa lagi")
    case = deciding.verified(world, receipt, indicated=False)

    opened = papers.for_move(case.id, desk=world.desk("wulan"), at=NOW)

    assert opened.draft.points != LETTER.points
    assert opened.verified.finding == NOT_INDICATED
    assert deciding.approved(world, receipt, actions=()).status_code == "approved"


def test_approving_twice_after_a_return_or_on_a_changed_case_is_refused_and_gives_no_number(
    world: World, sari: Teller, receipt: Receipt
) -> None:
    case = deciding.proposed(world, receipt)
    seen = case.last_order
    sari.adds(receipt, "Masih ada lagi")

    def approve(**given: Any) -> None:
        world.take("approve", receipt, by="hadi", actions=(ACTION,), **given)

    assert _refused(lambda: approve(seen=seen)) == "case-changed"
    world.take("return", receipt, by="hadi", note="x")
    assert _refused(approve) == "move-not-open"
    deciding.proposed(world, receipt)
    approve()
    assert _refused(approve) == "move-not-open"
    assert Letter.objects.filter(kind="response").count() == Counter.objects.get(kind="response").last == 1


@pytest.mark.parametrize(("kind", "title"), [("plh", "Plh. Kepala Kantor"), ("plt", "Plt. Kepala Kantor")])
def test_an_acting_head_does_not_approve_what_they_verified_and_signs_as_acting_what_others_did(
    world: World, receipt: Receipt, sari: Teller, kind: str, title: str
) -> None:
    _appoint(world, "wulan", until=TODAY + 3 * DAY, kind=ActingKind(kind))
    deciding.proposed(world, receipt)
    assert "approve" in _names(world, receipt, "wulan")
    assert _refused(lambda: world.take("approve", receipt, by="wulan", actions=(ACTION,))) == "own-work"
    assert not Letter.objects.filter(kind="response").exists()

    other = sari.tells()
    deciding.proposed(world, other, by="rahmat")
    deciding.approved(world, other, by="wulan")

    deciding.answered(world, other, by="rahmat")
    (letter,) = sari.report(other).letters
    assert (letter.content.signer_name, letter.content.signer_title) == ("Wulan Sari", title)


def test_an_appointment_that_is_over_decides_nothing(world: World, receipt: Receipt) -> None:
    _appoint(world, "rahmat", until=TODAY)
    deciding.proposed(world, receipt)

    late = NOW + 2 * DAY
    assert _refused(lambda: world.take("approve", receipt, by="rahmat", at=late, actions=(ACTION,))) == "move-not-open"


def test_where_nobody_could_decide_nothing_is_proposed(world: World, receipt: Receipt) -> None:
    deciding.verified(world, receipt)
    Membership.objects.filter(unit__unit=world.unit("leadership")).delete()
    assert _refused(lambda: deciding.proposed(world, receipt)) == "no-head"
    assert cast.case_of(receipt).status_code == "analysing"
    assert not Letter.objects.exists()


def test_where_the_only_head_has_verified_it_somebody_else_must_be_appointed(world: World, receipt: Receipt) -> None:
    _appoint(world, "wulan")
    OfficerRole.objects.filter(officer__login="hadi").delete()
    deciding.verified(world, receipt)

    assert _refused(lambda: deciding.proposed(world, receipt, by="rahmat")) == "head-verified"


def test_referred_away_it_is_gone_for_hadi_too(world: World, receipt: Receipt) -> None:
    deciding.proposed(world, receipt)
    world.take("return", receipt, by="hadi", note="Bukan wewenang kita")
    world.take("refer", receipt, by="wulan", note="Mohon ditangani", unit=world.unit(office=KANWIL))

    case, desk = cast.case_of(receipt), world.desk("hadi")
    assert case.lead is None
    assert set(inbox.counts(desk).values()) == {0}
    assert _refused(lambda: world.read(receipt, by="hadi")) == "not-there"
    assert grants.held(case.report_id, keyring=desk.keyring, vouched=case.report.commitments) == {}
    deciding.verified(world, receipt, by="yanti")
    deciding.proposed(world, receipt, by="yanti")
    assert world.read(receipt, by="surya").told.what
    deciding.approved(world, receipt, by="surya")
    assert Letter.objects.get(kind="response").number.startswith("S-1/WKN.03/")


def test_a_head_gets_the_work_of_the_unit_that_proposes_and_not_what_others_noted_before(
    world: World, receipt: Receipt
) -> None:
    world.take("note", receipt, by="wulan", note="Rahasia KPKNL")
    world.take("refer", receipt, by="wulan", note="Mohon ditangani", unit=world.unit(office=KANWIL))
    deciding.proposed(world, receipt, by="yanti")

    read = [event.text for event in world.read(receipt, by="surya").timeline if event.text]
    assert read == []
    assert "Rahasia KPKNL" in [event.text for event in world.read(receipt, by="yanti").timeline]


def test_ibi_answers_a_complaint_that_was_referred_to_it_without_a_head(
    world: World, sari: Teller, receipt: Receipt
) -> None:
    world.take("refer", receipt, by="wulan", note="Menyangkut pungutan", unit=world.ibi)
    world.take("verify", receipt, by="ina")

    assert "propose" not in _names(world, receipt, "ina")
    world.take("answer", receipt, by="ina", text="Sudah ditindak.")
    assert sari.report(receipt).letters == ()


def test_an_approved_letter_is_delivered_before_anything_else_and_sari_sees_nothing_of_it_until_then(
    world: World, sari: Teller, receipt: Receipt
) -> None:
    case = deciding.approved(world, receipt)

    assert not {"refer", "propose", "conclude_verification"} & set(_names(world, receipt, "wulan"))
    assert sari.report(receipt).letters == ()
    letter = Letter.objects.get(kind="response")

    def own(own_id: uuid.UUID) -> Any:
        return papers.own_letter(case.report_id, own_id, reporter=sari.reporter, keyring=sari.keyring)

    assert _refused(lambda: own(letter.own_id)) == "not-there"
    deciding.answered(world, receipt)
    assert own(letter.own_id).number == letter.number
    assert _refused(lambda: own(letter.id)) == "not-there"
    assert _refused(lambda: own(Letter.objects.get(kind="note").own_id)) == "not-there"
    for login in ("wulan", "hadi"):
        assert papers.letter_of(case.id, letter.id, desk=world.desk(login), at=NOW).number == letter.number


@pytest.mark.parametrize(
    ("reply", "channel", "offered"),
    [
        (Reply(), "online", ["page", "hand"]),
        (BY_POST, "online", ["post", "page", "hand"]),
        (Reply("email", "", "sari@example.org"), "online", ["email", "page", "hand"]),
        (Reply("whatsapp", "", "0812"), "online", ["whatsapp", "page", "hand"]),
        (Reply("letter", "Sari", "Jalan Melati 1"), "letter", ["post", "hand"]),
        (Reply("none"), "box", ["none"]),
    ],
)
def test_a8_the_medium_follows_from_what_the_reporter_gave(
    world: World, sari: Teller, reply: Reply, channel: str, offered: list[str]
) -> None:
    by = intake.known(sari.reporter) if channel == "online" else None
    receipt = _received(world, reply=reply, channel=channel, by=by)
    report = cast.case_of(receipt).report

    assert [row.code for row in delivering.offered(report, reply)] == offered


@pytest.mark.parametrize(
    ("reply", "delivery", "code"),
    [
        (Reply(), Delivery("post", TODAY, "RR1"), "no-address"),
        (Reply(), Delivery("none"), "medium-not-open"),
        (Reply(), Delivery("email"), "medium-not-open"),
        (Reply(), Delivery("pigeon"), "delivery-missing"),
        (Reply(), None, "delivery-missing"),
        (BY_POST, Delivery("post", TODAY), "receipt-missing"),
        (BY_POST, Delivery("post", None, "RR1"), "handed-on-missing"),
        (BY_POST, Delivery("post", TODAY + DAY, "RR1"), "handed-on-missing"),
        (BY_POST, Delivery("hand", TODAY - DAY), "handed-on-missing"),
        (BY_POST, Delivery("post", TODAY, "RR1"), ""),
        (Reply(), Delivery("hand", TODAY), ""),
    ],
)
def test_a8_an_answer_goes_no_way_that_the_report_does_not_leave(
    world: World, sari: Teller, reply: Reply, delivery: Delivery | None, code: str
) -> None:
    receipt = sari.tells(cast.queues(reply=reply))
    deciding.approved(world, receipt)

    def answer() -> Case:
        return world.take("answer", receipt, by="wulan", text="Terlampir.", delivery=delivery)

    if code:
        assert _refused(answer) == code
        assert cast.case_of(receipt).answered_on is None
    else:
        assert answer().answer_medium == (delivery.medium if delivery else "")


def test_a_letter_from_the_box_that_nobody_can_answer_is_closed_and_counted_apart(world: World) -> None:
    receipt = _received(world, reply=Reply("none"), channel="box", by=None)
    case = deciding.answered(world, receipt, indicated=False, actions=(), delivery=Delivery("none"))

    assert (case.answer_medium, case.answered_on) == ("none", TODAY)
    assert world.take("close", receipt, by="wulan").is_open is False


def test_a7_a_day_of_delivery_in_the_past_makes_no_late_answer_timely(world: World, sari: Teller) -> None:
    receipt = sari.tells()
    deciding.approved(world, receipt)
    late = NOW + 40 * DAY

    case = deciding.answered(world, receipt, at=late, delivery=Delivery("hand", TODAY + DAY))

    assert case.answered_on == late.date()
    assert clock.standing(case, on=world.desk("wulan", at=late).today).met_in_time is False


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"recommendation": " "}, "recommendation-missing"),
        ({"letter": None}, "letter-missing"),
        ({"letter": Wording("", ("x",), "")}, "letter-missing"),
        ({"letter": Wording("x", (" ",), "")}, "letter-missing"),
    ],
)
def test_what_a_proposal_needs_is_asked_for(world: World, receipt: Receipt, given: dict[str, Any], code: str) -> None:
    deciding.verified(world, receipt)
    assert _refused(lambda: deciding.proposed(world, receipt, **given)) == code
    assert Grant.objects.filter(report_id=receipt.report_id, holder__unit=world.unit("leadership")).count() == 0


@pytest.mark.parametrize(
    ("ordered", "code"),
    [
        ((), "actions-missing"),
        ((Action("x", "", TODAY),), "actions-incomplete"),
        ((Action("x", "y", None),), "actions-incomplete"),
        ((Action("x", "y", TODAY - DAY),), "actions-past"),
    ],
)
def test_where_there_is_an_indication_nothing_is_approved_without_an_improvement(
    world: World, receipt: Receipt, ordered: tuple[Action, ...], code: str
) -> None:
    deciding.proposed(world, receipt)
    assert _refused(lambda: world.take("approve", receipt, by="hadi", actions=ordered)) == code
    assert not Letter.objects.filter(kind="response").exists()


def test_reading_a_draft_or_a_letter_is_logged(world: World, receipt: Receipt) -> None:
    case = deciding.proposed(world, receipt)
    desk = world.desk("hadi")
    papers.draft_of(case.id, wording=None, desk=desk, at=NOW)
    papers.letter_of(case.id, Letter.objects.get().id, desk=desk, at=NOW)
    papers.for_move(case.id, desk=desk, at=NOW)

    deeds = (
        Entry.objects.filter(subject=case.id, by=desk.officer.id).order_by("sequence").values_list("deed", flat=True)
    )
    assert list(deeds) == ["download", "download", "read"]


def test_what_sari_added_stays_new_until_the_unit_has_read_it(world: World, sari: Teller, receipt: Receipt) -> None:
    deciding.proposed(world, receipt)
    sari.adds(receipt, "Masih ada lagi")

    world.read(receipt, by="hadi")
    assert cast.case_of(receipt).has_news
    world.read(receipt, by="wulan")
    assert not cast.case_of(receipt).has_news


def test_a_head_who_is_a_verifier_too_sees_each_case_once(world: World, receipt: Receipt) -> None:
    _appoint(world, "wulan")
    deciding.proposed(world, receipt, by="rahmat")
    desk = world.desk("wulan")

    assert inbox.counts(desk)["unit"] == 1
    assert len(access.cases_of(desk)) == 1
    assert world.read(receipt, by="wulan").proposal is not None


def test_a_head_office_without_a_head_cannot_propose(world: World, receipt: Receipt) -> None:
    world.take("refer", receipt, by="wulan", note="Mohon ditangani", unit=world.unit(office=HEAD_OFFICE))
    deciding.verified(world, receipt, by="maya")

    assert _refused(lambda: deciding.proposed(world, receipt, by="maya")) == "no-head"


def _received(world: World, *, reply: Reply, channel: str, by: Any) -> Receipt:
    return intake.receive(cast.queues(reply=reply), channel=CHANNELS[channel], by=by, at=NOW)
