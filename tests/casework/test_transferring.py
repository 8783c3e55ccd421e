"""A matter that belongs to an outside authority is handed over by a letter of its own; the reporter stays unnamed."""

import functools
import json
import uuid
from typing import Any

import pytest
from django.utils import translation

from tests import deciding
from tests import world as cast
from tests.deciding import LETTER
from tests.pdf import words_of
from tests.world import NOW, Teller, World, case_of
from wise.audit import proof
from wise.casework import actions, authorities, papers, proposals, reading, together
from wise.casework import proof as book
from wise.casework.given import Given, Transfer
from wise.casework.intake import Receipt
from wise.casework.models import Authority, Case, Improvement
from wise.casework.together import Chosen
from wise.casework.workflow import MOVES, row_of
from wise.letters import typesetting, verifying
from wise.letters.models import Letter
from wise.refusals import NotThere, Refused
from wise.register.entry import Reply
from wise.register.models import Topic

POINTS = ("Pokok pengaduan: sertipikat tanah.", "Kami mohon ditindaklanjuti.")


@pytest.fixture
def sari(world: World) -> Teller:
    return cast.join("burung malam")


@pytest.fixture
def receipt(sari: Teller) -> Receipt:
    return sari.tells(cast.queues(topic=Topic.objects.get(code="time")))


@pytest.fixture
def ombudsman(world: World) -> Authority:
    return Authority.objects.get(code="ombudsman")


def elsewhere(world: World, receipt: Receipt, *, by: str = "wulan", verify: bool = True) -> Case:
    """The verification finds that the matter is not the institution's."""
    if verify:
        world.take("verify", receipt, by=by)
    said: dict[str, Any] = {"note": "Bukan kewenangan kami", "steps": "Berkas dibaca", "facts": "Soal sertipikat"}
    return world.take("conclude_verification", receipt, by=by, conclusion="not_competent", **said)


def proposed(world: World, receipt: Receipt, transfer: Transfer | None, **given: Any) -> Case:
    elsewhere(world, receipt)
    told: dict[str, Any] = {"recommendation": "Limpahkan", "letter": LETTER, "transfer": transfer}
    return world.take("propose", receipt, by="wulan", **(told | given))


def violation(world: World, sari: Teller, *, conclude: bool = True) -> Receipt:
    """A suspected violation that Fajar's unit has verified."""
    receipt = sari.tells(cast.queues(stream="violation", receiver="ibi"))
    world.take("verify", receipt, by="fajar")
    if conclude:
        elsewhere(world, receipt, by="fajar", verify=False)
    return receipt


def letters(world: World, receipt: Receipt, *, by: str) -> list[tuple[str, str]]:
    opened = world.read(receipt, by=by)
    return [(row.letter.kind, row.number) for row in opened.letters]


def refused(deed: Any) -> str:
    with pytest.raises(Refused) as found:
        deed()
    return found.value.code


def test_the_head_approves_the_answer_and_the_letter_to_the_authority_together(
    world: World, sari: Teller, receipt: Receipt, ombudsman: Authority
) -> None:
    proposed(world, receipt, Transfer(ombudsman.id, POINTS))
    assert not Letter.objects.exclude(kind="note").exists()

    case = world.take("approve", receipt, by="hadi")

    assert (case.status_code, case.outcome) == ("approved", "not_competent")
    assert not Improvement.objects.exists()
    numbers = dict(letters(world, receipt, by="wulan"))
    assert (numbers["response"], numbers["transfer"]) == ("S-1/KNL.0303/2026", "S-2/KNL.0303/2026")
    assert dict(letters(world, receipt, by="hadi")) == numbers
    handed = next(row for row in world.read(receipt, by="wulan").letters if row.letter.kind == "transfer")
    assert handed.content.recipient == ("Ombudsman Republik Indonesia", "di Jakarta")
    assert handed.content.points == POINTS
    assert (handed.content.signer_title, handed.content.signer_name) == ("Kepala Kantor", "Hadi Santoso")
    assert case.agenda_number in handed.content.opening
    genuine = verifying.check(handed.number, handed.code)
    assert genuine is not None
    with translation.override("id"):
        assert str(genuine.kind) == "Surat pelimpahan"
    assert proof.verify() == []
    assert book.verify() == []


def test_the_reporter_sees_the_answer_and_never_the_letter_to_the_authority(
    world: World, sari: Teller, receipt: Receipt, ombudsman: Authority
) -> None:
    proposed(world, receipt, Transfer(ombudsman.id, POINTS))
    world.take("approve", receipt, by="hadi")
    deciding.answered(world, receipt)

    own = sari.report(receipt)
    assert [row.letter.kind for row in own.letters] == ["response"]
    assert "Ombudsman" not in repr([(event.title, event.text) for event in own.timeline])
    handed = Letter.objects.get(kind="transfer")
    keyring = sari.keyring
    with pytest.raises(NotThere):
        papers.own_letter(uuid.UUID(receipt.report_id), handed.own_id, reporter=sari.reporter, keyring=keyring)


def test_an_office_may_answer_without_handing_anything_over(world: World, receipt: Receipt) -> None:
    proposed(world, receipt, Transfer(None, POINTS))
    case = world.take("approve", receipt, by="hadi")

    assert (case.status_code, case.outcome) == ("approved", "not_competent")
    assert not Letter.objects.filter(kind="transfer").exists()


def test_what_is_the_offices_own_matter_is_handed_to_nobody(
    world: World, receipt: Receipt, ombudsman: Authority
) -> None:
    deciding.verified(world, receipt)
    told: dict[str, Any] = {"recommendation": "Perbaiki", "letter": LETTER, "transfer": Transfer(ombudsman.id, POINTS)}
    world.take("propose", receipt, by="wulan", **told)
    deciding.approved(world, receipt)

    assert not Letter.objects.filter(kind="transfer").exists()


def test_the_answer_begins_with_what_was_found_and_the_note_says_it(
    world: World, receipt: Receipt, ombudsman: Authority
) -> None:
    case = elsewhere(world, receipt)
    opened = papers.for_move(case.id, desk=world.desk("wulan"), at=NOW)
    assert "bukan kewenangan kami" in " ".join(opened.draft.points)
    assert "Pokok pengaduan: Waktu pelayanan." in opened.transfer.points

    told: dict[str, Any] = {"recommendation": "Limpahkan", "letter": LETTER}
    world.take("propose", receipt, by="wulan", transfer=Transfer(ombudsman.id, POINTS), **told)
    note = next(row for row in world.read(receipt, by="hadi").letters if row.letter.kind == "note")
    assert "Kesimpulan: Bukan kewenangan kami." in note.content.points
    again = papers.for_move(case.id, desk=world.desk("hadi"), at=NOW)
    assert again.proposal is not None
    assert again.proposal.transfer is not None
    assert again.proposal.transfer.points == POINTS


def test_returned_and_verified_anew_as_ones_own_matter_the_letter_to_the_authority_is_gone(
    world: World, receipt: Receipt, ombudsman: Authority
) -> None:
    proposed(world, receipt, Transfer(ombudsman.id, POINTS))
    world.take("return", receipt, by="hadi", note="Ini urusan kita")
    case = deciding.verified(world, receipt)
    assert case.outcome == ""
    deciding.approved(world, receipt)

    assert not Letter.objects.filter(kind="transfer").exists()
    assert Improvement.objects.count() == 1


def test_name_and_address_given_for_the_answer_do_not_go_to_the_authority(
    world: World, sari: Teller, ombudsman: Authority
) -> None:
    reply = Reply("letter", "Sari  Wijaya", "Jalan Melati 1\nPekanbaru 28111")
    receipt = sari.tells(cast.queues(reply=reply))
    elsewhere(world, receipt)
    told: dict[str, Any] = {"recommendation": "Limpahkan", "letter": LETTER}
    for telling in ("Pelapor SARI wijaya menyampaikan ini.", "Rumahnya di jalan  melati 1.", "Kota pekanbaru 28111"):
        transfer = Transfer(ombudsman.id, ("Pokok pengaduan: sertipikat.", telling))
        propose = functools.partial(world.take, "propose", receipt, by="wulan", transfer=transfer, **told)
        assert refused(propose) == "says-who-reported"

    world.take("propose", receipt, by="wulan", transfer=Transfer(ombudsman.id, POINTS), **told)
    world.take("approve", receipt, by="hadi")
    handed = next(row for row in world.read(receipt, by="wulan").letters if row.letter.kind == "transfer")
    assert "Sari" not in json.dumps([handed.content.points, handed.content.recipient, handed.content.opening])


def test_an_unknown_or_retired_authority_and_a_letter_without_words_are_refused(
    world: World, receipt: Receipt, ombudsman: Authority
) -> None:
    elsewhere(world, receipt)
    told: dict[str, Any] = {"recommendation": "Limpahkan", "letter": LETTER}
    for transfer, code in (
        (Transfer(uuid.uuid4(), POINTS), "authority-missing"),
        (Transfer(ombudsman.id, (" ",)), "transfer-missing"),
        (Transfer(ombudsman.id, ("Pokok pengaduan: …", "Mohon ditindaklanjuti.")), "transfer-gap"),
    ):
        propose = functools.partial(world.take, "propose", receipt, by="wulan", transfer=transfer, **told)
        assert refused(propose) == code
    Authority.objects.update(is_shown=False)
    assert authorities.in_use() == []
    transfer = Transfer(ombudsman.id, POINTS)
    assert refused(lambda: world.take("propose", receipt, by="wulan", transfer=transfer, **told)) == "authority-missing"


def test_the_head_of_an_inspectorate_refers_a_violation_and_signs_for_the_unit(
    world: World, sari: Teller, tmp_path: Any
) -> None:
    receipt = violation(world, sari)
    kpk = Authority.objects.get(code="kpk")

    case = world.take(
        "refer_outside", receipt, by="fajar", note="Setelah gelar perkara", transfer=Transfer(kpk.id, POINTS)
    )

    assert (case.status_code, case.outcome) == ("not_followed_up", "not_competent")
    opened = world.read(receipt, by="ina")
    handed = opened.letters[0]
    assert handed.content.recipient[0] == "Komisi Pemberantasan Korupsi"
    assert handed.content.signer_name == "Fajar Ramadhan"
    assert handed.content.copies == ()
    # Neither when nor how it came: that could show from whom.
    assert "2026" not in handed.content.opening.replace(case.agenda_number, "")
    event = next(event for event in opened.timeline if event.move == "refer_outside")
    assert [part.text for part in event.parts] == ["Komisi Pemberantasan Korupsi"]
    text = words_of(typesetting.letter_pdf(handed), tmp_path)
    assert handed.number in text
    assert "burung malam" not in text
    assert [event.title for event in sari.report(receipt).timeline][-1] != event.title
    assert "Komisi" not in repr([(row.title, row.text) for row in sari.report(receipt).timeline])
    assert proof.verify() == []
    assert book.verify() == []


def test_a_proven_violation_goes_to_a_prosecutor_too_and_its_outcome_stays(world: World, sari: Teller) -> None:
    receipt = violation(world, sari, conclude=False)
    world.take("conclude_verification", receipt, by="fajar", note="Ada indikasi", conclusion="followed_up")
    world.take("examine", receipt, by="fajar", note="Diperiksa")
    world.take("conclude", receipt, by="fajar", note="Terbukti", conclusion="proven")
    attorney = Authority.objects.get(code="attorney")

    case = world.take("refer_outside", receipt, by="fajar", note="Pidana", transfer=Transfer(attorney.id, POINTS))

    assert (case.status_code, case.outcome) == ("examining", "proven")
    assert case.answered_on is None


@pytest.mark.parametrize("login", ["ina", "wulan", "hadi", "dewi", "tono", "kartika", "agus"])
def test_nobody_but_the_head_of_the_unit_refers_it_outside(world: World, sari: Teller, login: str) -> None:
    receipt = violation(world, sari)
    kpk = Authority.objects.get(code="kpk")
    desk = world.desk(login)
    assert not actions.can_take("refer_outside", case_of(receipt), desk=desk)
    with pytest.raises(Refused):
        world.take("refer_outside", receipt, by=login, note="x", transfer=Transfer(kpk.id, POINTS))
    assert not Letter.objects.exists()


def test_an_office_has_no_way_around_its_head(world: World, receipt: Receipt, ombudsman: Authority) -> None:
    elsewhere(world, receipt)
    transfer = Transfer(ombudsman.id, POINTS)
    assert refused(lambda: world.take("refer_outside", receipt, by="rahmat", note="x", transfer=transfer)) == (
        "move-not-open"
    )


def test_its_draft_is_shown_to_who_may_read_the_case_alone(
    world: World, receipt: Receipt, ombudsman: Authority
) -> None:
    case = elsewhere(world, receipt)
    typed = Transfer(ombudsman.id, POINTS)
    drafted = papers.transfer_draft_of(case.id, transfer=typed, desk=world.desk("wulan"), at=NOW)
    assert drafted.content.points == POINTS
    for login in ("hadi", "ina", "dewi", "tono"):
        with pytest.raises(NotThere):
            papers.transfer_draft_of(case.id, transfer=typed, desk=world.desk(login), at=NOW)
    with pytest.raises(NotThere):
        papers.transfer_draft_of(case.id, transfer=None, desk=world.desk("wulan"), at=NOW)


def test_a_duplicate_is_handed_over_by_a_letter_of_its_own_to_the_same_authority_alone(
    world: World, sari: Teller, receipt: Receipt, ombudsman: Authority
) -> None:
    others = [sari.tells(), sari.tells()]
    desk = world.desk("wulan")
    for other in others:
        world.take("link_duplicate", other, by="wulan", main_case=case_of(receipt).agenda_number)
        elsewhere(world, other)
    agenda = case_of(receipt).agenda_number
    points = (f"Lihat perkara {agenda}.",)
    given = Given(recommendation="Limpahkan", letter=LETTER, transfer=Transfer(ombudsman.id, points))
    elsewhere(world, receipt)
    main = actions.take("propose", case_id=case_of(receipt).id, desk=desk, given=given, at=NOW)
    move = row_of("propose", path=actions.path_of(main))
    assert move is not None
    first = case_of(others[0])
    done = together.take_on_followers(move, main, [Chosen(first.id, None)], desk=desk, given=given, at=NOW)
    assert [outcome.why_not for outcome in done] == [None]
    other_authority = Transfer(Authority.objects.get(code="kpk").id, points)
    world.take("propose", others[1], by="wulan", recommendation="x", letter=LETTER, transfer=other_authority)

    hadi = world.desk("hadi")
    main = case_of(receipt)
    approve = row_of("approve", path=actions.path_of(main))
    assert approve is not None
    offered = {offer.case.id: offer.why_not for offer in together.offers(main, approve, desk=hadi, at=NOW)}
    assert offered[first.id] is None
    assert offered[case_of(others[1]).id] is not None
    own = proposals.proposal(first, keys=reading.opened_for(first.id, desk=hadi, at=NOW)[1])
    assert own is not None
    assert own.transfer is not None
    assert own.transfer.points == (f"Lihat perkara {first.agenda_number}.",)


def test_only_the_conclusion_itself_sets_the_outcome() -> None:
    assert not MOVES["refer_outside"].outcome_by
