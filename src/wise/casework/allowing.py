"""Deciding about a disclosure, for one custodian unit after the other; printing envelopes; and the end of it all.

The first unit takes the outer box off and sets the last day; with the second's word one officer has the key.
"""

import datetime
import uuid

from django.db import transaction
from django.db.models import Q
from django.utils import dateformat, timezone
from django.utils.translation import gettext_lazy as _

from wise.audit import log
from wise.audit.models import Chain
from wise.audit.rows import fingerprint
from wise.casework import access, custody, disclosing, ended, excluding
from wise.casework.access import Desk
from wise.casework.models import Case
from wise.keys import directory
from wise.people.kinds import UnitKind
from wise.refusals import NotThere, Refused
from wise.vault import disclosures, terms
from wise.vault.deposits import Identity
from wise.vault.disclosures import Deed
from wise.vault.kinds import LIVE, WAITING
from wise.vault.models import Disclosure, Turn


def decide(
    disclosure_id: uuid.UUID,
    *,
    allowed: bool,
    answer: str = "",
    until: datetime.date | None = None,
    desk: Desk,
    at: datetime.datetime,
) -> Disclosure:
    """Allow or refuse, for one's own unit. The first sets the last day; with the second's word one officer has the key.

    Where the request has waited too long, the case has left the unit that asked, or who asked may not see it any more,
    it comes to nothing.
    """
    answer = answer.strip()
    _check(answer, allowed=allowed)
    with transaction.atomic():
        row = custody.found(disclosure_id, desk=desk, lock=True)
        unit = custody.deciding_unit(row, desk=desk)
        if unit is None:
            raise Refused("decided-already", _("This was decided meanwhile, or taken back."))
        if sentence := custody.barred(list(row.turns.all()), desk=desk):
            raise Refused("not-yours-to-decide", sentence)
        case = Case.objects.select_related("unit", "report").get(id=row.case_id)
        over = _why_over(row, case, desk=desk)
        if over is not None:
            ended.end(row, by=desk.officer.id, at=at)
        else:
            deed = disclosing.advance(case, desk=desk, unit=unit, at=at)
            turn = _decided(row, case, allowed=allowed, answer=answer, until=until, desk=desk, deed=deed)
            facts: dict[str, log.Fact] = {"disclosure": str(row.id), "rows": [fingerprint(turn)]}
            facts |= {"state": row.state_code, "until": row.until.isoformat() if row.until else None}
            name = "decide-disclosure"
            log.record(name, chain=Chain.OFFICERS, at=at, subject=case.id, by=desk.officer.id, facts=facts)
    if over is not None:
        raise over
    return row


def envelope(disclosure_id: uuid.UUID, *, desk: Desk, at: datetime.datetime) -> Identity:
    """The name and address for an envelope, for the custodian who confirmed it, while it lasts. Each time is logged."""
    row = custody.found(disclosure_id, desk=desk)
    if not custody.prints(row, desk=desk):
        raise NotThere
    keys = disclosing.opened_keys(row, desk=desk)
    disclosing.log_opening(row, desk=desk, at=at)
    found = disclosing.identity_of(row, keys=keys)
    if not found.address.strip():
        raise Refused("no-address", _("The reporter has confided no address: no letter can be sent. Tell the unit so."))
    return found


def end_what_is_over(*, at: datetime.datetime) -> int:
    """End what has come to its last day, and what nobody decided in time; how many there were. Safe at any time."""
    over, count = is_over(timezone.localdate(at)), 0
    for row_id in Disclosure.objects.filter(over).values_list("id", flat=True):
        with transaction.atomic():
            row = Disclosure.objects.select_for_update().filter(over, id=row_id).first()
            # What somebody forged opens nothing, and `wise vault check` names it.
            if row is not None and disclosures.is_genuine(row):
                ended.end(row, by=None, at=at)
                count += 1
    return count


def is_over(today: datetime.date) -> Q:
    """Which disclosures have come to their last day, or waited longer than their kind may wait."""
    over = Q(state_code__in=LIVE, until__lt=today)
    for term in terms.every().values():
        last = today - datetime.timedelta(days=term.wait)
        over |= Q(kind_code=term.kind, state_code__in=WAITING, asked_on__lt=last)
    return over


def _check(answer: str, *, allowed: bool) -> None:
    if not allowed and not answer:
        raise Refused("answer-missing", _("Write why it is refused. Whoever asked will read it."))
    if len(answer) > disclosing.LONGEST_WORDS:
        raise Refused("words-long", _("Write at most 2,000 characters."))


def _why_over(row: Disclosure, case: Case, *, desk: Desk) -> Refused | None:
    """Why a request comes to nothing instead of being decided; None where it does not.

    The unit that asked must still hold the case, and whoever asked still handle its cases and be allowed to see it.
    """
    # Nobody may have ended it yet although its time is over.
    if Disclosure.objects.filter(is_over(desk.today), id=row.id).exists():
        return Refused("too-late", _("It has waited for too long: the request came to nothing. The unit can ask anew."))
    if case.unit_id != row.unit_id or row.asked_by not in excluding.handlers(case, on=desk.today):
        return Refused(
            "asker-left", _("The case has left the unit that asked, or whoever asked: the request came to nothing.")
        )
    return None


def _decided(
    row: Disclosure,
    case: Case,
    *,
    allowed: bool,
    answer: str,
    until: datetime.date | None,
    desk: Desk,
    deed: Deed,
) -> Turn:
    words, ring = {"answer": answer}, desk.keyring
    if not allowed:
        return disclosures.refuse(row, words=words, keyring=ring, deed=deed)
    if row.state.waits_for is UnitKind.CUSTODIAN_OUTER:
        turn = disclosures.pass_on(row, until=_last_day(row, until, desk=desk), words=words, keyring=ring, deed=deed)
    else:
        reader = row.asked_by if row.kind.to_asker else desk.officer
        turn = disclosures.allow(
            row,
            reader=reader,
            to=directory.holder_of(reader),
            words=words,
            keyring=ring,
            vouched={**access.vouched_later(row.report_id), **case.report.commitments},
            deed=deed,
        )
    if turn is None:
        raise Refused("nothing-to-disclose", _("The vault does not hold this any more."))
    return turn


def _last_day(row: Disclosure, until: datetime.date | None, *, desk: Desk) -> datetime.date:
    last = desk.today + datetime.timedelta(days=terms.of(row.kind_code).most)
    if until is None or not desk.today <= until <= last:
        day = dateformat.format(last, "j F Y")
        raise Refused(
            "until-missing", _("Choose the last day: today at the earliest, %(day)s at the latest.") % {"day": day}
        )
    return until
