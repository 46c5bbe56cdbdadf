"""A stranger's HTML made fit to be text: what has no place in Markdown goes, the words stay, contacts are masked.

What is dropped here is dropped for the reader's eye. The gate that keeps readers safe is `html.clean`, and it runs
last, when the site is built.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import chain, groupby

import nh3

from .. import html
from ..sources import markup
from .contacts import masked, reaches_somebody
from .tree import BLOCKS, BOXES, GAP, HEADINGS, TABLE, Node, parsed, pieces, words

FAMILIES = {"b": "strong", "strong": "strong", "em": "em", "i": "em", "code": "code", "kbd": "code"}
EMPHASES = {"strong", "em"}
INLINE = {"a", "q"} | FAMILIES.keys()
ALLOWED = (INLINE | BLOCKS | {"br", "img"}) - {GAP}
DEEPEST = 100
MOST_ROWS = 100
GROWTH = 4  # times that parsing may make a text longer: an element left open is opened again in each paragraph
JOINER = re.compile("\u00ad|(?<=[\x20-\x7e])[\u200c\u200d\U000e0020-\U000e007f]+")
SPACES = re.compile(r"[ \t\n\r\f]+")
FILE = re.compile(r"[\w.%-]+\.(?:jpe?g|png|gif|webp|svg|avif|heic)", re.IGNORECASE)
LISTS = frozenset({"ol", "ul"})
ROOT = ""


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name != "href":
        return value
    clean = html.address(value)
    return None if not clean or reaches_somebody(clean) else clean


CLEANER = nh3.Cleaner(
    tags=ALLOWED,
    attributes={"a": {"href"}, "img": {"alt"}, "ol": {"start"}},
    attribute_filter=_attribute,
    clean_content_tags=html.SILENT,
    url_schemes=html.SCHEMES,
    link_rel=None,
)


def tidied(source: str) -> Node:
    """Formatting, links to http(s), headings, lists, quotes, code and simple tables, as they are in some HTML.

    HTML that is nested too deeply, or made to grow, becomes plain paragraphs; so does a text in which an address or a
    number shows only when its pieces are read together.
    """
    if markup.deeper(source, DEEPEST):
        return _flat(unescape(re.sub(r"<[^<>]*>", " ", html.BREAKS.sub("\n<", source))))
    kept = CLEANER.clean(source)
    if len(kept) > GROWTH * len(source) + 1000:
        return _flat(html.plain(source))
    tree = Node(ROOT, {}, _merged(_settled_all(parsed(kept), frozenset())))
    _mask(tree)
    lines = "".join(pieces(tree))
    return _flat(lines) if masked(lines) != lines else tree


def _flat(text: str) -> Node:
    lines = filter(None, (masked(_tidy(html.prose(line)).strip()) for line in text.splitlines()))
    return Node(ROOT, {}, [Node("p", {}, [line]) for line in lines])


def _settled_all(node: Node, within: frozenset[str]) -> Iterator[Node | str]:
    for child in node.children:
        if isinstance(child, str):
            yield html.prose(child) if "pre" in within else _tidy(html.prose(child))
        elif child.name == "img":
            yield _alternative(child.attributes.get("alt", ""))
        else:
            yield from _settled(child, within)


def _settled(node: Node, within: frozenset[str]) -> Iterator[Node | str]:
    """What stands in the tree for one element: itself with another name or content, its children, or nothing."""
    name = FAMILIES.get(node.name, node.name)
    if within & LISTS and name != "li":
        within = within - LISTS | {"li"}
    if name == "table" and (within & {"li", "blockquote"} or not _of_data(node)):
        within |= {"layout"}
    if name in BOXES or (name in TABLE and "layout" in within) or (name == "li" and not within & LISTS):
        name = "div"
    if name == "blockquote" and "li" in within:
        name = "div"
    if name == "hr" and within - {"div", "blockquote"}:
        name = GAP
    inside = (within - LISTS if name == "li" else within) | {name}
    new = Node(name, dict(node.attributes), _merged(_settled_all(node, inside), spaced="pre" in inside))
    if name in ("pre", "code"):
        said = "".join(pieces(new))
        new.children = [said if "pre" in inside else SPACES.sub(" ", said)]
    if name in INLINE:
        yield from _inline(new, within)
        return
    if name in LISTS:
        new.children = list(_points(new))
        _number(new)
    if name in HEADINGS and any(inner.name in BLOCKS for inner in new.below()):
        new.name = "div"
    seen = new.name in {"br", "hr"} | TABLE or any(piece.strip() for piece in pieces(new))
    yield new if seen else Node(GAP)


def _points(listed: Node) -> Iterator[Node]:
    """The points of a list. What stands between two of them belongs to the first; a list in a list is one list."""
    point = Node("li")
    for is_point, run in groupby(listed.children, lambda child: isinstance(child, Node) and child.name == "li"):
        children = list(run)
        if is_point:
            for child in children:
                yield from _opened(point)
                point = child if isinstance(child, Node) else point
        elif any(isinstance(child, Node) or child.strip() for child in children):
            point.children += [Node(GAP), *children]
    yield from _opened(point)


def _opened(point: Node) -> Iterator[Node]:
    """A point that begins with words; before it, the points of the lists that it begins with."""
    left = deque(point.children)
    while left:
        first = left.popleft()
        if isinstance(first, Node) and first.name == "div":
            left.extendleft(reversed([*first.children, Node(GAP)]))
        elif isinstance(first, Node) and first.name in LISTS:
            yield from (inner for inner in first.children if isinstance(inner, Node))
        elif first.name not in ("br", GAP) if isinstance(first, Node) else first.strip():
            yield Node("li", {}, _merged([first, *left]))
            return


def _number(listed: Node) -> None:
    start = listed.attributes.get("start", "1")
    for number, point in enumerate(listed.children, int(start) if re.fullmatch(r"[0-9]{1,6}", start) else 1):
        if isinstance(point, Node):
            point.attributes = {"value": str(number)} if listed.name == "ol" else {}


def _inline(node: Node, within: frozenset[str]) -> Iterator[Node | str]:
    """An emphasis, a link or code, without the line ends at its edges; its children where it would mean nothing."""
    dead = node.name == "a" and "href" not in node.attributes
    doubled = node.name in within or (node.name in EMPHASES and within & EMPHASES)
    if dead or doubled or not words(node) or any(inner.name in BLOCKS for inner in node.below()):
        yield from node.children
        return
    first, last = _edges(node.children)
    yield from node.children[:first]
    node.children, after = node.children[first:last], node.children[last:]
    yield node
    yield from after


def _edges(children: list[Node | str]) -> tuple[int, int]:
    """Where the children that are no line ends begin and end."""
    seen = [n for n, child in enumerate(children) if (child.strip() if isinstance(child, str) else child.name != "br")]
    breaks = [n for n, child in enumerate(children) if isinstance(child, Node) and child.name == "br"]
    before = [n for n in breaks if n < seen[0]]
    after = [n for n in breaks if n > seen[-1]]
    return before[-1] + 1 if before else 0, after[0] if after else len(children)


def _merged(children: Iterable[Node | str], *, spaced: bool = False) -> list[Node | str]:
    """Neighbouring texts as one, neighbouring emphases as one, several line ends as a gap; `spaced` keeps spaces."""
    merged: list[Node | str] = []
    for kind, run in groupby((child for child in children if child), _kind):
        if kind == "text":
            text = "".join(map(str, run))
            merged.append(text if spaced else SPACES.sub(" ", text))
        elif kind:
            together = [child for child in run if isinstance(child, Node)]
            inner = chain.from_iterable(child.children for child in together)
            merged.append(Node(together[0].name, {}, _merged(inner, spaced=spaced)))
        else:
            merged += run
    return list(_parted(merged))


def _kind(child: Node | str) -> str:
    """Bold beside italics counts as one emphasis: Markdown could not tell where one ends."""
    if isinstance(child, str):
        return "text"
    return "emphasis" if child.name in EMPHASES else child.name if child.name == "code" else ""


def _parted(children: Iterable[Node | str]) -> Iterator[Node | str]:
    waiting: list[Node | str] = []  # a line end or a gap, and the space after it
    for child in children:
        if isinstance(child, Node) and child.name in ("br", GAP):
            waiting = [child if not waiting else Node(GAP)]
        elif waiting and isinstance(child, str) and not child.strip():
            waiting.append(child)
        else:
            yield from waiting
            waiting = []
            yield child
    yield from waiting


def _alternative(said: str) -> str:
    """What stands for a picture: what it says in words, if that is more than a file's name."""
    said = html.text(said)
    if FILE.fullmatch(said):
        return ""
    return f" [{said}] " if " " in said else said


def _of_data(table: Node) -> bool:
    """Whether it is a small table with a heading and plain cells; others are there for the layout."""
    rows = [node for node in table.below() if node.name == "tr"]
    cells = [[cell for cell in row.children if isinstance(cell, Node)] for row in rows[: MOST_ROWS + 1]]
    simple = all(node.name in INLINE | TABLE for node in table.below()) and len(rows) <= MOST_ROWS
    nested = any(node.name == "table" for node in table.below())
    headed = bool(cells and cells[0]) and all(cell.name == "th" for cell in cells[0])
    return simple and not nested and headed and len({len(row) for row in cells}) == 1


def _mask(node: Node) -> None:
    for at, child in enumerate(node.children):
        if isinstance(child, str):
            node.children[at] = masked(child)
        else:
            _mask(child)


def _tidy(text: str) -> str:
    """Spaces as one, and no invisible joiner that could hide an address from `masked`."""
    return JOINER.sub("", SPACES.sub(" ", text))
