"""Output safety for any Pelican site: what is live is one whole build, or the one before it.

In pelicanconf.py, where `plugins` is the folder that fastbuild lies in (no path is needed once it is installed):

    import sys
    sys.path.append("plugins")
    from fastbuild import Pelican as PELICAN_CLASS

    FASTBUILD = {"in_place": False}  # optional; docs/fastbuild.md lists what it takes

How it works, and why so. The next site is made in an *empty* folder beside the live one. When Pelican and every plugin
have ended well, the files that came out the same are replaced by hard links to the live ones (they keep inode and
time), and the two folders are exchanged. Linking first and building after would be no faster, and every
`open(path, "w")` of Pelican's static copies or of a plugin that rewrites its output would write through the link into
the live site. An empty folder also makes sweeping free: what was not built is not there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .build import Pelican, register

__all__ = ["Pelican", "register"]


def __getattr__(name: str) -> object:
    """`python -m fastbuild` ends before Pelican is imported where nothing changed (PEP 562)."""
    if name not in __all__:
        raise AttributeError(name)
    from . import build

    return getattr(build, name)
