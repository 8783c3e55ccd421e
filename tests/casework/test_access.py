"""Who sees which case: for each who may, the twin who may not; and keys that do not open what somebody else's do."""

import itertools
import uuid

import pytest

from tests import world as cast
from tests.world import HEAD_OFFICE, KPKNL, NOW, Teller, World
from wise.casework import access, actions, correspondence, inbox, reading
from wise.casework.given import Given
from wise.casework.inbox import Wanted
from wise.casework.intake import Receipt
from wise.crypto import boxes
from wise.crypto.errors import Unopenable
from wise.keys import grants
from wise.keys.models import Grant, Membership
from wise.people.kinds import Role
from wise.people.models import Officer, OfficerRole
from wise.refusals import NotThere
from wise.register.models import Attachment
from wise.vault.deposits import Identity

MAY = ("wulan", "rahmat")
MAY_NOT = [
    "dewi",  # front desk of the same unit: no key
    "oki",
    "edi",
    "hadi",  # head of the same office
    "yanti",  # the unit above
    "bambang",
    "lina",
    "surya",
    "maya",
    "joko",
    "nur",
    "ina",
    "fajar",
    "kartika",
    "kusuma",
    "agus",
    "tono",
    "sri",
]


@pytest.fixture
def sari(world: World) -> Teller:
    return cast.join("burung malam")


@pytest.fixture
def receipt(sari: Teller) -> Receipt:
    return sari.tells(cast.queues(files=(cast.file(),), identity=Identity("Sari")))


def test_the_matrix_knows_everybody(world: World) -> None:
    assert set(Officer.objects.values_list("login", flat=True)) == {*MAY, *MAY_NOT}


@pytest.mark.parametrize("login", MAY)
def test_p29_who_holds_the_case_reads_lists_counts_and_works_on_it(world: World, receipt: Receipt, login: str) -> None:
    desk, case = world.desk(login), cast.case_of(receipt)

    opened = world.read(receipt, by=login)
    assert opened.told.what == "Antre di loket tiga jam"
    assert inbox.counts(desk)["unit"] == 1
    assert [line.case for line in inbox.page(desk, wanted=Wanted()).lines] == [case]
    assert b"".join(reading.file_of(case.id, opened.files[0].row.id, desk=desk, at=NOW).chunks()) == cast.PHOTO
    assert actions.moves_for(case, desk=desk)
    world.take("verify", receipt, by=login)


@pytest.mark.parametrize("login", MAY_NOT)
def test_p29_p31_for_everybody_else_it_is_not_there(world: World, receipt: Receipt, login: str) -> None:
    desk, case = world.desk(login), cast.case_of(receipt)
    file = Attachment.objects.get()

    deeds = (
        lambda: world.read(receipt, by=login),
        lambda: reading.file_of(case.id, file.id, desk=desk, at=NOW),
        lambda: actions.take("verify", case_id=case.id, desk=desk, given=Given(), at=NOW),
        lambda: actions.take("note", case_id=case.id, desk=desk, given=Given(note="x"), at=NOW),
        lambda: access.case_for(desk, case.id),
    )
    for deed in deeds:
        with pytest.raises(NotThere):
            deed()
    assert inbox.page(desk, wanted=Wanted()).lines == ()
    assert inbox.page(desk, wanted=Wanted(agenda=case.agenda_number)).total == 0
    assert actions.moves_for(case, desk=desk) == []


@pytest.mark.parametrize("login", MAY_NOT)
def test_p30_their_whole_view_is_the_same_with_and_without_the_case(world: World, sari: Teller, login: str) -> None:
    desk = world.desk(login)

    def view() -> list[object]:
        pages = [inbox.page(desk, wanted=Wanted(view=each)) for each in inbox.VIEWS]
        return [inbox.counts(desk), *((page.total, page.more, page.lines) for page in pages)]

    before = view()
    # Wulan's case where Ina looks on, and Ina's where all the others do.
    sari.tells() if login in {"ina", "fajar"} else sari.tells(cast.queues(stream="violation", receiver="ibi"))

    assert view() == before


@pytest.mark.parametrize("login", MAY_NOT)
def test_p31_no_other_keyring_opens_a_box_of_it_with_the_whole_database_in_hand(
    world: World, receipt: Receipt, login: str
) -> None:
    ring = world.desk(login).keyring
    report = cast.case_of(receipt).report

    assert grants.held(report.id, keyring=ring, vouched=report.commitments) == {}
    for grant, seed in itertools.product(Grant.objects.filter(report_id=report.id), ring.seeds.values()):
        for box in ("inner", "outer"):
            if (login, tuple(grant.compartments)) in {("kartika", ("identity",)), ("kartika", ("originals",))}:
                continue  # the outer of two boxes is for her unit; see the next test
            with pytest.raises(Unopenable):
                boxes.unwrap(bytes(grant.wrapped), seed=seed, context=grants._context(grant, box))


def test_d5_kartika_alone_gets_no_further_than_the_outer_box(world: World, receipt: Receipt) -> None:
    ring = world.desk("kartika").keyring
    grant = Grant.objects.get(report_id=receipt.report_id, compartments=["identity"])

    once = boxes.unwrap(bytes(grant.wrapped), seed=ring.seeds[grant.holder_id], context=grants._context(grant, "outer"))

    for seed in ring.seeds.values():
        with pytest.raises(Unopenable):
            boxes.unwrap(once, seed=seed, context=grants._context(grant, "inner"))


def test_another_reporter_finds_nothing_of_saris(world: World, sari: Teller, receipt: Receipt) -> None:
    budi = cast.join("kuda laut")
    report_id, file = uuid.UUID(receipt.report_id), Attachment.objects.get()

    def write() -> None:
        correspondence.write(report_id, text="x", by=budi.reporter, keyring=budi.keyring, at=NOW)

    def add() -> None:
        correspondence.add(report_id, text="x", by=budi.reporter, keyring=budi.keyring, at=NOW)

    def own_file() -> None:
        reading.own_file(report_id, file.own_id, reporter=budi.reporter, keyring=budi.keyring)

    for deed in (lambda: budi.report(receipt), write, add, own_file):
        with pytest.raises(NotThere):
            deed()
    assert reading.own_reports(budi.reporter, keyring=budi.keyring, at=NOW) == []


def test_saris_row_without_saris_key_opens_nothing(world: World, sari: Teller, receipt: Receipt) -> None:
    budi = cast.join("kuda laut")

    with pytest.raises(NotThere):
        reading.own_report(uuid.UUID(receipt.report_id), reporter=sari.reporter, keyring=budi.keyring, at=NOW)


def test_a_file_of_another_case_is_not_there(world: World, sari: Teller, receipt: Receipt) -> None:
    other = sari.tells()

    with pytest.raises(NotThere):
        reading.file_of(cast.case_of(other).id, Attachment.objects.get().id, desk=world.desk("wulan"), at=NOW)


def test_who_kept_the_key_but_lost_the_role_handles_nothing(world: World, receipt: Receipt) -> None:
    OfficerRole.objects.filter(officer__login="wulan").delete()

    with pytest.raises(NotThere):
        world.read(receipt, by="wulan")


def test_who_has_a_role_that_handles_cases_but_no_key_handles_nothing(world: World, receipt: Receipt) -> None:
    Membership.objects.filter(holder__officer__login="wulan").delete()

    with pytest.raises(NotThere):
        world.read(receipt, by="wulan")


def test_a_unit_that_holds_a_case_but_no_keys_of_it_has_nothing_to_show(world: World, receipt: Receipt) -> None:
    Grant.objects.filter(holder__unit=world.unit()).delete()

    with pytest.raises(NotThere):
        world.read(receipt, by="wulan")


def test_a_desk_knows_what_somebody_is_and_where(world: World) -> None:
    wulan, maya = world.desk("wulan"), world.desk("maya")

    assert [unit.office.name for unit in wulan.units] == [KPKNL]
    assert [unit.office.name for unit in maya.places] == [HEAD_OFFICE]
    assert wulan.has(Role.VERIFIER)
    assert not wulan.has(Role.ADMIN)
    assert wulan.roles_at(world.ibi.id) == frozenset()
