"""The bytes of a text: read once, for the digest that it is known by and for its reader."""

from __future__ import annotations

from pelican.utils import pelican_open

_held: dict[str, bytes] = {}
"""Those of the text that is read now, by its whole path."""


def data(path: str) -> bytes:
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - nothing in between costs
        return file.readall()


def hold(path: str) -> bytes:
    """The bytes, which the reader of this text need not read again."""
    _held.clear()
    _held[path] = found = data(path)
    return found


def forget() -> None:
    _held.clear()


def text(path: str) -> str:
    """As `pelican_open` gives it."""
    try:
        found = (_held.get(path) or data(path)).decode("utf-8").removeprefix("\ufeff")
    except (OSError, UnicodeDecodeError):  # in its words
        with pelican_open(path) as read:
            return str(read)
    return found.replace("\r\n", "\n").replace("\r", "\n") if "\r" in found else found
