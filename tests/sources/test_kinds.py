"""A kind of source is a file: found without being imported, its options read off its signature."""

from __future__ import annotations

import ast
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from parvis import sources
from parvis.errors import CONFIG, SOURCES, Refused
from parvis.model import Item, Person
from parvis.sources import Got
from parvis.sources.exports import EXPORTS
from parvis.sources.presets import PRESETS
from tests.cases import ROOT

FOLDER = ROOT / "plugins/parvis/sources"
OWN = sources.kinds() - set(PRESETS) - set(EXPORTS)
SLOW = ("feedparser", "bs4", "lxml", "mf2py", "markdown")


def test_a_kind_is_named_as_its_file() -> None:
    named = {path.stem: sources.MARK.findall(path.read_text("utf-8")) for path in FOLDER.glob("*.py")}

    assert {stem: kind for stem, kind in named.items() if kind} == {kind: [kind] for kind in OWN}
    assert {"feed", "table"} <= OWN and {"youtube", "reddit"} <= set(PRESETS)


def test_knowing_every_kind_and_its_options_imports_nothing_slow() -> None:
    ask = (
        "import sys; from parvis import sources;"
        "[(sources.options(kind), sources.private(kind)) for kind in sources.kinds()]; print(*sys.modules)"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", ask], cwd=ROOT / "plugins", capture_output=True, text=True, check=True
    )

    assert set(SLOW) & set(loaded.stdout.split()) == set()


def test_options_of_a_kind_are_the_keywords_of_its_read() -> None:
    assert sources.options("feed") == {"max_items": int}
    assert sources.options("table") == {
        "columns": dict,
        "delimiter": str,
        "encoding": str,
        "dates": str,
        "timezone": str,
        "max_items": int,
    }


def test_exports_hold_private_text_and_feeds_do_not() -> None:
    assert {kind for kind in sources.kinds() if sources.private(kind)} == {"table", "maildir", *EXPORTS}


def test_an_unknown_kind_is_a_fault_of_the_configuration() -> None:
    with pytest.raises(Refused) as refused:
        sources.load("fed")

    assert refused.value.code == CONFIG
    assert refused.value.faults[0].what == "no kind of source is named 'fed', did you mean 'feed'?"


def test_bytes_keep_where_they_came_from_in_another_process() -> None:
    got = pickle.loads(pickle.dumps(Got(b"x", "https://a.example/", "text/xml")))

    assert (got, got.url, got.type) == (b"x", "https://a.example/", "text/xml")
    assert (Got(b"").url, Got(b"").type) == ("", "")


def test_a_new_kind_is_one_file(own_kind: Path) -> None:
    (own_kind / "shout.py").write_text("""

from collections.abc import Iterator

from ..model import Item, Person
from . import Get, Note

KIND = "shout"


def read(name: str, get: Get, *, url: str, loud: bool = False, words: tuple[str, ...] = ()) -> Iterator[Item | Note]:
    yield Item(name, "1", Person("Zoé"), get(url).decode().upper() if loud else "")
""")

    assert "shout" in sources.kinds()
    assert sources.options("shout") == {"loud": bool, "words": tuple}
    assert list(sources.read("shout", "s", lambda url: Got(b"hello"), url="https://a.example/", loud=True)) == [
        Item("s", "1", Person("Zoé"), "HELLO")
    ]


@pytest.mark.parametrize("body", ["{}", "[1]", '{"topics": 3}', "<html>", "", "[" * 100_000])
def test_what_an_adapter_did_not_foresee_is_a_fault_of_its_source(own_kind: Path, body: str) -> None:
    (own_kind / "hasty.py").write_text("""
import json

from ..model import Item, Person

KIND = "hasty"


def read(name, get, *, url):
    for topic in json.loads(get(url))["topics"]:
        yield Item(name, topic["id"], Person(topic["by"]), topic["text"])
""")

    with pytest.raises(Refused) as refused:
        list(sources.read("hasty", "forum", lambda url: Got(body.encode()), url="https://a.example/"))

    assert refused.value.code == SOURCES
    assert refused.value.faults[0].where == "forum"
    assert refused.value.faults[0].what.startswith("this is not what a source of kind 'hasty' gives (")


def test_a_fault_of_fetching_is_not_the_documents() -> None:
    def get(url: str) -> Got:
        raise TimeoutError(url)

    with pytest.raises(TimeoutError):
        list(sources.read("feed", "s", get, url="https://a.example/"))


def test_adapters_say_what_they_give() -> None:
    """Every kind's `read` takes a name, a get and a url, and keywords with types of sources.yml."""
    for kind in OWN:
        tree = ast.parse((FOLDER / f"{kind}.py").read_text("utf-8"))
        read = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "read")

        assert [arg.arg for arg in read.args.args] == ["name", "get"]
        assert read.args.kwonlyargs[0].arg == "url"
        assert set(sources.options(kind).values()) <= {str, int, bool, dict, tuple}
