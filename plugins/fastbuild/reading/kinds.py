"""The kinds of contents that are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pelican.contents import Article, Content, Page
from pelican.plugins import signals

from .light import Light, LightArticle, LightPage


@dataclass(frozen=True)
class Kind:
    name: str
    light: type[Light]
    plain: type[Content]

    def signal(self, what: str) -> Any:
        return getattr(signals, f"{self.name}_generator_{what}")


ARTICLE, PAGE = Kind("article", LightArticle, Article), Kind("page", LightPage, Page)
