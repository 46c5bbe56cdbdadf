"""What builds remember of each other: rows of bytes under keys, in named tables of one SQLite file.

A store only saves time. Lost, cut off, overwritten with noise, locked by another build, on a full disk or in a folder
that may not be written: it is as an empty one, and no error leaves it. Rows carry a checksum, since SQLite does not see
a changed byte in them. There are no pickles: whoever can change the file (a shared cache of a CI, say) runs no code.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeVar
from zlib import crc32

FORMAT = 1
"""Rises when rows mean something else: an older file is then as good as none."""
NAME = "store.sqlite"
PATIENCE = 2.0  # seconds to wait for another process that is writing
MACHINE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_NOMEM,
}
"""Faults that are not the file's: it stays. After any other one it goes."""
# A killed process loses nothing without syncing; a power cut may, and then the checksums tell.
PRAGMAS = "PRAGMA synchronous = OFF; PRAGMA secure_delete = ON; PRAGMA cache_size = -4096;"
NEW = f"PRAGMA page_size = 16384; PRAGMA user_version = {FORMAT};"
Found = TypeVar("Found")

logger = logging.getLogger(__name__)


class Store:
    """Rows that builds before committed, and those that this one adds.

    A forked copy may read: it gets a connection of its own and sees what was committed. After a fault the store is as
    empty for the rest of the run."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / NAME
        self._open: tuple[int, sqlite3.Connection] | None = None
        self._known: set[str] = set()
        self.off = False
        """Whether a fault was met: nothing is kept any more in this run."""

    def rows(self, table: str) -> dict[str, bytes]:
        """All rows of a table that are whole."""

        def ask(connection: sqlite3.Connection) -> dict[str, bytes]:
            if not self._there(connection, table):
                return {}
            salt = _salt(table)
            found = connection.execute(f'SELECT key, value, mark FROM "{table}"')
            return {os.fsdecode(key): value for key, value, mark in found if _whole(salt, key, value, mark)}

        return self._try(ask, {})

    def row(self, table: str, key: str) -> bytes | None:
        def ask(connection: sqlite3.Connection) -> bytes | None:
            if not self._there(connection, table):
                return None
            asked = f'SELECT key, value, mark FROM "{table}" WHERE key = ?'
            found = connection.execute(asked, (os.fsencode(key),)).fetchone()
            return bytes(found[1]) if found and _whole(_salt(table), *found) else None

        return self._try(ask, None)

    def put(self, table: str, rows: Mapping[str, bytes] | Iterable[tuple[str, bytes]]) -> None:
        """Adds rows, or replaces them. Like `drop` and `clear`, it counts for other runs from `commit` on."""
        given = rows.items() if isinstance(rows, Mapping) else rows
        salt = _salt(table)
        keyed = ((os.fsencode(key), value) for key, value in given)
        marked = ((key, value, crc32(value, crc32(key, salt))) for key, value in keyed)

        def write(connection: sqlite3.Connection) -> None:
            _begin(connection, table)
            connection.executemany(f'INSERT OR REPLACE INTO "{table}" VALUES (?, ?, ?)', marked)

        self._try(write, None)

    def drop(self, table: str, keys: Iterable[str]) -> None:
        gone = [(os.fsencode(key),) for key in keys]

        def write(connection: sqlite3.Connection) -> None:
            _begin(connection, table)
            connection.executemany(f'DELETE FROM "{table}" WHERE key = ?', gone)

        if gone:
            self._try(write, None)

    def clear(self, table: str) -> None:
        """Drops all rows of a table."""

        def write(connection: sqlite3.Connection) -> None:
            _begin(connection, table)
            connection.execute(f'DELETE FROM "{table}"')

        self._try(write, None)

    def commit(self) -> bool:
        """Keeps all that was put and dropped since the last time, or nothing of it. Whether it is kept."""

        def end(connection: sqlite3.Connection) -> bool:
            if connection.in_transaction:
                connection.execute("COMMIT")
            return True

        return self._try(end, False)

    def close(self) -> None:
        """Forgets what was not committed."""
        if self._open and self._open[0] == os.getpid():
            with contextlib.suppress(sqlite3.Error):
                self._open[1].close()
        self._open = None

    def _there(self, connection: sqlite3.Connection, table: str) -> bool:
        asked = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
        if table not in self._known and connection.execute(asked, (table,)).fetchone():
            self._known.add(table)
        return table in self._known

    def _try(self, work: Callable[[sqlite3.Connection], Found], otherwise: Found) -> Found:
        if self.off:
            return otherwise
        try:
            return work(self._connection())
        except (sqlite3.Error, OSError) as error:
            logger.info("fastbuild: %s is as empty for this build: %s", self._file, error)
            self.close()
            self.off = True
            code = getattr(error, "sqlite_errorcode", None)
            if code is not None and code & 0xFF not in MACHINE:
                self._remove()
            return otherwise

    def _connection(self) -> sqlite3.Connection:
        """One for each process: SQLite's must not be carried over a fork."""
        if self._open is None or self._open[0] != os.getpid():
            self._open = os.getpid(), self._connected()
        return self._open[1]

    def _connected(self) -> sqlite3.Connection:
        new = not self._file.exists()
        made = _connected(self._file)
        if not new and made.execute("PRAGMA user_version").fetchone()[0] != FORMAT:
            made.close()
            self._remove()
            made, new = _connected(self._file), True
        made.executescript(NEW + PRAGMAS if new else PRAGMAS)
        return made

    def _remove(self) -> None:
        with contextlib.suppress(OSError):
            for name in (NAME, f"{NAME}-journal"):
                self._file.with_name(name).unlink(missing_ok=True)


def _connected(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(file, timeout=PATIENCE, isolation_level=None, check_same_thread=False)


def _begin(connection: sqlite3.Connection, table: str) -> None:
    if not connection.in_transaction:
        connection.execute("BEGIN IMMEDIATE")
    connection.execute(f'CREATE TABLE IF NOT EXISTS "{table}" (key BLOB PRIMARY KEY, value BLOB, mark INTEGER)')


def _salt(table: str) -> int:
    """A row that ends up in another table is not whole there."""
    return crc32(table.encode())


def _whole(salt: int, key: object, value: object, mark: object) -> bool:
    return isinstance(key, bytes) and isinstance(value, bytes) and crc32(value, crc32(key, salt)) == mark
