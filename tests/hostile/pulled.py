"""A site made of feeds that hold what a stranger may send: pulled, accepted by a person, built."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from parvis import matter
from tests.cases import SHARED
from tests.hostile import payloads, project, serving

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
RSS = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<rss version="2.0" xmlns:content="{}" xmlns:dc="{}"><channel>{}</channel></rss>'
)
CONTENT, DC = "http://purl.org/rss/1.0/modules/content/", "http://purl.org/dc/elements/1.1/"
ATOM = '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">{}</feed>'
COLUMNS = ("id", "date", "title", "author", "text", "product", "role", "reward", "verified", "rating")
FULL = {"use": "full", "permission": "the test's own", "max_items": 1000}


def rss(texts: Sequence[str]) -> str:
    return RSS.format(CONTENT, DC, f"<title>Forum</title>{''.join(map(_item, range(len(texts)), texts))}")


def _item(number: int, text: str) -> str:
    said = escape(NOT_XML.sub("", text))
    return (
        f"<item><guid isPermaLink='false'>rss-{number}</guid><title>{said}</title><link>{said}</link>"
        f"<dc:creator>{said}</dc:creator><category>{said}</category><description>{said}</description>"
        f"<content:encoded>{said}</content:encoded><pubDate>Mon, 02 Nov 2026 09:00:00 +0100</pubDate></item>"
    )


def atom(texts: Sequence[str]) -> str:
    return ATOM.format(f"<title>Blog</title><id>urn:blog</id>{''.join(map(_entry, range(len(texts)), texts))}")


def _entry(number: int, text: str) -> str:
    legal = NOT_XML.sub("", text)
    said = escape(legal)
    return (
        f"<entry><id>urn:blog:{number}</id><title type='{('text', 'html')[number % 2]}'>{said}</title>"
        f"<link href={quoteattr(legal)}/><author><name>{said}</name><uri>{said}</uri></author>"
        f"<category term={quoteattr(legal)}/><content type='html'>{said}</content><rights>{said}</rights>"
        "<updated>2026-11-02T09:00:00+01:00</updated></entry>"
    )


def json_feed(texts: Sequence[str]) -> str:
    items = [
        {
            "id": f"json-{number}",
            "url": text,
            "title": text,
            "content_html": text,
            "tags": [text],
            "authors": [{"name": text, "url": text}],
            "date_published": "2026-11-02T09:00:00+01:00",
        }
        for number, text in enumerate(texts)
    ]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Club", "items": items})


def table(texts: Sequence[str]) -> str:
    file = io.StringIO()
    rows = csv.writer(file)
    rows.writerow(COLUMNS)
    for number, text in enumerate(texts):
        rows.writerow([f"row-{number}", "2026-11-02", *[text] * 7, number % 5 + 1])
    return file.getvalue()


def create(folder: Path) -> project.Project:
    """Pulls, accepts all that waits, those that ask for a senior too, and leaves the building to others."""
    texts = [*payloads.markup(), *payloads.naughty()]
    files: dict[str, str | bytes] = {
        "demo/forum.rss": rss(texts),
        "demo/blog.atom": atom(texts[::4]),
        "demo/club.json": json_feed(texts[1::4]),
        "demo/avis.csv": table(texts[::3]),
    }
    sources: dict[str, dict[str, object]] = {
        "forum": {"kind": "feed", "path": "demo/forum.rss", "label": f"Le forum {project.NASTY}"} | FULL,
        "blog": {"kind": "feed", "path": "demo/blog.atom"} | FULL,
        "club": {"kind": "feed", "path": "demo/club.json", "use": "excerpt", "max_items": 1000},
        "avis": {"kind": "table", "path": "demo/avis.csv", "into": "testimonials"} | FULL,
    }
    for name, file in _shared():
        files[f"demo/{name}"] = file.read_bytes()
        sources[f"shared-{re.sub('[^a-z0-9]+', '-', name)}"] = {"kind": "feed", "path": f"demo/{name}"} | FULL
    with serving.listening() as (address, server):
        sources["web"] = {"kind": "feed", "url": f"{address}/forum.rss"} | FULL
        sources["web-blog"] = {"kind": "feed", "url": f"{address}/blog.atom"} | FULL | {"into": "testimonials"}
        allowed = f'PARVIS["fetch"] = {{"allow": ["{address.removeprefix("http://")}"]}}\n'
        made = project.create(
            folder, files | {"content/sources.yml": matter.dump(sources)}, conf=project.CONF + allowed
        )
        _offer(made.folder / "demo", texts[2::9])
        serving.show(server, made.folder / "demo/web")
        done = made.run("invoke", "pull")
        assert done.returncode in (0, 3), done.stderr[-3000:]
    _accept(made)
    return made


def _shared() -> Iterable[tuple[str, Path]]:
    """Hostile feeds of the shared data, under names that a source may have."""
    feeds = SHARED / "hostile/feeds"
    for file in sorted(feeds.rglob("*.xml")):
        yield file.relative_to(feeds).as_posix().replace("/", "-"), file


def _offer(demo: Path, texts: Sequence[str]) -> None:
    web = demo / "web"
    web.mkdir()
    makers: dict[str, Callable[[Sequence[str]], str]] = {"forum.rss": rss, "blog.atom": atom}
    for name, make in makers.items():
        (web / name).write_text(make(texts), encoding="utf-8")


def _accept(made: project.Project) -> None:
    queue = made.run("invoke", "review", "--json")
    assert queue.returncode == 0, queue.stderr[-3000:]
    ids = [item["id"] for item in json.loads(queue.stdout)]
    assert len(ids) > (100 if payloads.HERE else 10)
    done = made.run("invoke", "review", "--accept", ",".join(ids), "--by", "marc", "--sign-off")
    assert done.returncode == 0, done.stderr[-3000:]
