"""Handing a matter to an outside authority by a letter of its own, which never says who reported.

An office's letter goes out with the answer that its head approves; other units issue it with the move that refers the
matter. The letter is sealed under the unit's `work` key: the reporter's page never shows it.
"""

import json
import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace

from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from wise.casework import authorities, proposals
from wise.casework.effects import Effect, Taking
from wise.casework.given import Given, Transfer
from wise.casework.models import Authority, Case, Step
from wise.casework.proposals import NOT_COMPETENT
from wise.keys import grants
from wise.keys.grants import Keys
from wise.letters import content as contents
from wise.letters import drafting, issuing
from wise.letters.content import Content
from wise.letters.kinds import KINDS
from wise.letters.models import Letter
from wise.people.models import Unit
from wise.refusals import Refused
from wise.register import entry

KIND = KINDS["transfer"]
PART, LETTER = "authority", "transfer"


def draft(case: Case, *, keys: Keys, authority: Authority | None = None) -> Content:
    """The letter before anybody has changed it; its recipient is empty as long as no authority was chosen."""
    lines = (authority.name, *authority.address.splitlines()) if authority else ()
    return drafting.transfer(proposals.facts_of(case, keys=keys), recipient=lines)


def worded(case: Case, transfer: Transfer, *, keys: Keys) -> Content:
    """The letter in an officer's words; refused where it is not whole, or says who reported."""
    chosen = next((row for row in authorities.in_use() if row.id == transfer.authority), None)
    if chosen is None:
        raise Refused("authority-missing", _("Choose the authority to which the matter goes."))
    points = tuple(point.strip() for point in transfer.points if point.strip())
    if not points:
        raise Refused("transfer-missing", _("The letter to the authority needs at least one point."))
    _check_says_nobody(case, points, keys=keys)
    changed = replace(draft(case, keys=keys, authority=chosen), points=points)
    # Who signs is known only when it is issued.
    contents.check(replace(changed, signer_title="-", signer_name="-"))
    return changed


def issue(content: Content, *, taking: Taking, step: Step, unit: Unit) -> Letter:
    """Number the letter and seal it for the unit that holds the case, in the transaction of the step."""
    key = grants.work_key(taking.keys, unit_id=unit.id, order=step.order)
    assert key is not None
    return issuing.issue(
        content,
        kind=KIND,
        office=unit.office,
        case_id=taking.case.id,
        key=key,
        by=taking.desk.officer,
        on=taking.desk.today,
    )


def _check_says_nobody(case: Case, points: Sequence[str], *, keys: Keys) -> None:
    """Name and address were given for the answer and for nothing else."""
    reply, text = entry.reply(case.report, keys=keys), _plain(" ".join(points))
    told = [_plain(part) for part in (reply.name, *reply.address.splitlines())]
    if any(re.search(rf"(?<!\w){re.escape(part)}(?!\w)", text) for part in told if part):
        raise Refused(
            "says-who-reported",
            _("The letter to the authority says who reported, or where they live. Take that out of its points."),
        )


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _complete_proposal(taking: Taking, given: Given) -> Given:
    """A letter of transfer belongs to the conclusion that the matter is another authority's, and is no duty there."""
    wanted = given.transfer if given.conclusion == NOT_COMPETENT else None
    if wanted is None or wanted.authority is None:
        return replace(given, transfer=None)
    _check_whole(taking, wanted)
    return given


def _check_whole(taking: Taking, transfer: Transfer) -> None:
    """A draft may be looked at with a gap in it; it goes no further."""
    worded(taking.case, transfer, keys=taking.keys)
    if any(drafting.GAP in point for point in transfer.points):
        raise Refused("transfer-gap", _("Write in the letter to the authority what stands as “…” in its draft."))


def _note(taking: Taking, given: Given) -> Mapping[str, str]:
    if given.transfer is None:
        return {}
    content = worded(taking.case, given.transfer, keys=taking.keys)
    return {LETTER: json.dumps(asdict(content), ensure_ascii=False), PART: content.recipient[0]}


def _complete_referral(taking: Taking, given: Given) -> Given:
    assert given.transfer is not None
    _check_whole(taking, given.transfer)
    return given


def _note_of_referral(taking: Taking, given: Given) -> Mapping[str, str]:
    return {PART: _note(taking, given)[PART]}


def _refer(taking: Taking, given: Given, step: Step) -> list[models.Model]:
    """Whoever refers the matter signs for the unit."""
    assert given.transfer is not None
    desk, unit = taking.desk, taking.case.unit
    content = worded(taking.case, given.transfer, keys=taking.keys)
    with translation.override(content.language):
        title = proposals.title_of(desk, unit=unit)
    signed = replace(
        content,
        signer_title=title,
        signer_name=desk.officer.name,
        signer_number=desk.officer.service_number,
    )
    return [issue(signed, taking=taking, step=step, unit=unit)]


def initial(content: Content | None, rows: Sequence[Authority]) -> uuid.UUID | None:
    """The authority that a letter goes to, if it is still in use."""
    named = content.recipient[0] if content is not None else ""
    return next((row.id for row in rows if row.name == named), None)


PROPOSED = Effect(complete=_complete_proposal, note=_note)
ISSUED = Effect(complete=_complete_referral, note=_note_of_referral, follow=_refer)
