"""Reads the brand's settings and all of content/ before Pelican does, and tells Pelican what follows from them.

Other plugins find in Pelican's settings: PARVIS_SETTINGS, PARVIS_LIBRARY, PARVIS_ADDRESSES, PARVIS_NOW,
PARVIS_PREVIEW, and PARVIS_FAULTS, the list that faults of content go to; they end the run together, before a page
is written.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Sequence
from pathlib import Path

from pelican import Pelican, signals
from pelican.generators import Generator

from .. import errors, library, matter, settings
from . import guard, people
from .addresses import Addresses

OFF = (
    "FEED_ALL_ATOM", "FEED_ALL_RSS", "FEED_ATOM", "FEED_RSS", "CATEGORY_FEED_ATOM", "CATEGORY_FEED_RSS",
    "AUTHOR_FEED_ATOM", "AUTHOR_FEED_RSS", "TAG_FEED_ATOM", "TAG_FEED_RSS", "TRANSLATION_FEED_ATOM",
    "TRANSLATION_FEED_RSS", "ARTICLE_TRANSLATION_ID", "PAGE_TRANSLATION_ID",
)  # fmt: skip
NOT_WRITTEN = (
    "AUTHOR_SAVE_AS", "CATEGORY_SAVE_AS", "TAG_SAVE_AS", "AUTHORS_SAVE_AS", "CATEGORIES_SAVE_AS", "TAGS_SAVE_AS",
    "ARCHIVES_SAVE_AS", "YEAR_ARCHIVE_SAVE_AS", "MONTH_ARCHIVE_SAVE_AS", "DAY_ARCHIVE_SAVE_AS",
)  # fmt: skip


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
    books = library.read(known, os.environ, now)
    brand = known.brand
    site = ours["SITEURL"].rstrip("/") or brand.address
    places = Addresses(brand.languages, site)
    ours.update({
        "PARVIS_SETTINGS": known,
        "PARVIS_NOW": now,
        "PARVIS_LIBRARY": books, "PARVIS_AHEAD": None,
        "PARVIS_ADDRESSES": places,
        "PARVIS_FAULTS": [*books.faults, *people.taken(books, places), *guard.escapes(known.content)],
        "PARVIS_PREVIEW": bool(ours.get("PARVIS_PREVIEW")),
        "SITENAME": brand.name,
        "SITEURL": site,
        "DEFAULT_LANG": brand.lang,
        "TIMEZONE": str(brand.timezone),
        "ARTICLE_PATHS": ["articles"],
        "PAGE_PATHS": ["pages"],
        "STATIC_PATHS": ["images", "CNAME", "favicon.ico"],
        "DIRECT_TEMPLATES": [],
        "THEME_STATIC_PATHS": [],
        "WITH_FUTURE_DATES": True,
        "CACHE_CONTENT": False,
        "LOAD_CONTENT_CACHE": False,
        "TYPOGRIFY": False,
        "JINJA_ENVIRONMENT": {**ours["JINJA_ENVIRONMENT"], "autoescape": True},
        "INTRASITE_LINK_REGEX": guard.FORMS,
        "READERS": {**ours["READERS"], "html": None, "htm": None, "rst": None},
    })  # fmt: skip
    ours.update(dict.fromkeys(OFF) | dict.fromkeys(NOT_WRITTEN, ""))


def stop_at_faults(generators: Sequence[Generator]) -> None:
    """Ends the run where content is at fault, everything in one list; nothing is written then."""
    found = generators[0].settings["PARVIS_FAULTS"]
    if found:
        raise SystemExit(errors.report(sorted(set(found))))


def register() -> None:
    signals.initialized.connect(prepare)
    signals.all_generators_finalized.connect(stop_at_faults)
