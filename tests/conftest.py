"""What holds for every test: no socket leaves this machine, a template is compiled once. And a browser to ask."""

from __future__ import annotations

import shutil
import socket
from collections import defaultdict
from collections.abc import Iterator, Sequence
from ipaddress import ip_address
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from parvis.site import catalogues, environment

if TYPE_CHECKING:
    from playwright.sync_api import Browser

settings.register_profile("parvis", deadline=None)  # a busy machine is no fault of the code
settings.load_profile("parvis")

QUIET = ("--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run")
HERE = {"", "localhost", "ip6-localhost", "ip6-loopback"}


def _is_here(host: object) -> bool:
    if host is None:
        return True
    name = (host.decode() if isinstance(host, bytes) else str(host)).partition("%")[0]
    try:
        return ip_address(name).is_loopback or name == "0.0.0.0"
    except ValueError:
        return name in HERE


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that reaches out fails at once, by name, instead of passing today and hanging tomorrow."""

    def guard(name: str) -> None:
        real = getattr(socket.socket, name)

        def reach(self: socket.socket, *args: Any) -> Any:
            address = args[-1]
            if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_here(address[0]):
                pytest.fail(f"a test reached for {address[0]}:{address[1]}; tests stay on loopback")
            return real(self, *args)

        monkeypatch.setattr(socket.socket, name, reach)

    for name in ("connect", "connect_ex", "sendto"):
        guard(name)
    real_look_up = socket.getaddrinfo

    def look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if not _is_here(name):
            try:
                ip_address(str(name).partition("%")[0])
            except ValueError:
                pytest.fail(f"a test looked up {name}; tests ask no name server")
        return real_look_up(host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)


class Compiled(BytecodeCache):
    """Code of the templates in the words of one language, by place and text; for as long as this process lives."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key, bucket.checksum] = bucket.code


@pytest.fixture(scope="session", autouse=True)
def _compiled_once() -> Iterator[None]:
    """Compiling the theme is most of a small site's build, and a worker builds hundreds: all but the first find it."""
    known: dict[object, Compiled] = defaultdict(Compiled)
    make = environment.make

    def kept(
        lang: str, folders: Sequence[Path] = catalogues.THEMES, compiled: BytecodeCache | None = None
    ) -> Environment:
        return make(lang, folders, compiled or known[catalogues.read(lang, folders)])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(environment, "make", kept)
        yield


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The machine's own Chromium. For one module: Playwright's loop would be in the way of another's asyncio."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if not path:
        pytest.skip("needs a browser: apt install chromium")

    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu", *QUIET])
        yield browser
        browser.close()
