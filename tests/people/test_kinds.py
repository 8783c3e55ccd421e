"""Which roles a unit of a kind has."""

import pytest

from wise.people.kinds import ROLES, Role, UnitKind, roles_for


@pytest.mark.parametrize("kind", UnitKind)
def test_every_unit_has_a_role_that_gets_its_key(kind: UnitKind) -> None:
    assert any(row.holds_key for row in roles_for(kind.value))


@pytest.mark.parametrize("role", Role)
def test_every_role_has_its_place(role: Role) -> None:
    assert any(ROLES[role] in roles_for(kind) for kind in UnitKind)


def test_only_custodians_belong_to_the_units_that_guard_identities() -> None:
    for kind in (UnitKind.CUSTODIAN_OUTER, UnitKind.CUSTODIAN_INNER):
        assert [row.role for row in roles_for(kind)] == [Role.CUSTODIAN]
