"""The letters of a case, opened: for officers, for the reporter, and what the page of a move shows beside its form."""

import datetime
import uuid
from dataclasses import dataclass

from django.db import transaction

from wise.audit import log
from wise.audit.models import Chain
from wise.casework import access, actions, conflict, evidence, improving, parts, proposals, reading, tasks, transferring
from wise.casework.access import Desk
from wise.casework.evidence import CaseFile
from wise.casework.given import Transfer, Wording
from wise.casework.improving import Ordered
from wise.casework.models import Case
from wise.casework.proposals import Proposal, Verified
from wise.casework.tasks import OpenedTask
from wise.casework.vocabulary import Path
from wise.keys.keyring import Keyring
from wise.letters import issuing, typesetting
from wise.letters.content import Content
from wise.letters.issuing import Issued
from wise.people.models import Reporter
from wise.refusals import NotThere
from wise.register import entry
from wise.register.entry import Reply


@dataclass(frozen=True, slots=True, repr=False)
class ForMove:
    """What the page of a move shows of a case, beside the form. `files`: what the verification rests on.

    `reported`: everybody who was named so far. `transfer`: the letter to an outside authority, as it begins.
    """

    case: Case
    reply: Reply
    verified: Verified
    draft: Content
    transfer: Content
    proposal: Proposal | None
    letter: Issued | None
    improvements: tuple[Ordered, ...]
    reported: tuple[str, ...]
    tasks: tuple[OpenedTask, ...]
    files: tuple[CaseFile, ...] = ()


def for_move(case_id: uuid.UUID, *, desk: Desk, at: datetime.datetime) -> ForMove:
    """Open of a case what the page of a move shows; this is a reading too, and is logged."""
    case, keys = reading.opened_for(case_id, desk=desk, at=at)
    found = proposals.verified(case, keys=keys)
    named = evidence.by_label(case, keys=keys) if found.rests_on else {}
    proposal = proposals.proposal(case, keys=keys)
    before = proposal.transfer if proposal else None
    return ForMove(
        case=case,
        reply=entry.reply(case.report, keys=keys),
        verified=found,
        draft=proposals.draft(case, keys=keys),
        transfer=before or transferring.draft(case, keys=keys),
        proposal=proposal,
        letter=proposals.approved(case, keys=keys),
        improvements=tuple(row for row in improving.of_case(case, keys=keys) if row.done_on is None),
        reported=conflict.named(case, keys=keys),
        files=tuple(named[label] for label in found.rests_on if label in named),
        tasks=tuple(task for task in tasks.of_case(case, keys=keys) if task.row.is_open),
    )


def letter_of(case_id: uuid.UUID, letter_id: uuid.UUID, *, desk: Desk, at: datetime.datetime) -> Issued:
    """A letter of a case, for an officer of a unit that holds or leads it; taking it is logged."""
    with transaction.atomic():
        case = access.case_for(desk, case_id)
        keys = access.keys_of(case, keyring=desk.keyring)
        found = [row for row in issuing.letters_of(case.id, keys=keys.values()) if row.letter.id == letter_id]
        if not found:
            raise NotThere
        facts: dict[str, log.Fact] = {"letter": str(letter_id)}
        log.record("download", chain=Chain.OFFICERS, at=at, subject=case.id, by=desk.officer.id, facts=facts)
    return found[0]


def draft_of(case_id: uuid.UUID, *, wording: Wording | None, desk: Desk, at: datetime.datetime) -> typesetting.Draft:
    """The letter that was proposed last, or (`wording`) the draft in words just typed; taking it is logged."""
    with transaction.atomic():
        case = access.case_for(desk, case_id)
        keys = access.keys_of(case, keyring=desk.keyring)
        if actions.path_of(case) is not Path.OFFICE:
            raise NotThere
        proposed = proposals.proposal(case, keys=keys)
        if wording is not None:
            content = proposals.worded(proposals.draft(case, keys=keys), wording)
        elif proposed is not None:
            content = proposed.content
        else:
            raise NotThere
        facts: dict[str, log.Fact] = {"letter": "draft"}
        log.record("download", chain=Chain.OFFICERS, at=at, subject=case.id, by=desk.officer.id, facts=facts)
    return typesetting.Draft(content, proposals.RESPONSE, case.unit.office, desk.today)


def transfer_draft_of(
    case_id: uuid.UUID, *, transfer: Transfer | None, desk: Desk, at: datetime.datetime
) -> typesetting.Draft:
    """The letter of transfer that was proposed last, or (`transfer`) in words just typed; taking it is logged."""
    with transaction.atomic():
        case = access.case_for(desk, case_id)
        keys = access.keys_of(case, keyring=desk.keyring)
        proposed = proposals.proposal(case, keys=keys)
        content = proposed.transfer if proposed else None
        if transfer is not None:
            content = transferring.worded(case, transfer, keys=keys)
        if content is None:
            raise NotThere
        facts: dict[str, log.Fact] = {"letter": "draft"}
        log.record("download", chain=Chain.OFFICERS, at=at, subject=case.id, by=desk.officer.id, facts=facts)
    return typesetting.Draft(content, transferring.KIND, case.unit.office, desk.today)


def own_letter(report_id: uuid.UUID, own_id: uuid.UUID, *, reporter: Reporter, keyring: Keyring) -> Issued:
    """A letter to oneself that was delivered, by the id that only reporters' pages use."""
    found = [
        row
        for case in parts.own(report_id, reporter=reporter)
        for row in proposals.delivered(case, keys=access.keys_of(case, keyring=keyring))
        if row.letter.own_id == own_id
    ]
    if not found:
        raise NotThere
    return found[0]
