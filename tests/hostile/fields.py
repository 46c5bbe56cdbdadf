"""A site whose every field holds what a stranger may send, as files that somebody approved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from parvis import matter
from parvis.errors import Refused
from tests.hostile import payloads, project

DATE = "2026-11-02T09:00:00+01:00"
SOURCES = {
    "forum": {"kind": "feed", "path": "demo/forum.rss", "label": f"Le forum {project.NASTY}"},
    "avis": {"kind": "table", "path": "demo/avis.csv", "into": "testimonials"},
}
Kind = Callable[[int, str], dict[str, str]]


def create(folder: Path) -> project.Project:
    """Every payload in every field of every kind of file."""
    dangerous, odd = payloads.markup(), payloads.naughty()
    files = written(dangerous, community, testimonial, article)
    files |= written(dangerous[:8], ambassador)
    files |= written(odd, community, first=len(dangerous))
    return project.create(folder, files | {"content/sources.yml": matter.dump(SOURCES)})


def written(texts: Sequence[str], *kinds: Kind, first: int = 0) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, payload in enumerate(texts, first):
        for kind in kinds:
            found |= kind(number, payload)
    return found


def document(path: str, head: Mapping[str, Any], body: str) -> dict[str, str]:
    """One file, without the addresses and titles that its schema refuses: a pull would not have written them."""
    kept = dict(head)
    try:
        matter.parse(matter.write(kept, body), path)
    except Refused as refused:
        for fault in refused.faults:
            name, _, inner = fault.what.partition(":")[0].partition(".")
            if inner:
                kept[name] = {key: value for key, value in kept[name].items() if key != inner}
            else:
                kept[name] = "Sans titre" if name in ("title", "name") else None
        kept = {name: value for name, value in kept.items() if value is not None}
    if "approved" in kept:
        said = matter.split(matter.write(kept, body), path)[1]
        kept["approved"] |= {"text_hash": matter.text_hash(said)}
    return {path: matter.write(kept, body)}


def said(number: int, payload: str) -> dict[str, Any]:
    """What a community post and a testimonial have in common."""
    return {
        "title": payload,
        "date": DATE,
        "lang": "fr" if number % 2 else "en",
        "tags": [payload, "recettes"],
        "status": "published",
        "source": "forum",
        "author": {"name": payload, "url": payload, "id": payload},
        "original": payload,
        "use": "full",
        "licence": payload,
        "media": [{"file": "images/r.png", "alt": payload, "width": 1, "height": 1}],
        "approved": {"by": "lea", "on": "2026-11-03", "text_hash": "0" * 16},
        "reply": {"by": payload, "on": "2026-11-04", "text": payload},
        "correction": {"on": "2026-11-05", "text": payload},
        "share": {"wordings": {"any": [payload]}},
    }


def community(number: int, payload: str) -> dict[str, str]:
    return document(
        f"content/community/2026/voice-{number}.md", {"id": f"forum-{number}"} | said(number, payload), payload
    )


def testimonial(number: int, payload: str) -> dict[str, str]:
    given = {
        "rating": number % 5 + 1,
        "experience_date": "2026-10-01",
        "verified": payload,
        "reward": payload,
        "product": payload,
        "role": payload,
        "consent": {"version": payload, "on": "2026-11-01", "proof": payload},
    }
    head = {"id": f"avis-{number}"} | said(number, payload) | given
    return document(f"content/testimonials/2026/word-{number}.md", head, payload)


def article(number: int, payload: str) -> dict[str, str]:
    """An editor's text with a stranger's words pasted into its fields, and their post beside it."""
    head = {
        "id": f"article-{number}",
        "title": payload,
        "date": DATE,
        "lang": "fr" if number % 2 else "en",
        "tags": [payload, "jardin"],
        "category": payload,
        "author": payload,
        "summary": payload,
        "image": "images/r.png",
        "alt": f"r {payload}",
        "quotes": [f"forum-{number}"],
        "share": {"wordings": {"any": [payload]}},
    }
    return document(f"content/articles/text-{number}.md", head, "Un texte.\n\n![r]({static}/images/r.png)\n\nUne fin.")


def ambassador(number: int, payload: str) -> dict[str, str]:
    head = {
        "id": f"ambassador-{number}",
        "title": payload,
        "handle": f"person-{number}",
        "code": f"CODE{number}",
        "name": payload,
        "lang": "fr",
        "topics": ["jardin"] if number else [],
        "links": [{"name": payload, "url": "https://a.example/'onload='alert(1)"}],
        "consent": {"version": payload, "proof": payload},
    }
    return document(f"content/ambassadors/person-{number}.md", head, "Bonjour.")
