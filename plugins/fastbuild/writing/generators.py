"""What the generators of articles and pages hand to the writer: all of it together, and nothing that stays as it is."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from itertools import chain
from typing import Any

from jinja2 import TemplateError
from jinja2.runtime import Context
from pelican.contents import Content
from pelican.generators import PelicanTemplateNotFound
from pelican.plugins import signals
from pelican.urlwrappers import URLWrapper
from pelican.writers import FileOverwriteFailedError

from ..reading import generators as reading
from ..reading import listing
from ..reading.states import overrides
from ..tracking.theme import Theme
from ..trust import listeners, strangers
from . import feeds
from .desk import Desk
from .hands import Changed, noting

logger = logging.getLogger("pelican.generators")  # whose words these are
Write = Callable[..., None]


class Writing(reading.Reading):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.desk: Desk | None = None
        self.theme = Theme(self.env, self.run.store)
        if self.env.context_class is Context:
            noting(self.env)
        else:
            self.run.doubt("a plugin has its own context of templates")

    def at_desk(self, writer: Any, signal: str, work: Callable[[Any], None]) -> None:
        """Pages are collected, unless somebody is told of each before it is written, and may change what comes next."""
        if not isinstance(writer, Desk) or listeners(signal):
            work(writer)
            return
        if writer.prepared_for(self.context, self.theme):
            self.desk = writer
        try:
            with self._settled(), writer.together():
                work(writer)
        except Changed:
            self.run.doubt("a template changes what other pages see")
            self.desk = None
            work(writer)

    @contextmanager
    def _settled(self) -> Iterator[None]:
        """Meanwhile no template is looked at again for each page that it is part of."""
        before, self.env.auto_reload = self.env.auto_reload, False
        try:
            yield
        finally:
            self.env.auto_reload = before


class Articles(Writing, reading.Articles):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not strangers(self.settings, ()):  # a plugin may still add to the environment that templates are compiled in
            self.run.next.append(self._compile)

    def _compile(self) -> None:
        """Templates that will be asked for; a fault in them shows when they are."""
        groups = [name for name in ("tag", "category", "author") if self.settings[f"{name.upper()}_SAVE_AS"]]
        for name in ("article", *groups, *self.settings["DIRECT_TEMPLATES"]):
            with suppress(PelicanTemplateNotFound, TemplateError):
                template = self.get_template(name)
                if not self.run.doubts:
                    self.theme.word(template.name)

    def generate_output(self, writer: Any) -> None:
        self.at_desk(writer, "article_generator_write_article", self._all)
        signals.article_writer_finalized.send(self, writer=writer)

    def _all(self, writer: Any) -> None:
        if self.desk and self.desk.wants_only(self.context["generated_content"]):
            write = partial(writer.write_file, relative_urls=self.settings["RELATIVE_URLS"])
            self.generate_articles(write)
            self.generate_drafts(write)
            return
        self.generate_feeds(writer)
        self.generate_pages(writer)

    def generate_feeds(self, writer: Any) -> None:
        """As Pelican does, with lists that are not made twice; after an edit only those that do not stay."""
        for path, elements, form, more in feeds.all_of(self, self.settings):
            if not self.desk or self.desk.wants(path):
                writer.write_feed(elements(), self.context, path, feed_type=form, **more)

    def generate_articles(self, write: Write) -> None:
        if not self.desk:
            super().generate_articles(write)
            return
        every = chain(self.translations, self.articles, self.hidden_translations, self.hidden_articles)
        for article in self.desk.fallen(every):
            write(
                article.save_as,
                self.get_template(article.template),
                self.context,
                article=article,
                category=getattr(article, "category", None),
                override_output=overrides(article),
                url=article.url,
                blog=True,
            )

    def generate_tags(self, write: Write) -> None:
        self._generate("tag", self.tags.items(), write)

    def generate_categories(self, write: Write) -> None:
        self._generate("category", self.categories, write)

    def generate_authors(self, write: Write) -> None:
        self._generate("author", self.authors, write)

    def _generate(self, kind: str, groups: Iterable[tuple[URLWrapper, list[Content]]], write: Write) -> None:
        """Pages of tags and their like, without a look at all articles for each of them."""
        template = self.get_template(kind)
        places = {id(article): place for place, article in enumerate(self.dates)}
        for wrapper, articles in groups:
            given = {
                kind: wrapper,
                "url": wrapper.url,
                "articles": articles,
                "dates": self._dates(kind, wrapper, articles, places),
                "template_name": kind,
                "blog": True,
                "page_name": wrapper.page_name,
                "all_articles": self.articles,
            }
            try:
                write(wrapper.save_as, template, self.context, **given)
            except FileOverwriteFailedError:
                if wrapper.slug:
                    logger.error('Failed to write %s page for "%s".', kind.capitalize(), wrapper)
                    raise
                shown = f'{kind.capitalize()} "%s" has an invalid slug; skipping writing {kind} page...'
                plural = {"tag": "tags", "category": "categories", "author": "authors"}[kind]
                logger.info(shown, wrapper, extra={"limit_msg": f"Further {plural} with invalid slugs."})

    def _dates(self, kind: str, wrapper: URLWrapper, articles: list[Content], places: dict[int, int]) -> list[Content]:
        """The articles in the order of `self.dates`. For a page that may stay, only if somebody wants to know."""
        if not self.desk or not self.desk.collects or kind in self.settings["PAGINATED_TEMPLATES"]:
            return listing.by_place(articles, places)
        dates: list[Content] = []
        self.desk.facts.later(dates, f"{wrapper.save_as}#dates", partial(listing.by_place, articles, places))
        return dates


class Pages(Writing, reading.Pages):
    def generate_output(self, writer: Any) -> None:
        """As Pelican does, but pages come together, and before others hear that all are written."""
        self.at_desk(writer, "page_generator_write_page", self._all)
        signals.page_writer_finalized.send(self, writer=writer)

    def _all(self, writer: Any) -> None:
        every = chain(
            self.translations,
            self.pages,
            self.hidden_translations,
            self.hidden_pages,
            self.draft_translations,
            self.draft_pages,
        )
        for page in self.desk.fallen(every) if self.desk else every:
            signals.page_generator_write_page.send(self, content=page)
            writer.write_file(
                page.save_as,
                self.get_template(page.template),
                self.context,
                page=page,
                relative_urls=self.settings["RELATIVE_URLS"],
                override_output=overrides(page),
                url=page.url,
            )
