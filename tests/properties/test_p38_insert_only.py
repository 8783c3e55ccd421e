"""P38: what was reported cannot be changed, by code or by SQL, on either database."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, models, transaction

from tests import tables
from tests import world as cast
from tests.files import pictures
from tests.letters import papers
from tests.world import NOW, World
from wise.audit import log
from wise.audit.models import Chain, Entry, Signature
from wise.casework import confiding, correspondence
from wise.casework.models import Exhibit, Message, Step
from wise.keys import membership
from wise.keys.acting import Term
from wise.letters.models import Letter, Template
from wise.people.kinds import ActingKind, Role
from wise.people.models import Acting
from wise.register import box
from wise.register.models import Addition, Attachment, BoxFind, BoxOpening, Original, Report
from wise.vault.deposits import Identity
from wise.vault.models import Deposit, Turn

BOOK: dict[type[models.Model], tuple[str, Any]] = {
    Report: ("sealed", b"other"),
    Addition: ("sealed", b"other"),
    Attachment: ("sealed", b"other"),
    Original: ("blob", "0" * 32),
    Deposit: ("sealed", b"other"),
    Turn: ("deed", "refused"),
    Step: ("move", "note"),
    Message: ("sealed", b"other"),
    Exhibit: ("sealed", b"other"),
    Letter: ("number", "S-0"),
    Template: ("source", "other"),
    BoxOpening: ("witness", "Somebody else"),
    BoxFind: ("opening_id", "0" * 32),
    Acting: ("kind", "plt"),
    Entry: ("deed", "nothing"),
    Signature: ("signature", b"other"),
}
each_table = pytest.mark.parametrize("model", BOOK, ids=lambda model: model.__name__)


@pytest.fixture
def book(world: World) -> World:
    """One row at least in each table."""
    sari = cast.join()
    receipt = sari.tells(cast.queues(files=(cast.file(pictures.photo()),), identity=Identity("Sari")))
    correspondence.add(
        uuid.UUID(receipt.report_id), text="Terulang lagi", by=sari.reporter, keyring=sari.keyring, at=NOW
    )
    confiding.withdraw(uuid.UUID(receipt.report_id), by=sari.reporter, keyring=sari.keyring, at=NOW)
    world.take("message", receipt, by="wulan", text="Terima kasih")
    world.take("attach", receipt, by="wulan", files=(cast.file(),))
    papers.issue(world)
    opening = box.open_box(
        world.office(), by=world.officer("dewi"), witness="Oki Saputra", opened_at=NOW, found=1, at=NOW
    )
    box.enter_find(Report.objects.get(id=receipt.report_id), opening=opening)
    membership.propose(
        world.officer("rahmat"),
        unit=world.unit("leadership"),
        role=Role.HEAD,
        by=None,
        at=NOW,
        term=Term(ActingKind.PLH, NOW.date()),
    )
    log.sign_day(at=NOW.replace(day=25))
    log.record("read", chain=Chain.OFFICERS, at=NOW)
    return world


def _rows(model: type[models.Model]) -> list[dict[str, Any]]:
    return [
        {name: bytes(value) if isinstance(value, memoryview) else value for name, value in row.items()}
        for row in model._default_manager.order_by("pk").values()
    ]


def _refused(model: type[models.Model], deed: Callable[[], object]) -> None:
    before = _rows(model)
    assert before
    with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
        deed()
    assert _rows(model) == before


def _sql(statement: str, *values: object) -> Callable[[], object]:
    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, list(values))  # type: ignore[arg-type]

    return run


@each_table
def test_code_can_change_nothing(book: World, model: type[models.Model]) -> None:
    column, value = BOOK[model]
    row = model._default_manager.first()
    assert row is not None
    setattr(row, column, value)

    _refused(model, row.save)
    _refused(model, lambda: model._default_manager.update(**{column: value}))
    _refused(model, lambda: model._default_manager.bulk_update([row], [column]))


@each_table
def test_code_can_delete_nothing(book: World, model: type[models.Model]) -> None:
    rows = model._default_manager.all()

    _refused(model, lambda: rows._raw_delete(rows.db))


@each_table
def test_sql_can_change_or_delete_nothing(book: World, model: type[models.Model]) -> None:
    table, (column, value) = model._meta.db_table, BOOK[model]

    _refused(model, _sql(f'UPDATE "{table}" SET {column} = %s', value))
    _refused(model, _sql(f'DELETE FROM "{table}"'))


@each_table
def test_sql_can_not_replace_or_truncate_either(book: World, model: type[models.Model]) -> None:
    table, (column, value) = model._meta.db_table, BOOK[model]
    others = ", ".join("%s" if field.column == column else f'"{field.column}"' for field in model._meta.concrete_fields)
    if connection.vendor == "postgresql":
        connection.check_constraints()  # else PostgreSQL refuses because of the fixture's own rows
        _refused(model, _sql(f'TRUNCATE "{table}" CASCADE'))
        assert model._meta.pk is not None
        key = model._meta.pk.column
        upsert = f'INSERT INTO "{table}" SELECT * FROM "{table}" ON CONFLICT ({key}) DO UPDATE SET {column} = %s'
        _refused(model, _sql(upsert, value))
        return
    columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
    replace = f'INSERT OR REPLACE INTO "{table}" ({columns}) SELECT {others} FROM "{table}"'
    _refused(model, _sql(replace, value))
    _refused(model, _sql(f'UPDATE OR REPLACE "{table}" SET {column} = %s', value))


def test_the_list_of_such_tables_is_the_databases_own(book: World) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT DISTINCT event_object_table FROM information_schema.triggers")
        else:
            cursor.execute("SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger'")
        guarded = {name for (name,) in cursor.fetchall()}

    assert guarded == {model._meta.db_table for model in BOOK}


def test_behind_the_triggers_the_tests_can_do_what_an_intruder_can(book: World) -> None:
    assert tables.run("UPDATE register_report SET sealed = %s", b"other") == 1
