"""A new file of content/: its fields with a word on each, a fresh id, today's date, and `draft` as its status."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from itertools import chain, count
from pathlib import Path
from typing import Any

from .. import files, html, matter
from ..errors import CONFIG, did_you_mean, refuse
from ..kinds import FOLDERS, Ambassador, Testimonial
from ..matter import Document
from ..settings import Settings
from ..slugs import slug

SINGULAR: Mapping[str, str] = {
    "article": "articles", "page": "pages", "testimonial": "testimonials", "ambassador": "ambassadors",
}  # fmt: skip
COMMON = ("id", "title", "date", "lang", "status")
FOLDER = {**SINGULAR, "community": "community"}
SHOWN: Mapping[str, tuple[str, ...]] = {
    "article": (*COMMON, "author", "category", "tags", "summary", "image", "alt", "quotes", "share", "commercial"),
    "page": (*COMMON, "summary", "image", "alt"),
    "testimonial": (
        *COMMON, "author", "use", "rating", "product", "experience_date", "role", "verified", "reward", "consent",
        "original", "licence", "tags", "commercial",
    ),
    "community": (*COMMON, "source", "author", "original", "use", "licence", "tags"),
    "ambassador": (*COMMON, "handle", "code", "name", "languages", "topics", "links", "consent"),
}  # fmt: skip
TRANSLATED = (
    "date", "author", "category", "tags", "image", "quotes", "commercial", "handle", "code", "name", "topics", "links",
    "use", "rating", "product", "experience_date", "verified", "reward", "consent", "source", "original", "licence",
)  # fmt: skip
"""Fields that a translation has as the original has them."""
UNTITLED = {"fr": "Sans titre", "en": "Untitled"}
NAMED = {"fr": "Prénom N.", "en": "First name N."}
NEXT = dict.fromkeys(SINGULAR, "write, look at it with `invoke serve`, then put `status: published`") | {
    "testimonial": "write, say in consent: what the person agreed to, then `invoke review --accept ID`",
}
COLUMN, WIDE = 24, 60
BODY = {"fr": "Écrivez ici.", "en": "Write here."}


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked: the kind, and what is known of it. `translates` is the path of an original."""

    kind: str
    title: str = ""
    lang: str = ""
    translates: str = ""


def new(settings: Settings, wish: Wish, now: datetime, fresh: Callable[[int], str] = secrets.token_hex) -> Path:
    """Writes the file and gives its path. Raises Refused; never overwrites, and `fresh(n)` gives n random bytes."""
    if wish.kind not in SINGULAR:
        what = f"want {', '.join(SINGULAR)}, got '{wish.kind}'{did_you_mean(wish.kind, SINGULAR)}"
        raise refuse("KIND", what, code=CONFIG)
    original = _original(settings, wish) if wish.translates else None
    lang = _language(settings, wish, original)
    title = html.text(wish.title) or (original.head.title if original else "") or UNTITLED.get(lang, UNTITLED["en"])
    values = _values(wish.kind, title, lang, now.astimezone(settings.brand.timezone), fresh)
    if original:
        values |= _as_original(settings, original)
    elif "handle" in values:
        values["handle"] = _own(settings, values["handle"])
    file = _free(settings.content / SINGULAR[wish.kind], _stem(values, lang, settings, original))
    files.put(file, text(wish.kind, values, original.body if original else BODY.get(lang, BODY["en"])))
    return file


def text(kind: str, values: Mapping[str, Any], body: str) -> str:
    """A file with every field that is useful to its kind, each with its own sentence beside it."""
    docs = {field.name: field.metadata["doc"] for field in fields(FOLDERS[FOLDER[kind]])}
    shown = [*SHOWN[kind], *(name for name in values if name not in SHOWN[kind])]
    lines = (_line(name, values.get(name), docs[name]) for name in shown)
    return f"---\n{''.join(lines)}---\n\n{html.prose(body).strip()}\n"


def _line(name: str, value: Any, doc: str) -> str:
    written = matter.dump({name: value}, flow=True) if value not in (None, "", ()) else f"{name}:\n"
    first, _, rest = written.partition("\n")
    return f"# {doc}\n{written}" if rest or len(first) > WIDE else f"{first:<{COLUMN}}  # {doc}\n"


def _values(kind: str, title: str, lang: str, now: datetime, fresh: Callable[[int], str]) -> dict[str, Any]:
    values: dict[str, Any] = {
        "id": f"{kind}-{fresh(6)}",
        "title": title,
        "date": now.replace(microsecond=0),
        "lang": lang,
        "status": "draft",
    }
    if kind == "testimonial":
        values |= {"author": {"name": NAMED.get(lang, NAMED["en"])}, "use": "full"}
    if kind == "ambassador":
        handle = slug(title) or f"ambassador-{fresh(2)}"
        values |= {"handle": handle, "code": fresh(3).upper(), "name": title, "languages": [lang]}
    return values


def _own(settings: Settings, handle: str) -> str:
    """A handle that no ambassador has yet."""
    heads = (document.head for document in matter.walk(settings.folder, [], ["ambassadors"]))
    taken = {head.handle for head in heads if isinstance(head, Ambassador)}
    return next(name for name in chain([handle], (f"{handle}-{n}" for n in count(2))) if name not in taken)


def _original(settings: Settings, wish: Wish) -> Document:
    """The text to translate. Raises Refused where it is not of this kind."""
    path = wish.translates.replace("\\", "/").removeprefix("./")
    file, shelf = settings.folder / path, settings.content / SINGULAR[wish.kind]
    if file.suffix != ".md" or not file.is_file() or not file.resolve().is_relative_to(shelf.resolve()):
        near = [found.path for found in matter.walk(settings.folder, [], [SINGULAR[wish.kind]])]
        what = f"want a file of content/{SINGULAR[wish.kind]}/, got '{wish.translates}'{did_you_mean(path, near)}"
        raise refuse("--translates", what, code=CONFIG)
    return matter.load(file, path)


def _language(settings: Settings, wish: Wish, original: Document | None) -> str:
    """The language asked for, else the site's first that the original does not have. Raises Refused for another."""
    there = _there(settings, original) if original else {}
    left = [other for other in settings.brand.languages if other not in there]
    lang = wish.lang.lower() or next(iter(left), "")
    if lang in left:
        return lang
    if lang in there and original and there[lang] != original.path:
        raise refuse("--translates", f"its {lang} translation is there: {there[lang]}", "write into that", code=CONFIG)
    if not lang and len(there) > 1:
        raise refuse(
            "--translates", "it is there in every language of this site", ", ".join(there.values()), code=CONFIG
        )
    hint = f"want {' or '.join(left)}" if left else "content/brand.yml names the languages of the site"
    other = "other " if original else ""
    raise refuse("--lang", f"'{lang or next(iter(there))}' is no {other}language of this site", hint, code=CONFIG)


def _there(settings: Settings, original: Document) -> dict[str, str]:
    """The languages that a text is there in, with the file of each, its own first."""
    key = original.head.translation_key
    shelf = matter.walk(settings.folder, [], [original.path.split("/")[1]])
    others = [document for document in shelf if key and document.head.translation_key == key]
    return {document.head.lang or settings.brand.lang: document.path for document in (original, *others)}


def _as_original(settings: Settings, original: Document) -> dict[str, Any]:
    """What a translation shares with its original, which gets the key that pairs them if it has none."""
    head = original.head
    key = head.translation_key or head.id
    if not head.translation_key:
        file = settings.folder / original.path
        files.put(file, matter.edit(file.read_text("utf-8"), original.path, {"translation_key": key}))
    own = {name: _plain(getattr(head, name, None)) for name in TRANSLATED}
    if isinstance(head, Testimonial):
        own["translated_from"] = head.lang or settings.brand.lang
    return {name: value for name, value in own.items() if value not in (None, "", [], "none")} | {
        "translation_key": key
    }


def _plain(value: Any) -> Any:
    """A value of a head as a file has it: what a dataclass has, without what it has not."""
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    if is_dataclass(value) and not isinstance(value, type):
        found = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        return {name: inner for name, inner in found.items() if inner not in (None, "", [])}
    return value


def _stem(values: Mapping[str, Any], lang: str, settings: Settings, original: Document | None) -> str:
    if "handle" in values:
        return str(values["handle"]) + (f"-{lang}" if lang != settings.brand.lang else "")
    named = slug(values["title"]) or str(values["id"])
    return f"{named}-{lang}" if original and values["title"] == original.head.title else named


def _free(folder: Path, stem: str) -> Path:
    """A name that no file has: with -2, -3 and so on where it must be."""
    names = chain([stem], (f"{stem}-{number}" for number in count(2)))
    return next(file for name in names if not (file := folder / f"{name}.md").exists())
