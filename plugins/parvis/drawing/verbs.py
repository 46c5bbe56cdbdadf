"""`invoke cards`: the cards of the site as it would be published, told and shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

from .. import errors, files
from ..settings import Settings
from . import contact
from .designs import DESIGNS, draw, legible
from .posters import SQUARE, WIDE, Poster

SHEETS = "cards-{}.png"
Build = Callable[[str], int]
"""Builds the site into a folder and gives the exit code."""


def cards(known: Settings, build: Build, *, sheet: bool, titles: str, say: Callable[[str], None]) -> int:
    """Tells which items have cards and what they weigh; with `sheet` draws them small. `titles` is a file with a title
    a line, of which cards are drawn instead. Raises Refused where there is no such file."""
    if titles:
        return _show(known.folder, list(samples(known, Path(titles))), say)
    with TemporaryDirectory(prefix="parvis-cards-") as folder:
        code = build(folder)
        made = {file.name: file.read_bytes() for file in sorted(Path(folder, "cards").glob("*.png"))}
    if not code:
        items: dict[str, list[int]] = {}
        for name, png in made.items():
            items.setdefault(name.rpartition("-")[0], []).append(len(png))
        for item, sizes in items.items():
            say(f"{sum(sizes) / 1000:7.1f} kB  {item}")
        say(f"{sum(map(len, made.values())) / 1000:7.1f} kB  {len(made)} cards of {len(items)} items")
        code = _show(known.folder, list(made.values()), say) if sheet else code
    return code


def samples(known: Settings, file: Path) -> Iterator[bytes]:
    """A card of each line of a file: all kinds in turn, first wide ones, then square ones."""
    try:
        lines = [line for line in file.read_text(encoding="utf-8", errors="replace").split("\n") if line.strip()]
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
        raise errors.Refused([errors.Fault(str(file), 0, what, "name a text file", errors.CONFIG)]) from error
    brand = known.brand
    for size in (WIDE, SQUARE):
        for line, kind in zip(lines, cycle(DESIGNS), strict=False):
            stars = 4 if kind == "testimonial" else 0
            poster = Poster(kind, line, "Zoé Martin", brand.name, brand.colours.brand, kind, stars=stars, initials="ZM")
            if legible(poster):
                yield draw(poster, size)


def _show(folder: Path, cards: list[bytes], say: Callable[[str], None]) -> int:
    for number, png in enumerate(contact.sheets(cards), 1):
        file = folder / ".cache" / "pictures" / SHEETS.format(number)
        files.put(file, png)
        say(file.relative_to(folder).as_posix())
    return errors.DONE
