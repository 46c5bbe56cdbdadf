"""Rows of JSON in one SQLite file: `.cache/build/texts.sqlite`. Whatever is wrong with it, it is empty then.

Each row has a sum over its name and words, since SQLite has none of its own: a row that does not add up is not there.
The rows hold only while the code is what wrote them (`version`).
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any
from zlib import crc32

TABLES = ("files", "links", "memory", "pictures", "texts", "weights")
FILE = ".cache/build/texts.sqlite"
"""Below a project."""
SCHEMA = 1
MACHINE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_NOMEM,
}
"""Faults that are not the file's."""
PATIENCE = 2.0
"""Seconds to wait for another build that writes."""


class Store:
    """Reads and writes rows by name, in any process: a copy of this one opens the file for itself."""

    def __init__(self, file: Path | None, version: str) -> None:
        """Without a file nothing is kept."""
        self._file, self._version = file, f"{SCHEMA} {version}"
        self._process = 0
        self._opened: sqlite3.Connection | None = None
        self._clear()

    def all(self, table: str) -> dict[str, Any]:
        """What each row of a table says."""
        try:
            rows = self._connection.execute(f"SELECT name, sum, said FROM {table}") if self._connection else ()
            good = [(name, said) for name, sum, said in rows if sum == _sum(name, said)]
            said = json.loads(f"[{','.join(said for _, said in good)}]")
            return dict(zip((name for name, _ in good), said, strict=True))
        except (sqlite3.Error, ValueError) as error:
            self._without(error)
            return {}

    def get(self, table: str, name: str) -> Any:
        """What one row says; None where it is not there."""
        new = self._new[table].get(name)
        if new is not None:
            return json.loads(new)
        try:
            find = f"SELECT sum, said FROM {table} WHERE name = ?"
            row = self._connection.execute(find, (name,)).fetchone() if self._connection else None
            return json.loads(row[1]) if row and row[0] == _sum(name, row[1]) else None
        except (sqlite3.Error, ValueError) as error:
            self._without(error)
            return None

    def put(self, table: str, name: str, said: object) -> None:
        """Stands there from now on, and in the file after `save`."""
        self._new[table][name] = json.dumps(said, separators=(",", ":"))

    def drop(self, table: str, names: Iterable[str]) -> None:
        """Stands there no more after `save`."""
        self._gone[table].update(names)

    def save(self) -> None:
        """Writes what is new and takes out what is gone, all or nothing. A disk that refuses costs the rows."""
        if self._file is None or not (any(self._new.values()) or any(self._gone.values())):
            return
        try:
            connection = self._connection or self._made(self._file)
            with connection:
                for table in TABLES:
                    gone, new = ((name,) for name in self._gone[table]), self._new[table].items()
                    connection.executemany(f"DELETE FROM {table} WHERE name = ?", gone)
                    rows = ((name, _sum(name, said), said) for name, said in new)
                    connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?)", rows)
            self._clear()
        except (sqlite3.Error, OSError) as error:
            self._without(error)

    def _clear(self) -> None:
        self._new: dict[str, dict[str, str]] = {table: {} for table in TABLES}
        self._gone: dict[str, set[str]] = {table: set() for table in TABLES}

    @property
    def _connection(self) -> sqlite3.Connection | None:
        if self._process != os.getpid():
            self._process, self._opened = os.getpid(), self._found()
        return self._opened

    def _found(self) -> sqlite3.Connection | None:
        """The file as it is, where it is one of ours and of this version."""
        if self._file is None or not self._file.is_file():
            return None
        try:
            connection = _connected(self._file)
            if connection.execute("SELECT version FROM about").fetchone() == (self._version,):
                return connection
            connection.close()
        except sqlite3.Error as error:
            self._without(error)
        return None

    def _made(self, file: Path) -> sqlite3.Connection:
        """A new and empty one."""
        file.parent.mkdir(parents=True, exist_ok=True)
        _remove(file)
        connection = _connected(file)
        with connection:
            connection.execute("CREATE TABLE about (version TEXT)")
            connection.execute("INSERT INTO about VALUES (?)", (self._version,))
            for table in TABLES:
                rows = "(name TEXT PRIMARY KEY, sum INTEGER, said TEXT)"
                connection.execute(f"CREATE TABLE {table} {rows} WITHOUT ROWID")
        self._process, self._opened = os.getpid(), connection
        return connection

    def _without(self, error: Exception) -> None:
        """Goes on without the file. A damaged one goes; it stays where the machine or another build is in the way."""
        if self._opened:
            self._opened.close()
        self._opened = None
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in MACHINE or isinstance(error, OSError):
            self._file = None
        elif self._file:
            _remove(self._file)


def _connected(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=PATIENCE)
    connection.execute("PRAGMA synchronous = OFF")  # what a power cut damages is as good as none
    connection.execute("PRAGMA secure_delete = ON")  # what somebody took back is not to be found in here either
    return connection


def _remove(file: Path) -> None:
    for end in ("", "-journal", "-wal", "-shm"):
        with suppress(OSError):
            Path(f"{file}{end}").unlink()


def _sum(name: object, said: object) -> int:
    """Of damaged rows too, in which neither needs to be text."""
    return crc32(f"{name}\n{said}".encode(errors="replace"))
