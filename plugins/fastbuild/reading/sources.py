"""The bytes of a text: read once, for the digest that it is known by and for its reader."""

from __future__ import annotations

from ..digests import digest

_held: dict[str, tuple[str, bytes]] = {}
"""The digest and the bytes of the text that is read now, by its whole path."""


def data(path: str) -> bytes:
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - nothing in between costs
        return file.readall()


def hold(path: str) -> str:
    """The digest of a text, whose reader need not read it again."""
    _held.clear()
    found = data(path)
    _held[path] = digest(found), found
    return known_by(path)


def forget() -> None:
    _held.clear()


def known_by(path: str) -> str:
    """The digest of the text that is read now; nothing of another."""
    return _held[path][0] if path in _held else ""


def text(path: str) -> str:
    """As `pelican_open` gives it."""
    try:
        return decoded(_held[path][1] if path in _held else data(path))
    except (OSError, UnicodeDecodeError):  # in its words
        from pelican.utils import pelican_open

        with pelican_open(path) as read:
            return str(read)


def decoded(data: bytes) -> str:
    text = data.decode("utf-8").removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
