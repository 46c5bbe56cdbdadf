"""Hashtags from tags: each word begins with a capital, so that a screen reader reads them as words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

BETWEEN = re.compile(r"[\s\-_'’.·]+")
LONGEST = 30
"""Letters and digits. A longer one nobody follows, and some networks cut it."""


def hashtags(tags: Iterable[str]) -> tuple[str, ...]:
    """`#VéloCargo` for `vélo cargo`: letters and digits of any script alone.

    None for a tag with other signs in it, since what would be left is another word (`C++`), or an attack; none for a
    tag without a letter, which no network takes for one. Each once, however it is written.
    """
    made = {tag.casefold(): tag for tag in reversed([_hashtag(tag) for tag in tags]) if tag}
    return tuple(reversed(made.values()))


def _hashtag(tag: str) -> str:
    words = [word for word in BETWEEN.split(unicodedata.normalize("NFC", tag.removeprefix("#"))) if word]
    letters = "".join(words)
    kinds = [unicodedata.category(character)[0] for character in letters]
    whole = set(kinds) <= {"L", "M", "N"} and "L" in kinds and 2 <= len(letters) <= LONGEST
    return f"#{''.join(map(_capital, words))}" if whole else ""


def _capital(word: str) -> str:
    """With a capital where that is one letter: ß has none."""
    first = word[0].upper()
    return f"{first if len(first) == 1 else word[0]}{word[1:]}"
