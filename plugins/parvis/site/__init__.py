"""Room 4, SHOW: Pelican plugins that turn what people approved into pages and feeds, offline.

`PLUGINS = ["parvis.site"]` registers them all, in the order they need.
"""

from __future__ import annotations

from importlib import import_module

PLUGINS = ("setup", "reading", "said", "assembly", "hub", "posters", "kit", "feeds.plugin", "binding", "turning")


def register() -> None:
    for name in PLUGINS:
        import_module(f"{__name__}.{name}").register()
