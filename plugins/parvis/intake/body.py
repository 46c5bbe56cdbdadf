"""What an item says, and how much of it a draft may hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from ..html import prose
from ..sources import markup
from . import markdown
from .contacts import MAIL, PHONE
from .tidy import tidied
from .tree import Node, words

LONGEST = {"link": 40_000, "excerpt": 40_000, "full": 200_000}  # characters of HTML that are read, by what is kept
MOST_WORDS = 60  # of an excerpt, counted both as readers see it and as the Markdown stands
SHORTEST = 2 / 3  # of those words, where a sentence ends early
UNSPACED = "\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
WORD = re.compile(rf"[{UNSPACED}]|[^\s{UNSPACED}]{{1,40}}")
SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*\Z")
TRAILING = re.compile(r"[\s,;:.…–—-]+\Z")


@dataclass(frozen=True, slots=True)
class Body:
    """`text` is the Markdown to keep; `words` are all the words there were, line by line, contacts masked.

    `links` counts those that a reader would follow, not hashtags and mentions. `cut` says that there was more
    than we read.
    """

    text: str
    words: str
    links: int = 0
    cut: bool = False

    @property
    def masked(self) -> bool:
        return MAIL in self.words or PHONE in self.words


def body(html: str, use: str) -> Body:
    """What `use` (link, excerpt, full) lets a draft hold of some HTML."""
    tree = tidied(markup.cut(html, LONGEST[use]))
    links = sum(node.name == "a" and not words(node).startswith(("#", "@")) for node in tree.below())
    text = {"link": lambda _: "", "excerpt": excerpt, "full": markdown.write}[use](tree)
    return Body(prose(text), words(tree), links, len(html) > LONGEST[use])


def excerpt(tree: Node, most: int = MOST_WORDS) -> str:
    """The beginning of a tree as Markdown of at most `most` words, cut where a sentence ends, else after a word."""
    budget = most
    while budget > 0:
        text = markdown.write(_beginning(tree, budget))
        over = len(text.split()) - most
        if over <= 0:
            return text
        budget -= max(1, over * budget // (most + over))
    return ""


def _beginning(tree: Node, most: int) -> Node:
    """The first `most` words of a tree, and what holds them; the tree itself where it has no more."""
    seen = list(islice(_words(tree), most + 1))
    if len(seen) <= most:
        return tree
    ends = (count for count in range(most - 1, int(most * SHORTEST), -1) if _ends(*seen[count - 1]))
    ended = next(ends, 0)
    return _first(tree, ended or most, " …" if ended else "…")[0]


def _ends(text: str, at: int) -> bool:
    """Whether a sentence ends there."""
    return SENTENCE_END.search(text[:at]) is not None


def _words(node: Node) -> Iterator[tuple[str, int]]:
    """Each word below a node: the text it stands in, and where it ends there."""
    for child in node.children:
        if isinstance(child, Node):
            yield from _words(child)
        else:
            yield from ((child, word.end()) for word in WORD.finditer(child))


def _first(node: Node, left: int, ending: str) -> tuple[Node, int]:
    """A copy of a node with its first `left` words, the last of them with `ending`; how many are left to come."""
    copy = Node(node.name, node.attributes)
    for child in node.children:
        if isinstance(child, Node):
            part, left = _first(child, left, ending)
            copy.children.append(part)
        else:
            ends = [word.end() for word in islice(WORD.finditer(child), left)]
            left -= len(ends)
            last = child[: ends[-1]] if ends and not left else child
            copy.children.append((last if ending != "…" else TRAILING.sub("", last)) + ending if not left else last)
        if not left:
            break
    return copy, left
