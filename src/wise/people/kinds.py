"""Closed lists: kinds of office and of unit, and the roles an officer can have at a unit."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class OfficeKind(StrEnum):
    """What an office is."""

    INSPECTORATE = "inspectorate"
    HEAD_OFFICE = "head_office"
    REGIONAL = "regional"
    SERVICE = "service"


class UnitKind(StrEnum):
    """What a unit is for."""

    COMPLIANCE = "compliance"
    INVESTIGATION = "investigation"
    CERTAIN = "certain"
    LEADERSHIP = "leadership"
    CUSTODIAN_OUTER = "custodian_outer"
    CUSTODIAN_INNER = "custodian_inner"


# Who receives reports: where a report goes first, or goes up to.
RECEIVING = frozenset({UnitKind.COMPLIANCE, UnitKind.CERTAIN, UnitKind.INVESTIGATION})
_OFFICE = frozenset({UnitKind.COMPLIANCE, UnitKind.CERTAIN})
_INVESTIGATION = frozenset({UnitKind.INVESTIGATION})
_LEADERSHIP = frozenset({UnitKind.LEADERSHIP})
# Nobody but custodians belongs to the units that guard identities.
_CUSTODIANS = frozenset({UnitKind.CUSTODIAN_OUTER, UnitKind.CUSTODIAN_INNER})
_NOT_CUSTODIANS = frozenset(UnitKind) - _CUSTODIANS


class Role(StrEnum):
    """What an officer may do at a unit."""

    FRONT_DESK = "front_desk"
    OPERATOR = "operator"
    VERIFIER = "verifier"
    UNIT_HEAD = "unit_head"
    HEAD = "head"
    INVESTIGATOR = "investigator"
    OVERSIGHT = "oversight"
    CUSTODIAN = "custodian"
    AUDITOR = "auditor"
    EDITOR = "editor"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role's properties. `units`: the kinds of unit that have it. `holds_key`: its people get the unit's key.

    `everywhere`: it counts in the whole institution, so that no single unit gives it to anybody.
    """

    role: Role
    label: Promise
    units: frozenset[UnitKind]
    holds_key: bool
    handles_cases: bool
    everywhere: bool = False


ROLES: dict[Role, RoleRow] = {
    row.role: row
    for row in (
        RoleRow(Role.FRONT_DESK, _("Front desk"), _OFFICE, holds_key=False, handles_cases=False),
        RoleRow(Role.OPERATOR, _("Call centre operator"), _OFFICE, holds_key=False, handles_cases=False),
        RoleRow(Role.VERIFIER, _("Verifier"), _OFFICE, holds_key=True, handles_cases=True),
        RoleRow(Role.UNIT_HEAD, _("Head of unit"), RECEIVING, holds_key=True, handles_cases=True),
        RoleRow(Role.HEAD, _("Head of office"), _LEADERSHIP, holds_key=True, handles_cases=True),
        RoleRow(Role.INVESTIGATOR, _("Investigator"), _INVESTIGATION, holds_key=True, handles_cases=True),
        RoleRow(Role.OVERSIGHT, _("Oversight"), _OFFICE, holds_key=False, handles_cases=False),
        RoleRow(Role.CUSTODIAN, _("Custodian"), _CUSTODIANS, holds_key=True, handles_cases=False),
        RoleRow(Role.AUDITOR, _("Auditor"), _NOT_CUSTODIANS, holds_key=False, handles_cases=False, everywhere=True),
        RoleRow(Role.EDITOR, _("Editor"), _NOT_CUSTODIANS, holds_key=False, handles_cases=False),
        RoleRow(Role.ADMIN, _("Administrator"), _NOT_CUSTODIANS, holds_key=False, handles_cases=False, everywhere=True),
    )
}


class ActingKind(StrEnum):
    """For whom an acting head stands in."""

    PLH = "plh"
    PLT = "plt"


@dataclass(frozen=True, slots=True)
class ActingRow:
    """How an acting head is called, and why there is one."""

    kind: ActingKind
    label: Promise
    hint: Promise


ACTING: dict[ActingKind, ActingRow] = {
    row.kind: row
    for row in (
        ActingRow(ActingKind.PLH, _("Acting head (Plh.)"), _("The head is away for some days.")),
        ActingRow(ActingKind.PLT, _("Acting head (Plt.)"), _("The post is vacant.")),
    )
}


def roles_for(kind: str) -> tuple[RoleRow, ...]:
    """The roles that a unit of this kind has, as the table lists them."""
    return tuple(row for row in ROLES.values() if kind in row.units)
