"""Many at once, with committed transactions, on the database the tests run on."""

import contextlib
import functools
import uuid

from django.db import transaction

from tests import deciding
from tests import world as cast
from tests.crowd import together
from tests.world import NOW, PASSWORD, World
from wise.audit import log, proof
from wise.audit.models import Chain, Entry, Head, Signature
from wise.casework import actions, correspondence, intake, reading
from wise.casework import proof as book
from wise.casework.given import Given
from wise.casework.intake import Receipt
from wise.casework.models import Case
from wise.keys import keyring
from wise.letters.models import Letter
from wise.people import joining, sessions, signing_in
from wise.people.models import Attempt, Reporter
from wise.refusals import Refused
from wise.register import blobs, drafts
from wise.register.channels import ONLINE
from wise.register.models import AgendaCounter, Attachment, Draft, DraftFile, Report


def _receipts(results: list[Receipt | Exception]) -> list[Receipt]:
    failed = [result for result in results if not isinstance(result, Receipt)]
    assert not failed, failed
    return [result for result in results if isinstance(result, Receipt)]


def _with_its_files(draft: drafts.OpenDraft) -> intake.Telling:
    return cast.queues(files=draft.files)


def test_eight_submissions_at_once_get_eight_numbers_without_a_gap_and_one_chain(committed_world: World) -> None:
    tellers = [cast.join(f"pelapor {number}") for number in range(8)]

    receipts = _receipts(together([teller.tells for teller in tellers]))

    numbers = sorted(int(cast.case_of(receipt).agenda_number.split("/")[0].split("-")[1]) for receipt in receipts)
    assert numbers == [1, 2, 3, 4, 5, 6, 7, 8]
    assert AgendaCounter.objects.get().last == 8
    assert len({receipt.register_number for receipt in receipts}) == 8
    assert list(
        Entry.objects.filter(chain=Chain.REPORTERS).order_by("sequence").values_list("sequence", flat=True)
    ) == list(range(1, 9))
    assert proof.verify() == []
    assert book.verify() == []
    for teller, receipt in zip(tellers, receipts, strict=True):
        assert teller.report(receipt).register_number == receipt.register_number


def test_one_draft_sent_from_several_windows_at_once_is_one_report_with_one_receipt(committed_world: World) -> None:
    draft = cast.draft(what="Antre lama")
    draft = drafts.add_file(draft, name="satu.jpg", media_type="image/jpeg", stored=cast.file(b"satu").stored)
    prepared = joining.prepare_reporter("burung malam", password=PASSWORD, at=NOW)

    def send() -> Receipt:
        return intake.receive_draft(
            draft.token,
            telling=_with_its_files,
            sender=lambda: intake.newcomer(prepared),
            at=NOW,
        )

    receipts = _receipts(together([send] * 6))

    assert len(set(receipts)) == 1
    assert (Report.objects.count(), Case.objects.count(), Attachment.objects.count(), Reporter.objects.count()) == (
        1,
        1,
        1,
        1,
    )
    assert proof.verify() == []


def test_eight_approvals_at_once_get_eight_numbers_in_a_row_and_one_that_fails_leaves_no_gap(
    committed_world: World,
) -> None:
    world, sari = committed_world, cast.join()
    receipts = [sari.tells() for _ in range(9)]
    for receipt in receipts:
        deciding.proposed(world, receipt)
    rolled_back, *others = receipts
    world.desk("hadi")

    with contextlib.suppress(ZeroDivisionError), transaction.atomic():
        deciding.approved(world, rolled_back)
        raise ZeroDivisionError
    results = together([functools.partial(deciding.approved, world, receipt) for receipt in others])

    assert [result for result in results if not isinstance(result, Case)] == []
    issued = Letter.objects.filter(kind="response").order_by("sequence")
    assert list(issued.values_list("sequence", flat=True)) == list(range(1, 9))
    assert [letter.number for letter in issued] == [f"S-{number}/KNL.0303/2026" for number in range(1, 9)]
    assert cast.case_of(rolled_back).status_code == "proposed"
    assert len({sari.report(receipt).case.lead_id for receipt in receipts}) == 1
    assert proof.verify() == []
    assert book.verify() == []


def test_one_case_approved_in_several_windows_at_once_has_one_letter(committed_world: World) -> None:
    world, receipt = committed_world, cast.join().tells()
    deciding.proposed(world, receipt)
    world.desk("hadi")

    results = together([lambda: world.take("approve", receipt, by="hadi", actions=(deciding.ACTION,))] * 6)

    assert sum(isinstance(result, Case) for result in results) == 1
    assert {result.code for result in results if isinstance(result, Refused)} == {"move-not-open"}
    assert Letter.objects.filter(kind="response").count() == 1


def test_eight_officers_who_write_at_once_make_one_chain(committed_world: World) -> None:
    receipt = cast.join().tells()
    case, desk = cast.case_of(receipt), committed_world.desk("wulan")

    def note(number: int) -> Case:
        return actions.take("note", case_id=case.id, desk=desk, given=Given(note=f"Catatan {number}"), at=NOW)

    results = together([functools.partial(note, number) for number in range(8)])

    assert all(isinstance(result, Case) for result in results), results
    assert Case.objects.get().last_order == 9
    notes = {event.text for event in committed_world.read(receipt, by="wulan").timeline if event.text}
    assert notes == {f"Catatan {number}" for number in range(8)}
    assert proof.verify() == []


def test_of_those_who_choose_one_pseudonym_at_once_one_gets_it(committed_world: World) -> None:
    prepared = [joining.prepare_reporter("burung malam", password=PASSWORD, at=NOW) for _ in range(4)]

    results = together(
        [
            functools.partial(intake.receive, cast.queues(), channel=ONLINE, by=intake.newcomer(each), at=NOW)
            for each in prepared
        ]
    )

    assert sum(isinstance(result, Receipt) for result in results) == 1
    assert [result.code for result in results if isinstance(result, Refused)] == ["name-taken"] * 3
    assert (Reporter.objects.count(), Report.objects.count()) == (1, 1)
    assert proof.verify() == []


def test_both_chains_meet_on_a_new_day_and_sign_the_day_before_once(committed_world: World) -> None:
    def record(chain: Chain, *, day: int = 21) -> Entry:
        with transaction.atomic():
            return log.record("try", chain=chain, at=NOW.replace(day=day))

    for chain in Chain:
        record(chain, day=20)

    results = together([functools.partial(record, chain) for chain in (*Chain, *Chain, *Chain)])

    assert all(isinstance(result, Entry) for result in results), results
    assert Signature.objects.count() == 1
    assert proof.verify() == []


def test_readers_and_reporters_work_on_one_case_at_once(committed_world: World) -> None:
    world, sari = committed_world, cast.join()
    receipt = sari.tells()
    report_id, case, desk = uuid.UUID(receipt.report_id), cast.case_of(receipt), world.desk("wulan")

    def add(number: int) -> None:
        correspondence.add(report_id, text=f"Tambahan {number}", by=sari.reporter, keyring=sari.keyring, at=NOW)

    def read(_: int) -> object:
        return reading.read(case.id, desk=desk, at=NOW)

    results = together([functools.partial(deed, number) for number in range(4) for deed in (add, read)])

    assert not [result for result in results if isinstance(result, Exception)]
    assert len([event for event in sari.report(receipt).timeline if event.kind == "addition"]) == 4
    assert Head.objects.get(chain=Chain.REPORTERS).sequence == 5
    assert proof.verify() == []
    assert book.verify() == []


def test_a_draft_that_is_sent_while_another_window_writes_and_takes_files_out_loses_nothing(
    committed_world: World,
) -> None:
    """Repeated, for the race has several outcomes: each must be whole."""
    sari = cast.join()
    for turn in range(6):
        draft = cast.draft(what=f"Antre {turn}")
        draft = drafts.add_file(draft, name="satu.jpg", media_type="image/jpeg", stored=cast.file(b"satu").stored)
        file = draft.files[0]

        sent = together(
            [
                functools.partial(
                    intake.receive_draft, draft.token, telling=_with_its_files, sender=lambda: cast.sender(sari), at=NOW
                ),
                functools.partial(drafts.save, draft, told={"what": "lain"}, at=NOW),
                functools.partial(drafts.remove_file, draft, file_id=file.id),
            ]
        )[0]

        if isinstance(sent, Receipt):
            again = drafts.resume(draft.token, at=NOW)
            assert again is not None
            assert again.receipt is not None
            assert again.receipt["register_number"] == sent.register_number
            files = sari.report(sent).files
            assert [b"".join(opened.chunks()) for opened in files] in ([], [b"satu"])
            assert bool(files) is blobs.path_of(file.stored.blob).exists()
        else:
            assert isinstance(sent, Refused)
            assert sent.code == "draft-changed"
    assert DraftFile.objects.count() == 0 or Draft.objects.exists()


def test_wrong_passwords_at_once_are_all_counted(committed_world: World) -> None:
    cast.join("burung malam")

    def guess() -> object:
        return signing_in.reporter("burung malam", password="payung merah di atas meja", at=NOW)

    results = together([guess] * 8)

    assert {result.code for result in results if isinstance(result, Refused)} == {"wrong-sign-in"}
    assert Attempt.objects.get().failures == 8


def test_one_cookie_used_in_several_windows_at_once_serves_them_all(committed_world: World) -> None:
    sari = cast.join()
    token = sessions.start(sari.reporter, seed=sari.seed, at=NOW)
    later = NOW.replace(minute=40)

    def resume() -> bytes:
        session = sessions.resume(token, at=later)
        assert session is not None
        [seed] = keyring.of_reporter(session.reporter, seed=session.seed).seeds.values()
        return seed

    assert together([resume] * 6) == [sari.seed] * 6
