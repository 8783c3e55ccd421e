"""Sending, seen from inside: of two that are sent at once, each is answered by the one report there is (P04)."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from django_webtest import DjangoTestApp

from tests import reporters
from tests import world as cast
from tests.reporters import NAME, address, form_to, secret
from tests.world import PASSWORD, World
from wise.people.models import Reporter
from wise.portal import sending
from wise.portal.sending import Account
from wise.portal.telling import TellForm
from wise.refusals import Refused
from wise.register import drafts
from wise.register.models import Report
from wise.ui import trouble

type Visitor = Callable[[], DjangoTestApp]
SARI = Account(NAME, PASSWORD, is_new=True)


def _draft(**told: str) -> drafts.OpenDraft:
    at = timezone.now()
    return drafts.begin(told={"stream": "service", "concerns": "none", "what": "Antre lama"} | told, at=at)


def _send(draft: drafts.OpenDraft, account: Account = SARI) -> str:
    return sending.as_stranger(draft, TellForm(draft.told), account=account, at=timezone.now())


def test_what_was_sent_already_is_sent_no_second_time_and_signs_nobody_in(world: World) -> None:
    draft = _draft()
    assert _send(draft)
    assert not _send(draft)
    assert Report.objects.count() == 1


def test_a_draft_that_another_window_spoilt_is_not_sent(world: World) -> None:
    draft = _draft()
    drafts.save(draft, told={"stream": "service", "concerns": "none", "what": ""}, at=timezone.now())
    with pytest.raises(Refused, match="incomplete"):
        _send(draft)


def test_the_later_twin_is_not_told_that_its_own_pseudonym_is_taken(world: World) -> None:
    draft = _draft()

    def later() -> Any:
        _send(draft)
        raise Refused("name-taken", "")

    assert sending._once(draft, later, at=timezone.now()) is None


def test_a_refusal_that_nobody_else_resolved_stays_one(world: World) -> None:
    cast.join(NAME)
    with pytest.raises(Refused, match="name-taken"):
        _send(_draft())


def test_p04_two_windows_send_at_once_and_there_is_one_report(committed_world: World, visitor: Visitor) -> None:
    first = visitor()
    check = reporters.tell(first)
    cookie, results = first.cookies["wise_draft"], []
    fields = dict(form_to(check, field="send").submit_fields()) | {
        "account": "new",
        "pseudonym": NAME,
        "password": PASSWORD,
        "send": "1",
    }

    def press() -> None:
        browser = visitor()
        browser.set_cookie("wise_draft", cookie)
        page = browser.post(address("check"), params=fields, status=302).follow()
        results.append((secret(page, "register-number"), secret(page, "recovery-code")))
        connection.close()

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 4
    assert len(set(results)) == 1
    assert Report.objects.count() == Reporter.objects.count() == 1


def test_a_fault_of_the_machine_that_nobody_can_wait_for_stays_a_fault() -> None:
    with pytest.raises(PermissionError), trouble.as_refusal():
        raise PermissionError(13, "Permission denied")
