"""Whom to call when somebody is in danger: the institution's own data, which its editor checks and changes."""

import uuid

import pytest

from tests.world import NOW, World
from wise.audit import proof
from wise.casework import help_lines, kept
from wise.casework.help_lines import Typed
from wise.casework.models import HelpLine
from wise.refusals import NotThere, Refused

CHECKED = Typed("0761-22222", "Klinik", "Clinic", is_verified=True, is_shown=True)


def test_what_is_shipped_is_shown_and_counts_as_unchecked(world: World) -> None:
    help_lines.load_shipped()
    assert [row.number for row in help_lines.shown()] == ["112", "110", "129", "148"]
    assert not HelpLine.objects.filter(is_verified=True).exists()


def test_tono_checks_a_number_hides_another_and_adds_one(world: World) -> None:
    desk = world.desk("tono")
    first, second = help_lines.shown()[:2]
    help_lines.put(
        Typed(" 112 ", "Darurat", "Emergency", is_verified=True, is_shown=True), desk=desk, at=NOW, line_id=first.id
    )
    help_lines.put(
        Typed("110", "Polisi", "Police", is_verified=False, is_shown=False), desk=desk, at=NOW, line_id=second.id
    )
    help_lines.put(CHECKED, desk=desk, at=NOW)
    help_lines.load_shipped()

    assert [(row.number, row.is_verified) for row in help_lines.shown()] == [
        ("112", True),
        ("129", False),
        ("148", False),
        ("0761-22222", True),
    ]
    assert help_lines.every()[-1].number == "110"
    assert proof.verify() == []


def test_nobody_else_changes_them(world: World) -> None:
    row = help_lines.shown()[0]
    for login in ("wulan", "dewi", "hadi", "ina", "agus", "kartika"):
        desk = world.desk(login)
        assert not kept.may_edit(desk)
        for line_id in (None, row.id):
            with pytest.raises(NotThere):
                help_lines.put(CHECKED, desk=desk, at=NOW, line_id=line_id)
        with pytest.raises(NotThere):
            help_lines.row_of(row.id, desk=desk)


def test_a_number_needs_digits_and_names_and_there_are_twelve_at_most(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = world.desk("tono")
    for typed, code in [
        (Typed(" ", "Klinik", "Clinic", is_verified=True, is_shown=True), "number-missing"),
        (Typed("1", "", "Clinic", is_verified=True, is_shown=True), "names-missing"),
        (Typed("1", "Klinik", " ", is_verified=True, is_shown=True), "names-missing"),
    ]:
        with pytest.raises(Refused) as refused:
            help_lines.put(typed, desk=desk, at=NOW)
        assert refused.value.code == code
    with pytest.raises(NotThere):
        help_lines.put(CHECKED, desk=desk, at=NOW, line_id=uuid.uuid4())
    monkeypatch.setattr(help_lines, "MOST", 4)
    with pytest.raises(Refused) as refused:
        help_lines.put(CHECKED, desk=desk, at=NOW)
    assert refused.value.code == "numbers-many"
