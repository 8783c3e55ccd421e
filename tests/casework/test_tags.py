"""An office marks its cases with words from its own list; they stand in the clear, so a violation has none."""

import datetime
import uuid

import pytest

from tests import world as cast
from tests.world import HEAD_OFFICE, KANWIL, NOW, Teller, World
from wise.audit import proof
from wise.audit.models import Entry
from wise.casework import access, actions, inbox, tags
from wise.casework import proof as book
from wise.casework.inbox import Wanted
from wise.casework.intake import Receipt
from wise.casework.models import CaseTag, Tag
from wise.refusals import NotThere, Refused


@pytest.fixture
def sari(world: World) -> Teller:
    return cast.join("burung malam")


@pytest.fixture
def receipt(sari: Teller) -> Receipt:
    return sari.tells()


def _tag(world: World, name: str = "Antrean", *, by: str = "wulan") -> Tag:
    desk = world.desk(by)
    return tags.add(name, office_id=tags.offices_of(desk)[0].id, desk=desk, at=NOW)


def _names(receipt: Receipt) -> list[str]:
    return [tag.name for tag in tags.of_case(cast.case_of(receipt))]


def test_wulan_marks_a_case_and_finds_it_by_its_tag(world: World, sari: Teller, receipt: Receipt) -> None:
    queues, parking = _tag(world, "  Antrean  loket "), _tag(world, "Parkir")
    other = sari.tells()

    world.take("tag", receipt, by="wulan", tags=(queues.id, parking.id))
    world.take("tag", other, by="rahmat", tags=(parking.id,))

    assert _names(receipt) == ["Antrean loket", "Parkir"]
    lines = inbox.page(world.desk("wulan"), wanted=Wanted(tag=queues.id)).lines
    assert [line.case for line in lines] == [cast.case_of(receipt)]
    opened = world.read(receipt, by="wulan")
    assert [tag.name for tag in opened.tags] == ["Antrean loket", "Parkir"]
    assert opened.timeline[-1].parts[0].text == "Antrean loket, Parkir"
    assert [tag.on_cases for tag in tags.every(tags.offices_of(world.desk("wulan")))] == [1, 2]  # type: ignore[attr-defined] # annotated by the query
    assert proof.verify() == book.verify() == []


def test_choosing_others_takes_the_old_ones_away_and_choosing_none_takes_all(world: World, receipt: Receipt) -> None:
    queues, parking = _tag(world, "Antrean"), _tag(world, "Parkir")
    world.take("tag", receipt, by="wulan", tags=(queues.id,))
    world.take("tag", receipt, by="wulan", tags=(parking.id, queues.id, queues.id))
    assert _names(receipt) == ["Antrean", "Parkir"]
    world.take("tag", receipt, by="wulan", tags=(parking.id,))
    assert _names(receipt) == ["Parkir"]
    world.take("tag", receipt, by="wulan")
    assert _names(receipt) == []


def test_another_offices_tag_and_one_out_of_use_are_not_put_on_a_case(world: World, receipt: Receipt) -> None:
    theirs, retired = _tag(world, by="yanti"), _tag(world, "Lama")
    tags.retire(retired.id, desk=world.desk("wulan"), at=NOW)

    for wrong in (theirs.id, retired.id, uuid.uuid4()):
        with pytest.raises(Refused) as refused:
            world.take("tag", receipt, by="wulan", tags=(wrong,))
        assert refused.value.code == "tag-not-open"
    assert _names(receipt) == []


def test_a_tag_that_is_out_of_use_stays_where_it_is(world: World, receipt: Receipt) -> None:
    tag = _tag(world)
    world.take("tag", receipt, by="wulan", tags=(tag.id,))
    tags.retire(tag.id, desk=world.desk("rahmat"), at=NOW)

    assert [row.id for row in tags.offered(cast.case_of(receipt))] == [tag.id]
    world.take("tag", receipt, by="wulan", tags=(tag.id,))
    assert _names(receipt) == ["Antrean"]
    assert not tags.retire(tag.id, desk=world.desk("wulan"), at=NOW, again=True).is_retired


def test_a_case_about_a_violation_has_no_tags(world: World, sari: Teller) -> None:
    receipt = sari.tells(cast.queues(stream="violation"))
    desk = world.desk("maya")
    tag = tags.add("Antrean", office_id=tags.offices_of(desk)[0].id, desk=desk, at=NOW)

    assert "tag" not in {move.name for move in actions.moves_for(cast.case_of(receipt), desk=desk)}
    with pytest.raises(Refused) as refused:
        world.take("tag", receipt, by="maya", tags=(tag.id,))
    assert refused.value.code == "move-not-open"


def test_a_case_that_becomes_one_about_a_violation_loses_its_tags(world: World, sari: Teller) -> None:
    # A complaint about the head office: there the same unit handles both kinds.
    receipt = sari.tells(cast.queues(office=world.office(HEAD_OFFICE)))
    tag = _tag(world, by="maya")
    world.take("tag", receipt, by="maya", tags=(tag.id,))
    world.take("verify", receipt, by="maya")
    world.take("reclassify", receipt, by="maya", stream="violation", note="Pungutan liar")

    assert cast.case_of(receipt).unit == world.unit(office=HEAD_OFFICE)
    assert not CaseTag.objects.exists()


def test_a_case_that_leaves_for_another_office_loses_the_tags_of_the_old_one(world: World, receipt: Receipt) -> None:
    tag = _tag(world)
    world.take("tag", receipt, by="wulan", tags=(tag.id,))
    world.take("verify", receipt, by="wulan")
    world.take("refer", receipt, by="wulan", unit=world.unit(office=KANWIL), note="Bukan wewenang kami")

    assert not CaseTag.objects.exists()
    assert world.read(receipt, by="yanti").tags == ()


def test_who_handles_no_cases_of_the_office_keeps_none_of_its_lists(world: World) -> None:
    tag = _tag(world)
    office = world.office()

    for login in ("dewi", "hadi", "yanti", "ina", "tono", "agus", "kartika"):
        desk = world.desk(login)
        assert office not in tags.offices_of(desk)
        with pytest.raises(NotThere):
            tags.add("Baru", office_id=office.id, desk=desk, at=NOW)
        with pytest.raises(NotThere):
            tags.rename(tag.id, "Baru", desk=desk, at=NOW)
        with pytest.raises(NotThere):
            tags.retire(tag.id, desk=desk, at=NOW)
        with pytest.raises(NotThere):
            tags.tag_of(tag.id, desk=desk)
    assert Tag.objects.get().name == "Antrean"


def test_a_name_is_there_once_however_it_is_written(world: World) -> None:
    tag, other = _tag(world), _tag(world, "Parkir")
    desk = world.desk("wulan")

    for name, code in [("ANTREAN", "tag-there"), ("", "tag-name"), ("x" * 41, "tag-name")]:
        with pytest.raises(Refused) as refused:
            _tag(world, name)
        assert refused.value.code == code
        with pytest.raises(Refused) as refused:
            tags.rename(other.id, name, desk=desk, at=NOW)
        assert refused.value.code == code
    assert tags.rename(tag.id, "antrean", desk=desk, at=NOW).name == "antrean"
    assert _tag(world, "Antrean", by="yanti").office == world.office(KANWIL)


def test_a_list_ends_at_sixty(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tags, "MOST", 1)
    _tag(world)
    with pytest.raises(Refused) as refused:
        _tag(world, "Parkir")
    assert refused.value.code == "tags-many"


def test_the_log_knows_who_changed_the_list_and_not_what_stands_in_it(world: World) -> None:
    tag = _tag(world, "Pak Bagus")
    tags.rename(tag.id, "Antrean", desk=world.desk("rahmat"), at=NOW + datetime.timedelta(minutes=1))

    facts = [entry.facts for entry in Entry.objects.filter(deed="tag-list").order_by("sequence")]
    assert [fact["did"] for fact in facts] == ["add", "rename"]
    assert "Bagus" not in str(facts)
    assert proof.verify() == []


def test_a_head_looks_for_the_tags_of_the_office(world: World) -> None:
    tag = _tag(world)
    assert tags.known_at(world.desk("hadi")) == [tag]
    assert tags.known_at(world.desk("yanti")) == []
    assert access.cases_of(world.desk("hadi")).count() == 0
