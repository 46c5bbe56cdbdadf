"""An instance of Python-Markdown that is used for many texts."""

from __future__ import annotations

from typing import Any

from markdown import Markdown

from . import Tuned, is_short

NAME = "fastbuild.markdown"


def lasting(given: dict[str, Any]) -> Markdown | None:
    """One for the setting MARKDOWN, tuned. None where it would be no faster, or a text leaves something in it for the
    next: footnotes that are to be unique are counted on."""
    more = [] if NAME in given["extensions"] else [Tuned()]
    md = Markdown(**{**given, "extensions": [*given["extensions"], *more]})
    md.convert("a")
    counted = any(getattr(each, "config", {}).get("UNIQUE_IDS", [False])[0] for each in md.registeredExtensions)
    return md if is_short(md) and not counted else None
