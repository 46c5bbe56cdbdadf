"""Texts become HTML ahead of their turn: this process makes the first half, and a copy of it the second."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from tempfile import TemporaryFile
from typing import IO

from ..matter import Document
from .copies import copied, ended, processors

FEWEST = 200_000
"""Letters that a copy is worth its cost for."""
Make = Callable[[Document], str | None]


class Ahead:
    """The HTML of texts that was made ahead; what could not be made is left to whoever asks."""

    def __init__(self, documents: Sequence[Document], make: Make) -> None:
        self._made: dict[str, str] = {}
        first, second = halves(documents)
        if second and processors() > 1:
            with TemporaryFile() as file:
                process = copied(lambda: _write(file, _texts(second, make)))
                self._made |= _texts(first, make)
                if ended(process):
                    file.seek(0)
                    self._made |= json.load(file)

    def html(self, path: str) -> str | None:
        """None where nothing was made ahead."""
        return self._made.pop(path, None)


def halves(documents: Sequence[Document]) -> tuple[Sequence[Document], Sequence[Document]]:
    """About as many letters in each; nothing in the second where they are few."""
    total, left = sum(len(document.body) for document in documents), 0
    for place, document in enumerate(documents if total >= FEWEST else ()):
        left += len(document.body)
        if left * 2 >= total:
            return documents[: place + 1], documents[place + 1 :]
    return documents, ()


def _texts(documents: Sequence[Document], make: Make) -> dict[str, str]:
    made = ((document.path, make(document)) for document in documents)
    return {path: html for path, html in made if html is not None}


def _write(file: IO[bytes], made: Mapping[str, str]) -> None:
    file.write(json.dumps(made).encode())
    file.flush()
