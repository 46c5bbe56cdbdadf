"""Whom a build takes at their word: Pelican, this package, and what the settings name in FASTBUILD["trust"].

All others get exactly what Pelican gives them: files are read one by one in the first process while they listen, and no
output is passed over, since nobody can tell what else it depends on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any
from weakref import ref

from pelican.plugins import signals

OTHERS = "pelican.plugins."
"""Where plugins of others are installed, under the name of Pelican."""
OWN = ("pelican.plugins.signals", "pelican.plugins._utils")
READING = ("content_object_init", "{kind}_generator_preread", "{kind}_generator_context")


def is_known(module: str, trust: Collection[str]) -> bool:
    known = trust if module.startswith(OTHERS) and module not in OWN else ("pelican", "fastbuild", *trust)
    names = (module, module.removeprefix(OTHERS))
    return any(name == each or name.startswith(f"{each}.") for name in names for each in known)


def strangers(settings: Mapping[str, Any], trust: Collection[str]) -> list[str]:
    """Plugins, and others that listen to Pelican, whose word does not count."""
    heard = {module for signal in _signals() for module in _modules(signal)}
    return sorted(name for name in {*(settings["PLUGINS"] or ()), *heard} if not is_known(name, trust))


def listeners(*names: str) -> list[str]:
    """The modules of all that listen to these signals of Pelican, this package aside."""
    return sorted({module for name in names for module in _modules(getattr(signals, name)) if not is_known(module, ())})


def reading_listeners(kind: str) -> list[str]:
    """Modules that are told of each file that is read, and may keep or change what they hear."""
    return listeners(*(name.format(kind=kind) for name in READING))


def _signals() -> list[Any]:
    return [signal for signal in vars(signals).values() if isinstance(signal, signals.Signal)]


def _modules(signal: Any) -> Iterator[str]:
    for held in signal.receivers.values():
        receiver = held() if isinstance(held, ref) else held
        if receiver is not None:
            yield getattr(receiver, "__module__", None) or type(receiver).__module__
