"""A tree of words as Markdown that says what was written, no more: whatever looks like markup in it is shown as text.

Written so that Python-Markdown and CommonMark read it alike: points are indented by four, code has a fence longer than
any in it, and what a backslash cannot escape in both is a character reference.
"""

from __future__ import annotations

import re

from .tree import Node

ACTIVE = re.compile(r"[\\`*\[\]{<]|&(?=#?\w+;|\Z)|(?<![^\W_])_|_(?![^\W_])")
AT_START = re.compile(r"(\s*)(?:([-+](?=[\s-]|\Z)|[>#])|([=~])|(\d{1,9})([.)])(?=\s|\Z))")
RULE = re.compile(r"\s*([|:-])[|:\-\s]*")
PLAIN = re.compile(r" ?[^\s](?:[^\s]| (?! ))*")
REFERENCES = {"<": "&lt;", "&": "&amp;"}


def write(tree: Node) -> str:
    """The whole of a tree that `tidied` made."""
    if (plain := paragraphs(tree)) is not None:
        return plain
    return elaborate(tree)


def paragraphs(tree: Node) -> str | None:
    """A tree of paragraphs with nothing but words, as most posts are: the same bytes, five times as fast."""
    lines = []
    for child in tree.children:
        words = child.children if isinstance(child, Node) and child.name == "p" else ()
        line = words[0] if len(words) == 1 else None
        if not isinstance(line, str) or PLAIN.fullmatch(line) is None:
            return None
        lines.append(literal_start(literal(line).strip(" ")))
    return "\n\n".join(lines)


def elaborate(tree: Node) -> str:
    """Any tree."""
    from . import elements  # Beautiful Soup with its parsers takes 12 MiB, and most pulls have no need of it

    return elements.write(tree)


def literal(text: str) -> str:
    """Text that Markdown shows as it is, wherever on a line it stands."""
    return ACTIVE.sub(lambda found: REFERENCES.get(found[0], "\\" + found[0]), text)


def literal_start(text: str) -> str:
    """Literal text that begins a line, so that it begins no list, heading, quote, rule or fence."""
    if rule := RULE.fullmatch(text):
        at = rule.start(1)
        return text[:at] + ("\\-" if text[at] == "-" else f"&#{ord(text[at])};") + text[at + 1 :]
    return AT_START.sub(_disarmed, text, count=1) if AT_START.match(text) else text


def _disarmed(found: re.Match[str]) -> str:
    space, mark, other, number, dot = found.groups()
    return space + (f"\\{mark}" if mark else f"&#{ord(other)};" if other else f"{number}\\{dot}")
