"""Feeds of a list become entries of content/sources.yml, below those that are there and as they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, count

from .. import files, matter, nodes
from ..errors import CONFIG
from ..nodes import Pairs
from ..settings import Settings
from ..slugs import slug
from .lists import Feed

FILE = "content/sources.yml"
LONGEST = 40


@dataclass(frozen=True, slots=True)
class Added:
    """The text to put below the file, the names of its entries, and how many feeds were there already."""

    text: str
    names: tuple[str, ...]
    known: int


def added(settings: Settings, feeds: Iterable[Feed], into: str) -> Added:
    """An entry for each feed that no source reads yet: held, in excerpts, under a name made of what it is called."""
    known = {_bare(source.url) for source in settings.sources.values()}
    names: list[str] = []
    texts: list[str] = []
    before = 0
    for feed in feeds:
        if _bare(feed.url) in known:
            before += 1
            continue
        known.add(_bare(feed.url))
        names.append(_free(feed, {*settings.sources, *names}))
        texts.append(matter.dump({names[-1]: _entry(feed, into)}))
    return Added("".join(f"\n{text}" for text in texts), tuple(names), before)


def write(settings: Settings, new: Added) -> None:
    """Puts the entries below what stands in the file; its words and comments stay as they are."""
    file = settings.folder / FILE
    text = file.read_text("utf-8") if file.is_file() else ""
    root = nodes.load(file, FILE, code=CONFIG) if text.strip() else Pairs(())
    kept = text.rstrip() + "\n" if isinstance(root, Pairs) and root.pairs else _comments(text)
    files.put(file, kept + new.text)


def _comments(text: str) -> str:
    """What a file without entries says: `{}` goes, the words of a person stay."""
    return "".join(f"{line}\n" for line in text.splitlines() if line.lstrip().startswith("#"))


def _entry(feed: Feed, into: str) -> dict[str, str]:
    said = {"kind": "feed", "url": feed.url, "into": into, "label": feed.name, "lang": feed.lang}
    return {key: value for key, value in said.items() if value and (key, value) != ("into", "community")}


def _free(feed: Feed, taken: set[str]) -> str:
    """A name for good: words of what it is called, else of its host; with -2, -3 and so on where it must be."""
    words = slug(feed.name) or slug(feed.url.partition("//")[2].partition("/")[0]) or "source"
    short = words[:LONGEST].strip("-")
    return next(name for name in chain([short], (f"{short}-{n}" for n in count(2))) if name not in taken)


def _bare(url: str) -> str:
    """An address without what makes no difference: scheme, www, a slash at its end."""
    return url.partition("//")[2].removeprefix("www.").rstrip("/").lower()
