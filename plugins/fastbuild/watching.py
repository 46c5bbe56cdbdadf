"""What this process's build is for, who watches it, and what it made: the command's builds run inside Pelican's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .ahead import Ahead
    from .edit import Edit
    from .places import Places
    from .sight import Sight

sight: Sight | None = None
edit: Edit | None = None
"""What changed, where it is no more than some texts."""
ahead: Ahead | None = None
"""Who makes HTML of texts meanwhile, in a first build."""
published: Places | None = None
