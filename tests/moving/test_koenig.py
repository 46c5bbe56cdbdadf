"""Posts of Ghost without HTML: what its editors kept becomes the same words, and what nobody knows is named."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from parvis import settings
from parvis.moving import ghost, verbs
from parvis.moving.koenig import lexical, mobiledoc
from parvis.moving.wording import markdown
from tests import hub

NOW = datetime(2026, 11, 20, tzinfo=UTC)
PICTURE = {"src": "https://old.example/a.png", "alt": 'Un "vélo"', "caption": "La <b>mie</b>"}


def text(words: str, format: int = 0) -> dict[str, Any]:
    return {"type": "extended-text", "text": words, "format": format}


def block(kind: str, *children: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": kind, "children": list(children), **more}


def point(*children: dict[str, Any]) -> dict[str, Any]:
    return block("listitem", *children)


def kept(*nodes: dict[str, Any]) -> str:
    return json.dumps({"root": block("root", *nodes)})


def sections(*said: Any, cards: Any = (), markups: Any = (), atoms: Any = ()) -> str:
    return json.dumps({"version": "0.3.1", "sections": said, "cards": cards, "markups": markups, "atoms": atoms})


def written(html: str) -> str:
    return markdown(html, lambda address: "images/a.png" if address.endswith(".png") else "")


NESTED = block(
    "list",
    point(text("a")),
    point(block("list", point(text("b")), listType="bullet")),
    point(text("c")),
    listType="number",
    start=3,
)
LINK = block("link", text("ici"), url="https://a.example/?a=1&b=2")


@pytest.mark.parametrize(
    ("node", "becomes"),
    [
        (block("paragraph", text("Un & "), text("mot", 1), text(" <b>")), "Un & **mot** &lt;b>"),
        (block("paragraph", text("a", 2), text(" b", 4), text(" c"), text("d", 16)), "*a* ~~b~~ c`d`"),
        (block("paragraph", text("a"), {"type": "linebreak"}, LINK), "a  \n[ici](https://a.example/?a=1&b=2)"),
        (block("paragraph", block("link", text("x"), url="javascript:x")), "x"),
        (block("extended-heading", text("T"), tag="h3"), "### T"),
        (block("heading", text("T"), tag="script"), "## T"),
        (block("extended-quote", text("dit")), "> dit"),
        (block("aside", text("dit")), "> dit"),
        (NESTED, "3.  a\n    -   b\n4.  c"),
        ({"type": "image", **PICTURE}, '![Un "vélo"]({static}/images/a.png)\n\nLa **mie**'),
        (
            {"type": "gallery", "images": [{"src": "https://old.example/b.jpg"}], "caption": "c"},
            "[https://old.example/b.jpg](https://old.example/b.jpg)\n\nc",
        ),
        ({"type": "codeblock", "code": "if a < b:\n  *x*", "language": "python"}, "```\nif a < b:\n  *x*\n```"),
        ({"type": "horizontalrule"}, "---"),
        ({"type": "html", "html": "<div onclick=x>Brut<script>alert(1)</script></div>"}, "Brut"),
        ({"type": "markdown", "markdown": "# T\n\n1. un\n2. deux"}, "## T\n\n1.  un\n2.  deux"),
        (
            {"type": "bookmark", "url": "https://b.example/", "metadata": {"title": "B", "description": "d"}},
            "[B](https://b.example/)\n\n> d",
        ),
        (
            {"type": "embed", "url": "https://v.example/1", "html": "<iframe src='https://evil.example'></iframe>"},
            "[https://v.example/1](https://v.example/1)",
        ),
        ({"type": "callout", "calloutEmoji": "!", "calloutText": "<b>Ici</b>"}, "> ! **Ici**"),
        ({"type": "toggle", "heading": "H", "content": "<p>c</p>"}, "**H**\n\nc"),
        ({"type": "button", "buttonUrl": "https://b.example/", "buttonText": "Aller"}, "[Aller](https://b.example/)"),
        (
            {"type": "file", "src": "https://old.example/f.pdf", "fileTitle": "F", "fileCaption": "c"},
            "[F](https://old.example/f.pdf)\n\nc",
        ),
        ({"type": "header", "header": "H", "subheader": "s"}, "## H\n\ns"),
        (
            {"type": "product", "productTitle": "P", "productDescription": "<p>d</p>", "productUrl": "https://p.example/"},
            "**P**\n\nd\n\n[https://p.example/](https://p.example/)",
        ),
        ({"type": "call-to-action", "textValue": "<p>t</p>", "buttonUrl": "https://b.example/"}, "t\n\n[https://b.example/](https://b.example/)"),
        ({"type": "paywall"}, ""),
        (block("new-box", block("paragraph", text("a"))), "a"),
    ],
)  # fmt: skip
def test_what_lexical_keeps_is_written_as_markdown(node: dict[str, Any], becomes: str) -> None:
    words = lexical(kept(node))

    assert (written(words.html), words.unknown) == (becomes, set())


MARKUPS = [["strong"], ["a", ["href", "https://a.example/", "rel", "x"]], ["em"], ["script"]]


@pytest.mark.parametrize(
    ("section", "becomes"),
    [
        ([1, "p", [[0, [], 0, "Un "], [0, [0], 1, "mot"], [0, [], 0, " <b>"]]], "Un **mot** &lt;b>"),
        ([1, "P", [[0, [1, 2], 1, "a"], [0, [], 1, " b"]]], "[*a* b](https://a.example/)"),
        ([1, "p", [[0, [2], 0, "never closed"]]], "*never closed*"),
        ([1, "p", [[0, [3], 1, "a"], [1, [], 0, 0], [1, [], 0, 1]]], "a  \nb"),
        ([1, "h3", [[0, [], 0, "T"]]], "### T"),
        ([1, "script", [[0, [], 0, "T"]]], "T"),
        ([1, "pull-quote", [[0, [], 0, "dit"]]], "> dit"),
        ([3, "ol", [[[0, [], 0, "a"]], [[0, [0], 1, "b"]]]], "1.  a\n2.  **b**"),
        ([3, "ul", [[[0, [], 0, "a"]]]], "-   a"),
        ([2, "https://old.example/a.png"], "![]({static}/images/a.png)"),
        ([10, 0], '![Un "vélo"]({static}/images/a.png)\n\nLa **mie**'),
        ([10, 1], "## T"),
    ],
)
def test_what_mobiledoc_keeps_is_written_as_markdown(section: Any, becomes: str) -> None:
    atoms = [["soft-return", "", {}], ["mention", "b", {}]]
    cards = [["image", PICTURE], ["card-markdown", {"markdown": "# T"}]]
    words = mobiledoc(sections(section, cards=cards, markups=MARKUPS, atoms=atoms))

    assert (written(words.html), words.unknown) == (becomes, set())


@pytest.mark.parametrize(
    "source", ["", "[]", "{}", "null", '{"root": 1}', '{"root": {"children": "x"}}', '{"a":' * 99_999]
)
@pytest.mark.parametrize("read", [lexical, mobiledoc])
def test_what_is_no_text_of_an_editor_is_said(read: Any, source: str) -> None:
    with pytest.raises(ValueError):
        read(source)


@pytest.mark.parametrize(
    "section",
    [
        7,
        [],
        [9, "p"],
        [1, "p", [[0]]],
        [10, 4],
        [10, "a"],
        [1, "p", [[0, [5], 0, "a"]]],
        [1, "p", [[0, [], 3, "a"]]],
        [1, "p", [[0, [], 0, 5]]],
    ],
)
def test_a_section_out_of_shape_is_said(section: Any) -> None:
    with pytest.raises(ValueError, match=r"Mobiledoc 0\.3"):
        mobiledoc(sections(section, cards=[["hr", {}]], markups=MARKUPS))


def test_html_comes_first_then_the_newer_editor_then_plain_text() -> None:
    new, old = kept(block("paragraph", text("new"))), sections([1, "p", [[0, [], 0, "old"]]])
    rows = [
        {"html": "<p>html</p>", "lexical": new, "mobiledoc": old, "plaintext": "plain"},
        {"lexical": new, "mobiledoc": old, "plaintext": "plain"},
        {"html": None, "lexical": None, "mobiledoc": old, "plaintext": "plain"},
        {"plaintext": "plain & so"},
        {"lexical": "?", "plaintext": "plain"},
    ]
    export = ghost.read(
        {"data": {"posts": [{"id": str(n), "title": f"T{n}"} | row for n, row in enumerate(rows)]}}, "x"
    )

    assert [post.html for post in export.posts] == [
        "<p>html</p>", "<p>new</p>", "<p>old</p>", "<p>plain &amp; so</p>", "<p>plain</p>",
    ]  # fmt: skip
    assert export.notes == ("“T4”: its lexical cannot be read (Expecting value: line 1 column 1 (char 0))",)


def test_cards_that_nobody_knows_are_named_with_their_post(tmp_path: Path) -> None:
    hub.write(tmp_path)
    words = kept(block("paragraph", text("Bonjour")), {"type": "nft"}, {"type": "transistor"}, {"type": "nft"})
    posts = [{"id": "1", "title": "Un mot", "slug": "un-mot", "lexical": words, "status": "published"}]
    (tmp_path / "export").write_text(json.dumps({"data": {"posts": posts}}), "utf-8")
    said: list[str] = []

    assert (
        verbs.bring(settings.load({}, tmp_path), verbs.Asked(str(tmp_path / "export")), now=NOW, say=said.append) == 0
    )
    assert "Bonjour" in (tmp_path / "content/articles/un-mot.md").read_text("utf-8")
    assert "  “Un mot”: left out, for nobody here knows what it is: nft, transistor" in said
