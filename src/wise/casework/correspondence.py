"""What a reporter does after sending: add words and files, write to the unit. Nothing sent before changes (A12)."""

import datetime
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wise.audit import log
from wise.audit.models import Chain
from wise.audit.rows import fingerprint
from wise.casework import access, clock, parts, sealing
from wise.casework.models import Case, Message, Step
from wise.casework.vocabulary import Actor
from wise.casework.workflow import MOVES, STATUSES, WITHDRAWING
from wise.keys.grants import Keys
from wise.keys.keyring import Keyring
from wise.people.models import Reporter
from wise.refusals import NotThere, Refused
from wise.register import attachments, drafts, entry, looking, telltale
from wise.register.drafts import DraftedFile
from wise.register.models import Addition, Attachment

LONGEST_TEXT = 20_000
# Times that a reporter may write about one report: all of it stands on one page, which its unit must be able to open.
MOST_WORDS = 200


def add(
    report_id: uuid.UUID,
    *,
    text: str = "",
    files: Sequence[DraftedFile] = (),
    by: Reporter,
    keyring: Keyring,
    at: datetime.datetime,
) -> None:
    """Add words or files to one's own report ("tambah lampiran pengaduan"); the unit sees that something is new."""
    if not text.strip() and not files:
        raise Refused("nothing-added", _("Write something or choose a file."))
    telltale.refuse_secrets([text, *(file.name for file in files)], of=by)
    for refused in looking.undecided(files):
        raise refused
    with transaction.atomic():
        cases = own_cases(report_id, by=by)
        case = cases[0]
        keys = access.keys_of(case, keyring=keyring)
        on = clock.today_at(case.office, at=at)
        order = case.last_order + 1
        rows: list[str] = []
        if files:
            _check_room(report_id, files)
            entered = attachments.enter(case.report, files=files, keys=keys, order=order, on=on)
            rows += map(fingerprint, entered)
        if text.strip():
            check_room_for_words(case)
            added = entry.add_words(case.report, text=text.strip(), keys=keys, order=order, on=on)
            rows.append(fingerprint(added))
        # What is added belongs to the report, so it is news on every part of it.
        parts.of_report(report_id).update(last_order=order, has_news=True, changed_on=on)
        log.record("add", chain=Chain.REPORTERS, at=at, subject=report_id, facts={"rows": rows})


def add_held(
    report_id: uuid.UUID,
    token: str,
    *,
    text: str,
    as_is: Collection[str],
    by: Reporter,
    keyring: Keyring,
    at: datetime.datetime,
) -> None:
    """Add what was held in a draft, with the words as they are now: once, however often it is asked.

    `as_is`: the ids of the files to be sent as they came.
    """
    with transaction.atomic():
        held = drafts.resume(token, at=at, lock=True)
        if held is None:
            raise NotThere
        if held.receipt is None:
            files = looking.decided(held.files, as_is=as_is)
            add(report_id, text=text, files=files, by=by, keyring=keyring, at=at)
            drafts.turn_into_receipt(held, receipt={"added": True}, at=at)


def write(
    report_id: uuid.UUID,
    *,
    text: str,
    by: Reporter,
    keyring: Keyring,
    at: datetime.datetime,
    part: int | None = None,
) -> None:
    """Write to the unit that handles a part of the report. Where it had asked something, the case goes on.

    Where no part is said, it is the one that waits for the reporter, else the first.
    """
    if not text.strip():
        raise Refused("text-missing", _("Write your message."))
    telltale.refuse_secrets([text], of=by)
    move = MOVES["reply"]
    with transaction.atomic():
        case = parts.meant(own_cases(report_id, by=by), part=part)
        keys = access.keys_of(case, keyring=keyring)
        check_room_for_words(case)
        on = clock.today_at(case.office, at=at)
        rows = _answered(case, on=on)
        case.last_order += 1
        rows.append(fingerprint(insert_message(case, text, move=move.name, keys=keys, on=on)))
        case.has_news, case.changed_on = True, on
        case.save(update_fields=["status_code", "last_order", "has_news", "changed_on"])
        parts.advance(case)
        log.record("write", chain=Chain.REPORTERS, at=at, subject=report_id, facts={"rows": rows})


def _answered(case: Case, *, on: datetime.date) -> list[str]:
    """Where the unit waits for these words, the case goes on: the fingerprint of the step, if there is one."""
    move, before = MOVES["reply"], case.status_code
    after = STATUSES[move.after_by.get(before, before)]
    if after.code == before:
        return []
    case.last_order += 1
    case.status_code = after.code
    step = Step.objects.create(
        case=case, order=case.last_order, move=move.name, before=before, after=after.code, on=on, unit=case.unit
    )
    return [fingerprint(step)]


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """That a report was withdrawn: since when that is known, and whether on a signed paper that the unit recorded."""

    on: datetime.date
    on_paper: bool


def withdrawal(case: Case) -> Withdrawal | None:
    """The reporter's wish to withdraw, by their own act or on paper; None where there is none."""
    found = case.steps.filter(move__in=WITHDRAWING).order_by("order").values_list("on", "move").first()
    return Withdrawal(found[0], MOVES[found[1]].actor is Actor.OFFICER) if found else None


def can_withdraw(case: Case) -> bool:
    """Whether there is work left to withdraw from; a wish is told once."""
    return case.status_code in MOVES["withdraw"].before and withdrawal(case) is None


def withdraw(report_id: uuid.UUID, *, text: str, by: Reporter, keyring: Keyring, at: datetime.datetime) -> None:
    """Record that the reporter withdraws the report. Status and clock stay as they are: the unit may go on."""
    if not text.strip():
        raise Refused("text-missing", _("Tell the unit that you withdraw the report."))
    telltale.refuse_secrets([text], of=by)
    with transaction.atomic():
        open_ones = [case for case in own_cases(report_id, by=by) if can_withdraw(case)]
        if not open_ones:
            raise Refused("not-withdrawable", _("This report was withdrawn already, or its handling is finished."))
        rows: list[str] = []
        order = open_ones[0].last_order
        for case in open_ones:
            keys = access.keys_of(case, keyring=keyring)
            case.last_order = order
            rows += _wish(case, text, keys=keys, on=clock.today_at(case.office, at=at))
            order = case.last_order
        parts.advance(case)
        log.record("withdraw", chain=Chain.REPORTERS, at=at, subject=report_id, facts={"rows": rows})


def _wish(case: Case, text: str, *, keys: Keys, on: datetime.date) -> list[str]:
    """The step and the words with which one part of a report is withdrawn; their fingerprints."""
    move, here = MOVES["withdraw"], case.status_code
    order = case.last_order + 1
    step = Step.objects.create(case=case, order=order, move=move.name, before=here, after=here, on=on, unit=case.unit)
    case.last_order, case.has_news, case.changed_on = order + 1, True, on
    message = insert_message(case, text, move=move.name, keys=keys, on=on)
    case.save(update_fields=["last_order", "has_news", "changed_on"])
    return [fingerprint(step), fingerprint(message)]


def insert_message(case: Case, text: str, *, move: str, keys: Keys, on: datetime.date) -> Message:
    """The reporter's words, at the place that the case has come to."""
    message = Message(case=case, order=case.last_order, move=move, on=on)
    message.sealed = sealing.seal_words(message, text.strip(), keys=keys)
    message.save(force_insert=True)
    return message


def own_cases(report_id: uuid.UUID, *, by: Reporter) -> list[Case]:
    """The cases on one's own report, locked; `NotThere` for everybody else's."""
    parts.lock([report_id])
    return parts.own(report_id, reporter=by)


def _check_room(report_id: uuid.UUID, files: Sequence[DraftedFile]) -> None:
    drafts.check_room(count=len(files), size=sum(file.stored.size for file in files))
    if Attachment.objects.filter(report_id=report_id).count() + len(files) > attachments.MOST_OF_A_REPORT:
        raise Refused("report-full", _("This report has as many files as it can hold. Please file another report."))


def check_room_for_words(case: Case) -> None:
    """Refuse where the report holds as many words as its page can show."""
    said = Message.objects.filter(case__report_id=case.report_id, by=None).count()
    written = said + Addition.objects.filter(report_id=case.report_id).count()
    if written >= MOST_WORDS:
        raise Refused("report-full", _("This report holds as many messages as it can. Please file another report."))
