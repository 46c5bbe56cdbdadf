"""Which room may import which (DESIGN.md, section 6): one sentence and one test a rule."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.house.imports import ROOT, House, crossings, crossings_anywhere, imports, read, within

HOUSE = read(ROOT / "plugins")
NETWORK = {
    *("socket", "ssl", "http.client", "urllib.request", "ftplib", "smtplib", "imaplib", "poplib", "xmlrpc.client"),
    *("httpx2", "httpcore2", "httpx", "httpcore", "requests", "urllib3", "aiohttp", "websockets", "niquests"),
    *(
        "urllib.robotparser",
        "http.cookiejar",
        "pycurl",
        "curl_cffi",
        "httplib2",
        "treq",
        "twisted",
        "tornado",
        "h11",
        "h2",
    ),
    *("dns", "aiodns", "trio", "anyio", "websocket", "paramiko", "nntplib", "telnetlib", "asyncore"),
}
REACHING = {
    *("open_connection", "create_connection", "create_datagram_endpoint", "sock_connect", "getaddrinfo"),
    *("urlopen", "urlretrieve", "connect_tcp", "create_tcp_connection"),
}
CLIENT = {f"parvis.intake.{part}" for part in ("http", "hops", "failures", "addresses", "answers")}
ROOMS = {
    f"parvis.{room}"
    for room in (
        "sources",
        "intake",
        "review",
        "desk",
        "site",
        "preview",
        "check",
        "publish",
        "report",
        "begin",
        "drawing",
        "moving",
        "kept",
    )
}


@dataclass(frozen=True)
class Rule:
    """`deep` asks the same of everything that the room loads."""

    sentence: str
    room: str
    never: set[str]
    but: tuple[str, ...] = ()
    deep: bool = False

    def broken(self, house: House) -> list[str]:
        return (crossings_anywhere if self.deep else crossings)(house, self.room, self.never, self.but)


RULES = [
    Rule(
        "sources never reach the network, Pelican or Jinja",
        "parvis.sources",
        NETWORK | {"pelican", "jinja2"},
        deep=True,
    ),
    Rule("sources know no other room", "parvis.sources", ROOMS - {"parvis.sources"}),
    Rule(
        "intake never meets Pelican, but in its plugin",
        "parvis.intake",
        {"pelican"},
        ("parvis.intake.plugin",),
        deep=True,
    ),
    Rule("intake is handed the lanes of review", "parvis.intake", ROOMS - {"parvis.intake", "parvis.sources"}),
    Rule("review never reaches the network or Pelican", "parvis.review", NETWORK | {"pelican"}, deep=True),
    Rule(
        "the desk uses review and site, and no other room",
        "parvis.desk",
        ROOMS - {"parvis.desk", "parvis.review", "parvis.site"},
    ),
    Rule("site never reaches the network", "parvis.site", NETWORK, deep=True),
    Rule(
        "site never imports sources, intake or review",
        "parvis.site",
        {"parvis.sources", "parvis.intake", "parvis.review"},
    ),
    Rule(
        "kept knows no other room, no network and no Pelican",
        "parvis.kept",
        (ROOMS | NETWORK | {"pelican"}) - {"parvis.kept"},
    ),
    Rule("check is handed the network", "parvis.check", NETWORK | {"parvis.intake"}, deep=True),
    Rule("publish is handed the network", "parvis.publish", NETWORK | {"parvis.intake"}, deep=True),
    Rule("parvis never imports fastbuild", "parvis", {"fastbuild"}),
    Rule("fastbuild never imports parvis", "fastbuild", {"parvis"}),
    Rule("there is one HTTP client, in intake", "parvis", NETWORK, tuple(CLIENT)),
    Rule("fastbuild has no network", "fastbuild", NETWORK),
    Rule("feedgen stays in site.feeds", "parvis", {"feedgen"}, ("parvis.site.feeds",)),
    Rule("nh3 stays in the gate and in intake", "parvis", {"nh3"}, ("parvis.html", "parvis.intake")),
    Rule(
        "feedparser stays in the source that needs it",
        "parvis",
        {"feedparser"},
        ("parvis.sources.xmlfeed", "parvis.sources.dates"),
    ),
    Rule("mf2py stays in the source that needs it", "parvis", {"mf2py"}, ("parvis.sources.microformats",)),
    Rule("drawing knows no other room, Pelican or the network", "parvis.drawing", NETWORK | {"pelican"}, deep=True),
    Rule("moving never reaches the network or Pelican", "parvis.moving", NETWORK | {"pelican"}, deep=True),
    Rule(
        "moving uses sources, and what makes Markdown in intake",
        "parvis.moving",
        ROOMS - {"parvis.moving", "parvis.sources", "parvis.intake"},
    ),
    Rule("drawing is handed its words", "parvis.drawing", ROOMS - {"parvis.drawing"}),
    Rule(
        "Pillow stays in site, drawing and where pictures are copied",
        "parvis",
        {"PIL"},
        ("parvis.site", "parvis.drawing", "parvis.intake.picture"),
    ),
    Rule("HarfBuzz stays in drawing", "parvis", {"uharfbuzz"}, ("parvis.drawing",)),
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.sentence)
def test_border(rule: Rule) -> None:
    assert rule.broken(HOUSE) == []


def test_every_package_of_parvis_is_a_room_that_the_rules_know() -> None:
    packages = {path.parent.name for path in (ROOT / "plugins/parvis").glob("*/__init__.py")}

    assert {f"parvis.{package}" for package in packages} - ROOMS == set()


def test_model_imports_the_standard_library_only() -> None:
    assert [str(each) for each in HOUSE["parvis.model"] if not within(each.name, sys.stdlib_module_names)] == []


def test_shared_nouns_know_no_room_but_settings_which_ask_the_sources_for_their_options() -> None:
    shared = {name: what for name, what in HOUSE.items() if within(name, ["parvis"]) and not within(name, ROOMS)}

    assert crossings(shared, "parvis", ROOMS - {"parvis.sources"}) == []
    assert crossings(shared, "parvis", ROOMS, but=["parvis.settings"]) == []


def test_site_plugins_never_import_each_other() -> None:
    modules = {module for module in HOUSE if module.startswith("parvis.site.")}  # the package itself registers them all
    plugins = {module for module in modules if "register" in functions(module)}

    assert [each for plugin in plugins for each in crossings(HOUSE, plugin, plugins - {plugin})] == []


def test_nobody_replaces_a_method_of_pelican() -> None:
    assert [
        f"{path}:{line}"
        for path in sorted((ROOT / "plugins").rglob("*.py"))
        for line in patches(path.read_text("utf-8"))
    ] == []


def test_only_the_client_reaches_out_even_without_an_import() -> None:
    reaching = {
        ".".join(path.relative_to(ROOT / "plugins").with_suffix("").parts)
        for path in (ROOT / "plugins").rglob("*.py")
        if calls(path.read_text("utf-8")) & REACHING
    }

    assert reaching == {"parvis.intake.http", "parvis.intake.addresses"}


def test_a_call_that_reaches_out_is_seen() -> None:
    assert calls("import asyncio as a\nasync def x():\n    await a.open_connection('x', 1)") & REACHING


def calls(source: str) -> set[str]:
    """The names that are called, whatever they are names in."""
    found = (node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return {f.attr if isinstance(f, ast.Attribute) else f.id for f in found if isinstance(f, ast.Attribute | ast.Name)}


def functions(module: str) -> set[str]:
    path = ROOT / "plugins" / Path(*module.split("."))
    source = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return {node.name for node in ast.parse(source.read_text("utf-8")).body if isinstance(node, ast.FunctionDef)}


def patches(source: str) -> Iterator[int]:
    """Lines that set an attribute of something imported from Pelican."""
    tree = ast.parse(source)
    theirs = {"pelican"} | {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
        if within(getattr(node, "module", None) or alias.name, ["pelican"])
    }
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(ctx=ast.Store() | ast.Del()) if owner(node) in theirs:
                yield node.lineno
            case ast.Call(func=ast.Name(id="setattr" | "delattr"), args=[first, *_]) if owner(first) in theirs:
                yield node.lineno


def owner(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


# Teeth: what the checks above would say of a house that breaks the rules.

LITTLE_HOUSE = {
    "parvis/__init__.py": "",
    "parvis/model.py": "import json",
    "parvis/site/__init__.py": "",
    "parvis/site/lists.py": "def late():\n    from ..intake import http",
    "parvis/site/typed.py": "if TYPE_CHECKING:\n    from parvis.review.queue import Queue",
    "parvis/site/sly.py": "import importlib\nimportlib.import_module('.intake.http', 'parvis')\n__import__('socket')",
    "parvis/review/__init__.py": "from . import queue",
    "parvis/review/queue.py": "from .. import shared",
    "parvis/shared.py": "from urllib import request",
    "parvis/intake/__init__.py": "",
    "parvis/intake/http.py": "import httpx2",
    "fastbuild/__init__.py": "import parvis",
}


@pytest.fixture
def little(tmp_path: Path) -> House:
    for name, text in LITTLE_HOUSE.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return read(tmp_path)


def test_imports_in_functions_and_for_types_count(little: House) -> None:
    assert crossings(little, "parvis.site", {"parvis.intake", "parvis.review"}) == [
        "parvis.site.lists:2 imports parvis.intake.http",
        "parvis.site.typed:2 imports parvis.review.queue.Queue",
    ]


def test_an_import_by_a_string_counts(little: House) -> None:
    assert crossings(little, "parvis.site.sly", {"socket"}) == ["parvis.site.sly:3 imports socket"]
    assert [each.name for each in imports("import_module(f'parvis.sources.{kind}')")] == ["parvis.sources"]
    assert [each.name for each in imports("import_module('.x')", package=("a", "b"))] == ["a.b.x"]


def test_relative_imports_become_absolute() -> None:
    def names(source: str) -> list[str]:
        return [each.name for each in imports(source, "a.b.c", ("a", "b"))]

    assert names("from . import d") == ["a.b.d"]
    assert names("from .d import e") == ["a.b.d.e"]
    assert names("from .. import d") == ["a.d"]
    assert names("from ..d import e as f, g") == ["a.d.e", "a.d.g"]
    assert names("import x.y as z") == ["x.y"]


def test_what_a_room_loads_by_way_of_another_counts(little: House) -> None:
    assert crossings(little, "parvis.review", NETWORK) == []
    assert crossings_anywhere(little, "parvis.review", NETWORK) == ["parvis.shared:1 imports urllib.request"]


def test_an_exception_is_for_the_named_module_only(little: House) -> None:
    assert crossings(little, "parvis", {"httpx2"}, but=["parvis.intake.http"]) == []
    assert crossings(little, "parvis", {"httpx2"}, but=["parvis.intake.htt"]) == ["parvis.intake.http:1 imports httpx2"]


def test_a_name_that_only_begins_alike_is_another_room(little: House) -> None:
    assert not within("parvis.sitemap", ["parvis.site"])


@pytest.mark.parametrize(
    "source",
    [
        "from pelican.writers import Writer\nWriter.write_file = mine",
        "import pelican\npelican.readers.Readers.read_file = mine",
        "from pelican import contents as theirs\nsetattr(theirs.Content, 'url', mine)",
        "from pelican.generators import Generator as G\ndel G.add_failed_source_path",
        "import pelican.utils as theirs\ntheirs.slugify = mine",
    ],
)
def test_setting_an_attribute_of_pelican_is_seen(source: str) -> None:
    assert list(patches(source)) == [2]


def test_subclassing_and_calling_pelican_is_the_way_in() -> None:
    source = "from pelican import Pelican\nclass Mine(Pelican):\n    def run(self):\n        self.settings = {}\n"

    assert list(patches(source)) == []
