"""Who watches this process's build, and what it made: for the command, whose builds run inside Pelican's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .places import Places
    from .sight import Sight

sight: Sight | None = None
published: Places | None = None
