"""The head of each page: title, addresses in all languages, trail, feeds to subscribe to, machine-readable data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from babel.support import Translations

from ..options import Brand
from . import catalogues, structured
from .addresses import SECTIONS, Addresses
from .feeds.channel import NAMES as FORMATS
from .feeds.channel import TYPES
from .show import Mapped
from .views import ROOT, Feed, Image, Link, Page

NAMES = {"fr": "Français", "en": "English"}
STREAMS = ("all", "articles", "community", "testimonials")


@dataclass(frozen=True)
class Heads:
    """Makes the heads of one language's pages."""

    lang: str
    brand: Brand
    addresses: Addresses

    @cached_property
    def words(self) -> Translations:
        return catalogues.read(self.lang)

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The name of each list, as `Communauté`."""
        _ = self.words.gettext
        return {
            "articles": _("Articles"),
            "community": _("Community"),
            "testimonials": _("Testimonials"),
            "ambassadors": _("Ambassadors"),
            "topics": _("Topics"),
            "archives": _("Archives"),
            "feeds": _("Feeds"),
            "all": _("Everything"),
            "frames": _("Show it on your site"),
            "thanks": _("Thank you"),
            "kit": _("Press and ambassador kit"),
            "join": _("Become an ambassador"),
        }

    def section(self, name: str) -> Link:
        return Link(self.titles[name], ROOT + self.addresses.section(self.lang, name))

    def beside(self, name: str) -> Link:
        """A page beside the ambassadors': thanks, kit or join."""
        return Link(self.titles[name], ROOT + self.addresses.beside(self.lang, name))

    def home(self) -> Link:
        return Link(self.brand.name, ROOT + self.addresses.home(self.lang))

    def feeds(self, stream: str) -> tuple[Feed, ...]:
        """RSS, Atom and JSON of one main stream."""
        return self._feeds[stream]

    @cached_property
    def _feeds(self) -> Mapping[str, tuple[Feed, ...]]:
        return {stream: tuple(self._formats(stream)) for stream in STREAMS}

    def _formats(self, stream: str) -> Iterator[Feed]:
        name = self.titles[stream]
        title = f"{self.brand.name} – {name}"
        for end, type in TYPES.items():
            yield Feed(title, ROOT + self.addresses.feed(self.lang, stream, end), type, FORMATS[type], name=name)

    @cached_property
    def _near(self) -> Mapping[str, tuple[Feed, ...]]:
        """What a page of each stream offers: its own feeds, then those of everything."""
        return {stream: self.feeds(stream) + (self.feeds("all") if stream != "all" else ()) for stream in STREAMS}

    def page(
        self,
        kind: str,
        title: str,
        description: str,
        path: str,
        *,
        there: Mapping[str, str],
        nearest: Callable[[str], str],
        trail: tuple[Link, ...] = (),
        image: Image | None = None,
        data: tuple[structured.Data, ...] = (),
        stream: str = "all",
        extra: tuple[Feed, ...] = (),
        noindex: bool = False,
        previous: str = "",
        next: str = "",
        me: tuple[str, ...] = (),
    ) -> Page:
        """`there` gives the path of this page in each language that has it; `nearest` the next best elsewhere."""
        trail = (self.home(), *trail) if trail else ()
        return Page(
            kind=kind,
            title=title,
            description=description,
            lang=self.lang,
            canonical=self.addresses.absolute(path),
            translations=self._translations(there),
            switch=self._switch(there, nearest),
            feeds=(*extra, *self._near[stream]) if extra else self._near[stream],
            trail=trail,
            image=image,
            json_ld=structured.script(*data, structured.breadcrumbs(trail, self.addresses)),
            noindex=noindex,
            previous=previous,
            next=next,
            me=me,
        )

    def mapped(self, path: str, there: Mapping[str, str], *, noindex: bool = False) -> Mapped:
        """What the map of the site says of a page, its head not being made."""
        return Mapped(self.addresses.absolute(path), self._translations(there), noindex)

    def _switch(self, there: Mapping[str, str], nearest: Callable[[str], str]) -> tuple[Link, ...]:
        if len(self.brand.languages) < 2:
            return ()
        ways = {lang: there.get(lang) or nearest(lang) for lang in self.brand.languages}
        return tuple(Link(self._name(lang), ROOT + way, lang, lang == self.lang) for lang, way in ways.items())

    def _translations(self, there: Mapping[str, str]) -> tuple[Link, ...]:
        if len(there) < 2:
            return ()
        languages = [lang for lang in self.brand.languages if lang in there]
        return tuple(Link(self._name(lang), self.addresses.absolute(there[lang]), lang) for lang in languages)

    def _name(self, lang: str) -> str:
        """A language in its own words: that is how its readers look for it."""
        return NAMES[lang]

    def everywhere(self, path: Callable[[str], str]) -> dict[str, str]:
        """A page that each language has, as the list of a kind."""
        return {lang: path(lang) for lang in self.brand.languages}

    def section_everywhere(self, name: str) -> dict[str, str]:
        assert name in SECTIONS
        return self.everywhere(lambda lang: self.addresses.section(lang, name))
