"""Bodies of the contents of one kind: those of a small site in memory, until there is time to store them."""

from __future__ import annotations

from ..run import Run

SMALL = 16 * 2**20
"""Bytes that all bodies of a small site take at most."""


class Bodies:
    def __init__(self, run: Run, kind: str) -> None:
        self._run, self._table = run, f"{kind} bodies"
        self._held: dict[str, bytes] = {}
        self._size = 0
        self.wait = False
        """Whether all that were added are in memory alone, and `save` is to come."""

    def add(self, bodies: list[tuple[str, bytes]]) -> None:
        self._size += sum(len(body) for _, body in bodies)
        if self._run.doubts or self._run.store.off or (self.wait and self._size <= SMALL):
            self._held.update(bodies)
            return
        self.save()
        self._held.clear()
        self._run.store.put(self._table, bodies)

    def save(self) -> None:
        if self.wait:
            self.wait = False
            self._run.store.put(self._table, self._held)

    def get(self, path: str) -> bytes | None:
        body = self._held.get(path)
        return self._run.store.row(self._table, path) if body is None else body

    def hold(self, path: str, body: bytes) -> None:
        """One that the store has lost."""
        self._held[path] = body
