"""What the browser keeps and asks for tells no secret (P03)."""

import itertools
import urllib.parse

from tests.browser import story as stories
from tests.browser.story import Story


def _secrets(story: Story) -> list[str]:
    number = story.register_number
    words = [word for code in story.codes for word in code.split()]
    return [
        number,
        number.replace("-", ""),
        story.pseudonym,
        stories.PASSWORD,
        stories.NEW_PASSWORD,
        stories.FILE,
        stories.NAME_FOR_THE_VAULT,
        stories.WHAT,
        *story.codes,
        *(" ".join(pair) for pair in itertools.pairwise(words)),
    ]


def test_p03_no_address_cookie_or_title_holds_a_secret(story: Story) -> None:
    places = [urllib.parse.unquote_plus(address) for window in story.windows for address in window.addresses]
    places += [urllib.parse.unquote_plus(answer.headers.get("location", "")) for answer in story.sari.answers]
    places += [sight.title for window in story.windows for sight in window.seen]
    places += story.cookies
    text = "\n".join(places).lower()

    assert len(story.codes) == 2
    assert [secret for secret in _secrets(story) if secret.lower() in text] == []


def test_p03_nothing_is_stored_in_the_browser_but_an_opaque_cookie_while_she_is_signed_in(story: Story) -> None:
    assert story.cookies_before_a_word == []
    assert [cookie.partition("=")[0] for cookie in story.cookies] == ["wise_reporter"]
    assert story.stored == ["[{},{}]"]


def test_p03_the_second_report_has_a_number_of_its_own(story: Story) -> None:
    receipts = {sight.name: sight.html for sight in story.sari.seen if sight.name.startswith("receipt")}

    assert story.register_number in receipts["receipt"]
    assert story.register_number not in receipts["receipt: second"]
    assert "recovery-code" not in receipts["receipt: second"]
