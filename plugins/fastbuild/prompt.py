"""The page of a text that is being edited, made at once from what the last build of this process knows.

Lists and feeds follow with the build after it, which also makes this page again: what is live in the end is what a
clean build makes. Where the page alone may not be told, nothing is done.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from pelican.contents import Content, SkipStub
from pelican.plugins import signals

from .amending import amend
from .places import Places
from .trust import strangers
from .writing.generators import Articles, Pages


class Prompt:
    """Listens to the builds of this process."""

    def __init__(self) -> None:
        self._generators: list[Any] = []
        signals.all_generators_finalized.connect(self._keep)

    def page(self, file: str, places: Places, trust: Sequence[str]) -> str:
        """Writes the page of a text; gives its name, or nothing where the text is new, moved, hidden or at fault."""
        for generator in self._generators:
            relative = os.path.relpath(file, generator.path)
            before = generator.context["generated_content"].get(relative)
            if not isinstance(before, generator.kind.plain):
                continue
            if generator.settings["RELATIVE_URLS"] or strangers(generator.settings, trust):
                return ""
            text = self._read(generator, relative)
            if text is None or (text.status, text.save_as) != ("published", before.save_as):
                return ""
            text.translations = before.translations
            amend(places, str(text.save_as), self._rendered(generator, text).encode())
            return str(text.save_as)
        return ""

    def _keep(self, generators: Sequence[Any]) -> None:
        self._generators = [each for each in generators if isinstance(each, Articles | Pages)]

    def _read(self, generator: Any, path: str) -> Content | None:
        kind, context = generator.kind.light, generator.context
        try:
            found = generator.readers.read_file(generator.path, path, kind, context=context)
        except Exception:  # whatever a reader raises: the build says it
            return None
        return None if isinstance(found, SkipStub) or not found.is_valid() else found

    def _rendered(self, generator: Any, text: Content) -> str:
        given: dict[str, Any] = {"page": text}
        if isinstance(generator, Articles):
            given = {"article": text, "category": text.category, "blog": True}
        local = {**generator.context, **given, "output_file": text.save_as}
        return str(generator.get_template(text.template).render(local))
