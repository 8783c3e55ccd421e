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
    """A role's properties. `holds_key`: its people are members of the unit and get its key.

    `everywhere`: it counts in the whole institution, so that no single unit gives it to anybody.
    """

    role: Role
    label: Promise
    holds_key: bool
    handles_cases: bool
    everywhere: bool = False


ROLES: dict[Role, RoleRow] = {
    row.role: row
    for row in (
        RoleRow(Role.FRONT_DESK, _("Front desk"), holds_key=False, handles_cases=False),
        RoleRow(Role.OPERATOR, _("Call centre operator"), holds_key=False, handles_cases=False),
        RoleRow(Role.VERIFIER, _("Verifier"), holds_key=True, handles_cases=True),
        RoleRow(Role.UNIT_HEAD, _("Head of unit"), holds_key=True, handles_cases=True),
        RoleRow(Role.HEAD, _("Head of office"), holds_key=True, handles_cases=True),
        RoleRow(Role.INVESTIGATOR, _("Investigator"), holds_key=True, handles_cases=True),
        RoleRow(Role.OVERSIGHT, _("Oversight"), holds_key=False, handles_cases=False),
        RoleRow(Role.CUSTODIAN, _("Custodian"), holds_key=True, handles_cases=False),
        RoleRow(Role.AUDITOR, _("Auditor"), holds_key=False, handles_cases=False, everywhere=True),
        RoleRow(Role.EDITOR, _("Editor"), holds_key=False, handles_cases=False),
        RoleRow(Role.ADMIN, _("Administrator"), holds_key=False, handles_cases=False, everywhere=True),
    )
}
