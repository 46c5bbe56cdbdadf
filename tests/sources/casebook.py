"""Runs a case: a source as sources.yml has it, what its addresses give, and what is read.

-- source --   kind, url or path, options
-- given --    what that address gives
-- then --     another address on the first line, and what it gives; so does `then again`, and so on
-- becomes --  the items, with the values that the case is about; or
-- refused --  the fault
-- notes --    what a person is told, where there is something to tell
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

import yaml

from parvis import sources
from parvis.errors import Refused, Unread
from parvis.model import Item
from parvis.sources import Got, Note, Pause


def told(case: dict[str, str]) -> dict[str, Any]:
    """What a case's source says, in the shape of `wanted`."""
    things, fault = run(case)
    items = [asdict(thing) for thing in things if isinstance(thing, Item)]
    notes = [thing.what for thing in things if isinstance(thing, Note)]
    notes += [f"pause: {thing.seconds} s" for thing in things if isinstance(thing, Pause)]
    return {"items": shown(items, wanted(case)["items"]), "notes": notes, "fault": fault}


def wanted(case: dict[str, str]) -> dict[str, Any]:
    items = yaml.load(case.get("becomes", "[]"), yaml.BaseLoader)
    return {"items": items, "notes": case.get("notes", "").splitlines(), "fault": case.get("refused", "").strip()}


def run(case: dict[str, str]) -> tuple[list[Item | Note | Pause], str]:
    """What a case's source gives, and its fault in words. An address that no part tells of cannot be read."""
    options: dict[str, Any] = yaml.safe_load(case["source"])
    options |= {name: tuple(value) for name, value in options.items() if isinstance(value, list)}
    kind, path = options.pop("kind"), options.pop("path", "")
    url = options.pop("url", path)
    pages = {url: Got(case.get("given", "").encode(), "" if path else url)}
    for address, body in (part.split("\n", 1) for name, part in case.items() if name.startswith("then")):
        pages[address] = Got(body.encode(), address)

    def get(address: str) -> Got:
        if address not in pages:
            raise Unread(f"{address} cannot be read")
        return pages[address]

    things: list[Item | Note | Pause] = []
    try:
        things.extend(sources.read(kind, "src", get, url=url, **options))
    except Refused as refused:
        return things, "\n".join(map(str, refused.faults))
    return things, ""


def shown(actual: Any, wanted: Any) -> Any:
    """Of what was read only the parts that the case speaks of, as text."""
    if isinstance(wanted, dict) and isinstance(actual, dict):
        return {key: shown(actual.get(key), value) for key, value in wanted.items()}
    if isinstance(wanted, list) and isinstance(actual, list | tuple):
        spare = [None] * (len(actual) - len(wanted))
        return [shown(one, value) for one, value in zip(actual, [*wanted, *spare], strict=False)]
    if isinstance(actual, date):
        return actual.isoformat()
    return "" if actual is None else actual if isinstance(actual, str) else str(actual)
