"""Nobody but our own server hears of a visit, with scripts or without (P12)."""

from tests.browser.story import Story


def test_p12_no_page_asks_another_place_for_anything(story: Story) -> None:
    assert [request.url for window in story.windows for request in window.foreign] == []


def test_p12_pages_ask_for_nothing_but_their_looks(story: Story) -> None:
    parts = {address for window in story.windows for address in window.addresses if "/static/" in address}
    names = {address.rpartition("/")[2].partition(".")[0] for address in parts}

    assert names <= {"wise", "workspace", "icon"}
