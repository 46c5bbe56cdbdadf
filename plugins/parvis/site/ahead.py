"""Texts become HTML ahead of their turn: this process makes the first half, and a copy of it the second."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .. import copies
from ..matter import Document

FEWEST = 200_000
"""Letters that a copy is worth its cost for."""
Make = Callable[[Document], str | None]


class Ahead:
    """The HTML of texts that was made ahead; what could not be made is left to whoever asks."""

    def __init__(self, documents: Sequence[Document], make: Make) -> None:
        def texts(half: Sequence[Document]) -> dict[str, str]:
            made = ((document.path, make(document)) for document in half)
            return {path: html for path, html in made if html is not None}

        self._made = copies.shared(documents, lambda document: len(document.body), FEWEST, texts)

    def html(self, path: str) -> str | None:
        """None where nothing was made ahead."""
        made: str | None = self._made.pop(path, None)
        return made
