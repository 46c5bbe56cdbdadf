"""Texts to measure with: two in five editorial, half community posts, the rest testimonials, in French and English.

Each text draws from a random stream of its own, made from seed, kind and number: it is the same in every format, and
in a corpus of any size but for the articles it links to.
"""

from __future__ import annotations

import hashlib
import json
import re
import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

FRENCH, ENGLISH = (
    "la roue atelier chaîne frein pluie matin voisine route pavé selle lumière marché enfant panier hiver fleuve pont "
    "réglage clé question merci essai montée descente équipe rencontre photo jardin quai bleu solide lent simple "
    "nous vous elle on avec pour dans sur sous entre sans chaque toute notre prend donne répare roule suit montre",
    "the wheel workshop chain brake rain morning neighbour road cobble saddle light market child basket winter river "
    "bridge setting spanner question thanks test climb descent team meeting photo garden quay blue sturdy slow simple "
    "we you she one with for in on under between without each every our takes gives mends rides follows shows",
)
TOPICS = [f"{one} {other}" for one in FRENCH.split()[1:21] for other in ENGLISH.split()[1:11]]
NAMES = ["Ana", "Bo", "Cléo", "Dan", "Eva", "Finn", "Gil", "Hana", "Ivo", "Jeanne"]
PEOPLE = [f"{first} {last}" for first in NAMES for last in "ABCDE"]
SHELVES = ["Atelier", "Balades", "Conseils", "Rencontres", "Essais", "News", "Repairs", "Rides", "Tools", "People"]
PLACES = ["forum", "fediverse", "blog", "club"]
BEGINNING = datetime(2014, 1, 1, 8, tzinfo=UTC)
ARTICLE, IMAGE = re.compile(r"<<(\d+)>>"), re.compile(r"<<image (\d+)>>")
CODE = """```python
# {0}
def turn(wheels, speed={1}):
    return [wheel * speed for wheel in wheels]

print(turn(range(9)))
```"""


@dataclass(frozen=True, slots=True)
class Text:
    """One text. In `body`, `<<NUMBER>>` stands for the address of an article, `<<image NUMBER>>` for a picture's."""

    kind: str
    slug: str
    lang: str
    title: str
    date: datetime
    author: str
    shelf: str
    tags: tuple[str, ...]
    summary: str
    body: str
    place: str
    rating: int

    @property
    def link(self) -> str:
        return f"https://{self.place}.example/{self.slug}"


def texts(items: int, seed: int) -> Iterator[Text]:
    """As many texts as wanted."""
    articles, posts = items * 2 // 5, items // 2
    counts = {"articles": articles, "community": posts, "testimonials": items - articles - posts}
    for kind, count in counts.items():
        for number in range(count):
            yield _text(Random(f"{seed}/{kind}/{number}"), kind, number, articles)


def _text(chance: Random, kind: str, number: int, articles: int) -> Text:
    lang = chance.choice(["fr", "fr", "en"])
    words = (FRENCH if lang == "fr" else ENGLISH).split()
    return Text(
        kind=kind,
        slug=f"{kind}-{number:06d}",
        lang=lang,
        title=_words(chance, words, 6).capitalize(),
        date=BEGINNING + timedelta(minutes=chance.randrange(12 * 365 * 24 * 60)),
        author=chance.choice(PEOPLE),
        shelf=chance.choice(SHELVES),
        tags=tuple(chance.sample(TOPICS, chance.randint(2, 6))),
        summary=_words(chance, words, 25).capitalize() + ".",
        body="\n\n".join(_article(chance, words, articles) if kind == "articles" else _said(chance, words, kind)),
        place=chance.choice(PLACES),
        rating=chance.randint(2, 5),
    )


def _article(chance: Random, words: Sequence[str], articles: int) -> Iterator[str]:
    """About 600 words: headings, paragraphs, lists, now and then code or a quotation, links and a picture."""
    for _ in range(5):
        yield f"## {_words(chance, words, 4).capitalize()}"
        yield _paragraph(chance, words, chance.randint(3, 6))
        kind = chance.randrange(20)
        if kind < 7:
            yield "\n".join(f"- {_sentence(chance, words)}" for _ in range(4))
        elif kind < 10:
            yield "\n".join(f"{place}. {_sentence(chance, words)}" for place in (1, 2, 3))
        elif kind < 12:
            yield CODE.format(_words(chance, words, 2), chance.randrange(90))
        elif kind < 14:
            yield f"> {_sentence(chance, words)}"
        yield _paragraph(chance, words, chance.randint(2, 4))
    for _ in range(2):
        yield f"{_sentence(chance, words)} [{_words(chance, words, 3)}](<<{chance.randrange(10**9) % articles}>>)"
    yield f"[{_words(chance, words, 2)}](https://example.org/{chance.randrange(10**6)})"
    yield f"![{_words(chance, words, 4)}](<<image {chance.randrange(50):02d}>>)"


def _said(chance: Random, words: Sequence[str], kind: str) -> Iterator[str]:
    """About 80 words."""
    mark = "> " if kind == "testimonials" else ""
    for _ in range(2):
        yield mark + _paragraph(chance, words, 3)


def _paragraph(chance: Random, words: Sequence[str], sentences: int) -> str:
    return " ".join(_sentence(chance, words) for _ in range(sentences))


def _sentence(chance: Random, words: Sequence[str]) -> str:
    """One in seven has a word that is marked."""
    said = chance.choices(words, k=chance.randint(7, 18))
    place, mark = chance.randrange(len(said)), chance.randrange(100)
    sign = "**" if mark < 6 else "*" if mark < 12 else "`" if mark < 14 else ""
    said[place] = f"{sign}{said[place]}{sign}"
    return " ".join(said).capitalize() + chance.choice(".....!?")


def _words(chance: Random, words: Sequence[str], count: int) -> str:
    return " ".join(chance.choices(words, k=count))


def write(folder: Path, items: int, seed: int) -> tuple[Path, Path]:
    """The same texts twice below `folder`: as a hub's and as stock Pelican's. Both have a `content` folder."""
    hub, stock = folder / "hub-texts", folder / "stock-texts"
    for place in (hub, stock):
        for number in range(50):
            _put(place / f"content/images/img-{number:02d}.png", _picture(number))
    for text in texts(items, seed):
        _put(hub / "content" / _path(text), hub_file(text).encode())
        _put(stock / f"content/{text.kind}/{text.slug}.md", stock_file(text).encode())
    _put(hub / "content/topics.txt", "\n".join(TOPICS).encode())
    return hub, stock


def _path(text: Text) -> str:
    year = "" if text.kind == "articles" else f"{text.date:%Y}/"
    return f"{text.kind}/{year}{text.slug}.md"


def hub_file(text: Text) -> str:
    """As DESIGN.md has it, approved where it must be. JSON is YAML."""
    head: dict[str, Any] = {
        "id": text.slug, "title": text.title, "date": text.date.isoformat(), "lang": text.lang, "tags": text.tags,
        "status": "published",
    }  # fmt: skip
    body = _linked(text.body)
    if text.kind == "articles":
        head |= {"category": text.shelf, "author": text.author, "summary": text.summary}
    else:
        day, hash = text.date.date().isoformat(), hashlib.sha256(body.encode()).hexdigest()[:16]
        head |= {"author": {"name": text.author}, "use": "full", "original": text.link}
        head |= {"approved": {"by": "bench", "on": day, "text_hash": hash}}
    if text.kind == "community":
        head |= {"source": text.place}
    elif text.kind == "testimonials":
        head |= {"rating": text.rating, "experience_date": day, "product": "Atelier"}
    lines = "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in head.items())
    return f"---\n{lines}---\n\n{body}\n"


def stock_file(text: Text) -> str:
    """With the metadata that Pelican reads by itself."""
    head = {
        "Title": text.title, "Slug": text.slug, "Lang": text.lang, "Date": f"{text.date:%Y-%m-%d %H:%M}",
        "Category": text.shelf, "Author": text.author, "Tags": ", ".join(text.tags), "Summary": text.summary,
    }  # fmt: skip
    if text.kind == "community":
        head |= {"Source": text.place, "Source_url": text.link}
    lines = "".join(f"{name}: {value}\n" for name, value in head.items())
    return f"{lines}\n{_linked(text.body)}\n"


def _linked(body: str) -> str:
    body = IMAGE.sub(r"{static}/images/img-\1.png", body)
    return ARTICLE.sub(lambda found: f"{{filename}}/articles/articles-{int(found[1]):06d}.md", body)


def _picture(number: int) -> bytes:
    """A small valid PNG of one colour."""
    rows = (b"\0" + bytes((number * 5, 90, 255 - number * 5)) * 64) * 48
    header = struct.pack(">IIBBBBB", 64, 48, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )


def _put(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
