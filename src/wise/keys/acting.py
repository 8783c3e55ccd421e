"""Acting heads of office: who stands in for a head that is away (Plh.), or in a vacant post (Plt.), and until when."""

import datetime
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from wise.keys import directory
from wise.keys.models import Proposal
from wise.people.kinds import ACTING, ActingKind, ActingRow, Role
from wise.people.models import Acting, OfficerRole
from wise.refusals import Refused


@dataclass(frozen=True, slots=True)
class Term:
    """As what somebody acts, and the last day of it."""

    kind: ActingKind
    until: datetime.date

    @property
    def row(self) -> ActingRow:
        """How it is called."""
        return ACTING[self.kind]


def term(kind: str, *, until: datetime.date | None) -> Term | None:
    """The term as an officer typed it; None for a head for good."""
    if not kind:
        if until is not None:
            raise Refused("acting-kind-missing", _("Only an acting head has a last day. Choose Plh. or Plt."))
        return None
    if until is None:
        raise Refused("acting-until-missing", _("Write the last day on which the acting head acts."))
    return Term(ActingKind(kind), until)


def check(wanted: Term | None, *, role: Role, on: datetime.date) -> None:
    """Refuse who acts as something else than a head of office, or until a day that has passed."""
    if wanted is None:
        return
    if role is not Role.HEAD:
        raise Refused("acting-no-head", _("Only a head of office can be an acting one."))
    if wanted.until < on:
        raise Refused("acting-past", _("The last day of an acting head cannot have passed."))


def enter(wanted: Term | None, *, proposal: Proposal) -> None:
    """Keep the term with the proposal that it belongs to."""
    if wanted is not None:
        directory.enter(Acting(proposal=proposal.id, kind=wanted.kind.value, until=wanted.until))


def terms_of(proposals: Collection[Proposal]) -> dict[uuid.UUID, Term]:
    """The terms of these proposals, by proposal; an altered one stops everything."""
    rows = list(Acting.objects.filter(proposal__in=[proposal.id for proposal in proposals]))
    for row in rows:
        directory.check(row)
    return {row.proposal: Term(ActingKind(row.kind), row.until) for row in rows}


def term_of(role: OfficerRole) -> Term | None:
    """As what somebody is the head of an office; None for a head for good.

    Who was appointed for some days before WiSe asked why is taken for one who stands in for those days.
    """
    if role.ends_on is None:
        return None
    confirmed = Proposal.objects.filter(officer=role.officer_id, unit=role.unit_id, role=role.role, confirmed=True)
    known = [term for term in terms_of(confirmed).values() if term.until == role.ends_on]
    return known[0] if known else Term(ActingKind.PLH, role.ends_on)
