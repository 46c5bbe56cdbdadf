"""Whatever strangers call themselves and write, every feed stays whole and nothing in it is active."""

from __future__ import annotations

import json
from collections.abc import Iterator

import feedparser
from bs4 import BeautifulSoup
from lxml import etree

from parvis.matter import split, text_hash, write
from tests import hub
from tests.hostile import payloads
from tests.site.conftest import Build

SITE = f"-- content/brand.yml --\n{hub.BRAND}url: https://maison.example/hub\n"
PERSON = """
-- content/ambassadors/ambre.md --
---
id: ambassador-ambre
title: Fleuriste
handle: ambre
code: FLEURS26
name: Ambre
lang: fr
languages: [fr]
consent: {version: "1", on: 2026-01-05}
---

Bonjour.
"""
EACH = 12
"""Every so many of the payloads: all of them go through whole sites in tests/hostile."""
ACTIVE = (
    "script",
    "iframe",
    "frame",
    "object",
    "embed",
    "form",
    "input",
    "button",
    "style",
    "link",
    "meta",
    "svg",
    "base",
)


def hostile() -> Iterator[tuple[str, str]]:
    """Posts whose every field is hostile, as an editor's file may hold them."""
    texts = [*payloads.markup()[::EACH], *payloads.naughty()[::EACH]]
    for number, payload in enumerate(text.replace("\x00", "") for text in texts):
        head = {
            "id": f"forum-{number:012x}",
            "title": f"a {payload}"[:300],
            "date": "2026-11-02T09:00:00+01:00",
            "author": {"name": payload[:200]},
            "source": "forum",
            "original": "https://forum.example/1",
            "tags": [payload[:80]],
            "status": "published",
            "use": "full",
            "share": {"wordings": {"any": [payload]}},
        }
        body = payload.encode("utf-8", "replace").decode().replace("\r", "\n")
        head |= {"approved": {"by": "lea", "on": "2026-11-03", "text_hash": "auto"}}
        path, text = f"content/community/2026/h{number}.md", write(head, body)
        yield path, text.replace("text_hash: auto", f"text_hash: {text_hash(split(text, path)[1])}", 1)


def test_feeds_of_hostile_posts_are_whole_and_hold_nothing_active(build: Build) -> None:
    posts = dict(hostile())
    folder = build(SITE + PERSON).output.parent
    for path, text in posts.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    built = build()

    seen = set[str]()
    for path in sorted(path for path in built.files("flux/**/*.*") if not path.endswith(".html")):
        data = (built.output / path).read_bytes()
        if path.endswith(".json"):
            items = json.loads(data)["items"]
            texts = [item["content_html"] for item in items if "content_html" in item]
            seen |= {item["id"] for item in items}
        else:
            etree.fromstring(data)
            texts = [content.value for entry in feedparser.parse(data).entries for content in entry.get("content", ())]
            texts += [entry.get("summary", "") for entry in feedparser.parse(data).entries]
        for text in texts:
            page = BeautifulSoup(f"<p>{text}</p>", "html.parser")
            assert page.find(ACTIVE) is None, (path, text)
            assert not [name for tag in page(True) for name in tag.attrs if name.startswith("on")], (path, text)
            assert all(tag["href"].startswith(("https://", "http://")) for tag in page(href=True)), (path, text)
    assert len({id for id in seen if "/ambre" not in id}) == len(posts)
    assert len(posts) >= len(list(payloads.own())) // EACH
