"""The migrations' own operations: triggers on both databases, and tables kept out of PostgreSQL's archives."""

from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.postgresql.base import DatabaseWrapper as Postgres
from django.db.backends.postgresql.schema import DatabaseSchemaEditor as PostgresEditor
from django.db.backends.sqlite3.base import DatabaseWrapper as SQLite
from django.db.backends.sqlite3.schema import DatabaseSchemaEditor as SQLiteEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from tests.world import World
from wise.audit.insert_only import InsertOnly, Unlogged


def _editor(vendor: str) -> BaseDatabaseSchemaEditor:
    """An editor that collects statements instead of running them; it never connects."""
    given: dict[str, Any] = {**connection.settings_dict, "OPTIONS": {}}
    if vendor == "postgresql":
        return PostgresEditor(Postgres(given), collect_sql=True, atomic=False)
    return SQLiteEditor(SQLite(given), collect_sql=True, atomic=False)


def _statements(operation: Operation, vendor: str, *, back: bool = False) -> list[str]:
    editor, state = _editor(vendor), ProjectState.from_apps(apps)
    direction = operation.database_backwards if back else operation.database_forwards
    direction("register", editor, state, state)
    return [" ".join(statement.split()) for statement in editor.collected_sql or []]


def test_sqlite_gets_a_trigger_for_update_and_one_for_delete() -> None:
    update, delete = _statements(InsertOnly("Report"), "sqlite")

    assert update.startswith('CREATE TRIGGER register_report_no_update BEFORE UPDATE ON "register_report"')
    assert delete.startswith('CREATE TRIGGER register_report_no_delete BEFORE DELETE ON "register_report"')


def test_postgresql_refuses_truncate_too() -> None:
    _, change, truncate = _statements(InsertOnly("Report"), "postgresql")

    assert "BEFORE UPDATE OR DELETE" in change
    assert "BEFORE TRUNCATE" in truncate


@pytest.mark.parametrize("vendor", ["sqlite", "postgresql"])
def test_what_was_made_is_taken_away_again_on_the_way_back(vendor: str) -> None:
    made = {word for line in _statements(InsertOnly("Report"), vendor) for word in line.split() if "_no_" in word}
    dropped = _statements(InsertOnly("Report"), vendor, back=True)

    assert {line.split()[2].rstrip(";") for line in dropped} == made


def test_short_lived_rows_stay_out_of_postgresqls_archives() -> None:
    assert _statements(Unlogged("Draft"), "postgresql") == ['ALTER TABLE "register_draft" SET UNLOGGED;']
    assert _statements(Unlogged("Draft"), "postgresql", back=True) == ['ALTER TABLE "register_draft" SET LOGGED;']
    assert _statements(Unlogged("Draft"), "sqlite") == []


@pytest.mark.parametrize("operation", [InsertOnly("Report"), Unlogged("Draft")])
def test_an_operation_says_what_it_does_and_can_be_written_down(operation: InsertOnly | Unlogged) -> None:
    name, positional, named = operation.deconstruct()

    assert operation.model_name in operation.describe()
    assert (name, positional, named) == (type(operation).__name__, [], {"model_name": operation.model_name})


def test_the_database_really_has_them_unlogged(world: World) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no such tables")
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relpersistence = 'u' AND relkind = 'r'")
        unlogged = {name for (name,) in cursor.fetchall()}

    assert unlogged == {
        "people_reportersession",
        "people_officersession",
        "people_attempt",
        "register_draft",
        "register_draftfile",
    }
