"""From a pseudonym to an answer in the real browser, without scripts too; every page is usable with any aid."""

from tests.browser.story import Story


def test_p13_sari_gets_her_answer_and_no_page_on_the_way_has_a_fault(story: Story) -> None:
    assert [fault for window in story.windows for fault in window.faults] == []
    assert len(story.sari.seen) > 40


def test_the_browser_has_nothing_to_complain_of(story: Story) -> None:
    assert [complaint for window in story.windows for complaint in window.complaints] == []
