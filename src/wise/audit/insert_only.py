"""Tables that only grow: triggers in the database refuse to change or remove what was written."""

from typing import Any, override

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

_SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {VERB} ON "{table}"
BEGIN SELECT RAISE(ABORT, '{table} is insert-only'); END
"""

_POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION wise_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is insert-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$
"""

_POSTGRES = (
    """
    CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON "{table}"
    FOR EACH ROW EXECUTE FUNCTION wise_insert_only()
    """,
    """
    CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON "{table}"
    FOR EACH STATEMENT EXECUTE FUNCTION wise_insert_only()
    """,
)


class InsertOnly(Operation):
    """Make a model's table insert-only: UPDATE, DELETE and TRUNCATE become errors (mission A12)."""

    reversible = True

    def __init__(self, model_name: str) -> None:
        self.model_name = model_name

    @override
    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Triggers are no part of a model's state."""

    @override
    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        table = _table(to_state, app_label, self.model_name)
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(_POSTGRES_FUNCTION, params=None)
            for statement in _POSTGRES:
                schema_editor.execute(statement.format(table=table), params=None)
            return
        for verb in ("update", "delete"):
            schema_editor.execute(_SQLITE.format(table=table, verb=verb, VERB=verb.upper()), params=None)

    @override
    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        table = _table(from_state, app_label, self.model_name)
        if schema_editor.connection.vendor == "postgresql":
            for name in ("change", "truncate"):
                schema_editor.execute(f'DROP TRIGGER {table}_no_{name} ON "{table}"', params=None)
            return
        for verb in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER {table}_no_{verb}", params=None)

    @override
    def describe(self) -> str:
        return f"Make {self.model_name} insert-only"

    @override
    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (self.__class__.__name__, [], {"model_name": self.model_name})


class Unlogged(Operation):
    """Keep a table of short-lived rows out of PostgreSQL's write-ahead log, hence out of its archives."""

    reversible = True

    def __init__(self, model_name: str) -> None:
        self.model_name = model_name

    @override
    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Where a table is logged is no part of a model's state."""

    @override
    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        self._set(schema_editor, "UNLOGGED", _table(to_state, app_label, self.model_name))

    @override
    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        self._set(schema_editor, "LOGGED", _table(from_state, app_label, self.model_name))

    def _set(self, schema_editor: BaseDatabaseSchemaEditor, how: str, table: str) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f'ALTER TABLE "{table}" SET {how}', params=None)

    @override
    def describe(self) -> str:
        return f"Keep {self.model_name} out of the write-ahead log"

    @override
    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (self.__class__.__name__, [], {"model_name": self.model_name})


def _table(state: ProjectState, app_label: str, model_name: str) -> str:
    table: str = state.apps.get_model(app_label, model_name)._meta.db_table
    return table
