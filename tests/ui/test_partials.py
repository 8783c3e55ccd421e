"""The pieces that lists share."""

from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override


def pages(count: int, number: int) -> str:
    request = RequestFactory().get("/kerja/?stream=service&page=9")
    with override("id"):
        page_obj = Paginator(range(count), 25).get_page(number)
        return render_to_string("ui/pagination.html", {"page_obj": page_obj}, request=request)


def test_wulan_turns_the_page_and_keeps_her_filter() -> None:
    html = pages(10_000, 3)
    assert "51–75 dari 10000" in html
    assert 'href="?stream=service&amp;page=4" rel="next"' in html
    assert 'href="?stream=service&amp;page=3" aria-current="page"' in html
    assert len(html) < 4_000


def test_a_list_of_one_page_or_none_has_nothing_to_turn() -> None:
    assert "<ul>" not in pages(3, 1)
    assert pages(0, 1).strip() == ""


def test_an_empty_list_says_so_and_offers_what_comes_next() -> None:
    html = render_to_string("ui/empty.html", {"title": "Belum ada", "sentence": "Nanti.", "action": "Lapor"})
    assert "Belum ada" in html
    assert "btn" not in html
    html = render_to_string("ui/empty.html", {"title": "Belum ada", "action": "Lapor", "action_url": "/lapor/"})
    assert '<a class="btn" href="/lapor/">Lapor</a>' in html
