"""What feed readers make of the hostile sites: every item under its id, nothing active in what they would show."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile import audit, project
from tests.hostile.conftest import Site
from tests.readers import reading


@pytest.mark.parametrize("name", reading.READERS)
def test_a_reader_shows_nothing_active(site: Site, name: str, tmp_path: Path) -> None:
    read, lacks = reading.READERS[name]
    if lacks:
        pytest.skip(lacks)
    feeds = reading.found(site.output)

    made = read(feeds, tmp_path)

    ids = {feed.path: list(feed.ids) for feed in feeds}
    assert {path: [entry.id for entry in entries] for path, entries in made.items()} == {
        path: ids[path] for path in made
    }
    contents = {(entry.content, entry.id) for entries in made.values() for entry in entries}
    elements = (element for content, id in contents for element in audit.seen(content, f"{name} {id}"))
    assert audit.fragment_faults(elements, project.SITE) == []
