"""The frame of a page: its language, the same page in the other one, and the way out."""

import pytest
from django.test import RequestFactory, override_settings

from wise.ui import context


def frame(path: str) -> context.Frame:
    return context.page(RequestFactory().get(path))["frame"]


@pytest.mark.parametrize(
    ("path", "other"),
    [
        ("/", "/en/"),
        ("/en/", "/"),
        ("/privasi/", "/en/privasi/"),
        ("/en/privasi/", "/privasi/"),
        ("/tidak/ada", "/en/tidak/ada"),
        ("/kerja/?page=2&stream=service", "/en/kerja/?page=2&stream=service"),
        ("/en/kerja/?page=2", "/kerja/?page=2"),
        ("/english/", "/en/english/"),
    ],
)
def test_sari_finds_the_same_page_in_the_other_language(path: str, other: str) -> None:
    assert frame(path).other_language_url == other


def test_the_language_link_never_leads_to_another_site() -> None:
    assert frame("/en//elsewhere.example/").other_language_url == "/%2Felsewhere.example/"


def test_only_the_address_decides_the_language() -> None:
    request = RequestFactory().get("/", headers={"accept-language": "en"})
    request.COOKIES["django_language"] = "en"
    assert context.page(request)["frame"].language == "id"
    assert frame("/en/").language == "en"


def test_the_way_out_is_an_everyday_page_in_the_language_of_the_reader() -> None:
    assert frame("/").exit_url.startswith("https://id.")
    assert frame("/en/").exit_url.startswith("https://en.")


@override_settings(WISE_ONION="example.onion")
def test_the_onion_address_is_shown_where_there_is_one() -> None:
    assert frame("/").onion == "example.onion"
