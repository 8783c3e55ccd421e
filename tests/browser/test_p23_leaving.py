"""Leaving at once, and leaving nothing telling behind (P23)."""

import pytest
from playwright.sync_api import Browser

from tests.browser import window
from tests.browser.story import Story

_TELLING = ("wise", "sari", "whistle", "rahasia", "secret")


def test_p23_the_way_out_is_on_every_page_of_a_reporter(story: Story) -> None:
    assert [sight.name for sight in story.sari.seen if 'class="leave" href="https://' not in sight.html] == []
    assert [sight.name for sight in story.sari.seen if "<script" in sight.html] == []


def test_p23_titles_are_neutral(story: Story) -> None:
    titles = {sight.title for sight in story.sari.seen}

    assert len(titles) > 10
    assert [title for title in titles if any(word in title.lower() for word in _TELLING)] == []
    assert max(map(len, titles)) < 40


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "none"])
def test_p23_the_way_out_says_nothing_of_where_one_was(chromium: Browser, home: str, *, scripts: bool) -> None:
    sari = window.opened(chromium, home, scripts=scripts, width=window.TELEPHONE)
    sari.go("/lapor/")
    sari.page.evaluate("scrollTo(0, 1500)")
    sari.page.locator(".leave").click(no_wait_after=True)
    sari.page.wait_for_timeout(500)

    (request,) = sari.foreign
    assert request.is_navigation_request()
    assert "referer" not in request.headers
    sari.page.context.close()
