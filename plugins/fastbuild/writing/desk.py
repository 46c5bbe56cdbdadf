"""The writer of a build: between `together` and its end, what is asked for is collected; then it is made.

Anybody else who writes, at any other time, finds Pelican's own writer.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .. import canon, following
from ..artifacts import UNKNOWN, Note
from ..digests import digest_of
from ..reading.spots import joined
from ..run import Run
from ..tracking.facts import Facts
from ..tracking.theme import Theme
from ..trust import listeners
from .attached import moves_others, resolve
from .entries import KIN, Feeding
from .hands import Changed, Hands
from .sheets import ARTIFACT, Artifact, Feed, Page, Part, Sheet
from .staying import Staying

FED = ("SITENAME", "SITESUBTITLE", "SITEURL", "FEED_DOMAIN")
OF_CONTENT = ({"article", "category", "blog"}, {"article", "category", "blog", "all_articles"}, {"page"})
"""What Pelican gives to the page of a content: all of it follows from the content."""


logger = logging.getLogger(__name__)


class Desk(Feeding, Staying):
    run: Run
    facts: Facts
    context: dict[str, Any]

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._process = os.getpid()
        self._sheets: list[Sheet] | None = None
        self._kin = self._kins = self._feeds = 0
        self._siteurl: Any = None
        self._moving = False
        self._ready = False

    def prepared_for(self, context: dict[str, Any], theme: Theme) -> bool:
        """Once all contents and lists are there, and before the first page. Not for another context."""
        if self._ready:
            return context is self.context
        self.run.alone()
        self.context, self._siteurl = context, context["localsiteurl"]
        self.facts, self.theme = Facts(context, self.run.told), theme
        self._moving = not self.run.edit and any(map(moves_others, context["generated_content"].values()))
        told = listeners("content_written", "feed_generated", "feed_written")
        self._passes_over = not (self.run.doubts or self._moving or told)
        if self._passes_over:
            self.ledger.open(self.facts)
        else:
            self.run.edit = None
        self.run.hold()
        if self.run.edit and self.ledger.fallen is not None:
            self.run.edit.look_again()
            logger.info("fastbuild: some words changed, and no list: %s outputs are made", len(self.ledger.fallen))
            self.run.written += self.ledger.count - len(self.ledger.fallen)
        self._ready = True
        return True

    @contextmanager
    def together(self) -> Iterator[None]:
        if self._sheets is not None or os.getpid() != self._process or not self._ready:
            yield
            return
        self._sheets, before = [], (set(self._written_files), set(self._overridden_files), set(self.artifacts.standing))
        try:
            yield
            sheets = self._sheets
        finally:
            self._sheets = None
        self.context["localsiteurl"] = self._siteurl
        if sheets:
            try:
                self._make(sheets)
            except Changed:
                for sheet in sheets:
                    Path(sheet.file).unlink(missing_ok=True)
                self._written_files, self._overridden_files, self.artifacts.standing = before
                self._passes_over = self._ready = False
                raise

    @contextmanager
    def by_one(self) -> Iterator[None]:
        self._kin, before, self._kins = self._kins + 1, self._kin, self._kins + 1
        try:
            yield
        finally:
            self._kin = before

    @property
    def collects(self) -> bool:
        return self._sheets is not None and os.getpid() == self._process

    def write_file(  # noqa: PLR0917 - Pelican's
        self,
        name: Any,
        template: Any,
        context: dict[str, Any],
        relative_urls: bool = False,
        paginated: dict[str, Any] | None = None,
        template_name: str | None = None,
        override_output: bool = False,
        url: Any = None,
        **given: Any,
    ) -> None:
        if not self.collects:
            more: dict[str, Any] = {"template_name": template_name, "override_output": override_output, "url": url}
            super().write_file(name, template, context, relative_urls, paginated, **more, **given)
            return
        if not name:
            return
        lists = (
            paginated if paginated is not None else {key: given[key] for key in given if key in {"articles", "dates"}}
        )
        parts: list[Part | None] = [None]
        if lists and template_name in self.settings["PAGINATED_TEMPLATES"]:
            per_page = self.settings["PAGINATED_TEMPLATES"][template_name] or self.settings["DEFAULT_PAGINATION"]
            parts = list(Part(name, url, lists, self.settings, per_page, 1).all())
        said = [relative_urls, template_name, override_output, url, len(parts) > 1 or parts[0] is not None]
        spec, own = self._spec(name, template, context, said, given)
        for part in parts:
            place = part.save_as() if part else name
            page = Page(
                place, "", spec, template, context, given, relative_urls, self.context, self._siteurl, part, own
            )
            page.spec = f"{spec} {part.number}" if part and spec else spec
            self._siteurl = page.left()
            self._take(page, override_output)

    def write_feed(  # noqa: PLR0917 - Pelican's
        self,
        elements: Any,
        context: dict[str, Any],
        path: str | None = None,
        url: str | None = None,
        feed_type: str = "atom",
        override_output: bool = False,
        feed_title: str | None = None,
    ) -> Any:
        told = listeners("feed_generated", "feed_written")
        if not self.collects or not path or not elements or type(elements) is not list or told:
            return super().write_feed(elements, context, path, url, feed_type, override_output, feed_title)
        said = [[context.get(key) for key in FED], feed_type, feed_title, url]
        spec, _ = self._spec(path, None, context, said, {"elements": elements})
        kin = -1 - self._feeds // KIN
        self._feeds += 1
        feed = Feed(path, "", spec, self, elements, context, url or path, feed_type, feed_title, self._siteurl, kin)
        self._take(feed, override_output)
        return None

    def artifact(
        self, path: str, inputs: Sequence[str], make: Callable[[], bytes | str], shows: Iterable[str] | None = None
    ) -> None:
        made_from = digest_of(inputs)
        if not self.collects or (not self._passes_over and self.artifacts.known(path, made_from)):
            super().artifact(path, inputs, make)
            return
        keys = (following.ANY,) if shows is None else tuple(map(following.key, shows))
        self._take(Artifact(path, "", f"{ARTIFACT} {made_from}", make, self._kin, keys), override=False)

    def _take(self, sheet: Any, override: bool) -> None:
        if not override and self.stands(sheet.name, sheet.spec):
            return
        if isinstance(sheet, Page):
            for key, value in sheet.given.items():
                if type(value) is list:
                    self.facts.filled(f"{sheet.name}#{key}")
        sheet.file = joined(self.output_path, sheet.name)
        target = self.claim(sheet.file, override=override)
        if self._sheets is not None and target == sheet.file:
            if override:
                self._sheets = [each for each in self._sheets if each.file != target]
            self._sheets.append(sheet)

    def _spec(
        self, name: str, template: Any, context: dict[str, Any], said: Sequence[Any], given: dict[str, Any]
    ) -> tuple[str, str]:
        """What the page is, or nothing where nobody can say; and the path of its content, if it is the page of one."""
        if not self._passes_over and self.run.doubts:
            return "", ""
        word = self.theme.word(template.name) if template is not None else "feed"
        content = given.get("article") or given.get("page")
        if given.keys() in OF_CONTENT and "_digests" in content.__dict__ and not self.settings["RELATIVE_URLS"]:
            path = content.__dict__["relative_source_path"]
            return word and f"{word} {path}", path
        for key, value in given.items():
            if type(value) is list:
                self.facts.name(value, f"{name}#{key}")
        own = {} if context is self.context else context
        added = {key: value for key, value in own.items() if self.context.get(key, self) is not value}
        before = self._siteurl if self.settings["RELATIVE_URLS"] else None
        try:
            parts = [self.facts.described(each) for each in (*said, given, added, before)]
        except canon.Opaque:
            return "", ""
        return word and digest_of([word, *parts]), ""

    def _make(self, sheets: list[Sheet]) -> None:
        if self._moving:
            resolve(sheets)
        sheets = [sheet for sheet in sheets if self.run.makes(sheet.name, _path(sheet))]
        settings = frozenset(key for key, value in self.run.settings.items() if self.context.get(key, self) is value)
        self.run.written += len(sheets)
        self.run.store.commit()  # SQLite locks other processes out once it has no memory for what is open
        self._kept = {}
        made = Hands(self.facts, settings, self.run.jobs, not self.run.doubts, self.run.settle).make(sheets)
        self._kept.clear()
        for sheet in sheets:
            known = made.get(sheet.name)
            if self._passes_over:
                self.ledger.take(sheet.name, known)
            elif known and isinstance(sheet, Artifact):
                size = os.stat(sheet.file).st_size  # noqa: PTH116
                self.artifacts.take(sheet.name, Note(sheet.spec.split()[1], known.bytes, size, UNKNOWN))


def _path(sheet: Any) -> str:
    """Of the text that it is the page of."""
    given = sheet.given if isinstance(sheet, Page) else {}
    content = given.get("article") or given.get("page")
    return str(vars(content).get("relative_source_path", "")) if content is not None else ""
