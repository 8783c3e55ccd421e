"""Nothing on an officer's screen leads to a reporter's, and nothing on a reporter's to an officer's (P19)."""

import re
from collections.abc import Iterable

from tests.browser import story as stories
from tests.browser.story import Story
from tests.browser.window import Window

_ID = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)
_TOKEN = re.compile(r'name="form_token" value="([^"]+)"')


def _told_by(windows: Iterable[Window]) -> tuple[set[str], str]:
    """The ids in pages and addresses, and all their text."""
    windows = list(windows)
    text = "\n".join([address for window in windows for address in window.addresses])
    text += "\n".join(sight.html for window in windows for sight in window.seen)
    return {found.replace("-", "").lower() for found in _ID.findall(text)}, text


def test_p19_no_id_stands_on_both_sides(story: Story) -> None:
    saris, sari = _told_by([story.sari])
    officers, theirs = _told_by(story.officers.values())

    assert saris
    assert officers
    # The directory of offices is public: both choose from it.
    offices = set(re.findall(r'<option value="([0-9a-f-]{36})"', sari))
    assert saris & officers <= {office.replace("-", "") for office in offices}
    assert set(_TOKEN.findall(sari)).isdisjoint(_TOKEN.findall(theirs))


def test_p19_no_name_stands_on_both_sides(story: Story) -> None:
    _, sari = _told_by([story.sari])
    _, theirs = _told_by(story.officers.values())

    assert stories.FILE in sari
    assert "lampiran-01.jpg" in theirs
    assert "lampiran-0" not in sari
    for secret in (stories.FILE, "satu.jpg", story.register_number, story.pseudonym, stories.NAME_FOR_THE_VAULT):
        assert secret not in theirs
    agenda = {sight.title for sight in story.officers["wulan"].seen if sight.name.startswith("case: after")}
    assert not any(number in sari for number in agenda)
    assert not any(account in sari for account in ("Wulan", "Ina Kusumawati"))


def test_p19_an_officer_sees_no_time_of_day_of_what_sari_did(story: Story) -> None:
    pages = {sight.name: sight.text for sight in story.officers["wulan"].seen}

    # Wulan's own deeds, and only they, carry one.
    assert not re.search(r"\d\d[.:]\d\d", pages["case"])
    assert re.search(r"\d\d[.:]\d\d", pages["case: asked"])
