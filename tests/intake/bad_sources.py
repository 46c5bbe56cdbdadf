"""Kinds of sources that do to their process whatever a document may do, in the place of `parvis.sources`."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from parvis.errors import Refused, refuse
from parvis.model import Consent, Item, Medium, Person, Review
from parvis.sources import Get, Note

WHOLE = Item(
    source="it",
    upstream_id="7",
    author=Person("Zoé \u202e", "https://x.example/zoé", "u7"),
    html="<p>Bravo ☕</p>",
    url="https://x.example/7",
    published=datetime(2026, 11, 2, 9, 0, 0, 5, UTC),
    title="Une \x00 note",
    tags=("pain", "café"),
    lang="fr",
    licence="CC0",
    review=Review(rating=4, experience_date=date(2026, 10, 1), consent=Consent("1", date(2026, 10, 2), ("a", "b"))),
    media=(Medium("https://x.example/7.jpg", "Un pain", "image/jpeg"),),
    likes=3,
    deleted=True,
    signals=("sensitive",),
)


def item(n: object, html: str = "", source: str = "it") -> Item:
    return Item(source, str(n), Person("a"), html)


def whole(get: Get) -> Iterator[Item | Note]:
    yield WHOLE
    yield item(1)


def loop(get: Get) -> Iterator[Item | Note]:
    while True:
        pass


def sleep(get: Get) -> Iterator[Item | Note]:
    yield item(1)
    time.sleep(60)


def eat(get: Get) -> Iterator[Item | Note]:
    yield item(1)
    yield item(len([bytearray(2**20) for _ in range(4000)]))


def eat_and_hide(get: Get) -> Iterator[Item | Note]:
    try:
        yield item(len(bytearray(2**40)))
    except Exception:
        yield item("hidden")


def endless(get: Get) -> Iterator[Item | Note]:
    n = 0
    while True:
        n += 1
        yield item(n)


def endless_notes(get: Get) -> Iterator[Item | Note]:
    for n in range(10_000):
        yield Note(f"{n} " + "x" * 10_000)
    yield item(1)


def heavy(get: Get) -> Iterator[Item | Note]:
    yield item(1, "x" * 9 * 2**20)
    for n in range(100):
        yield item(n, "y" * 2**20)


def deep(get: Get) -> Iterator[Item | Note]:
    def dive(n: int) -> int:
        return dive(n + 1) + 1

    yield item(dive(0))


def crash(get: Get) -> Iterator[Item | Note]:
    yield item(1)
    os.kill(os.getpid(), signal.SIGSEGV)


def leave(get: Get) -> Iterator[Item | Note]:
    yield item(1)
    os._exit(3)


def chat(get: Get) -> Iterator[Item | Note]:
    print("\x00\x00\x00\x05hello" * 1000, flush=True)
    sys.__stdout__.write("more")  # type: ignore[union-attr]
    os.write(1, b"\xff" * 100)
    os.write(2, b"\xff" * 100)
    print(input() if sys.stdin else "")
    yield item(1)


def everywhere(content: bytes) -> None:
    for number in range(3, 12):
        try:
            os.write(number, content)
        except OSError:
            continue


def garbage(get: Get) -> Iterator[Item | Note]:
    everywhere(b"\x00\x00\x00\x05hello" * 3)
    yield item(1)


def huge_frame(get: Get) -> Iterator[Item | Note]:
    everywhere(b"\xff\xff\xff\xff")
    yield item(1)


def nested_json(get: Get) -> Iterator[Item | Note]:
    everywhere(len(b"[" * 100_000).to_bytes(4, "big") + b"[" * 100_000)
    yield item(1)


def forged(content: bytes) -> Callable[[Get], Iterator[Item | Note]]:
    def read(get: Get) -> Iterator[Item | Note]:
        everywhere(len(content).to_bytes(4, "big") + content)
        yield item(1)

    return read


def half(get: Get) -> Iterator[Item | Note]:
    yield item("\ud800", "a\ud800b")


def foreign(get: Get) -> Iterator[Item | Note]:
    yield item(1, source="other")
    yield item(2)


def unfit(get: Get) -> Iterator[Item | Note]:
    sound: dict[str, Any] = {"source": "it", "upstream_id": "1", "author": Person("a"), "html": ""}
    faults: list[dict[str, Any]] = [{"title": None}, {"tags": "pain"}, {"tags": (1,)}, {"html": b"x"}, {"lang": []}]
    for fault in faults:
        yield Item(**(sound | fault))
    yield "no item"  # type: ignore[misc]
    yield None  # type: ignore[misc]
    yield item(2)


def notes(get: Get) -> Iterator[Item | Note]:
    yield Note("3 rows left out")
    yield item(1)


def fails(get: Get) -> Iterator[Item | Note]:
    yield item(1)
    raise KeyError("gone")


def refuses(get: Get) -> Iterator[Item | Note]:
    yield item(1)
    raise refuse("it", "this is not a feed", "look at it")


def pages(get: Get) -> Iterator[Item | Note]:
    url = "https://x.example/1"
    while url:
        page = get(url)
        yield item(page.url, f"{page.decode()} {page.type} {len(get(url))}")
        url = page.decode()


def endless_pages(get: Get) -> Iterator[Item | Note]:
    n = 0
    while True:
        n += 1
        yield item(n, str(len(get(f"https://x.example/{n}"))))


def random_pages(get: Get) -> Iterator[Item | Note]:
    get(f"https://x.example/{time.time_ns()}")
    yield item(1)


def second_choice(get: Get) -> Iterator[Item | Note]:
    try:
        get("https://x.example/none")
    except Refused:
        yield item(1, get("https://x.example/2").decode())


def swallows(get: Get) -> Iterator[Item | Note]:
    try:
        found = get("https://x.example/2").decode()
    except:  # noqa: E722 - as careless as can be
        found = "nothing"
    yield item(1, found)


def environment(get: Get) -> Iterator[Item | Note]:
    yield item(1, "\n".join(sorted(os.environ)))
    yield item(2, str(Path.cwd()))
    yield item(3, " ".join(sys.path))


def descriptors(get: Get) -> Iterator[Item | Note]:
    yield item(1, " ".join(sorted(os.listdir("/proc/self/fd"), key=int)))  # noqa: PTH208


ACTS: dict[str, Callable[[], object]] = {
    "socket": socket.socket,
    "look_up": lambda: socket.getaddrinfo("127.0.0.1", 80),
    "run": lambda: subprocess.run([sys.executable, "-c", ""], check=False),
    "system": lambda: os.system("true"),
    "fork": os.fork,
    "write": lambda: Path("/tmp/parvis-cage-test").write_text("x"),
    "append": lambda: os.open("/tmp/parvis-cage-test", os.O_APPEND),
    "many_files": lambda: [os.open(os.devnull, os.O_RDONLY) for _ in range(100)],
}


def acts(get: Get) -> Iterator[Item | Note]:
    for name, act in ACTS.items():
        try:
            act()
            yield item(name, "done")
        except OSError as error:
            yield item(name, type(error).__name__)


def late_text(get: Get) -> Iterator[Item | Note]:
    yield item(1, b"\xb0\xa1".decode("euc_kr"))  # a codec is a module that is only now read from disk


def burn(get: Get) -> Iterator[Item | Note]:
    until = time.process_time() + 0.7
    while time.process_time() < until:
        pass
    yield item(1)


def threads(get: Get) -> Iterator[Item | Note]:
    stop = threading.Event()
    yield item(1, str(stop.is_set()))


FORGED = {
    "tag": b'["rumour"]', "shape": b'{"item": 1}', "number": b"7", "wanted": b'["wanted", 7]', "done": b'["done", "x"]',
    "missing": b'["missing", "x"]', "fault": b'["fault", 1, 2]', "nothing": b"", "binary": b"\xff\xfe",
}  # fmt: skip
KINDS: dict[str, Callable[[Get], Iterator[Item | Note]]] = {
    each.__name__: each
    for each in (
        whole, loop, sleep, eat, eat_and_hide, endless, endless_notes, heavy, deep, crash, leave, chat, garbage,
        huge_frame, nested_json, half, foreign, unfit, notes, fails, refuses, pages, endless_pages, random_pages,
        second_choice, swallows, environment, descriptors, acts, late_text, burn, threads,
    )
} | {f"forged_{name}": forged(content) for name, content in FORGED.items()}  # fmt: skip


def read(kind: str, name: str, get: Get, **options: Any) -> Iterator[Item | Note]:
    if kind == "options":
        yield item(1, repr(options))
    else:
        yield from KINDS[kind](get)
