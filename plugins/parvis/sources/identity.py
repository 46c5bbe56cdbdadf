"""Items that share an id although they should not, told apart so that none is lost and none is doubled."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

from ..model import Item
from . import Note

LONG_AGO = datetime.min.replace(tzinfo=UTC)


def silent(item: Item) -> bool:
    """Whether an item has nothing that anybody could read or follow, and is no tombstone either."""
    return not (item.html or item.title or item.url or item.media or item.deleted)


def told_apart(items: Iterable[Item], twin: Callable[[Item], str]) -> Iterator[Item | Note]:
    """Every item under an id of its own.

    Where several have one id and one `twin`, they are one item told twice: the latest counts, the first of equals
    (RFC 4287, 4.1.1). Where they differ in `twin`, the source uses one id for several things: each gets its twin into
    its id, so that what the id is does not depend on the order.
    """
    groups: dict[str, dict[str, Item]] = {}
    read = 0
    for read, item in enumerate(items, 1):  # noqa: B007 - the count is wanted after the loop
        group = groups.setdefault(item.id, {})
        known = group.setdefault(twin(item), item)
        if (item.published or LONG_AGO) > (known.published or LONG_AGO):
            group[twin(item)] = item
    for group in groups.values():
        for apart, item in group.items():
            yield item if len(group) == 1 else replace(item, upstream_id=f"{item.upstream_id or item.url}\n{apart}")
    if repeated := read - sum(map(len, groups.values())):
        yield Note(f"entries left out because they repeat another: {repeated}")
