"""What reports can be about: Edi and Tono keep the list, and no report loses its topic."""

import pytest

from tests.world import NOW, World, case_of, join, queues
from wise.audit.models import Entry
from wise.refusals import NotThere, Refused
from wise.register import topics
from wise.register.models import Topic
from wise.register.topics import DOWN, UP, Names

PARKING = Names("Parkir dan akses", "Parking and access")


def _codes(stream: str = "violation") -> list[str]:
    return [row.code for row in {group.code: rows for group, rows in topics.every()}[stream]]


def _add(world: World, *, names: Names = PARKING, stream: str = "service", by: str = "edi") -> Topic:
    return topics.add(stream, names=names, by=world.officer(by), at=NOW)


@pytest.mark.parametrize("login", ["edi", "tono"])
def test_a_topic_that_is_added_stands_last_and_is_logged(world: World, login: str) -> None:
    topic = _add(world, by=login)

    assert _codes("service")[-1] == topic.code
    assert topics.find(topic.code) == topic
    assert Entry.objects.get(deed="add-topic").facts == {
        "topic": topic.code,
        "id": "Parkir dan akses",
        "en": "Parking and access",
    }


def test_a_retired_topic_is_not_offered_but_stays_on_the_report(world: World) -> None:
    receipt = join().tells(queues(topic=Topic.objects.get(code="time")))
    topics.offer("time", offered=False, by=world.officer("edi"), at=NOW)

    assert topics.find("time") is None
    assert "time" not in [row.code for _, rows in topics.by_stream() for row in rows]
    assert "time" in _codes("service")
    topic = case_of(receipt).report.topic
    assert topic is not None
    assert topic.name == "Waktu pelayanan"

    topics.load_shipped()
    assert topics.find("time") is None
    topics.offer("time", offered=True, by=world.officer("edi"), at=NOW)
    topics.offer("time", offered=True, by=world.officer("edi"), at=NOW)
    assert topics.find("time") == topic
    assert Entry.objects.filter(deed="restore-topic").count() == 1


def test_a_renamed_topic_keeps_its_place_and_its_name_after_an_update(world: World) -> None:
    topics.rename("fees", names=Names(" Pungli  di loket", "Fees"), by=world.officer("tono"), at=NOW)
    topics.load_shipped()

    assert Topic.objects.get(code="fees").name_id == "Pungli di loket"
    assert _codes()[0] == "fees"


def test_topics_change_places(world: World) -> None:
    before = _codes()
    edi = world.officer("edi")

    topics.move("bribery", to=UP, by=edi, at=NOW)
    assert _codes()[:2] == ["bribery", "fees"]
    topics.move("bribery", to=DOWN, by=edi, at=NOW)
    assert _codes() == before
    topics.move("fees", to=UP, by=edi, at=NOW)
    topics.move("other", to=DOWN, by=edi, at=NOW)
    assert _codes() == before


@pytest.mark.parametrize("login", ["wulan", "hadi", "agus", "dewi", "lina"])
def test_nobody_else_changes_them(world: World, login: str) -> None:
    by = world.officer(login)

    with pytest.raises(NotThere):
        topics.add("service", names=PARKING, by=by, at=NOW)
    with pytest.raises(NotThere):
        topics.rename("fees", names=PARKING, by=by, at=NOW)
    with pytest.raises(NotThere):
        topics.offer("fees", offered=False, by=by, at=NOW)
    with pytest.raises(NotThere):
        topics.move("fees", to=DOWN, by=by, at=NOW)
    assert topics.find("fees") is not None


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (Names(" ", "Parking"), "names-missing"),
        (Names("Parkir", ""), "names-missing"),
        (Names("waktu pelayanan", "Queues"), "topic-there"),
    ],
)
def test_a_topic_has_two_names_and_none_that_is_taken(world: World, names: Names, code: str) -> None:
    with pytest.raises(Refused) as refused:
        _add(world, names=names)
    assert refused.value.code == code
    with pytest.raises(Refused) as refused:
        topics.rename("cost", names=names, by=world.officer("edi"), at=NOW)
    assert refused.value.code == code


@pytest.mark.parametrize("stream", ["suggestion", "nothing"])
def test_a_stream_that_has_no_topics_of_its_own_gets_none(world: World, stream: str) -> None:
    with pytest.raises(NotThere):
        _add(world, stream=stream)


def test_what_is_no_topic_is_not_there(world: World) -> None:
    with pytest.raises(NotThere):
        topics.known("parking")
