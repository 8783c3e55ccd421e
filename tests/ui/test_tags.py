"""Dates, sizes and marks as people write them, in both languages."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

from wise.ui.templatetags import wise_dates, wise_text

TODAY = date(2026, 11, 24)


def test_dates_are_written_out() -> None:
    with override("id"):
        assert wise_dates.long_date(date(2026, 12, 24)) == "24 Desember 2026"
        assert wise_dates.weekday_date(date(2026, 12, 24)) == "Kamis, 24 Desember 2026"
        assert wise_dates.date_time(datetime(2026, 11, 2, 2, 14, tzinfo=UTC)) == "2 November 2026, 09.14"
    with override("en"):
        assert wise_dates.weekday_date(date(2026, 12, 24)) == "Thursday, 24 December 2026"
        assert wise_dates.date_time(datetime(2026, 11, 2, 2, 14, tzinfo=UTC)) == "2 November 2026, 09:14"


def test_a_moment_late_in_the_evening_in_london_is_the_next_day_in_jakarta() -> None:
    with override("en"):
        assert wise_dates.long_date(datetime(2026, 11, 2, 20, 0, tzinfo=UTC)) == "3 November 2026"
    assert wise_dates.iso(datetime(2026, 11, 2, 20, 0, tzinfo=UTC)) == "2026-11-03T03:00:00+07:00"
    assert wise_dates.iso(TODAY) == "2026-11-24"


def test_no_date_is_no_text() -> None:
    assert [wise_dates.long_date(None), wise_dates.weekday_date(None), wise_dates.date_time(None)] == ["", "", ""]
    assert wise_dates.iso(None) == ""
    assert wise_dates.days_left(None, TODAY) == ""
    assert wise_dates.days_chip(None, TODAY) == ""


@pytest.mark.parametrize(
    ("due", "indonesian", "english", "tone"),
    [
        (date(2026, 12, 24), "30 hari lagi", "30 days left", "chip"),
        (date(2026, 11, 27), "3 hari lagi", "3 days left", "chip warn"),
        (date(2026, 11, 25), "1 hari lagi", "1 day left", "chip warn"),
        (TODAY, "hari ini", "today", "chip warn"),
        (date(2026, 11, 23), "lewat 1 hari", "1 day late", "chip bad"),
        (date(2026, 11, 22), "lewat 2 hari", "2 days late", "chip bad"),
    ],
)
def test_wulan_sees_how_much_time_is_left(due: date, indonesian: str, english: str, tone: str) -> None:
    with override("id"):
        assert wise_dates.days_chip(due, TODAY) == f'<span class="{tone}">{indonesian}</span>'
    with override("en"):
        assert wise_dates.days_left(due, TODAY) == english


def test_a_duty_that_was_met_is_never_late() -> None:
    with override("id"):
        assert (
            wise_dates.days_chip(date(2020, 1, 1), TODAY, met=True)
            == '<span class="chip ok">ditanggapi tepat waktu</span>'
        )


@pytest.mark.parametrize(
    ("size", "indonesian"),
    [(0, "0 B"), (1023, "1023 B"), (348_160, "340 kB"), (1_258_291, "1,2 MB"), (10_485_760, "10,0 MB")],
)
def test_sizes_are_written_as_people_read_them(size: int, indonesian: str) -> None:
    with override("id"):
        assert wise_text.file_size(size) == indonesian


def test_a_mark_shows_its_tone_and_escapes_its_text() -> None:
    assert wise_text.chip("<b>", "ok") == '<span class="chip ok">&lt;b&gt;</span>'
    assert wise_text.chip("Verifikasi") == '<span class="chip">Verifikasi</span>'
    with pytest.raises(ValueError, match="tone"):
        wise_text.chip("x", "loud")


def test_the_meter_fills_one_bar_for_each_element() -> None:
    html = wise_text.meter(3, of=5)
    assert html.count('class="on"') == 3
    assert html.count("<i ") == 5
    assert 'aria-hidden="true"' in html


def test_the_link_to_the_page_one_is_on_says_so() -> None:
    request = RequestFactory().get("/status/")
    template = Template("{% load wise_text %}{% here '/status/' %}|{% here '/lapor/' %}")
    assert template.render(Context({"request": request})) == ' aria-current="page"|'
    assert template.render(Context({})) == "|"
