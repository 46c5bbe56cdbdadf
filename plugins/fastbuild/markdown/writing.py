"""Elements as HTML: what the library's serializers write, in fewer pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from xml.etree.ElementTree import HTML_EMPTY, Element

from markdown import serializers
from markdown.serializers import RE_AMP, to_html_string, to_xhtml_string

Serializer = Callable[[Element], str]
USUAL, EMPTY, RAW = range(3)
KINDS: dict[str, int] = {}
"""What each name of an element, seen once, asks for."""
BOOLEAN: frozenset[str] = vars(serializers)["BOOLEAN_ATTRIBUTES"]["html"]


class Unusual(Exception):
    """Left to the library: a comment, an instruction, a name with a namespace."""


class Written:
    """One of the library's two serializers."""

    def __init__(self, own: Serializer, closing: str, flags: frozenset[str]) -> None:
        self._own, self._closing, self._flags = own, closing, flags

    def __call__(self, root: Element) -> str:
        runs: list[str] = []
        try:
            self._write([root], runs.append)
        except (Unusual, RecursionError, TypeError, AttributeError):  # the library can, or says what is wrong
            return self._own(root)
        return "".join(runs)

    def _write(self, elements: Iterable[Element], add: Callable[[str], None]) -> None:
        for element in elements:
            tag, text, tail = element.tag, element.text, element.tail
            if type(tag) is not str:
                raise Unusual
            kind = KINDS.get(tag)
            if kind is None:
                kind = KINDS[tag] = _kind(tag)
            items = element.items()
            start = f"<{tag}{self._attributes(items)}" if items else f"<{tag}"
            if not text:
                text = ""
            elif kind != RAW and ("&" in text or "<" in text or ">" in text):
                text = _escaped(text)
            if not tail:
                tail = ""
            elif tail != "\n" and ("&" in tail or "<" in tail or ">" in tail):
                tail = _escaped(tail)
            end = f"</{tag}>{tail}"
            if kind == EMPTY:
                if self._closing:
                    add(f"{start}{self._closing}>{tail}")
                    continue
                end = tail
            if len(element):
                add(f"{start}>{text}")
                self._write(element, add)
                add(end)
            else:
                add(f"{start}>{text}{end}")

    def _attributes(self, items: Iterable[tuple[Any, Any]]) -> str:
        written = ""
        for key, value in sorted(items):
            if type(key) is not str or not (value is None or isinstance(value, str)):
                raise Unusual
            if value is None:
                written += f" {key}"
            elif key == value and key in self._flags:
                written += f" {_quoted(value)}"
            else:
                written += f' {key}="{_quoted(value)}"'
        return written


SERIALIZERS: dict[Serializer, Serializer] = {
    to_html_string: Written(to_html_string, "", BOOLEAN),
    to_xhtml_string: Written(to_xhtml_string, " /", frozenset()),
}


def _kind(tag: str) -> int:
    if tag.lower() in HTML_EMPTY:
        return EMPTY
    return RAW if tag.lower() in ("script", "style") else USUAL


def _escaped(text: str) -> str:
    if "&" in text:
        text = RE_AMP.sub("&amp;", text)
    return text.replace("<", "&lt;").replace(">", "&gt;")


def _quoted(value: str) -> str:
    return _escaped(value).replace('"', "&quot;")
