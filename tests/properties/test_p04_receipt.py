"""P04: a secret is shown once the report is stored, for a while; sending again shows the same and stores nothing."""

import datetime
from collections.abc import Callable

import pytest

from tests import world as cast
from tests.world import NOW, PASSWORD, Teller, World
from wise.audit.models import Entry
from wise.casework import intake
from wise.casework.intake import Receipt, Sender, Telling
from wise.casework.models import Case, Step
from wise.keys.models import Grant, Holder
from wise.people import joining
from wise.people.models import Reporter
from wise.refusals import NotThere
from wise.register import blobs, drafts
from wise.register.drafts import OpenDraft
from wise.register.models import AgendaCounter, Attachment, DraftFile, Report

MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def sari(world: World) -> Teller:
    return cast.join("burung malam")


def _draft(*files: str) -> OpenDraft:
    draft = cast.draft(what="Antre lama")
    for name in files:
        draft = drafts.add_file(draft, name=name, media_type="image/jpeg", stored=cast.file(name.encode()).stored)
    return draft


def _send(
    draft: OpenDraft,
    *,
    by: Callable[[], Sender],
    telling: Callable[[OpenDraft], Telling] = lambda draft: cast.queues(files=draft.files),
) -> Receipt:
    return intake.receive_draft(draft.token, telling=telling, sender=by, at=NOW)


def _counts() -> list[int]:
    models = (Report, Case, Step, Attachment, Grant, Entry, Reporter, Holder, AgendaCounter)
    return [model._default_manager.count() for model in models]


def test_p04_after_sending_the_draft_is_the_receipt_alone(sari: Teller) -> None:
    draft = _draft("satu.jpg")

    _send(draft, by=lambda: cast.sender(sari))

    sent = drafts.resume(draft.token, at=NOW)
    assert sent is not None
    assert sent.receipt is not None
    assert (dict(sent.told), sent.files) == ({}, ())
    assert not DraftFile.objects.exists()
    assert blobs.path_of(draft.files[0].stored.blob).exists()


def test_p04_the_receipt_is_shown_for_a_quarter_of_an_hour_or_until_it_was_kept(sari: Teller) -> None:
    draft = _draft("satu.jpg")
    _send(draft, by=lambda: cast.sender(sari))

    assert drafts.resume(draft.token, at=NOW + 14 * MINUTE) is not None
    assert drafts.resume(draft.token, at=NOW + 15 * MINUTE) is None

    drafts.discard(draft.token)
    drafts.discard(draft.token)
    assert drafts.resume(draft.token, at=NOW) is None
    assert blobs.path_of(Attachment.objects.get().blob).exists()


def test_p04_sending_again_shows_the_same_receipt_and_makes_no_second_report(world: World) -> None:
    draft = _draft("satu.jpg")
    first = _send(
        draft, by=lambda: intake.newcomer(joining.prepare_reporter("burung malam", password=PASSWORD, at=NOW))
    )
    before = _counts()

    def never() -> Sender:
        raise AssertionError

    assert _send(draft, by=never) == first
    assert _counts() == before


def test_p04_a_draft_that_is_no_longer_there_cannot_be_sent(world: World, sari: Teller) -> None:
    draft = _draft()
    drafts.discard(draft.token)

    with pytest.raises(NotThere):
        _send(draft, by=lambda: cast.sender(sari))


def test_p04_a_draft_that_went_while_it_was_being_sealed_is_not_sent(world: World, sari: Teller) -> None:
    draft = _draft()

    def gone(seen: OpenDraft) -> Telling:
        drafts.discard(seen.token)
        return cast.queues()

    with pytest.raises(NotThere):
        _send(draft, by=lambda: cast.sender(sari), telling=gone)
    assert not Report.objects.exists()


def test_p04_a_draft_that_was_sent_from_another_window_meanwhile_gives_its_receipt(world: World, sari: Teller) -> None:
    draft, first = _draft(), list[Receipt]()

    def meanwhile(seen: OpenDraft) -> Telling:
        if not first:
            first.append(_send(seen, by=lambda: cast.sender(sari)))
        return cast.queues()

    assert _send(draft, by=lambda: cast.sender(sari), telling=meanwhile) == first[0]
    assert Report.objects.count() == 1
