"""Cards that were drawn once, kept by the name of all that went into them; losing them costs time, nothing else."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

from .. import colours, files
from .posters import Poster

MOST = 1000
"""Files that are kept beside those in use."""
SEAL = 16
END = ".card"


@cache
def edition() -> str:
    """Of the code, the typefaces and the libraries that draw: another one may draw other bytes."""
    made = blake2b(f"{version('pillow')} {version('uharfbuzz')}".encode(), digest_size=16)
    for file in (Path(colours.__file__), *sorted(Path(__file__).parent.rglob("*.[pot][yt]*"))):
        if file.suffix in (".py", ".ttf", ".otf"):
            made.update(file.name.encode() + file.read_bytes())
    return made.hexdigest()


def key(poster: Poster, size: tuple[int, int]) -> str:
    """The name of one card: 16 hexadecimal digits, other ones for other words, colours, sizes or code."""
    return blake2b(f"{edition()} {size!r} {poster!r}".encode(), digest_size=8).hexdigest()


class Store:
    """A folder of drawn cards, each with a seal before its bytes: what is cut short or changed is drawn again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._used: set[str] = set()

    def png(self, key: str, make: Callable[[], bytes]) -> bytes:
        """The card of that name, drawn by `make` where it is not kept. A folder nobody may write to is no fault."""
        self._used.add(key + END)
        file = self._folder / f"{key}{END}"
        with suppress(OSError):
            kept = file.read_bytes()
            if seal(kept[SEAL:]) == kept[:SEAL]:
                return kept[SEAL:]
        made = make()
        with suppress(OSError):
            files.put(file, seal(made) + made)
        return made

    def sweep(self, most: int = MOST) -> None:
        """Takes away the oldest of those that were not asked for, down to `most`."""
        with suppress(OSError):
            old = [file for file in self._folder.glob(f"*{END}") if file.name not in self._used]
            for file in sorted(old, key=_age)[: max(len(old) - most, 0)]:
                file.unlink(missing_ok=True)


def seal(data: bytes) -> bytes:
    return blake2b(data, digest_size=SEAL).digest()


def _age(file: Path) -> tuple[float, str]:
    return file.stat().st_mtime, file.name
