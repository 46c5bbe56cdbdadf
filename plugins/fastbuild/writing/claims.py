"""Which files a build writes: each once, unless one of two pages says that it comes instead of the other."""

from __future__ import annotations

import os

from pelican.writers import FileOverwriteFailedError

from ..artifacts import KeepingWriter


class Claiming(KeepingWriter):
    _written_files: set[str]
    _overridden_files: set[str]

    def claim(self, file: str, *, override: bool) -> str:
        """What Pelican's writer does before it opens a file: gives the file to write to, and raises where one stands
        twice."""
        if file in self._overridden_files:
            if override:
                raise FileOverwriteFailedError(
                    f'Failed to overwrite "{file}" a second time (was previously overwritten)'
                )
            return os.devnull
        if file in self._written_files and not override:
            raise FileOverwriteFailedError(
                f'Failed to overwrite "{file}" as Pelican has already '
                "written to it previously (set `override=True` if intended)"
            )
        if override:
            self._overridden_files.add(file)
        self._written_files.add(file)
        return file
