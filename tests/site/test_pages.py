"""The public pages: whole in both languages, light, and without anything that could tell on a visitor."""

import itertools
import re
from html.parser import HTMLParser
from typing import override

import pytest
from django.test import Client
from django.urls import Resolver404, resolve, reverse
from django.utils import translation

NAMES = ("home", "protection", "prerequisites", "channels", "contact", "map")
LANGUAGES = ("id", "en")


class Page(HTMLParser):
    """The tags of a page, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, *names: str) -> list[dict[str, str | None]]:
        return [attrs for tag, attrs in self.tags if tag in names]


def address(name: str, language: str) -> str:
    with translation.override(language):
        return reverse(f"site:{name}")


def read(name: str, language: str) -> str:
    response = Client().get(address(name, language))
    assert response.status_code == 200
    assert not response.cookies
    return response.content.decode()


both = pytest.mark.parametrize("language", LANGUAGES)
every = pytest.mark.parametrize("name", NAMES)


@every
@both
def test_sari_reads_the_page_in_her_language(name: str, language: str) -> None:
    html = read(name, language)
    page = Page(html)
    assert page.all("html") == [{"lang": language}]
    assert len(page.all("h1")) == 1
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


@every
@both
def test_the_title_gives_nothing_away(name: str, language: str) -> None:
    titles = re.findall(r"<title>(.*?)</title>", read(name, language))
    assert len(titles) == 1
    assert not re.search(r"lapor|adu|whistle|report|complain|wise", titles[0], re.IGNORECASE)


@every
@both
def test_nothing_runs_and_nothing_comes_from_elsewhere(name: str, language: str) -> None:
    page = Page(read(name, language))
    assert not page.all("script", "style", "iframe", "img", "object", "embed", "base")
    assert not [attrs for _, attrs in page.tags if any(key == "style" or key.startswith("on") for key in attrs)]
    assert all((attrs["href"] or "").startswith("/static/") for attrs in page.all("link"))
    for attrs in page.all("a"):
        if (attrs["href"] or "").startswith("http"):
            assert "noreferrer" in (attrs.get("rel") or "")


@every
@both
def test_every_link_within_the_site_leads_somewhere(name: str, language: str) -> None:
    page = Page(read(name, language))
    ids = {attrs.get("id") for _, attrs in page.tags}
    for href in {attrs["href"] or "" for attrs in page.all("a")}:
        path, _, fragment = href.partition("#")
        if path.startswith("/"):
            with translation.override("en" if path.startswith("/en/") else "id"):
                try:
                    resolve(path)
                except Resolver404:
                    pytest.fail(f"{name} links to {path}, which does not exist")
        elif not path:
            assert fragment in ids


@every
def test_the_two_languages_say_different_words_with_the_same_structure(name: str) -> None:
    indonesian, english = (read(name, language) for language in LANGUAGES)
    tags = [[tag for tag, _ in Page(html).tags] for html in (indonesian, english)]
    assert tags[0] == tags[1]
    heading = re.compile(r"<h1>(.*?)</h1>")
    assert heading.findall(indonesian) != heading.findall(english)


def test_the_first_page_is_light() -> None:
    html = read("home", "id")
    page = Page(html)
    linked = [attrs["href"] or "" for attrs in page.all("link")]
    assert len(linked) <= 2
    total = len(html.encode())
    for href in linked:
        response = Client().get(href)
        total += len(b"".join(response))
    assert total <= 30_000


def test_the_advice_of_the_office_stands_on_the_page_about_protection() -> None:
    html = read("protection", "id")
    for advice in ("data pribadi", "melacak siapa Anda", "nama samaran, kata sandi, serta nomor register"):
        assert advice in html


def test_who_confides_an_identity_reads_who_can_open_it_and_that_they_can_take_it_back() -> None:
    id_, en = read("protection", "id"), read("protection", "en")
    assert "satu unit kustodian memutuskan, dan unit kustodian kedua mengukuhkan" in id_
    assert "menariknya kembali" in id_
    assert "one custodian unit decides, and a second one confirms" in en
    assert "take it back" in en


def test_the_seven_channels_are_there_and_what_they_reveal() -> None:
    html = read("channels", "id")
    assert re.findall(r"<h2>(\d)\. ", html) == list("1234567")
    for fact in ("Jl. Jend. Sudirman No. 24, Pekanbaru", "0822-8666-6106", "kpknlpekanbaru@kemenkeu.go.id", "1-50-991"):
        assert fact in html


def test_search_engines_are_kept_out_of_the_workspace() -> None:
    response = Client().get("/robots.txt")
    assert response.headers["Content-Type"] == "text/plain"
    assert "Disallow: /kerja/" in response.content.decode()


def test_a_browser_that_asks_for_the_old_icon_is_sent_to_it() -> None:
    response = Client().get("/favicon.ico")
    assert response.status_code == 301
    assert response.headers["Location"].startswith("/static/ui/icon.svg")


@every
def test_the_pages_take_nothing_in(name: str) -> None:
    response = Client(headers={"sec-fetch-site": "same-origin"}).post(address(name, "id"))
    assert response.status_code == 405
