"""Eight heads who issue at once."""

import functools

from tests.crowd import together
from tests.letters import papers
from tests.world import World
from wise.letters.issuing import Issued
from wise.letters.models import Counter, Template


def test_eight_who_issue_at_once_get_eight_numbers_without_a_gap(committed_world: World) -> None:
    results = together([functools.partial(papers.issue, committed_world) for _ in range(8)])

    numbers = sorted(int(each.number.split("/")[0].removeprefix("S-")) for each in results if isinstance(each, Issued))
    assert numbers == [1, 2, 3, 4, 5, 6, 7, 8], results
    assert Counter.objects.get().last == 8
    assert Template.objects.count() == 1
