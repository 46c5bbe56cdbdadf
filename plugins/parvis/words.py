"""What people write once for all languages of the site, or once for each."""

from __future__ import annotations

import re

from .html import prose
from .nodes import Node, Pairs, Text
from .schema import Place, line, many, mapping, matching, text

LANGUAGE = matching(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", "a language code such as fr or en")
GAP = re.compile(r"\n\s*\n")


class Words(dict[str, str]):
    """A text by language; `in_` falls back to the first one given."""

    def in_(self, lang: str) -> str:
        return self.get(lang) or next(iter(self.values()), "")

    def paragraphs(self, lang: str) -> tuple[str, ...]:
        """The text of a language in paragraphs: an empty line parts them."""
        return tuple(filter(None, (part.strip() for part in GAP.split(self.in_(lang)))))


class Phrases(dict[str, tuple[str, ...]]):
    """Several lines by language; `in_` falls back to the first language given."""

    def in_(self, lang: str) -> tuple[str, ...]:
        return self.get(lang) or next(iter(self.values()), ())


def wording(node: Node, place: Place) -> Words | None:
    """One text for all languages, or a text for each."""
    if isinstance(node, Text):
        return Words({"": prose(node.value)})
    by_language = mapping(text, LANGUAGE)(node, place)
    return None if by_language is None else Words(by_language)


def told(node: Node, place: Place) -> Words | None:
    """A `wording` that says something."""
    read = wording(node, place)
    if read is not None and not any(words.strip() for words in read.values()):
        place.wrong(node.line, "empty. Say it, in one text for all languages or in one for each")
        return None
    return read


def phrases(node: Node, place: Place) -> Phrases | None:
    """One list for all languages, or a list for each."""
    if isinstance(node, Pairs):
        by_language = mapping(many(line), LANGUAGE)(node, place)
    else:
        by_language = {"": many(line)(node, place)}
    if by_language is None or None in by_language.values():
        return None
    return Phrases({lang: tuple(filter(None, lines)) for lang, lines in by_language.items()})
