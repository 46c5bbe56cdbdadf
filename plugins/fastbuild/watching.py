"""Who watches this process's build: nobody, unless it was started by `python -m fastbuild`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .sight import Sight

sight: Sight | None = None
