"""A hub of 2,000 items as a brand may have it after years: all kinds and languages, titles that nobody foresaw."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any

from bench import corpus, sites
from parvis import matter
from tests.hostile.project import PNG

ITEMS, SEED = 2_000, 20261120
SITE, AUTHORITY = "https://maison.example/hub", "maison.example,2026"
NOW = "2026-11-20T12:00:00+01:00"
LONG = "Une roue qui tourne depuis des années, et dont personne n’a jamais su qui l’avait posée là, ni pourquoi"
TITLES = (
    "{}", "{}", "« {} » & compagnie", "{} <b>en gras</b> ?", 'On dit "{}"', "Vélo 💡🚲 {}", "日本語のタイトル、{}",
    "عنوان طويل {}", "{} &amp; &copy; tels quels", "R&D&I : {}", "5 < 6 > 4, {}", f"{LONG} : {{}} ; {LONG.lower()}",
    "L'apostrophe l’autre {}", "👩‍👩‍👧 {} e\u0301", "{} <img src=x onerror=alert(1)>", "{}</title>", "1 &lt; 2, {}",
    "]]> {}", "100 % {} \\n \\t", "כותרת {} 2026", "{} <3", "{} -- … – —",
)  # fmt: skip
NAMES = ("Zoé & fils", "O’Brien", 'Ana "la roue" B', "名前", "محمد", "Jean-Marie d'Aï", "A. <3", "🙂")
ADDRESSES = (
    "https://forum.example/t/{}", "https://forum.example/t/{}?a[]=1&b=é", "https://bücher.example/ö/{}",
    "http://forum.example/{}#r%C3%A9ponse", "https://forum.example/(a)/'b'/{}|c",
)  # fmt: skip
TIES = ("none",) * 6 + ("gift", "paid", "employee", "affiliate")
TOPICS = corpus.TOPICS[:10]
SOURCES = {
    "forum": {
        "kind": "feed",
        "url": "https://forum.example/feed.xml",
        "label": "Le forum <d’en bas> & co",
        "permission": "x",
    },
    "fediverse": {"kind": "feed", "url": "https://bücher.example/@maison.rss", "permission": "x"},
    "blog": {"kind": "feed", "path": "demo/blog.rss"},
    "club": {"kind": "feed", "url": "https://club.example/feed?a[]=1", "label": {"fr": "Le club", "en": "The club"}},
}
BRAND = {
    "name": "La maison & co",
    "authority": AUTHORITY,
    "url": SITE,
    "languages": ["fr", "en"],
    "tagline": {"fr": "Roues & chaînes <ici>", "en": "Wheels & chains <here>"},
    "logo": "images/r.png",
    "topics": {f"sujet-{number}": {"fr": topic, "en": topic, "tags": [topic]} for number, topic in enumerate(TOPICS)},
}
HUB = "https://hub.example/"
CONF = f'\nPARVIS |= {{"now": "{NOW}", "feeds": {{"hub": "{HUB}"}}, "share": {{"cards": 10}}}}\n'


def create(folder: Path) -> sites.Site:
    """Writes the hub; `command` of the answer, run in its folder, builds it."""
    texts = folder / "texts"
    for path, data in files():
        place = texts / "content" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    (folder / "hub").mkdir()
    site = sites.hub(texts, folder / "hub")
    with (site.folder / "pelicanconf.py").open("a", encoding="utf-8") as file:
        file.write(CONF)
    return site


def files() -> Iterator[tuple[str, bytes]]:
    """Every file below content/, with its bytes; the same at each call."""
    yield "brand.yml", matter.dump(BRAND).encode()
    yield "sources.yml", matter.dump(SOURCES).encode()
    yield "team.yml", matter.dump({"juniors": ["lea"], "seniors": ["marc"]}).encode()
    yield "images/r.png", PNG
    for number in range(4):
        yield f"ambassadors/person-{number}.md", _ambassador(number).encode()
    for number, text in enumerate(corpus.texts(ITEMS, SEED)):
        year = "" if text.kind == "articles" else f"{text.date:%Y}/"
        yield f"{text.kind}/{year}{text.slug}.md", _file(number, text).encode()


def _file(number: int, text: corpus.Text) -> str:
    chance = Random(f"{SEED}/{number}")
    lang = "de" if number % 50 == 7 and text.kind != "articles" else text.lang
    date = "2025-03-01T00:00:00+01:00" if number % 9 == 0 else text.date.isoformat()
    if number % 90 == 4:
        date = f"{text.date:%Y-%m-%dT%H:%M:%S}+05:45"
    head: dict[str, Any] = {
        "id": text.slug,
        "title": TITLES[number % len(TITLES)].format(text.title),
        "date": date,
        "lang": lang,
        "tags": [*chance.sample(TOPICS, chance.randint(0, 3)), *chance.sample(["<i>x</i>", "A & B", "été", "日本"], 1)],
        "status": "published",
        "commercial": chance.choice(TIES),
    }
    if number % 11 == 0:
        head["share"] = _share(number, text)
    paragraphs = text.body.split("\n\n")
    body = "\n\n".join(paragraphs if number % 100 == 0 else paragraphs[:2] + paragraphs[-2:])
    body = corpus.ARTICLE.sub(lambda found: f"{{filename}}/articles/articles-{int(found[1]):06d}.md", body)
    body = corpus.IMAGE.sub("{static}/images/r.png", body)
    more = _article(number, text) if text.kind == "articles" else _said(number, text, chance, body)
    return matter.write(head | more, body)


def _share(number: int, text: corpus.Text) -> Mapping[str, Any]:
    wordings = {"any": [f"À lire : {text.title} & plus", f"Lu : {text.title} 💡"]}
    window = {0: {"embargo": "2026-12-01T00:00:00Z"}, 1: {"until": "2026-01-01T00:00:00Z"}}.get(number % 33 // 11, {})
    return {"wordings": wordings} | window


def _article(number: int, text: corpus.Text) -> Mapping[str, Any]:
    head: dict[str, Any] = {"category": text.shelf, "author": _name(number, text)}
    if number % 3:
        head["summary"] = f"{text.summary} <em>&amp;</em> « voilà »"
    if number % 5 == 0:
        head |= {"image": "images/r.png", "alt": "Une roue <b>rouge</b> & bleue"}
    if number % 13 == 0:
        head["updated"] = "2026-10-01T08:00:00+02:00"
    return head


def _said(number: int, text: corpus.Text, chance: Random, body: str) -> Mapping[str, Any]:
    hash = matter.text_hash(matter.split(matter.write({}, body), "x")[1])
    head: dict[str, Any] = {
        "author": {"name": _name(number, text), "url": "https://bücher.example/é" if number % 4 else None},
        "use": ("full", "excerpt", "link")[number % 3],
        "approved": {"by": "lea", "on": "2026-11-03", "text_hash": hash},
    }
    if not head["author"]["url"]:
        del head["author"]["url"]
    if text.kind == "community" or number % 2:
        head["original"] = ADDRESSES[number % len(ADDRESSES)].format(text.slug)
    if text.kind == "community":
        head["source"] = text.place
    else:
        head |= {"rating": text.rating, "product": "Atelier & <co>", "experience_date": "2025-02-01"}
    if number % 17 == 0:
        head["reply"] = {"by": "Léa & <b>Marc</b>", "on": "2026-10-02", "text": "Merci, *vraiment* <b>merci</b>."}
    if number % 19 == 0:
        head["correction"] = {"on": "2026-10-03", "text": "Le prix <b>et</b> la date."}
    return head


def _name(number: int, text: corpus.Text) -> str:
    return NAMES[number % len(NAMES)] if number % 6 == 0 else text.author


def _ambassador(number: int) -> str:
    head = {
        "id": f"ambassador-{number}",
        "title": "Fleuriste",
        "handle": f"person-{number}",
        "code": f"CODE{number}",
        "name": ("Ambre & Léa", "Tomas", "名前", "Zoé <3")[number],
        "lang": ("fr", "en")[number % 2],
        "languages": ["fr", "en"] if number < 2 else ["fr"],
        "topics": [f"sujet-{number}", f"sujet-{number + 3}"] if number else [],
        "consent": {"version": "1", "on": "2026-01-01"},
    }
    return matter.write(head, "Bonjour.")
