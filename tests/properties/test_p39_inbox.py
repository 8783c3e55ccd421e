"""P39: with 10,000 cases the inbox stays one small page, made with the same number of queries as with ten."""

import datetime
import secrets
import uuid
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_webtest import DjangoTestApp

from tests import officers
from tests.world import NOW, World, case_of, join, queues
from wise.casework.models import Case
from wise.register.models import Report, Topic

MANY = 10_000
LARGEST = 100_000


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


def multiply(case: Case, *, times: int) -> None:
    """Rows like this one, as they would lie in the database; what is sealed in them is not opened by a list."""
    reports, cases = [], []
    for number in range(times):
        day = NOW.date() - datetime.timedelta(days=number % 60)
        sealed = secrets.token_bytes(64)
        report = Report(
            id=uuid.uuid4(),
            register_lookup=secrets.token_bytes(32),
            channel="online",
            stream=case.stream_code,
            topic=case.report.topic,
            office=case.office,
            received_on=day,
            sealed=sealed,
            commitments={},
        )
        reports.append(report)
        cases.append(
            Case(
                report=report,
                agenda_number=f"PGD-{number + 100}/KNL.0303/2026",
                stream_code=case.stream_code,
                office=case.office,
                unit=case.unit,
                handler=case.handler,
                status_code=case.status_code,
                rule_set=case.rule_set,
                received_on=day,
                due_on=day + datetime.timedelta(days=30),
                changed_on=day,
            )
        )
    Report.objects.bulk_create(reports, batch_size=500)
    Case.objects.bulk_create(cases, batch_size=500)


def test_p39_ten_thousand_cases(world: World, visitor: Callable[[], DjangoTestApp]) -> None:
    sari = join()
    for _ in range(10):
        world.take("verify", sari.tells(queues(topic=Topic.objects.get(code="time"))), by="wulan")
    wulan = officers.sign_in(visitor(), "wulan")
    wulan.get("/kerja/")
    with CaptureQueriesContext(connection) as few:
        wulan.get("/kerja/")

    multiply(case_of(sari.tells(queues(topic=Topic.objects.get(code="time")))), times=MANY)
    addresses = ("/kerja/", "/kerja/?page=200&sort=newest", "/kerja/?view=mine", "/kerja/?agenda=KNL&stream=service")
    for address in addresses:
        with CaptureQueriesContext(connection) as many:
            page = wulan.get(address)

        # One more where “Mine” asks for whom one stands in; fewer where a page has no handlers to ask about.
        assert len(many) <= len(few) + 1, address
        assert len(page.body) < LARGEST, address
    assert wulan.get("/kerja/").html.find(class_="rail").find("a").span.text == "999+"
    assert "1–25 dari lebih dari 999" in wulan.get("/kerja/")
    assert "4976–5000 dari lebih dari 999" in wulan.get("/kerja/?page=200&sort=newest")
