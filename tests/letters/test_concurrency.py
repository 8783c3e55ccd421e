"""Eight heads who issue at once, and two editors who save at once."""

import functools

from tests.crowd import together
from tests.letters import papers
from tests.world import NOW, World
from wise.letters import editing
from wise.letters.editing import Place
from wise.letters.issuing import Issued
from wise.letters.kinds import KINDS
from wise.letters.models import Counter, Template
from wise.refusals import Refused


def test_eight_who_issue_at_once_get_eight_numbers_without_a_gap(committed_world: World) -> None:
    results = together([functools.partial(papers.issue, committed_world) for _ in range(8)])

    numbers = sorted(int(each.number.split("/")[0].removeprefix("S-")) for each in results if isinstance(each, Issued))
    assert numbers == [1, 2, 3, 4, 5, 6, 7, 8], results
    assert Counter.objects.get().last == 8
    assert Template.objects.count() == 1


def test_of_two_editors_who_save_at_once_one_is_told_to_look_again(committed_world: World) -> None:
    place, kind = Place(committed_world.office()), KINDS["response"]
    source, edi = editing.look(kind, place=place).source, committed_world.officer("edi")

    def save(mark: str) -> Template | None:
        return editing.save(kind, place=place, source=f"{source}\n// {mark}", since=0, by=edi, at=NOW)

    results = together([functools.partial(save, mark) for mark in ("satu", "dua")])

    assert sum(isinstance(each, Template) for each in results) == 1, results
    assert [each.code for each in results if isinstance(each, Refused)] == ["template-overtaken"]
    assert Template.objects.count() == 1
