"""The Jinja environment of one language: templates, words and dates. Never an overlay, never the system's locale."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal
from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from .. import colours
from . import catalogues, passages, wide
from .once import Once
from .templates import Templates
from .views import ROOT

REGIONS = {"en": "en_GB", "fr": "fr_FR"}


def make(lang: str, folders: Sequence[Path] = catalogues.THEMES, compiled: BytecodeCache | None = None) -> Environment:
    """Templates of the themes in `folders`, the strongest first; each has templates/, parts/ and locales/. Some may be
    `compiled` already."""
    words = catalogues.read(lang, folders)
    environment = Templates(
        words,
        loader=FileSystemLoader([folder / room for folder in folders for room in ("templates", "parts")]),
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=compiled,
    )
    environment.filters |= Dates(lang).filters() | {
        "absolute": absolute,
        "beside": passages.beside,
        "direction": direction,
        "wide": wide.Wide(words.gettext("Table"), words.gettext("Code")),
    }
    environment.filters["tongue"] = cache(lambda spoken: tongue(spoken, lang))
    environment.globals |= {"once": Once(), "paper": colours.PAPER, "night": colours.NIGHT}
    return environment


class Dates:
    """Dates, numbers and names of languages as one language writes them. Dates are printed in the zone they have."""

    def __init__(self, lang: str) -> None:
        self.locale = Locale.parse(territory(lang))

    def filters(self) -> dict[str, object]:
        return {
            "day": by_day(self.day),
            "shortday": by_day(self.shortday),
            "month": by_day(self.month),
            "monthname": by_day(self.monthname),
            "iso": iso,
            "language": cache(self.language),
            "number": cache(self.number),
            "territory": territory,
        }

    def day(self, when: date) -> str:
        """3 novembre 2026; the first of a month is an ordinal in French."""
        return self._first(when, format_date(when, "d MMMM y", locale=self.locale))

    def shortday(self, when: date) -> str:
        return self._first(when, format_date(when, "d MMM y", locale=self.locale))

    def month(self, when: date) -> str:
        return format_date(when, "LLLL y", locale=self.locale)

    def monthname(self, when: date) -> str:
        return format_date(when, "LLLL", locale=self.locale)

    def language(self, code: str) -> str:
        """The name of a language in this one; the code itself where nobody has heard of it."""
        try:
            return Locale.parse(code.replace("-", "_")).get_display_name(self.locale) or code
        except (UnknownLocaleError, ValueError):
            return code

    def number(self, value: float) -> str:
        return format_decimal(value, locale=self.locale)

    def _first(self, when: date, written: str) -> str:
        return f"1er{written[1:]}" if when.day == 1 and self.locale.language == "fr" else written


def territory(lang: str) -> str:
    """The language as one of its countries writes it, where that matters: `en_GB`."""
    return REGIONS.get(lang, lang).replace("-", "_")


def by_day(write: Callable[[date], str]) -> Callable[[date], str]:
    """The same for moments, each day written once. A moment is no key: it equals others that stand in other zones."""
    written = cache(write)
    return lambda when: written(when.date() if isinstance(when, datetime) else when)


def iso(when: date) -> str:
    """For `datetime` attributes: a day, or a moment to the second with its zone."""
    return when.isoformat(timespec="seconds") if isinstance(when, datetime) else when.isoformat()


def absolute(url: str, address: str) -> str:
    """An address of this site from anywhere; what is absolute already stays."""
    return f"{address.rstrip('/')}/{url.removeprefix(ROOT)}" if url.startswith(ROOT) else url


def tongue(spoken: str, lang: str) -> Markup:
    """` lang` and ` dir` attributes for words in another language than the page's; nothing for its own."""
    if not spoken or spoken == lang:
        return Markup()
    turned = direction(spoken)
    return Markup(' lang="{}"{}').format(spoken, Markup(f' dir="{turned}"') if turned != direction(lang) else "")


@lru_cache(maxsize=256)
def direction(lang: str) -> str:
    """`rtl` or `ltr` of the script a language is written in."""
    try:
        return str(Locale.parse(lang.replace("-", "_")).text_direction)
    except (UnknownLocaleError, ValueError):
        return "ltr"
