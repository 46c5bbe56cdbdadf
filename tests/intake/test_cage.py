"""Whatever a document does to the process that reads it, it costs only itself, and what happened is said plainly."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from parvis.errors import MACHINE, SOURCES, Refused
from parvis.intake.cage import Cage, Limits, Reading
from parvis.intake.http import Unread
from parvis.sources import Got
from tests.intake.bad_sources import FORGED, WHOLE

ROOM = "tests.intake.bad_sources"
MIB = 2**20
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has a clock as its only limit")


async def none(url: str) -> Got:
    raise AssertionError(f"asked for {url}")


async def page(url: str) -> Got:
    if url.endswith("none"):
        raise Unread("answered 404 Not Found", where=url, status=404)
    body = {"1": b"https://x.example/2", "2": b""}.get(url[-1], b"page")
    return Got(body, url + "#final", "text/plain")


def limits(**other: Any) -> Limits:
    return Limits(**{"cpu": 5, "memory": 256 * MIB, "clock": 20.0} | other)


def children() -> list[str]:
    """The processes that we started and that still are, where the system tells."""
    ours = Path(f"/proc/self/task/{os.getpid()}/children")
    return ours.read_text().split() if ours.exists() else []


def read(kind: str, get: Callable[[str], Awaitable[Got]] = none, most: int = 100, **limited: Any) -> Reading:
    async def run() -> Reading:
        async with Cage(1, limits(**limited), room=ROOM) as cage:
            return await cage.read(kind, "it", get, {}, most=most)

    return asyncio.run(run())


def failure(kind: str, get: Callable[[str], Awaitable[Got]] = none, **limited: Any) -> str:
    with pytest.raises(Refused) as raised:
        read(kind, get, **limited)
    (fault,) = raised.value.faults
    assert (fault.where, fault.code) == ("it", SOURCES)
    return fault.what


def test_items_come_back_as_they_were() -> None:
    reading = read("whole")
    assert reading.items[0] == WHOLE
    assert [item.upstream_id for item in reading.items] == ["7", "1"]
    assert reading.notes == ()


def test_options_arrive_in_the_types_they_had() -> None:
    async def run() -> str:
        async with Cage(1, limits(), room=ROOM) as cage:
            options = {"url": "https://x.example/é", "columns": {"text": "avis"}, "n": 3, "b": True, "t": ("a", "b")}
            return (await cage.read("options", "it", none, options)).items[0].html

    told = asyncio.run(run())
    assert told == "{'url': 'https://x.example/é', 'columns': {'text': 'avis'}, 'n': 3, 'b': True, 't': ('a', 'b')}"


@pytest.mark.parametrize(
    ("kind", "limited", "what"),
    [
        ("loop", {"cpu": 1}, "took more than 1 s of CPU to read"),
        ("sleep", {"clock": 1.5}, "took longer than 1.5 s to read"),
        ("eat", {}, "needed more memory than 256 MiB to read"),
        ("deep", {}, "is nested too deeply"),
        ("crash", {}, "crashed its reader (SIGSEGV)"),
        ("leave", {}, "made its reader stop (exit 3)"),
        ("garbage", {}, "made its reader talk nonsense"),
        ("huge_frame", {}, "made its reader talk nonsense"),
        ("nested_json", {}, "made its reader talk nonsense"),
        ("fails", {}, "its reader failed (KeyError: 'gone')"),
        ("refuses", {}, "this is not a feed"),
        *((f"forged_{name}", {}, "made its reader talk nonsense") for name in FORGED),
    ],
)
def test_what_a_document_did_is_named(kind: str, limited: dict[str, Any], what: str) -> None:
    assert failure(kind, **limited) == what


def test_the_first_items_of_an_endless_source_are_taken() -> None:
    reading = read("endless", most=50)
    assert [item.upstream_id for item in reading.items] == [str(n) for n in range(1, 51)]
    assert reading.notes == ("more than 50 items: the first 50 were taken",)


def test_just_as_many_items_as_wanted_are_no_surprise() -> None:
    assert read("whole", most=2).notes == ()


def test_text_is_limited_for_one_item_and_for_all() -> None:
    reading = read("heavy", most=1000)
    assert len(reading.items) == 63
    assert reading.notes == (
        "an item was left out: larger than 8 MiB",
        "more than 64 MiB of items: the first 63 were taken",
    )


def test_notes_come_along_and_do_not_flood() -> None:
    assert read("notes") == Reading(read("notes").items, ("3 rows left out",))
    flood = read("endless_notes")
    assert len(flood.items) == 1
    assert len(flood.notes) == 100
    assert max(map(len, flood.notes)) == 500


def test_half_a_character_is_made_one_that_a_file_can_hold() -> None:
    (item,) = read("half").items
    assert (item.upstream_id, item.html) == ("?", "a?b")


def test_an_item_of_another_source_is_left_out() -> None:
    reading = read("foreign")
    assert [item.upstream_id for item in reading.items] == ["2"]
    assert reading.notes == ("an item was left out: it says that it is from 'other'",)


def test_items_that_are_not_whole_are_left_out_one_by_one() -> None:
    reading = read("unfit")
    assert [item.upstream_id for item in reading.items] == ["2"]
    assert len(reading.notes) == 7
    assert all(note.startswith("an item was left out: ") for note in reading.notes)


def test_a_print_does_not_get_into_the_protocol() -> None:
    assert failure("chat") == "its reader failed (EOFError: EOF when reading a line)"


def test_a_reader_that_hides_its_hunger_goes_on_reading() -> None:
    assert [item.upstream_id for item in read("eat_and_hide").items] == ["hidden"]


# Pages


def test_pages_are_fetched_outside_each_once_and_told_whole() -> None:
    asked: list[str] = []

    async def get(url: str) -> Got:
        asked.append(url)
        return await page(url)

    reading = read("pages", get)
    assert asked == ["https://x.example/1", "https://x.example/2"]
    assert [item.html for item in reading.items] == ["https://x.example/2 text/plain 19", " text/plain 0"]
    assert [item.upstream_id for item in reading.items] == ["https://x.example/1#final", "https://x.example/2#final"]


def test_a_page_that_cannot_be_had_is_the_failure_of_the_source_as_it_was_told() -> None:
    gone = Unread("asks us to wait 60 s", where="https://x.example/1", status=429, retry_after=60)

    async def get(url: str) -> Got:
        raise gone

    with pytest.raises(Unread) as raised:
        read("pages", get)
    assert raised.value is gone


def test_a_source_may_do_without_a_page() -> None:
    assert [item.html for item in read("second_choice", page).items] == [""]


def test_a_reader_that_swallows_everything_gets_its_page_all_the_same() -> None:
    assert [item.html for item in read("swallows", page).items] == [""]


@pytest.mark.parametrize("kind", ["endless_pages", "random_pages"])
def test_pages_are_limited_in_number(kind: str) -> None:
    assert failure(kind, page) == "asks for more than 50 pages"


def test_pages_are_limited_in_bytes() -> None:
    async def get(url: str) -> Got:
        return Got(bytes(33 * MIB), url)

    assert failure("endless_pages", get, memory=512 * MIB) == "its pages together are larger than 64 MiB"


def test_a_fault_in_fetching_is_not_taken_for_the_sources() -> None:
    async def get(url: str) -> Got:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        read("pages", get)


def test_no_cell_waits_for_the_network() -> None:
    async def slow(url: str) -> Got:
        await asyncio.sleep(0.4)
        return await page(url)

    async def run() -> None:
        async with Cage(1, limits(), room=ROOM) as cage:
            await cage.read("whole", "it", none, {})
            began = monotonic()
            await asyncio.gather(*(cage.read("pages", "it", slow, {}) for _ in range(20)))
            assert monotonic() - began < 7

    asyncio.run(run())


def test_a_web_address_leads_to_its_feed_through_the_real_reader() -> None:
    feed = "<rss version='2.0'><channel><item><title>Pain d’été</title></item></channel></rss>"
    page = '<html><link rel=alternate type="application/rss+xml" href="/feed"></html>'
    web = {"https://x.example/": page.encode(), "https://x.example/feed": feed.encode()}

    async def get(url: str) -> Got:
        return Got(web[url], url, "text/html")

    async def run() -> Reading:
        async with Cage(1) as cage:
            return await cage.read("feed", "blog", get, {"url": "https://x.example/"})

    (item,) = asyncio.run(run()).items
    assert (item.source, item.title) == ("blog", "Pain d’été")


# The others


def test_the_others_come_through() -> None:
    bad = ["loop", "eat", "crash", "leave", "garbage", "deep", "fails"]

    async def run() -> None:
        async with Cage(2, limits(cpu=1), room=ROOM) as cage:
            kinds = [kind for each in bad for kind in (each, "whole", "endless")]
            jobs = (cage.read(kind, "it", none, {}, most=10) for kind in kinds)
            found = await asyncio.gather(*jobs, return_exceptions=True)
            for kind, one in zip(kinds, found, strict=True):
                assert isinstance(one, Refused if kind in bad else Reading), (kind, one)

    asyncio.run(run())


def test_one_process_reads_many_sources_until_it_is_worn_out() -> None:
    async def run() -> None:
        async with Cage(1, limits(), room=ROOM) as cage:
            seen = []
            for _ in range(230):
                await cage.read("whole", "it", none, {})
                seen += [cage._idle[0]._process.pid] if cage._idle else []
            assert len(set(seen)) == 3

    asyncio.run(run())


def test_the_limit_on_cpu_begins_anew_with_each_source() -> None:
    async def run() -> None:
        async with Cage(1, limits(cpu=1), room=ROOM) as cage:
            for _ in range(3):  # 2.1 s altogether
                assert len((await cage.read("burn", "it", none, {})).items) == 1

    asyncio.run(run())


def test_a_process_that_died_idle_is_nobodys_fault() -> None:
    async def run() -> None:
        async with Cage(1, limits(), room=ROOM) as cage:
            await cage.read("whole", "it", none, {})
            cage._idle[0]._process.kill()
            await cage._idle[0]._process.wait()
            assert len((await cage.read("whole", "it", none, {})).items) == 2

    asyncio.run(run())


def test_no_process_outlives_the_cage_nor_a_cancelled_reading() -> None:
    async def run() -> list[int]:
        pids = []
        async with Cage(2, limits(), room=ROOM) as cage:
            await asyncio.gather(*(cage.read("whole", "it", none, {}) for _ in range(2)))
            pids += [cell._process.pid for cell in cage._idle]
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(cage.read("sleep", "it", none, {}), 0.3)
            assert len(cage._idle) == 1
        return pids

    for pid in asyncio.run(run()):
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_a_reading_cancelled_while_its_process_starts_leaves_none_behind() -> None:
    async def run() -> None:
        async with Cage(1, limits(), room=ROOM) as cage:
            for turns in range(1, 40, 3):
                reading = asyncio.create_task(cage.read("whole", "it", none, {}))
                for _ in range(turns):
                    await asyncio.sleep(0)
                reading.cancel()
                with suppress(asyncio.CancelledError):
                    await reading
            assert len((await cage.read("whole", "it", none, {})).items) == 2
            assert len(children()) <= before + 1

    before = len(children())
    asyncio.run(run())
    assert len(children()) == before


# The walls


def test_a_cell_knows_nothing_of_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PARVIS_KEY", "GITHUB_TOKEN", "HTTPS_PROXY", "HOME", "LC_ALL", "PYTHONSTARTUP"):
        monkeypatch.setenv(name, "secret")
    names, folder, _ = (item.html for item in read("environment").items)
    system = {"LC_CTYPE", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONHOME", "SYSTEMROOT", "__CF_USER_TEXT_ENCODING"}
    ours = {"PYTHONDONTWRITEBYTECODE", "PYTHONHASHSEED", "PYTHONPATH", "PYTHONUTF8", "TZ"}
    assert {name for name in names.split() if not name.startswith("MALLOC_")} - system == ours
    assert folder == Path(sys.executable).anchor


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="no /proc")
def test_a_cell_has_its_two_pipes_and_no_other_file_of_ours() -> None:
    numbers = read("descriptors").items[0].html.split()
    assert len(numbers) == 6  # nowhere three times, two pipes, and the folder being listed


def test_a_cell_reaches_for_nothing() -> None:
    told = {item.upstream_id: item.html for item in read("acts").items}
    refused = dict.fromkeys(["socket", "look_up", "run", "system", "fork", "write", "append"], "PermissionError")
    assert told == refused | {"many_files": "OSError"}
    assert not Path("/tmp/parvis-cage-test").exists()


def test_a_cell_may_still_learn_a_codec() -> None:
    assert read("late_text").items[0].html == "가"


def test_a_machine_that_cannot_start_a_process_is_the_machines_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    async def run(room: str) -> None:
        async with Cage(1, limits(), room=room) as cage:
            await cage.read("whole", "it", none, {})

    with pytest.raises(Refused) as raised:
        asyncio.run(run("no.such.room"))
    assert raised.value.code == MACHINE
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(Refused) as raised:
        asyncio.run(run(ROOM))
    assert raised.value.code == MACHINE
