"""A report for spreadsheets and other programs: CSV files that each add up to the same sum, and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ..cells import table
from .joins import UNKNOWN, Item
from .views import Matrix, Told

NAMES = ("items.csv", "networks.csv", "codes.csv", "shares.csv", "pages.csv")
FEW = "(fewer)"
NOBODYS = {"": "(none)", UNKNOWN: "(unknown)"}


def sheets(told: Told, items: Mapping[str, Item]) -> Iterator[tuple[str, bytes]]:
    """Names and bytes of the files: one row for each thing, and a last one for all that are too small to be told."""
    for name, matrix in (("items.csv", told.items), ("pages.csv", told.pages)):
        if matrix:
            rows = [[*_item(key, items), number] for key, number in _rows(matrix)]
            yield name, table(["item", "title", "kind", "visits"], rows)
    if told.networks:
        yield "networks.csv", table(["network", "visits"], _rows(told.networks))
    if told.codes:
        yield "codes.csv", table(["code", "visits"], _rows(told.codes))
    if told.shares or told.pooled:
        rows = [[*_item(share.item, items), *map(_word, share[1:]), number] for share, number in told.shares]
        rest = [[FEW, "", "", "", "", told.pooled]] if told.pooled else []
        yield "shares.csv", table(["item", "title", "kind", "network", "code", "visits"], [*rows, *rest])


def _rows(matrix: Matrix) -> list[tuple[str, int]]:
    return [(_word(line.key), line.total) for line in matrix.lines] + ([(FEW, matrix.rest)] if matrix.few else [])


def _item(id: str, items: Mapping[str, Item]) -> tuple[str, str, str]:
    item = items.get(id)
    return (id, item.title, item.kind) if item else (NOBODYS.get(id, id), "", "")


def as_json(told: Told, items: Mapping[str, Item], least: int) -> str:
    """The same for other programs; `fewer` is what is below `least` and has no name."""
    made: dict[str, Any] = {
        "visits": {"shares": told.total, "campaigns": told.campaigns, "otherwise": told.otherwise},
        "days": told.days,
        "least": least,
        "items": list(_crossed(told, items)),
        "networks": dict(_named(told.networks)),
        "codes": dict(_named(told.codes)),
        "shares": [
            dict(zip(share._fields, map(_word, share), strict=True)) | {"visits": number}
            for share, number in told.shares
        ],
        "fewer": {f"{matrix.row}s": matrix.rest for matrix in told.tables} | {"shares": told.pooled},
        "pages": dict(_named(told.pages)),
        "notes": [note.text() for note in told.notes],
    }
    return json.dumps(made, ensure_ascii=False, indent=1)


def _crossed(told: Told, items: Mapping[str, Item]) -> Iterator[dict[str, Any]]:
    """Items with what each network and each code brought them, as far as tables tell that and it may be told."""
    by_code = {line.key: line for line in told.items_by_code.lines} if told.items_by_code else {}
    for line in told.items.lines if told.items else ():
        made: dict[str, Any] = dict(zip(("id", "title", "kind"), _item(line.key, items), strict=True))
        made["visits"] = line.total
        for name, matrix, row in (("networks", told.items, line), ("codes", told.items_by_code, by_code.get(line.key))):
            if matrix and matrix.columns and row:
                made[name] = {column: n for column, n in zip(matrix.columns, row.cells, strict=True) if n is not None}
        yield made


def _named(matrix: Matrix | None) -> list[tuple[str, int]]:
    return [(_word(line.key), line.total) for line in matrix.lines] if matrix else []


def _word(key: str) -> str:
    return NOBODYS.get(key, key)
