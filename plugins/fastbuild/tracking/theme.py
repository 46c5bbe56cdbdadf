"""Templates, each with all that it includes, extends or imports, in one word."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from jinja2 import Environment, TemplateError, TemplateNotFound
from jinja2.meta import find_referenced_templates

from ..digests import digest_of
from ..store import Store
from .facts import NEVER

RANDOM = re.compile(r"\|\s*random\b")
TABLE = "theme"


class Theme:
    """Which templates a template names is kept in the store, by the template's text."""

    def __init__(self, environment: Environment, store: Store) -> None:
        self._environment, self._store = environment, store
        self._known: dict[str, bytes] | None = None
        self._words: dict[str, str] = {}

    def word(self, name: str) -> str:
        found = self._words.get(name)
        if found is None:
            found = self._words[name] = self._word(name)
        return found

    def named(self, name: str, endings: Sequence[str]) -> str:
        """The word of a template that is named without its ending; nothing where there is none."""
        key = f"{name}*"
        if key not in self._words:
            there = next((name + ending for ending in endings if self._source(name + ending)), None)
            self._words[key] = self.word(there) if there else NEVER
        return self._words[key]

    def _word(self, name: str) -> str:
        sources: dict[str, str] = {}
        todo = [name]
        while todo:
            each = todo.pop()
            if each not in sources:
                sources[each] = self._source(each)
                todo.extend(self._named(each, sources[each]))
        if any(RANDOM.search(source) for source in sources.values()):
            return NEVER
        return digest_of(text for pair in sorted(sources.items()) for text in pair)

    def _source(self, name: str) -> str:
        try:
            loader: Any = self._environment.loader
            return str(loader.get_source(self._environment, name)[0])
        except TemplateNotFound:
            return ""

    def _named(self, name: str, source: str) -> list[str]:
        if self._known is None:
            self._known = self._store.rows(TABLE)
        key = digest_of([source])
        if key not in self._known:
            self._known[key] = json.dumps(self._parsed(source)).encode()
            self._store.put(TABLE, {key: self._known[key]})
        found = json.loads(self._known[key])
        return list(found) if found is not None else self._environment.list_templates()

    def _parsed(self, source: str) -> list[str] | None:
        """None where only a render can tell, and so it may be any."""
        try:
            found = set(find_referenced_templates(self._environment.parse(source)))
        except TemplateError:
            return []
        return None if None in found else sorted(name for name in found if name)
