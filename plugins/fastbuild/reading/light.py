"""Articles and pages that compute their address once, format dates fast, and fetch what lists never ask for."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from pelican.contents import Article, Content, Page
from pelican.utils import SafeDatetime

from ..tracking.reads import READS
from . import links, spots
from .memoised import Memoised

DIRECTIVE = re.compile("%-?.", re.DOTALL)
C89 = frozenset("aAbBcdfGHIjmMpSUuVwWxXyYzZ%")  # pelican.utils.strftime
NUMBERS = frozenset("dHIjmMSUuVwWY%")  # the same in each language
PLACED = {
    "slug",
    "lang",
    "date",
    "author",
    "category",
    "_status",
    "metadata",
    "in_default_lang",
    "override_url",
    "override_save_as",
}
"""What addresses may depend on: they are computed anew once one of these was set."""
_simple: dict[str, bool] = {}
_lasting: dict[str, bool] = {}
_links: dict[str, re.Pattern[str]] = {}


def is_simple(form: str) -> bool:
    """Whether Pelican's strftime, which formats each directive by itself, does what the plain one does."""
    known = _simple.get(form)
    if known is None:
        found = DIRECTIVE.findall(form)
        known = _simple[form] = all(each[1] in C89 for each in found) and "%" not in DIRECTIVE.sub("", form)
    return known


def is_lasting(form: str) -> bool:
    """Whether a simple form gives the same for a date whatever the locale is by then."""
    known = _lasting.get(form)
    if known is None:
        known = _lasting[form] = is_simple(form) and all(each[-1] in NUMBERS for each in DIRECTIVE.findall(form))
    return known


class Date(SafeDatetime):
    """A date whose `strftime` gives what Pelican's does, ten times as fast."""

    @classmethod
    def like(cls, date: datetime) -> Date:
        day = date.year, date.month, date.day
        return cls(*day, date.hour, date.minute, date.second, date.microsecond, date.tzinfo, fold=date.fold)

    def strftime(self, form: str, safe: bool = True) -> str:
        known: dict[str, str] = self.__dict__.get("_said") or self.__dict__.setdefault("_said", {})
        if form in known:
            return known[form]
        if safe and not is_simple(form):
            return str(super().strftime(form))
        made = datetime.strftime(self, form)
        if is_lasting(form):
            known[form] = made
        return made


class once:
    def __init__(self, compute: Callable[[Any], Any]) -> None:
        self._compute, self.__doc__ = compute, compute.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, content: Any, owner: type) -> Any:
        if content is None:
            return self
        if "_hollow" in content.__dict__:
            content.fill()
            return getattr(content, self._name)
        made = content.__dict__[self._name] = self._compute(content)
        return made


class Light(Content):
    """What is common to the two below. Those made from a row hold `_rest`: it gives the attributes that are not there
    yet, the first time that one of them is asked for. Hollow ones, with `_hollow`, have nothing but their path, and get
    their row when anything else is asked for."""

    _row: Callable[[Light], None]
    _rest: bytes
    _complete: Callable[[Light, bytes], None]
    _fetch: Callable[[Light], str]
    _twin: type[Light]
    _linked: int = True
    """Whether its metadata may hold links to other contents."""
    _static_links: list[str] | None = None

    def fill(self) -> None:
        if self.__dict__.pop("_hollow", None):
            type(self)._row(self)

    def __getattr__(self, name: str) -> Any:
        known = self.__dict__
        if "_hollow" in known:
            self.fill()
            return getattr(self, name)
        rest = known.pop("_rest", None)
        if rest is not None:
            type(self)._complete(self, rest)
            return getattr(self, name)
        if name == "_content" and "_path" in known:
            READS.note(f"b {known['relative_source_path']}")
            return type(self)._fetch(self)
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    def __setattr__(self, name: str, value: object) -> None:
        known = self.__dict__
        if "_hollow" in known:
            self.fill()
        if name in PLACED:
            known.pop("url", None)
            known.pop("save_as", None)
            if isinstance(value, SafeDatetime) and type(value) is SafeDatetime:
                value = Date.like(value)
        if "_digests" in known and name != "translations":
            known.setdefault("_set", set()).add(name)
        object.__setattr__(self, name, value)

    @once
    def url(self) -> Any:
        return self.get_url_setting("url")

    @once
    def save_as(self) -> Any:
        return self.get_url_setting("save_as")

    get_content = Memoised("get_content")
    get_summary = Memoised("get_summary")

    def forget(self) -> None:
        """What was made for pages, and can be made again; what somebody asked for before stays as it was then."""
        Light.get_content.forget(self)
        Light.get_summary.forget(self)

    def _has_valid_save_as(self) -> bool:
        """Without a look at what obviously lies in the output."""
        return spots.is_plain(self.save_as) or bool(super()._has_valid_save_as())

    def get_static_links(self) -> set[str]:
        self.fill()
        known = self._static_links
        if known is None and "static" not in self._content and "attach" not in self._content:
            return set()
        return set(known) if known is not None else super().get_static_links()

    def get_relative_source_path(self, source_path: str | None = None) -> str | None:
        path = source_path or self.source_path
        found = spots.below(path, self.settings["PATH"]) if path else None
        return found if found else super().get_relative_source_path(source_path)

    def _link_replacer(self, siteurl: str, m: re.Match[str]) -> str:
        return links.replaced(self, siteurl, m) or str(super()._link_replacer(siteurl, m))

    def _get_intrasite_link_regex(self) -> re.Pattern[str]:
        form = self.settings["INTRASITE_LINK_REGEX"]
        if form not in _links:
            _links[form] = super()._get_intrasite_link_regex()
        return _links[form]

    def refresh_metadata_intersite_links(self) -> None:
        self.fill()
        if self._linked or "_rest" not in self.__dict__:
            super().refresh_metadata_intersite_links()


class LightArticle(Light, Article):
    pass


class LightPage(Light, Page):
    pass


LightArticle.__name__ = LightArticle.__qualname__ = "Article"  # Pelican finds settings by the name of the class
LightPage.__name__ = LightPage.__qualname__ = "Page"
