"""Who may write into a site while it is built: as long as it is the same plugins, they do what they did before."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from weakref import ref

from pelican.plugins import signals

from .digests import digest_of


def crew(settings: Mapping[str, Any]) -> str:
    """All that listens to Pelican, and the settings that are plain values, in one word."""
    heard = [f"{name} {_who(receiver)}" for name, receiver in _listening()]
    try:
        said = json.dumps(dict(settings), default=lambda value: type(value).__name__, skipkeys=True)
    except (ValueError, RecursionError):  # a setting that holds itself
        said = os.urandom(16).hex()
    return digest_of([said, *sorted(heard)])


def _listening() -> list[tuple[str, Any]]:
    known = {name: signal for name, signal in vars(signals).items() if isinstance(signal, signals.Signal)}
    held = [(name, receiver) for name, signal in known.items() for receiver in signal.receivers.values()]
    return [(name, receiver() if isinstance(receiver, ref) else receiver) for name, receiver in held]


def _who(receiver: Any) -> str:
    """The name of a receiver, and which version of its file it is from."""
    module = getattr(receiver, "__module__", "")
    file = Path(getattr(sys.modules.get(module), "__file__", None) or "")
    stamp = (file.stat().st_size, file.stat().st_mtime_ns) if file.is_file() else ()
    return f"{module} {getattr(receiver, '__qualname__', '')} {stamp}"
