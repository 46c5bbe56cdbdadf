"""A hub of many sources at three moments: read for the first time, with a few posts gone, and full of news.

What its sources say depends on nothing but numbers, so that each run of a pull meets the same words.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cached_property
from html import escape
from pathlib import Path
from random import Random

from PIL import Image

from parvis import matter
from parvis.kinds import Said
from tests.intake.projects import Hub

FIRST, SECOND, LATEST = range(3)
MOMENTS = tuple(datetime(2026, 11, day, 6, tzinfo=UTC).timestamp() for day in (2, 3, 4))
BRAND = "name: La maison\nauthority: maison.example,2026\nlanguages: [fr, en]\npublic: false\n"
FRENCH = """le la les une des dans avec pour sans chez vers remorque atelier pain farine four croute levain seigle
moulin boulanger marche village route vallon pierre bois jardin tomate verger pomme cidre fromage chevre berger laine
tissage couleur lumiere matin hiver printemps recolte panier voisin enfant musique danse fete repas table chaise lampe
papier encre livre lettre facteur colis train gare voyage montagne riviere bateau port voile phare sable galet"""
ENGLISH = """the of and for with from this that casino winner money offer bonus credit loan lender payout jackpot slot
dealer poker roulette wager stake luck spin prize voucher deposit account trader crypto token wallet market broker
profit yield margin leverage signal chart candle trend broker forex option future contract"""
MOVED_ON, GONE, WITHDRAWN, REFUSED, EDITED, DELICATE = range(1, 7)
"""Numbers of posts by what becomes of them; of each source alike."""
START, STEP = datetime(2026, 10, 1, 7, tzinfo=UTC), timedelta(hours=8)


@dataclass(frozen=True)
class Voice:
    """One source: its number says what it is."""

    number: int
    posts: int

    @property
    def name(self) -> str:
        return f"s{self.number}"

    @property
    def host(self) -> str:
        return f"127.0.9.{1 + self.number % 250}"

    @cached_property
    def kind(self) -> str:
        return ("feed", "feed", "feed", "pictures", "mastodon", "table", "maildir", "file", "feed", "pictures")[
            self.number % 10
        ]

    def shown(self, moment: int) -> Iterator[int]:
        """The numbers of the posts that it shows, the oldest first."""
        there = range(self.posts if moment == LATEST else max(8, 2 * self.posts // 5))
        return (n for n in there if moment == FIRST or n not in (GONE, WITHDRAWN))

    def changed(self, moment: int) -> bool:
        """Whether it is somebody else's by now."""
        return moment == LATEST and self.number == 8

    def words(self, n: int, moment: int) -> str:
        """Thirty words that no other post has in this order; every ninth post of files says what another file does."""
        voice = 0 if self.kind == "file" and n % 9 == 7 else self.number
        chance = Random(f"{voice} {n} {moment if n in (MOVED_ON, EDITED) else ''}")
        known = ENGLISH if self.changed(moment) and n > 8 else FRENCH
        said = " ".join(chance.choices(known.split(), k=30))
        return f"{said} plainte" if n == DELICATE and moment == LATEST else said

    def at(self, n: int) -> datetime:
        return START + n * STEP

    def entry(self, port: int) -> str:
        """Its line in sources.yml."""
        place = f"url: 'http://{self.host}:{port}{self.start}'" if self.start else f"path: demo/{self.path}"
        into = "testimonials" if self.kind in ("table", "maildir") else "community"
        more = {0: ", gone: withdraw", 1: ", trust: trusted"}.get(self.number % 3, "")
        more += ", media: copy" if self.kind in ("pictures", "mastodon") else ""
        read = {"pictures": "feed", "file": "feed"}.get(self.kind, self.kind)
        return f"{self.name}: {{kind: {read}, {place}, into: {into}, use: full, permission: charte{more}}}\n"

    @property
    def start(self) -> str:
        return {"feed": "/feed", "pictures": "/feed.json", "mastodon": "/@maison"}.get(self.kind, "")

    @property
    def path(self) -> str:
        return self.name + {"table": ".csv", "file": ".json"}.get(self.kind, "")

    def files(self, moment: int) -> Mapping[str, str]:
        """What lies below demo/ of it."""
        shown = list(self.shown(moment))
        if self.kind == "table":
            return {self.path: _table([(self, n, moment) for n in shown])}
        if self.kind == "maildir":
            return {f"{self.path}/cur/{n:04}.host": self._letter(n, moment) for n in shown}
        return {self.path: self._json(moment, "https://x.example")} if self.kind == "file" else {}

    def answers(self, moment: int, home: str) -> Mapping[str, bytes]:
        """What its addresses give, by path; `home` is how they begin."""
        if not self.start:
            return {}
        pages = {f"/{n}": b"<p>here" for n in self.shown(moment)}
        drawn = {f"/{n}.png": _picture(self.number * 1000 + n) for n in self.shown(moment) if not n % 4}
        if self.kind == "mastodon":
            return pages | drawn | self._account(moment, home)
        feed = self._rss(moment, home) if self.kind == "feed" else self._json(moment, home)
        return pages | ({} if self.kind == "feed" else drawn) | {self.start: feed.encode()}

    def _rss(self, moment: int, home: str) -> str:
        title, maker = ("Wins", "Spam 9") if self.changed(moment) else (f"Forum {self.name}", "WordPress")
        items = "".join(
            f"<item><guid isPermaLink='false'>{n}</guid><title>Note {n} de {self.name}</title><link>{home}/{n}</link>"
            f"<pubDate>{format_datetime(self.at(n))}</pubDate><author>Zoé {n % 5}</author>"
            f"<description>{escape(f'<p>{self.words(n, moment)}</p>')}</description></item>"
            for n in self.shown(moment)
        )
        head = f"<title>{title}</title><generator>{maker}</generator>"
        return f"<?xml version='1.0'?><rss version='2.0'><channel>{head}{items}</channel></rss>"

    def _json(self, moment: int, home: str) -> str:
        items = [
            {
                "id": f"{self.name}-{n}",
                "url": f"{home}/{self.name if not self.start else ''}{n}",
                "title": f"Note {n} de {self.name}",
                "content_html": f"<p>{self.words(n, moment)}</p>",
                "date_published": self.at(n).isoformat(),
                "authors": [{"name": f"Zoé {n % 5}", "url": f"https://x.example/@{n % 5}"}],
            }
            | ({"image": f"{home}/{n}.png"} if self.start and not n % 4 else {})
            for n in self.shown(moment)
        ]
        return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": self.name, "items": items})

    def _account(self, moment: int, home: str) -> Mapping[str, bytes]:
        """An account's posts, the newest first, twenty to a page."""
        shown = list(reversed(list(self.shown(moment))))
        statuses = "/api/v1/accounts/1/statuses?limit=40"
        pages = {"/api/v1/accounts/lookup?acct=maison": b'{"id": "1"}', statuses: b"[]"}
        for start in range(0, len(shown), 20):
            page = shown[start : start + 20]
            path = statuses + (f"&max_id={shown[start - 1]}" if start else "")
            pages[path] = json.dumps([self._status(n, moment, home) for n in page]).encode()
        return pages | {f"{statuses}&max_id={shown[-1]}": b"[]"}

    def _status(self, n: int, moment: int, home: str) -> dict[str, object]:
        picture = {"type": "image", "url": f"{home}/{n}.png", "description": f"Une image, {n}"}
        return {
            "id": str(n),
            "url": f"{home}/{n}",
            "visibility": "public",
            "account": {"id": "1", "username": "maison", "display_name": "La maison"},
            "content": f"<p>{self.words(n, moment)}</p>",
            "created_at": self.at(n).isoformat(),
            "media_attachments": [picture] if not n % 4 else [],
        }

    def _letter(self, n: int, moment: int) -> str:
        head = f"From: Zoé {n % 5} <zoe@exemple.example>\nSubject: Merci {n}\nDate: {format_datetime(self.at(n))}\n"
        return f"{head}Message-ID: <{n}@exemple.example>\nContent-Type: text/plain\n\n{self.words(n, moment)}\n"


def voices(items: int, sources: int) -> list[Voice]:
    """So many sources with so many posts together; the first one has the rest, and is a flood in the end."""
    each = max(10, items * 9 // 10 // sources)
    return [Voice(n, max(each, items - each * (sources - 1)) if n == 0 else each) for n in range(sources)]


def say(hub: Hub, all: list[Voice], moment: int) -> None:
    """Puts there what sources without an address say now."""
    for voice in all:
        for old in (hub.folder / "demo" / voice.path).glob("cur/*"):
            old.unlink()
        for path, text in voice.files(moment).items():
            hub.write(f"demo/{path}", text)


def decide(hub: Hub) -> None:
    """A person accepts what is going to change, and refuses a post of each source."""
    for document in matter.walk(hub.folder, []):
        head = document.head
        assert isinstance(head, Said)
        assert head.date
        number = (head.date - START) // STEP
        if number in (MOVED_ON, WITHDRAWN) and head.status == "pending":
            hub.approve(document.path.removeprefix("content/"))
        elif number == REFUSED:
            hub.decide("item", head.id)
            (hub.folder / document.path).unlink()


def _table(rows: list[tuple[Voice, int, int]]) -> str:
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(["id", "date", "auteur", "témoignage", "note"])
    table.writerows([n, v.at(n).isoformat(), f"Zoé {n % 5}", v.words(n, m), n % 5 + 1] for v, n, m in rows)
    return out.getvalue()


def _picture(number: int) -> bytes:
    out = io.BytesIO()
    colour = (number * 53 % 256, number * 97 % 256, number // 256 % 256)
    Image.new("RGB", (96, 64), colour).save(out, "PNG")
    return out.getvalue()


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}
