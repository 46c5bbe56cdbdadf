"""What each of seven readers makes of our feeds, in one shape; what we do about their ways stands beside the reason."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import subprocess
from calendar import timegm
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from html import escape, unescape
from pathlib import Path
from typing import Any, NamedTuple

import atoma
import fastfeedparser
import feedparser
from lxml import etree
from lxml import html as parser

HERE = Path(__file__).parent
NEWSBOAT, SFEED, NODE = shutil.which("newsboat"), shutil.which("sfeed"), shutil.which("node")
PACKAGES = NODE and (HERE / "node_modules").is_dir()
NO_PACKAGES = "" if PACKAGES else "needs node, and its packages: cd tests/readers && npm ci --ignore-scripts"
ATOM = "{http://www.w3.org/2005/Atom}"
ESCAPED = {r"\n": "\n", r"\t": "\t", r"\\": "\\"}
UNKNOWN = "?"
"""What a reader does not tell of."""


class Read(NamedTuple):
    """One entry as a reader has it. `content` is HTML; the moment is in UTC."""

    id: str
    title: str
    date: datetime
    author: str
    link: str
    enclosure: str
    content: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A file of the site: its path below output/, the ids in it, in their order."""

    path: str
    file: Path
    ids: tuple[str, ...]

    @property
    def lang(self) -> str:
        return "en" if self.path.startswith("en/") else "fr"

    @property
    def end(self) -> str:
        return self.file.suffix[1:]


Reader = Callable[[Sequence[Feed], Path], Mapping[str, list[Read]]]


def found(output: Path) -> list[Feed]:
    """Every feed, its ids by a plain parser."""
    files = sorted(file for end in ("xml", "atom", "json") for file in output.rglob(f"*.{end}"))
    return [Feed(file.relative_to(output).as_posix(), file, ids) for file in files if (ids := _ids(file)) is not None]


def _ids(file: Path) -> tuple[str, ...] | None:
    if file.suffix == ".json":
        data = json.loads(file.read_text("utf-8"))
        return tuple(item["id"] for item in data["items"]) if isinstance(data, dict) and "feed_url" in data else None
    root = etree.parse(file).getroot()
    paths = {"rss": "channel/item/guid", f"{ATOM}feed": f"{ATOM}entry/{ATOM}id"}
    return tuple(element.text or "" for element in root.iterfind(paths[root.tag])) if root.tag in paths else None


def written(feeds: Iterable[Feed]) -> dict[tuple[str, str], Read]:
    """Entries by language of the feed and id, as JSON has them: there no reader's ways are in between."""
    entries = {}
    for feed in feeds:
        for item in json.loads(feed.file.read_text("utf-8"))["items"] if feed.end == "json" else ():
            attachments = item.get("attachments", [{"url": ""}])
            entries[feed.lang, item["id"]] = Read(
                item["id"],
                item["title"],
                datetime.fromisoformat(item["date_published"]).astimezone(UTC),
                item.get("authors", [{"name": ""}])[0]["name"],
                item["url"],
                attachments[0]["url"],
                canonical(item.get("content_html") or escape(item["content_text"])),
            )
    return entries


@lru_cache(maxsize=10_000)  # an item stands in many feeds
def canonical(html: str) -> str:
    """Markup that reads the same is the same: attributes in order, a run of white space is one space."""
    root = parser.fragment_fromstring(html, create_parent="div")
    return re.sub(r"\s+", " ", etree.tostring(root, method="c14n").decode())


def text(title: str) -> str:
    """A title that holds markup as text is escaped once more: in RSS by its profile, in Atom as its type says."""
    return " ".join(unescape(title).split())


def by_feedparser(feeds: Sequence[Feed], folder: Path) -> Mapping[str, list[Read]]:
    return {feed.path: [_by_feedparser(entry) for entry in _parsed(feed)] for feed in feeds if feed.end != "json"}


def _parsed(feed: Feed) -> Iterator[Any]:
    parsed = feedparser.parse(feed.file.read_bytes())
    assert not parsed.bozo, (feed.path, parsed.bozo_exception)
    yield from parsed.entries


def _by_feedparser(entry: Any) -> Read:
    said = entry.content[0] if "content" in entry else entry.get("summary_detail", {"type": "", "value": ""})
    return Read(
        entry.id,
        text(entry.title),
        datetime.fromtimestamp(timegm(entry.published_parsed), UTC),
        entry.get("author_detail", {}).get("name", ""),  # `author` has the address of an Atom author behind the name
        entry.link,
        entry.enclosures[0].href if entry.enclosures else "",
        canonical(said["value"] if said["type"] == "text/html" else escape(said["value"])),
    )


def by_atoma(feeds: Sequence[Feed], folder: Path) -> Mapping[str, list[Read]]:
    made = {"xml": _rss_by_atoma, "atom": _atom_by_atoma}
    return {feed.path: made[feed.end](feed.file.read_bytes()) for feed in feeds if feed.end in made}


def _rss_by_atoma(data: bytes) -> list[Read]:
    return [
        Read(
            item.guid,
            text(item.title),
            item.pub_date.astimezone(UTC),
            UNKNOWN,  # it does not know dc:creator
            item.link,
            item.enclosures[0].url if item.enclosures else "",
            canonical(item.content_encoded or item.description),
        )
        for item in atoma.parse_rss_bytes(data).items
    ]


def _atom_by_atoma(data: bytes) -> list[Read]:
    reads = []
    for entry in atoma.parse_atom_bytes(data).entries:
        links = {link.rel or "alternate": link.href for link in entry.links}
        said = entry.content or entry.summary
        html = said.value if said.text_type is atoma.atom.AtomTextType.html else escape(said.value)
        author = entry.authors[0].name if entry.authors else ""
        date = entry.published.astimezone(UTC)
        reads.append(
            Read(
                entry.id_,
                text(entry.title.value),
                date,
                author,
                links["alternate"],
                links.get("enclosure", ""),
                canonical(html),
            )
        )
    return reads


def by_fastfeedparser(feeds: Sequence[Feed], folder: Path) -> Mapping[str, list[Read]]:
    return {feed.path: [_by_fastfeedparser(entry, feed.end) for entry in _fast(feed)] for feed in feeds}


def _fast(feed: Feed) -> list[Any]:
    return list(fastfeedparser.parse(feed.file.read_bytes()).entries)


def _first_enclosure(entry: Any) -> str:
    return str(entry["enclosures"][0]["url"]) if entry.get("enclosures") else ""


def _by_fastfeedparser(entry: Any, end: str) -> Read:
    return Read(
        entry["id"],
        entry["title"] if end == "json" else text(entry["title"]),
        datetime.fromisoformat(entry["published"]).astimezone(UTC),
        entry.get("author", ""),
        entry["link"],
        _first_enclosure(entry) if end != "atom" else UNKNOWN,  # in Atom it has no eye for them
        canonical(_fast_content(entry, end)),
    )


def _fast_content(entry: Any, end: str) -> str:
    """Of a summary it does not tell whether it is HTML: ours of RSS always are, ours of Atom where that matters."""
    if not entry.get("content"):
        summary = str(entry.get("description", ""))
        return escape(summary if end == "json" else unescape(summary))
    said = entry["content"][0]
    return str(said["value"]) if said["type"] in ("text/html", "html") else escape(said["value"])


def by_newsboat(feeds: Sequence[Feed], folder: Path) -> Mapping[str, list[Read]]:
    """It keeps an id once over all feeds, so those that share one are read apart."""
    reads: dict[str, list[Read]] = {}
    for number, batch in enumerate(_apart([feed for feed in feeds if feed.end != "json"])):
        home = folder / str(number)
        home.mkdir()
        (home / "urls").write_text("".join(f"{feed.file.as_uri()}\n" for feed in batch))
        (home / "config").write_text("max-items 0\n")
        command = [str(NEWSBOAT), "-u", "urls", "-c", "cache.db", "-C", "config", "-x", "reload"]
        subprocess.run(
            command,
            cwd=home,
            env={"HOME": str(home), "LC_ALL": "C.UTF-8"},
            check=True,
            capture_output=True,
            timeout=300,
        )
        columns = "feedurl, guid, title, pubDate, author, url, content"
        rows = sqlite3.connect(home / "cache.db").execute(f"select {columns} from rss_item").fetchall()
        for feed in batch:
            known = {row[1]: row[1:] for row in rows if row[0] == feed.file.as_uri()}
            reads[feed.path] = [_by_newsboat(known[id], feed.end) for id in feed.ids if id in known]
    return reads


def _by_newsboat(row: Sequence[Any], end: str) -> Read:
    """Titles of Atom it keeps as text; of enclosures it keeps sound and films alone."""
    id, title, date, author, link, content = row
    moment = datetime.fromtimestamp(date, UTC)
    return Read(id, title if end == "atom" else text(title), moment, author, link, UNKNOWN, canonical(content))


def _apart(feeds: Iterable[Feed]) -> list[list[Feed]]:
    batches: list[tuple[set[str], list[Feed]]] = []
    for feed in feeds:
        free = (known for known in batches if known[0].isdisjoint(feed.ids))
        ids, batch = next(free, (set[str](), list[Feed]()))
        if not batch:
            batches.append((ids, batch))
        ids |= set(feed.ids)
        batch.append(feed)
    return [batch for _, batch in batches]


def by_sfeed(feeds: Sequence[Feed], folder: Path) -> Mapping[str, list[Read]]:
    reads = {}
    for feed in feeds:
        if feed.end != "json":
            data = subprocess.run([str(SFEED)], input=feed.file.read_bytes(), capture_output=True, check=True).stdout
            lines = data.decode().split("\n")[:-1]
            reads[feed.path] = [_by_sfeed(line.split("\t")) for line in lines]
    return reads


def _by_sfeed(columns: Sequence[str]) -> Read:
    date, title, link, content, type, id, author, enclosure, *_ = columns
    said = re.sub(r"\\[nt\\]", lambda found: ESCAPED[found[0]], content)
    html = said if type == "html" else escape(said)
    return Read(id, text(title), datetime.fromtimestamp(int(date), UTC), author, link, enclosure, canonical(html))


def by_node(name: str) -> Reader:
    """One of the two readers of npm: `readers.mjs` tells of both."""

    def read(feeds: Sequence[Feed], folder: Path) -> Mapping[str, list[Read]]:
        files = [str(feed.file) for feed in feeds if not (feed.end == "json" and name == "rss-parser")]
        (folder / "files.json").write_text(json.dumps(files))
        command = [str(NODE), str(HERE / "readers.mjs"), name, str(folder / "files.json")]
        told = json.loads(subprocess.run(command, capture_output=True, check=True, timeout=300).stdout)
        return {
            feed.path: [_by_node(entry, feed.end) for entry in told[str(feed.file)]]
            for feed in feeds
            if str(feed.file) in told
        }

    return read


def _by_node(told: Mapping[str, str], end: str) -> Read:
    html = told["html"] if "html" in told else escape(told["text"])
    date = datetime.fromisoformat(told["date"]) if told["date"][:4].isdigit() else _rfc822(told["date"])
    return Read(
        told["id"],
        told["title"] if end == "json" else text(told["title"]),
        date.astimezone(UTC),
        told["author"],
        told["link"],
        told["enclosure"],
        canonical(html),
    )


def _rfc822(date: str) -> datetime:
    return datetime.strptime(date, "%a, %d %b %Y %H:%M:%S %z")


READERS: Mapping[str, tuple[Reader, str]] = {
    "feedparser": (by_feedparser, ""),
    "atoma": (by_atoma, ""),
    "fastfeedparser": (by_fastfeedparser, ""),
    "newsboat": (by_newsboat, "" if NEWSBOAT else "needs newsboat: apt install newsboat"),
    "sfeed": (by_sfeed, "" if SFEED else "needs sfeed: apt install sfeed"),
    "rss-parser": (by_node("rss-parser"), NO_PACKAGES),
    "feedsmith": (by_node("feedsmith"), NO_PACKAGES),
}
"""How each reads, and what it lacks to do so here."""
