"""Reads the brand's settings and all of content/ before Pelican does, and tells Pelican what follows from them.

Other plugins find in Pelican's settings: PARVIS_SETTINGS, PARVIS_LIBRARY, PARVIS_ADDRESSES, PARVIS_NOW,
PARVIS_PREVIEW, and PARVIS_FAULTS, the list that faults of content go to; they end the run together, before a page
is written. Content is read when generators are asked for, so that a build that begins again reads it again; after an
edit of some words, the rest of it is as the build before knew it (PARVIS_RECALLED).
"""

from __future__ import annotations

import gc
import os
from collections import deque
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from weakref import ref

from pelican import Pelican, signals
from pelican.generators import Generator
from pelican.settings import Settings

from .. import errors, library, matter, settings
from ..kept import documents as kept
from ..kept.store import FILE, Store
from ..library import Library
from . import code, guard, markdown, people, recall
from .addresses import Addresses
from .catalogues import themes
from .compiled import begun
from .recall import Recalled
from .texts import Texts

OURS = ("parvis", "fastbuild", "pelican")
OFF = (
    "FEED_ALL_ATOM", "FEED_ALL_RSS", "FEED_ATOM", "FEED_RSS", "CATEGORY_FEED_ATOM", "CATEGORY_FEED_RSS",
    "AUTHOR_FEED_ATOM", "AUTHOR_FEED_RSS", "TAG_FEED_ATOM", "TAG_FEED_RSS", "TRANSLATION_FEED_ATOM",
    "TRANSLATION_FEED_RSS", "ARTICLE_TRANSLATION_ID", "PAGE_TRANSLATION_ID",
)  # fmt: skip
NOT_WRITTEN = (
    "AUTHOR_SAVE_AS", "CATEGORY_SAVE_AS", "TAG_SAVE_AS", "AUTHORS_SAVE_AS", "CATEGORIES_SAVE_AS", "TAGS_SAVE_AS",
    "ARCHIVES_SAVE_AS", "YEAR_ARCHIVE_SAVE_AS", "MONTH_ARCHIVE_SAVE_AS", "DAY_ARCHIVE_SAVE_AS",
)  # fmt: skip
FIXED = {
    "STATIC_PATHS": ["images", "CNAME", "favicon.ico"],
    "DIRECT_TEMPLATES": [],
    "THEME_STATIC_PATHS": [],
    "WITH_FUTURE_DATES": True,
    "CACHE_CONTENT": False,
    "LOAD_CONTENT_CACHE": False,
    "TYPOGRIFY": False,
}


def prepare(pelican: Pelican) -> None:
    """Loads and checks. Where the settings are at fault the run ends at once, with what the texts alone tell too."""
    ours = pelican.settings
    folder = Path(ours["PATH"]).resolve().parent
    try:
        known = settings.load(ours.get("PARVIS", {}), folder)
    except errors.Refused as refused:
        faults = list(refused.faults)
        deque(matter.walk(folder, faults), maxlen=0)
        raise SystemExit(errors.report(sorted(set(faults)))) from refused
    now = settings.now(known, os.environ).astimezone(known.brand.timezone)
    brand, lonely = known.brand, alone(ours)
    site = ours["SITEURL"].rstrip("/") or brand.address
    places = Addresses(brand.languages, site)
    ours.update({
        "PARVIS_SETTINGS": known,
        "PARVIS_NOW": now,
        "PARVIS_MARKDOWN": markdown.Further.of(ours["MARKDOWN"]),
        "PARVIS_ALONE": lonely,
        "PARVIS_ADDRESSES": places,
        "PARVIS_PREVIEW": bool(ours.get("PARVIS_PREVIEW")),
        "SITENAME": brand.name,
        "SITEURL": site,
        "DEFAULT_LANG": brand.lang,
        "TIMEZONE": str(brand.timezone),
        "ARTICLE_PATHS": [] if lonely else ["articles"],
        "PAGE_PATHS": [] if lonely else ["pages"],
        "JINJA_ENVIRONMENT": {**ours["JINJA_ENVIRONMENT"], "autoescape": True},
        "INTRASITE_LINK_REGEX": guard.FORMS,
        "READERS": {**ours["READERS"], "html": None, "htm": None, "rst": None},
    })  # fmt: skip
    ours.update(dict.fromkeys(OFF) | dict.fromkeys(NOT_WRITTEN, "") | FIXED)


def read(pelican: Pelican) -> None:
    """Content: what is live, and its HTML."""
    ours = pelican.settings
    known: settings.Settings = ours["PARVIS_SETTINGS"]
    following = getattr(pelican, "following", None) if ours["PARVIS_ALONE"] and not ours["PARVIS_PREVIEW"] else None
    collects = gc.isenabled()
    gc.disable()  # all that is read stays until the end
    kept_in = None if os.environ.get("FASTBUILD_FULL") else known.folder / FILE
    ours["PARVIS_FOLLOWING"] = last = following and following(__package__)
    if last and last.changed:
        code.believe(last.recall(recall.CODE), last.changed)
    ours["PARVIS_STORE"] = store = Store(kept_in, f"{code.stamp()} {ours['PARVIS_MARKDOWN']}")
    ours["PARVIS_RECALLED"] = recalled = recall.of(ours, known, store)
    ours["PARVIS_COMPILING"] = recalled and begun(known, recalled.documents.values(), themes(Path(ours["THEME"])))
    if not (recalled and _go_on(ours, recalled)):
        ours["PARVIS_RECALLED"] = None
        _read(ours, known, store)
    if collects:
        gc.enable()


def _go_on(ours: Settings, recalled: Recalled) -> bool:
    """From where the build before stood; whether that can be."""
    books = Library({}, frozenset(), frozenset(), (), recalled.gone)
    texts = Texts.after(ours, recalled)
    if texts is None:
        return False
    ours.update({"PARVIS_LIBRARY": books, "PARVIS_FAULTS": [], "PARVIS_COPIED": {*recalled.copied}})
    ours["PARVIS_TEXTS"] = texts
    ours["PARVIS_FOLLOWING"].take()
    return True


def _read(ours: Settings, known: settings.Settings, store: Store) -> None:
    books = library.read(known, os.environ, ours["PARVIS_NOW"], partial(kept.walk, store=store))
    taken, escapes = people.taken(books, ours["PARVIS_ADDRESSES"]), guard.escapes(known.content)
    faults = [*books.faults, *taken, *escapes]
    ours.update({"PARVIS_LIBRARY": books, "PARVIS_FAULTS": faults})
    ours["PARVIS_TEXTS"] = texts = Texts(ours, store)
    ours["PARVIS_COPIED"] = texts.check(faults)


def alone(settings: Settings) -> bool:
    """Whether nobody but this package, fastbuild and Pelican itself listens to Pelican: then contents of its own, which
    are slow to make, would be made for nobody."""
    if settings["TEMPLATE_PAGES"] or settings["OUTPUT_SOURCES"]:
        return False
    heard = (signal for signal in vars(signals).values() if isinstance(signal, signals.Signal))
    receivers = (receiver for signal in heard for receiver in signal.receivers.values())
    modules = (getattr(r() if isinstance(r, ref) else r, "__module__", None) or "" for r in receivers)
    return all(module.partition(".")[0] in OURS for module in modules)


def stop_at_faults(generators: Sequence[Generator]) -> None:
    """Ends the run where content is at fault, everything in one list; nothing is written then."""
    settings = generators[0].settings
    settings["PARVIS_STORE"].save()
    found = settings["PARVIS_FAULTS"]
    if found:
        raise SystemExit(errors.report(sorted(set(found))))


def register() -> None:
    signals.initialized.connect(prepare)
    signals.get_generators.connect(read)
    signals.all_generators_finalized.connect(stop_at_faults)
