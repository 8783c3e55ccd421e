"""The head of office decides: what a unit proposes is read, returned with a reason, or approved and issued (B4, B5)."""

import datetime
import json
import uuid
from collections.abc import Mapping
from dataclasses import asdict, replace

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wise.casework import delivering, improving, leading, proposals, transferring
from wise.casework.effects import Effect, Taking
from wise.casework.given import Given
from wise.casework.models import Case, Step
from wise.casework.proposals import INDICATED, RESPONSE
from wise.keys import directory, grants, staff
from wise.keys.grants import CONTENT
from wise.letters import drafting, issuing
from wise.letters.kinds import KINDS
from wise.people.kinds import Role, UnitKind
from wise.people.models import Officer, Unit
from wise.refusals import Refused
from wise.register import entry

# Whoever took one of these verified the case, and never approves it.
_OWN_WORK = ("verify", "conclude_verification", "propose")


def leadership(case: Case, *, by: Officer, today: datetime.date) -> Unit:
    """The head's unit that this case would be put before; refused where nobody there could decide about it."""
    unit = Unit.objects.filter(office=case.unit.office, kind=UnitKind.LEADERSHIP).first()
    heads: set[uuid.UUID] = set()
    if unit is not None:
        directory.check(unit)
        posts = staff.posts([unit], on=today)[unit.id]
        heads = {post.officer.id for post in posts if post.role.role is Role.HEAD and post.has_key}
    if unit is None or not heads:
        raise Refused(
            "no-head",
            _("Nobody is entered as head of this office, so nobody could decide. Have somebody proposed under People."),
        )
    if heads <= {by.id, *_verifiers(case)}:
        raise Refused(
            "head-verified",
            _("The only head of this office has verified this case. Somebody else must be appointed to decide on it."),
        )
    return unit


def barred(case: Case, *, officer: Officer) -> Promise | None:
    """Why this officer may not approve this case; None where they may."""
    if officer.id in _verifiers(case):
        return _("You have verified this case yourself. Another head of office must decide about it.")
    return None


def _complete_proposal(taking: Taking, given: Given) -> Given:
    found = proposals.verified(taking.case, keys=taking.keys)
    return replace(given, conclusion=found.finding)


def _note_of_proposal(taking: Taking, given: Given) -> Mapping[str, str]:
    assert given.letter is not None
    case, keys = taking.case, taking.keys
    words = {"letter": proposals.worded(proposals.draft(case, keys=keys), given.letter)}
    if courtesy := proposals.courtesy_of(case, given.letter, keys=keys):
        words["courtesy"] = courtesy
    letters = {name: json.dumps(asdict(content), ensure_ascii=False) for name, content in words.items()}
    return {"recommendation": given.recommendation.strip(), **letters}


def _complete_delivery(taking: Taking, given: Given) -> Given:
    case, keys = taking.case, taking.keys
    letter = proposals.approved(case, keys=keys)
    if letter is None:
        raise Refused("no-letter", _("There is no approved letter. The head of office must approve one first."))
    reply, today = entry.reply(case.report, keys=keys), taking.desk.today
    delivering.check(given.delivery, report=case.report, reply=reply, letter_on=letter.dated_on, today=today)
    return given


def _complete_approval(taking: Taking, given: Given) -> Given:
    case, keys, desk = taking.case, taking.keys, taking.desk
    why_not = barred(case, officer=desk.officer)
    if why_not is not None:
        raise Refused("own-work", why_not)
    found = proposals.proposal(case, keys=keys)
    if found is None:
        raise Refused("no-proposal", _("There is no draft letter to approve. Return the case with a reason."))
    if not found.indicated:
        return replace(given, conclusion=found.finding, actions=())
    # What is ordered for the main case is ordered once, for all who complained of the same.
    if not (improved_with(case) and not given.actions):
        improving.check(given.actions, today=desk.today)
    return replace(given, conclusion=INDICATED)


def improved_with(case: Case) -> Case | None:
    """The main case for which the head has ordered an improvement already; None where this one needs its own."""
    main = case.follows
    return main if main is not None and main.improvements.exists() else None


def _note_of_approval(taking: Taking, given: Given) -> Mapping[str, str]:
    main = improved_with(taking.case) if given.conclusion == INDICATED and not given.actions else None
    return {"improvement_in": main.agenda_number} if main is not None else {}


def _put_before_the_head(taking: Taking, given: Given, step: Step) -> list[models.Model]:
    """Number and seal the note to the head, and give the head's unit the keys to read it all."""
    case, keys, desk = taking.case, taking.keys, taking.desk
    lead = leadership(case, by=desk.officer, today=desk.today)
    work = grants.work_key(keys, unit_id=step.unit_id, order=step.order)
    assert work is not None
    note = issuing.issue(
        drafting.note(proposals.note_facts(case, recommendation=given.recommendation.strip(), keys=keys, desk=desk)),
        kind=KINDS["note"],
        office=case.unit.office,
        case_id=case.id,
        key=work,
        by=desk.officer,
        on=desk.today,
    )
    leading.give(case, keys, lead=lead, desk=desk)
    case.lead = lead
    return [note]


def _issue_response(taking: Taking, given: Given, step: Step) -> list[models.Model]:
    """Number, sign for and seal the letter that was proposed; whoever approves stands below it."""
    case, keys, desk = taking.case, taking.keys, taking.desk
    improving.order(step, given.actions, keys=keys)
    found = proposals.proposal(case, keys=keys)
    assert found is not None
    assert case.lead is not None
    letter = issuing.issue(
        proposals.signed(found.content, desk=desk, unit=case.lead),
        courtesy=proposals.signed(found.courtesy, desk=desk, unit=case.lead) if found.courtesy else None,
        kind=RESPONSE,
        office=case.unit.office,
        case_id=case.id,
        key=keys[CONTENT],
        by=desk.officer,
        on=desk.today,
    )
    if found.transfer is None:
        return [letter]
    transfer = proposals.signed(found.transfer, desk=desk, unit=case.lead)
    return [letter, transferring.issue(transfer, taking=taking, step=step, unit=case.unit)]


def _verifiers(case: Case) -> set[uuid.UUID]:
    return set(case.steps.filter(move__in=_OWN_WORK, by__isnull=False).values_list("by_id", flat=True))


PROPOSAL = Effect(complete=_complete_proposal, note=_note_of_proposal, follow=_put_before_the_head)
APPROVAL = Effect(complete=_complete_approval, note=_note_of_approval, follow=_issue_response)
DELIVERY = Effect(complete=_complete_delivery, note=delivering.note_of)
