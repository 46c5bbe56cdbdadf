"""The kinds of contents that are read."""

from __future__ import annotations

from typing import Any, NamedTuple

from pelican.contents import Article, Content, Page
from pelican.plugins import signals

from .light import Light, LightArticle, LightPage


class Kind(NamedTuple):
    name: str
    light: type[Light]
    plain: type[Content]

    def signal(self, what: str) -> Any:
        return getattr(signals, f"{self.name}_generator_{what}")


ARTICLE, PAGE = Kind("article", LightArticle, Article), Kind("page", LightPage, Page)
