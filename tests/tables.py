"""The database behind the app's back: rows changed in spite of the triggers, and a founded state that comes back."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction


@contextlib.contextmanager
def unguarded() -> Iterator[None]:
    """Let somebody who owns the database do what the triggers refuse."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            yield
            cursor.execute("SET session_replication_role = origin")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        for _, sql in triggers:
            cursor.execute(sql)


def run(sql: str, *values: Any) -> int:
    """One statement in spite of the triggers; returns how many rows it touched."""
    with unguarded(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.rowcount)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Every row of every table at one moment."""

    rows: dict[str, list[tuple[Any, ...]]]

    @classmethod
    def take(cls) -> "Snapshot":
        names = set(connection.introspection.table_names()) - {"django_migrations"}
        return cls({name: _all(name) for name in sorted(names)})

    def restore(self) -> None:
        """Put it all back, after a test whose transactions were committed."""
        changed = {name: rows for name, rows in self.rows.items() if _all(name) != rows}
        if not changed:
            return
        with _constraints_off(), transaction.atomic(), unguarded(), connection.cursor() as cursor:
            for name in changed:
                cursor.execute(f'DELETE FROM "{name}"')
            for name, rows in changed.items():
                if rows:
                    places = ", ".join(["%s"] * len(rows[0]))
                    cursor.executemany(f'INSERT INTO "{name}" VALUES ({places})', rows)


def _all(table: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        return [tuple(bytes(v) if isinstance(v, memoryview) else v for v in row) for row in cursor.fetchall()]


@contextlib.contextmanager
def _constraints_off() -> Iterator[None]:
    if connection.vendor == "postgresql":
        yield  # the replica's role checks no foreign keys
        return
    connection.cursor().execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        connection.cursor().execute("PRAGMA foreign_keys = ON")
