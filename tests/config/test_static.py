"""Style sheets are addressed by what is in them, and a browser may keep them."""

import pytest
from django.templatetags.static import static
from django.test import Client


def test_an_address_changes_with_the_contents() -> None:
    address = static("ui/wise.css")

    path, _, version = address.partition("?v=")
    assert path == "/static/ui/wise.css"
    assert len(version) == 12
    assert static("ui/wise.css") == address


def test_a_missing_file_is_found_out_when_the_page_is_written() -> None:
    with pytest.raises(FileNotFoundError, match=r"ui/none\.css"):
        static("ui/none.css")


def test_a_browser_may_keep_a_style_sheet_for_a_year() -> None:
    answer = Client().get(static("ui/wise.css"))

    assert answer.status_code == 200
    assert "max-age=31536000" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Type"].startswith("text/css")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Vary" not in answer.headers or "Cookie" not in answer.headers["Vary"]
    b"".join(answer)
