"""What the tables have in common that the institution keeps: WiSe comes with rows that nobody there checked yet.

An editor or the administrator checks, changes, adds and hides rows; they stand in the order in which they came in.
"""

import uuid

from wise.casework.access import Desk
from wise.casework.models import Kept
from wise.people.kinds import Role
from wise.refusals import NotThere, Refused


def may_edit(desk: Desk) -> bool:
    """Whether this officer keeps such tables."""
    return desk.has(Role.EDITOR) or desk.has(Role.ADMIN)


def must_edit(desk: Desk) -> None:
    """Raise `NotThere` for everybody else."""
    if not may_edit(desk):
        raise NotThere


def in_use[Row: Kept](table: type[Row]) -> list[Row]:
    """The rows that are shown, in their order."""
    return list(table._default_manager.filter(is_shown=True).order_by("place", "id"))


def every[Row: Kept](table: type[Row]) -> list[Row]:
    """All of them, those that are shown first."""
    return list(table._default_manager.order_by("-is_shown", "place", "id"))


def row_of[Row: Kept](table: type[Row], row_id: uuid.UUID, *, desk: Desk) -> Row:
    """A row, for who keeps the table; `NotThere` for everybody else."""
    row = table._default_manager.filter(id=row_id).first() if may_edit(desk) else None
    if row is None:
        raise NotThere
    return row


def to_write[Row: Kept](table: type[Row], row_id: uuid.UUID | None, *, desk: Desk, most: int, full: Refused) -> Row:
    """The row with this id, or a new one at the end; `full` is raised where the table has `most` rows already.

    Until the transaction ends nobody else writes to the table.
    """
    must_edit(desk)
    list(table._default_manager.select_for_update().order_by("id"))
    if row_id is not None:
        return row_of(table, row_id, desk=desk)
    there = table._default_manager.count()
    if there >= most:
        raise full
    return table(place=there + 1)
