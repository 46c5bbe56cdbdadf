"""Pelican's generators of articles and pages, which read by several hands and list in linear time."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from itertools import chain
from operator import attrgetter
from typing import Any

from pelican.contents import Content
from pelican.generators import ArticlesGenerator, CachingGenerator, PagesGenerator
from pelican.plugins import signals
from pelican.utils import order_content

from .. import logs
from ..run import Run
from ..trust import reading_listeners
from . import edited, files, listing, readers, register
from .kinds import ARTICLE, PAGE, Kind
from .library import Library
from .register import Shelf

KINDS = (ARTICLE, PAGE)
FED = "fed"
logger = logging.getLogger("fastbuild")


class Reading(CachingGenerator):
    """What both generators do in another way than Pelican."""

    run: Run
    kind: Kind
    lists: tuple[str, ...]
    refreshed: tuple[str, ...]
    """Lists of contents whose metadata Pelican looks through for links."""
    shelf: Shelf | None = None
    """Contents and lists after an edit that changed none of these."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        with signals.readers_init.connected_to(readers.noting):
            super().__init__(*args, **kwargs)
        self.run.begin()

    def check_disabled_readers(self) -> None:
        if self.readers.disabled_extensions:
            super().check_disabled_readers()

    def generate_context(self) -> None:
        """As Pelican does, with other means."""
        self.shelf = edited.shelf(self.run, self, self.kind, KINDS)
        if self.shelf:
            self._take_over(self.shelf)
        else:
            with logs.counted() as said:
                self._list()
            if not said:
                self._register()
        self._tell()

    def _take_over(self, shelf: Shelf) -> None:
        for name in self.lists:
            setattr(self, name, shelf.members(name))
        pairs = zip(shelf.register.sources or shelf.register.paths, shelf.contents, strict=True)
        self.context["generated_content"].update(pairs)
        self.context["static_links"].update(shelf.register.static_links)

    def _register(self) -> None:
        """Notes the lists, where they are not noted yet and all of them is known."""
        run, name = self.run, self.kind.name
        if (
            run.doubts
            or not edited.follow(run, self.settings, KINDS)
            or len(self._every) != self._files
            or register.kept(run, name)
        ):
            return
        lists = {**{each: getattr(self, each) for each in self.lists}, **self._fed()}
        refreshed = chain.from_iterable(lists[each] for each in self.refreshed)
        until = run.until if run.until < float("inf") else None
        if made := register.of(run.epoch, until, self._every, lists, self._groups(), refreshed):
            register.keep(run, name, made)

    def _fed(self) -> dict[str, list[Content]]:
        """Lists that feeds are made of, and nothing else is."""
        return {}

    def _groups(self) -> dict[str, register.Groups]:
        return {}

    def refresh_metadata_intersite_links(self) -> None:
        if not self.shelf:
            super().refresh_metadata_intersite_links()
            return
        for content in self.shelf.linked:
            content.refresh_metadata_intersite_links()

    def by_status(self) -> dict[str, list[Content]]:
        """All contents of the kind, in the order of their paths."""
        found: dict[str, list[Content]] = {"published": [], "draft": [], "hidden": []}
        self._every: list[Content] = []
        sources = self.context["generated_content"]
        for content in self._read():
            status = content._status
            if status == "skip":
                raise AssertionError("Documents with 'skip' status should be skipped")
            found.get(status, []).append(content)
            self._every.append(content)
            sources[content.relative_source_path] = content
            links = content.__dict__.get("_static_links")
            if links is None:
                self.add_static_links(content)
            elif links:
                self.context["static_links"].update(links)
        return found

    def original(self, contents: list[Content], kind: str) -> tuple[list[Content], list[Content]]:
        originals, others = listing.translations(contents, self.settings[f"{kind}_TRANSLATION_ID"])
        return order_content(originals, self.settings[f"{kind}_ORDER_BY"]), others

    def _read(self) -> Iterator[Content]:
        kind, settings = self.kind.name.upper(), self.settings
        paths, exclude = settings[f"{kind}_PATHS"], settings[f"{kind}_EXCLUDES"]
        found = files.found(self.path, paths, exclude, self.readers.extensions, settings["IGNORE_FILES"])
        self._files = len(found)
        reasons = list(self._alone())
        for reason in reasons:
            logger.info("fastbuild: %ss are read one by one: %s", self.kind.name, reason)
        return Library(self.run, self, self.kind, found).contents(alone=bool(reasons))

    def _alone(self) -> Iterator[str]:
        """Why files cannot be read by copies of this process, or not be kept."""
        settings = self.settings
        for module in reading_listeners(self.kind.name):
            yield f"{module} listens, and may keep what it hears"
        for module in readers.strange(self.readers, self.run.options.trust):
            yield f"{module} reads them, and may look at something else"
        if settings["CACHE_CONTENT"]:
            yield "CACHE_CONTENT is on, which is not needed here"
        forms = [settings["DEFAULT_DATE_FORMAT"], *settings["DATE_FORMATS"].values()]
        if any(isinstance(form, tuple) for form in forms):
            yield "a date format with a locale changes that of the whole process"


class Articles(Reading, ArticlesGenerator):
    kind = ARTICLE
    refreshed = ("articles", "translations", "drafts", "drafts_translations", "hidden_articles", "hidden_translations")
    lists = (*refreshed, "dates")
    categories: Any
    authors: Any

    def _list(self) -> None:
        found = self.by_status()
        self.articles, self.translations = self.original(found["published"], "ARTICLE")
        self.hidden_articles, self.hidden_translations = self.original(found["hidden"], "ARTICLE")
        self.drafts, self.drafts_translations = self.original(found["draft"], "ARTICLE")
        signals.article_generator_pretaxonomy.send(self)
        self._group()
        self.dates = list(self.articles)
        self.dates.sort(key=attrgetter("date"), reverse=self.context["NEWEST_FIRST_ARCHIVES"])
        self.categories = sorted(self.categories.items(), reverse=self.settings["REVERSE_CATEGORY_ORDER"])
        self.authors = sorted(self.authors.items())

    def _take_over(self, shelf: Shelf) -> None:
        super()._take_over(shelf)
        names = self.run.names
        self.tags.update(shelf.group("tags", names.tags))
        self.categories = shelf.group("categories", names.categories)
        self.authors = shelf.group("authors", names.authors)

    def _groups(self) -> dict[str, register.Groups]:
        return {"tags": self.tags.items(), "categories": self.categories, "authors": self.authors}

    def _fed(self) -> dict[str, list[Content]]:
        return {FED: self.fed(), **{f"{FED} {lang}": found for lang, found in self.fed_by_language().items()}}

    def fed(self) -> list[Content]:
        """Articles and translations, as the feed of all has them."""
        if self.shelf:
            return self.shelf.members(FED)
        every = [*self.articles, *chain.from_iterable(each.translations for each in self.articles)]
        return list(order_content(every, self.settings["ARTICLE_ORDER_BY"]))

    def fed_by_language(self) -> dict[str, list[Content]]:
        """As the feed of each language has them."""
        if self.shelf:
            known = self.shelf.register.lists
            return {name[len(FED) + 1 :]: self.shelf.members(name) for name in known if name.startswith(f"{FED} ")}
        found: dict[str, list[Content]] = {}
        for each in chain(self.articles, self.translations):
            found.setdefault(each.lang, []).append(each)
        return {lang: order_content(them, self.settings["ARTICLE_ORDER_BY"]) for lang, them in found.items()}

    def _tell(self) -> None:
        self.period_archives = self._build_period_archives(self.dates, self.articles, self.settings)
        shared = ("articles", "drafts", "hidden_articles", "dates", "tags", "categories", "authors", "related_posts")
        self._update_context(shared)
        self.context["period_archives"] = self.period_archives
        self.save_cache()
        self.readers.save_cache()
        signals.article_generator_finalized.send(self)

    def _group(self) -> None:
        """Only main articles are listed in categories and tags, not translations or hidden ones."""
        listing.group(self.articles, "tags", self.tags)
        listing.group(self.articles, "category", self.categories)
        listing.group(self.articles, "authors", self.authors)

    def _build_period_archives(self, dates: list[Content], articles: list[Content], settings: Any) -> Any:
        return listing.periods(dates, articles, settings)


class Pages(Reading, PagesGenerator):
    kind = PAGE
    refreshed = ("pages", "hidden_pages", "hidden_translations", "draft_pages", "draft_translations")
    lists = (*refreshed, "translations")

    def _list(self) -> None:
        found = self.by_status()
        self.pages, self.translations = self.original(found["published"], "PAGE")
        self.hidden_pages, self.hidden_translations = self.original(found["hidden"], "PAGE")
        self.draft_pages, self.draft_translations = self.original(found["draft"], "PAGE")

    def _tell(self) -> None:
        self._update_context(("pages", "hidden_pages", "draft_pages"))
        self.save_cache()
        self.readers.save_cache()
        signals.page_generator_finalized.send(self)
