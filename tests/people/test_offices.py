"""Offices as a reporter finds them among 91, without a script."""

import uuid

from tests.world import HEAD_OFFICE, ITJEN, KANWIL, KPKNL, World
from wise.people import offices
from wise.people.models import Office


def _names(matching: str) -> list[str]:
    return [office.name for region in offices.by_region(matching=matching) for office in region.offices]


def test_all_are_listed_the_central_ones_first_then_each_region_with_its_own_office_at_the_top(world: World) -> None:
    regions = offices.by_region()

    assert {HEAD_OFFICE, ITJEN} <= {office.name for office in regions[0].offices}
    assert regions[0].name == ""
    assert len(regions) == 18
    assert all(region.offices[0].name == region.name for region in regions[1:])
    assert sum(len(region.offices) for region in regions) == Office.objects.count()


def test_some_words_of_the_name_are_enough(world: World) -> None:
    assert _names("pekanbaru") == [KPKNL]
    assert _names(" KPKNL  pekan ") == [KPKNL]
    assert _names("no such office") == []


def test_a_region_finds_all_its_offices(world: World) -> None:
    found = _names("riau")

    assert found[0] == KANWIL
    assert KPKNL in found


def test_an_id_leads_to_its_office_and_anything_else_to_none(world: World) -> None:
    assert offices.find(str(world.office().id)) == world.office()
    assert [offices.find(each) for each in ("", "x", str(uuid.uuid4()))] == [None, None, None]


def test_an_office_without_a_region_stands_for_itself(world: World) -> None:
    Office.objects.create(code="x", name="KPKNL Sendiri", kind="service", time_zone="Asia/Jakarta")

    assert offices.by_region(matching="sendiri")[0].name == "KPKNL Sendiri"
