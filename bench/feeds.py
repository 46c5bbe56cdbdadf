"""What feeds cost: a hub's, and the same feeds by stock Pelican, of the same texts in the same run.

Both sites are built whole, in turn, and only their feeds are measured: seconds of all processors, and on the clock,
from where every text is read and rendered to where the last feed is written. On the hub's side that is all that its
generator of feeds does: choosing, entries, wordings, bytes, lists of feeds. On stock Pelican's side it is `write_feed`
once for each feed of the hub, with the very texts that this holds: RSS for RSS, Atom for Atom and for JSON Feed, which
Pelican does not have. An ambassador's entries are short on the hub's side and whole texts on the other.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from lxml import etree

from parvis.slugs import slug

from . import clock, corpus, plan, race, sites
from .race import Tell
from .sites import ROOT, Site

PLUGIN = """
import sys
sys.path.append({root!r})
PLUGINS = [*globals().get("PLUGINS", ()), {name!r}]
"""
NO_FEEDS = "FEED_ALL_ATOM = CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None\n"
EVERY = "FEED_MAX_ITEMS = None\n"
SOURCES = "{name}: {{kind: feed, url: 'https://{name}.example/feed', use: full, permission: bench}}\n"
AMBASSADOR = """---
id: ambassador-{number}
title: One who shares
date: 2026-01-02T09:00:00+01:00
lang: fr
status: published
handle: hand-{number}
code: CODE{number}
name: Hand {number}
topics: {topics}
consent: {{version: "1", on: 2026-01-01, scope: [name, profile, feed], until: 2036-01-01}}
---

Shares.
"""
ATOM, KINDS = "{http://www.w3.org/2005/Atom}", {".xml", ".atom", ".rss", ".json"}


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed in the output: `type` is rss, atom or json; `texts` are the slugs of what it holds, in its order."""

    path: str
    type: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cost:
    """Of all feeds together, in seconds; `made` are those that were made, by path."""

    wall: float
    cpu: float
    made: Sequence[str]


@dataclass(frozen=True, slots=True)
class Round:
    first: Cost
    stock: Cost
    again: Cost
    edited: Cost


def run(items: int, rounds: int, seed: int, tell: Tell, ambassadors: int = 20) -> float:
    """Tells a table; gives how many times as long as stock Pelican's a hub's feeds take, the median of all rounds."""
    with TemporaryDirectory(prefix="parvis-bench-") as name:
        hub, stock = _pair(Path(name), items, seed, ambassadors)
        done = []
        for number in range(rounds):
            tell(f"round {number + 1} of {rounds}: the hub, stock Pelican, the hub unchanged, the hub with one change")
            done.append(_round(hub, stock))
        feeds = list(found(hub.folder / "output"))
        holding = sum(_newest(hub).stem in feed.texts for feed in feeds)
    tell("\n".join(table(items, feeds, holding, done)))
    return median(each.first.cpu / each.stock.cpu for each in done)


def _pair(folder: Path, items: int, seed: int, ambassadors: int) -> tuple[Site, Site]:
    texts = corpus.write(folder, items, seed)
    hub, stock = sites.hub(texts[0], folder / "hub"), sites.stock(texts[1], folder / "stock")
    (hub.folder / "content/sources.yml").write_text("".join(SOURCES.format(name=name) for name in corpus.PLACES))
    (hub.folder / "content/ambassadors").mkdir()
    for number in range(ambassadors):
        topics = json.dumps([slug(topic) for topic in corpus.TOPICS[number::20]], ensure_ascii=False)
        file = hub.folder / f"content/ambassadors/hand-{number}.md"
        file.write_text(AMBASSADOR.format(number=number, topics=topics), "utf-8")
    for site, plugin, more in ((hub, clock, ""), (stock, plan, NO_FEEDS + EVERY)):
        with (site.folder / "pelicanconf.py").open("a") as settings:
            settings.write(more + PLUGIN.format(root=str(ROOT), name=plugin.__name__))
    return hub, stock


def _round(hub: Site, stock: Site) -> Round:
    hub.empty()
    first = _cost(hub)
    kinds = {"json": "atom"}
    wanted = [[kinds.get(feed.type, feed.type), feed.texts] for feed in found(hub.folder / "output")]
    (stock.folder / plan.PLAN).write_text(json.dumps(wanted), "ascii")
    stock.empty()
    theirs = _cost(stock)
    again = _cost(hub)
    with _newest(hub).open("a", encoding="utf-8") as text:
        text.write("\nOne more sentence.\n")
    return Round(first, theirs, again, _cost(hub))


def _newest(hub: Site) -> Path:
    """The newest article, by its date, which `hub_file` writes in a form that sorts."""
    articles = (hub.folder / "content/articles").glob("*.md")
    return max(articles, key=lambda file: next(line for line in file.open() if line.startswith("date:")))


def _cost(site: Site) -> Cost:
    race.built(site)
    return Cost(**json.loads((site.folder / clock.TOLD).read_text("ascii")))


def found(output: Path) -> Iterator[Feed]:
    """Every feed of the output, by what it says, not by its name."""
    for file in sorted(file for file in output.rglob("*") if file.suffix in KINDS):
        type, ids = _read(file)
        if type:
            texts = tuple(id.split(":", 2)[-1].split("/")[0] for id in ids)
            yield Feed(file.relative_to(output).as_posix(), type, texts)


def _read(file: Path) -> tuple[str, list[str]]:
    """Of what type it is, '' where it is no feed, and the ids of its entries."""
    if file.suffix == ".json":
        known = json.loads(file.read_bytes())
        is_feed = isinstance(known, dict) and "jsonfeed.org" in str(known.get("version"))
        return ("json", [item["id"] for item in known["items"]]) if is_feed else ("", [])
    root = etree.parse(file).getroot()
    if root.tag == f"{ATOM}feed":
        return "atom", [str(id.text) for id in root.iterfind(f"{ATOM}entry/{ATOM}id")]
    return "rss" if root.tag == "rss" else "", [str(id.text) for id in root.iterfind("channel/item/guid")]


def table(items: int, feeds: Sequence[Feed], holding: int, rounds: Sequence[Round]) -> Iterator[str]:
    """Markdown, the median of each figure; the ratio is taken round by round, since a machine's speed drifts."""
    types = ", ".join(f"{sum(feed.type == type for feed in feeds)} {type}" for type in ("rss", "atom", "json"))
    entries = sum(len(feed.texts) for feed in feeds)
    yield f"{items} texts: {len(feeds)} feeds ({types}) of {entries} entries; median of {len(rounds)}"
    yield ""
    yield "| feeds | made | wall s | CPU s | CPU ms a feed | CPU ms per 1,000 entries | wall ratio | CPU ratio |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    names = {
        "Parvis": "first", "stock Pelican": "stock", "Parvis, nothing changed": "again",
        f"Parvis, one text changed ({holding} hold it)": "edited",
    }  # fmt: skip
    for name, field in names.items():
        costs: list[Cost] = [getattr(each, field) for each in rounds]
        pairs = list(zip(costs, (each.stock for each in rounds), strict=True))
        made = len(feeds) if field == "stock" else median(len(cost.made) for cost in costs)
        wall, cpu = median(cost.wall for cost in costs), median(cost.cpu for cost in costs)
        ratios = (race.ratio([getattr(a, what) / getattr(b, what) for a, b in pairs]) for what in ("wall", "cpu"))
        each, thousand = 1000 * cpu / len(feeds), 1_000_000 * cpu / entries
        cells = f"{made:.0f}", f"{wall:.2f}", f"{cpu:.2f}", f"{each:.2f}", f"{thousand:.1f}", *ratios
        yield f"| {name} | {' | '.join(cells)} |"
