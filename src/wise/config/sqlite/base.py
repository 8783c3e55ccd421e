"""The connection: keyed before the first read, in WAL mode, synced on every commit, writers queued."""

import contextlib
import datetime
import decimal
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3._functions import register as register_functions
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from sqlcipher3 import dbapi2

from wise.config.sqlite.features import DatabaseFeatures
from wise.config.sqlite.pool import pool_for
from wise.config.sqlite.writers import WriterQueue, queue_for
from wise.crypto.subkeys import Label

# What Django registers with the interpreter's own sqlite3 module, registered with ours too.
dbapi2.register_converter("bool", b"1".__eq__)
dbapi2.register_converter("date", base.decoder(parse_date))
dbapi2.register_converter("time", base.decoder(parse_time))
dbapi2.register_converter("datetime", base.decoder(parse_datetime))
dbapi2.register_converter("timestamp", base.decoder(parse_datetime))
dbapi2.register_adapter(decimal.Decimal, str)
dbapi2.register_adapter(datetime.date, base.adapt_date)
dbapi2.register_adapter(datetime.datetime, base.adapt_datetime)

# Compiled into sqlcipher3, which cannot be asked.
_LIMITS = {sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER: DatabaseFeatures.max_query_params, sqlite3.SQLITE_LIMIT_COLUMN: 2_000}
_DEFAULT_LIMIT = 10.0

_PRAGMAS = (
    # Ids are random, so that one report touches forty pages: small ones are sealed and written four times as fast.
    "PRAGMA cipher_page_size = 4096",
    "PRAGMA busy_timeout = {busy}",
    "PRAGMA journal_mode = WAL",
    # A receipt that was shown survives a power cut.
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    # Without it INSERT OR REPLACE deletes a row unseen by the triggers that keep tables insert-only.
    "PRAGMA recursive_triggers = ON",
    "PRAGMA legacy_alter_table = OFF",
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -4000",
    "PRAGMA wal_autocheckpoint = 2000",
)
_READS = ("SELECT", "PRAGMA", "EXPLAIN", "BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


class Connection(dbapi2.Connection):
    """A connection that answers what Django asks of the interpreter's own sqlite3 module."""

    def getlimit(self, category: int) -> int:
        """The compiled-in limit."""
        return _LIMITS[category]


class Cursor(dbapi2.Cursor):
    """Django's placeholders for SQLCipher; a write outside a transaction stands in line like any other."""

    queue: WriterQueue
    limit: float
    convert_query = base.SQLiteCursorWrapper.convert_query

    def execute(self, query: str, params: Any = None) -> Any:
        """Run one statement."""
        if params is not None:
            names = list(params) if isinstance(params, Mapping) else None
            query = self.convert_query(query, param_names=names)
        with self._turn(query):
            return super().execute(query) if params is None else super().execute(query, params)

    def executemany(self, query: str, param_list: Iterable[Any]) -> Any:
        """Run one statement for each row of parameters."""
        rows = list(param_list)
        names = list(rows[0]) if rows and isinstance(rows[0], Mapping) else None
        query = self.convert_query(query, param_names=names)
        with self._turn(query):
            return super().executemany(query, rows)

    def _turn(self, query: str) -> contextlib.AbstractContextManager[object]:
        if self.connection.in_transaction or query.lstrip().upper().startswith(_READS):
            return contextlib.nullcontext()
        return self._in_line()

    @contextlib.contextmanager
    def _in_line(self) -> Any:
        self.queue.enter(limit=self.limit)
        try:
            yield
        finally:
            self.queue.leave()


# Django's stubs leave out what a backend is made of.
_Base: Any = base.DatabaseWrapper


class DatabaseWrapper(_Base):
    """Django's SQLite backend upon SQLCipher. Only files: an embedded database in memory could not be queued for."""

    Database = dbapi2
    features_class = DatabaseFeatures
    _has_turn = False

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        self.transaction_mode = "IMMEDIATE"
        self._limit = float(params.pop("timeout", _DEFAULT_LIMIT))
        self._queue = queue_for(Path(params["database"]))
        self._pool = pool_for(Path(params["database"]))
        return {**params, "factory": Connection, "timeout": self._limit}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection:
        idle: Connection | None = self._pool.take()
        if idle is not None:
            return idle
        connection: Connection = dbapi2.connect(**conn_params)
        # SQLCipher would write its own lines about a wrong key to stderr; the exception says it.
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{settings.WISE_SUBKEYS[Label.DATABASE].hex()}'\"")
        for pragma in _PRAGMAS:
            connection.execute(pragma.format(busy=int(self._limit * 1000)))
        register_functions(connection)
        return connection

    def create_cursor(self, name: str | None = None) -> Cursor:
        cursor: Cursor = self.connection.cursor(factory=Cursor)
        cursor.queue, cursor.limit = self._queue, self._limit
        return cursor

    def _start_transaction_under_autocommit(self) -> None:
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._give_turn()
            raise

    def _commit(self) -> None:
        super()._commit()
        # After a commit that failed Django rolls back or closes: the turn is given up there.
        self._give_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()
        finally:
            self._give_turn()

    def _close(self) -> None:
        # What met an error, or is not at rest, is not handed on.
        at_rest = not (self.errors_occurred or self.in_atomic_block or self.connection.in_transaction)
        try:
            if at_rest:
                self._pool.give_back(self.connection)
            else:
                super()._close()
        finally:
            self._give_turn()

    def close_pool(self) -> None:
        """Close the idle connections too."""
        pool_for(Path(self.settings_dict["NAME"])).close()

    def _take_turn(self) -> None:
        if not self._has_turn:
            self._queue.enter(limit=self._limit)
            self._has_turn = True

    def _give_turn(self) -> None:
        if self._has_turn:
            self._has_turn = False
            self._queue.leave()
