"""The one way in: everything or nothing, exactly once, with a receipt that proves it."""

import datetime
import secrets
from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import world as cast
from tests.world import KANWIL, NOW, PASSWORD, Teller, World
from wise.audit import proof, receipts
from wise.audit.models import Entry, Head
from wise.casework import intake, reading, rules
from wise.casework.intake import Receipt, Sender, Telling
from wise.casework.models import Case, Message, RuleSet, Step
from wise.crypto import signing
from wise.crypto.subkeys import Label
from wise.keys.models import Grant, Holder
from wise.people import joining, signing_in
from wise.people.models import Reporter
from wise.refusals import Refused
from wise.register import blobs, drafts
from wise.register.channels import CHANNELS, ONLINE
from wise.register.drafts import OpenDraft
from wise.register.entry import Reply, Told
from wise.register.models import AgendaCounter, Attachment, Report, Topic
from wise.vault.deposits import Identity
from wise.vault.models import Deposit

LETTER = Reply("letter", "Sari", "Jalan Melati 1")


@pytest.fixture
def sari(world: World) -> Teller:
    return cast.join("burung malam")


def _draft(*files: str) -> OpenDraft:
    draft = cast.draft(what="Antre lama")
    for name in files:
        draft = drafts.add_file(draft, name=name, media_type="image/jpeg", stored=cast.file(name.encode()).stored)
    return draft


def _send(
    draft: OpenDraft,
    *,
    by: Callable[[], Sender],
    telling: Callable[[OpenDraft], Telling] = lambda draft: cast.queues(files=draft.files),
    at: datetime.datetime = NOW,
) -> Receipt:
    return intake.receive_draft(draft.token, telling=telling, sender=by, at=at)


def _counts() -> list[int]:
    models = (Report, Case, Step, Message, Attachment, Grant, Deposit, Entry, Reporter, Holder, AgendaCounter)
    return [model._default_manager.count() for model in models]


def test_sari_tells_everything_and_finds_it_again(world: World, sari: Teller) -> None:
    told = Told("Diminta uang", "Loket 2", "Selasa", "Petugas berbaju biru", "Lewat map", reporter_kind="internal")
    telling = cast.queues(
        told=told,
        topic=Topic.objects.get(code="attitude"),
        reply=LETTER,
        identity=Identity("Sari Handayani", "Tetangga kantor"),
        files=(cast.file(b"satu", name="satu.jpg"), cast.file(b"dua", name="dua.jpg")),
    )

    receipt = sari.tells(telling)
    own = sari.report(receipt)

    assert (own.told, own.reply, own.identity) == (told, LETTER, telling.identity)
    assert own.register_number == receipt.register_number
    assert [(file.name, b"".join(file.chunks())) for file in own.files] == [("satu.jpg", b"satu"), ("dua.jpg", b"dua")]
    assert own.report.topic == telling.topic
    assert own.answer is None


def test_a5_she_is_thanked_at_once_and_told_until_when_she_gets_an_answer(world: World, sari: Teller) -> None:
    receipt = sari.tells()
    own = sari.report(receipt)

    assert [(event.kind, str(event.title)) for event in own.timeline] == [("status", str(own.case.status.told))]
    assert (receipt.received_on, receipt.due_on) == ("2026-10-20", "2026-11-19")
    assert own.standing.days_left == 30
    assert (receipt.unit, receipt.office) == ("Seksi Kepatuhan Internal KPKNL Pekanbaru", "KPKNL Pekanbaru")
    assert receipt.recovery_code == ""


def test_d4_the_receipt_proves_that_the_report_was_received_on_that_day(world: World, sari: Teller) -> None:
    receipt = sari.tells()
    logged = Entry.objects.get(deed="receive")
    statement = receipts.statement(bytes.fromhex(receipt.proof_digest), datetime.date.fromisoformat("2026-10-20"))
    public = signing.public(settings.WISE_SUBKEYS[Label.LOG])

    assert receipt.proof_digest == bytes(logged.digest).hex()
    assert signing.verify(public, statement, bytes.fromhex(receipt.proof_signature))
    assert proof.verify() == []


def test_the_day_of_receipt_is_the_day_at_the_office(world: World, sari: Teller) -> None:
    office = world.office(KANWIL)
    office.time_zone = "Asia/Jayapura"
    office.save(update_fields=["time_zone"])
    evening = datetime.datetime(2026, 10, 20, 15, 30, tzinfo=datetime.UTC)  # half past midnight on the 21st there

    assert sari.tells(cast.queues(office=office), at=evening).received_on == "2026-10-21"
    assert sari.tells(at=evening).received_on == "2026-10-20"


def test_a_newcomer_is_stored_with_the_first_report_and_can_sign_in(world: World) -> None:
    prepared = joining.prepare_reporter("burung malam", password=PASSWORD, at=NOW)

    receipt = _send(_draft(), by=lambda: intake.newcomer(prepared))

    unlocked = signing_in.reporter("burung malam", password=PASSWORD, at=NOW)
    sari = Teller(unlocked.row, unlocked.seed, "burung malam", receipt.recovery_code)
    assert sari.report(receipt).register_number == receipt.register_number
    assert receipt.recovery_code == prepared.recovery_code


def test_a_file_added_in_another_window_meanwhile_is_not_silently_left_out(world: World, sari: Teller) -> None:
    draft = _draft("satu.jpg")

    def meanwhile(seen: OpenDraft) -> Telling:
        drafts.add_file(seen, name="dua.jpg", media_type="image/jpeg", stored=cast.file(b"dua").stored)
        return cast.queues(files=seen.files)

    with pytest.raises(Refused) as refused:
        _send(draft, by=lambda: cast.sender(sari), telling=meanwhile)

    assert refused.value.code == "draft-changed"
    assert not Report.objects.exists()


def test_p40_what_fails_midway_leaves_nothing_and_the_draft_as_it_was(world: World) -> None:
    draft = _draft("satu.jpg")
    prepared = joining.prepare_reporter("burung malam", password=PASSWORD, at=NOW)
    before = _counts()
    Head.objects.filter(chain="reporters").delete()  # the last deed of all fails: the log cannot be written

    with pytest.raises(Head.DoesNotExist):
        _send(draft, by=lambda: intake.newcomer(prepared))

    assert _counts() == before
    back = drafts.resume(draft.token, at=NOW)
    assert back is not None
    assert (back.receipt, back.told, [file.id for file in back.files]) == (None, draft.told, [draft.files[0].id])
    assert blobs.path_of(draft.files[0].stored.blob).exists()


def test_a_pseudonym_taken_meanwhile_leaves_the_draft_as_it_was(world: World) -> None:
    draft = _draft()
    prepared = joining.prepare_reporter("burung malam", password=PASSWORD, at=NOW)
    cast.join("burung malam")

    with pytest.raises(Refused) as refused:
        _send(draft, by=lambda: intake.newcomer(prepared))

    assert refused.value.code == "name-taken"
    assert drafts.resume(draft.token, at=NOW) is not None
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"told": Told(where="Loket")}, "what-missing"),
        ({"told": Told(what="  ")}, "what-missing"),
        ({"reply": Reply("letter", "", "Jalan Melati 1")}, "reply-name-missing"),
        ({"reply": Reply("letter", "Sari", " ")}, "reply-address-missing"),
        ({"reply": Reply("email")}, "reply-address-missing"),
        ({"reply": Reply("whatsapp")}, "reply-address-missing"),
    ],
)
def test_a8_a9_little_is_asked_for_but_what_is_needed(
    world: World, sari: Teller, changed: dict[str, object], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        sari.tells(cast.queues(**changed))
    assert refused.value.code == code


def test_a9_one_sentence_is_enough(world: World, sari: Teller) -> None:
    assert sari.report(sari.tells(cast.queues(told=Told(what="Antre lama")))).told.completeness == 1


def test_a8_an_address_is_told_to_the_answering_unit_and_only_where_it_was_asked_for(
    world: World, sari: Teller
) -> None:
    assert world.read(sari.tells(cast.queues(reply=LETTER)), by="wulan").reply == LETTER
    receipt = sari.tells()
    assert world.read(receipt, by="wulan").reply == Reply()
    assert cast.case_of(receipt).report.sealed_reply is None


def test_b7_a_box_letter_comes_the_same_way_and_has_no_reporter(world: World) -> None:
    receipt = intake.receive(cast.queues(), channel=CHANNELS["box"], by=None, at=NOW)

    report = cast.case_of(receipt).report
    assert (report.reporter, report.register_number, report.channel) == (None, None, "box")
    assert world.read(receipt, by="wulan").told.what == "Antre di loket tiga jam"


def test_a_random_number_that_is_taken_is_drawn_again(
    world: World, sari: Teller, monkeypatch: pytest.MonkeyPatch
) -> None:
    draws = iter(["A"] * 6 + ["A"] * 6 + ["B"] * 6)
    monkeypatch.setattr(secrets, "choice", lambda _: next(draws))

    given = [cast.case_of(sari.tells(cast.queues(stream="violation"))).agenda_number for _ in range(2)]

    assert given == ["PLG-AAAAAA/2026", "PLG-BBBBBB/2026"]


def test_b8_a_case_keeps_the_rules_it_was_opened_under(world: World, sari: Teller) -> None:
    old = sari.tells()
    row = RuleSet.objects.create(
        code="later",
        name="Aturan baru",
        legal_basis="–",
        starts_on=datetime.date(2026, 10, 20),
        clocks=[{"name": "answer", "length": 14}],
    )
    rules.choose(row.code, desk=world.desk("tono"), at=NOW)

    new = sari.tells()

    assert cast.case_of(old).rule_set.code == "kemenkeu-2011"
    assert (cast.case_of(new).rule_set.code, new.due_on) == ("later", "2026-11-03")


def test_what_a_submission_costs_does_not_grow_with_what_is_there(world: World, sari: Teller) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            sari.tells()
        return len(queries)

    sari.tells()
    first = cost()
    for _ in range(5):
        sari.tells()

    assert cost() == first


def test_no_receipt_or_telling_shows_itself_when_printed(world: World, sari: Teller) -> None:
    receipt = sari.tells()

    assert receipt.register_number not in repr(receipt)
    assert "Antre" not in repr(cast.queues())
    assert reading.own_reports(sari.reporter, keyring=sari.keyring, at=NOW)
    assert ONLINE.code == "online"
