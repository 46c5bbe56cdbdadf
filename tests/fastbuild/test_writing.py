"""Pages that were made by several hands, or not at all, are those that Pelican makes one after the other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fastbuild import forks, store
from fastbuild.reading import bodies
from fastbuild.tracking.reads import CHANGED, READS, UNKNOWABLE, Tracked
from fastbuild.writing import hands
from fastbuild.writing.ledger import Ledger
from tests.fastbuild.sites import Site, tree
from tests.fastbuild.test_reading import MORE, many, stock

__all__ = ["many"]
RELATIVE = {"RELATIVE_URLS": True, "SITEURL": ""}
SETTINGS: list[dict[str, Any]] = [
    {"THEME": "notmyidea"},
    RELATIVE,
    {"FEED_ALL_RSS": "all.rss", "CATEGORY_FEED_RSS": "{slug}.rss", "RSS_FEED_SUMMARY_ONLY": False, "FEED_MAX_ITEMS": 3},
    {"TAG_FEED_ATOM": "{slug}.atom", "TAG_FEED_RSS": "{slug}.rss", "FEED_RSS": "one.rss", **RELATIVE},
    {
        "PAGINATED_TEMPLATES": {"tag": 3, "index": 5, "category": 4, "author": None},
        "NEWEST_FIRST_ARCHIVES": False,
        "REVERSE_CATEGORY_ORDER": True,
    },
    {"SUMMARY_MAX_LENGTH": 5, "ARTICLE_TRANSLATION_ID": None, "SLUGIFY_SOURCE": "basename"},
]


def edit(site: Site) -> None:
    site.article("a-01", "Other [words]({filename}/pages/about.md).", day=9, head="Slug: another\nTags: new\n")
    site.write("content/pages/more.md", "Title: More\n\nMore.\n")
    (site.folder / "content/a-02.md").unlink()


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_an_edited_site_is_what_pelican_makes_of_it(
    many: Site, settings: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forks, "processors", lambda: 2)
    more = {**MORE, **settings}
    many.build(**more)
    assert tree(many.output) == stock(many, **more)

    edit(many)
    many.build(**more)
    assert tree(many.output) == stock(many, **more)


def test_attached_files_go_where_pelican_puts_them(many: Site) -> None:
    for name in ("a-05", "a-06", "sub/deep"):
        many.article(name, "![a]({attach}/images/one.png) ![b]({static}/images/two.png)", head="Summary: x\n")
    (many.folder / "content/images/two.png").write_bytes(b"two")
    for _ in range(2):
        many.build(**MORE)
        assert tree(many.output) == stock(many, **MORE)
        many.article("sub/deep", "![b]({attach}/images/two.png)")


def templates(site: Site, **files: str) -> dict[str, Any]:
    for name, text in files.items():
        site.write(f"over/{name}.html", text)
    return {"THEME_TEMPLATES_OVERRIDES": [str(site.folder / "over")]}


READERS = [
    "{{ articles|length }} {{ articles[3].title }} {{ articles|map(attribute='title')|join(',') }}",
    "{% for a in articles[:2] %}{{ a.summary }}{{ a.content }}{% endfor %}",
    "{{ (articles|last).title }} {{ articles.index(articles[2]) }} {{ articles.count(article) }}",
    "{{ ([article] + articles)|length }} {{ (articles + articles)[-1].slug }}",
    "{% set m = namespace(n=0) %}{% for c, l in categories %}{{ c }}{{ l|length }}{% endfor %}",
    "{% for t in article.translations %}{{ t.url }}{% endfor %}{% for p in pages %}{{ p.content }}{% endfor %}",
    "{% for a in articles %}{{ a.title }}{{ a.content }}{{ a.translations|length }}{{ a.content }}{% endfor %}",
    "{% for name, found in period_archives.items() %}{% for one in found %}{{ one.url }}{% endfor %}{% endfor %}",
    "{{ generated_content|length }}{{ articles|groupby('lang')|length }}{{ articles|sort(attribute='title')|first }}",
    "{% if articles == dates %}same{% endif %}{% if article in articles %}in{% endif %}{{ articles|reverse|first }}",
    "{% import 'macros.html' as m with context %}{{ m.all() }}{% include 'part.html' %}",
]


@pytest.mark.parametrize("reader", READERS)
def test_whatever_a_template_looks_at_is_seen_when_it_changes(tmp_path: Path, reader: str) -> None:
    site = Site(tmp_path)
    for number in range(6):
        site.article(f"a-{number}", f"Words {number}.", day=9 - number, head=f"Tags: t{number % 2}\n")
    site.write("content/pages/one.md", "Title: One\n\nOne.\n")
    more = {
        **templates(
            site,
            article=f"{reader}{{{{ article.title }}}}",
            macros="{% macro all() %}{% for a in articles %}{{ a.slug }}{% endfor %}{% endmacro %}",
            part="{% for a in dates[1:3] %}{{ a.title }}{% endfor %}",
        ),
        "ARTICLE_EXCLUDES": ["pages"],
        "YEAR_ARCHIVE_SAVE_AS": "{date:%Y}.html",
    }
    edits: list[Callable[[], object]] = [
        lambda: site.article("a-4", "Other words.", day=5, head="Tags: t0\n"),
        lambda: site.write("content/a-4.md", "Title: Other\nDate: 2026-03-05 10:00\nTags: t0\n\nOther words.\n"),
        lambda: site.article("a-9", "New.", day=5, head="Category: another\n"),
        lambda: site.article("a-3", "Words.", day=6, head="Lang: fr\nSlug: a-2\n"),
        lambda: site.write("content/pages/one.md", "Title: One\n\nTwo.\n"),
        lambda: site.article("a-0", "Words 0.", day=2),
        (site.folder / "content/a-5.md").unlink,
        lambda: site.write("over/part.html", "{{ dates|length }}"),
    ]
    site.build(**more)
    for change in edits:
        change()
        site.build(**more)
        assert tree(site.output) == stock(site, **more)


def test_only_what_depends_on_an_edit_is_made_again(many: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    many.build(**MORE)
    shared = hands.Hands._shared

    def noted(self: hands.Hands, sheets: Any) -> Any:
        made.extend(sheet.name for sheet in sheets)
        return shared(self, sheets)

    monkeypatch.setattr(hands.Hands, "_shared", noted)
    many.build(**MORE)
    assert made == []

    many.article("a-07", "Another body.", day=8, head="Summary: x\n")
    many.build(**MORE)
    made.clear()
    many.article("a-07", "Yet another body.", day=8, head="Summary: x\n")
    many.build(**MORE)
    assert {name for name in made if name.endswith(".html")} == {"a-07.html"}


@pytest.mark.parametrize("lost", [False, True], ids=["large", "lost"])
def test_a_first_build_knows_of_each_page_what_it_was_made_from(
    many: Site, monkeypatch: pytest.MonkeyPatch, lost: bool
) -> None:
    """Of a site that SQLite has no memory for, and of one whose bodies are lost meanwhile."""
    monkeypatch.setattr(forks, "processors", lambda: 2)
    monkeypatch.setattr(store, "NEW", f"PRAGMA page_size = 512; {store.NEW.split(';', 1)[1]}")
    monkeypatch.setattr(store, "PRAGMAS", "PRAGMA cache_size = 1;")
    monkeypatch.setattr(store, "PATIENCE", 0.1)
    monkeypatch.setattr(bodies, "SMALL", 0)
    if lost:
        monkeypatch.setattr(bodies.Bodies, "add", lambda _, found: None)
    known: list[bool] = []
    take = Ledger.take

    def noted(self: Ledger, name: str, made: Any) -> None:
        known.append(made is not None)
        take(self, name, made)

    monkeypatch.setattr(Ledger, "take", noted)
    many.build(**MORE)

    assert all(known) and len(known) > 100
    assert tree(many.output) == stock(many, **MORE)


def test_a_template_that_changes_what_others_see_is_given_what_pelican_gives_it(tmp_path: Path) -> None:
    site = Site(tmp_path)
    for number in range(5):
        site.article(f"a-{number}", day=1 + number)
    more = templates(site, article="{% set _ = articles.pop() if articles|length > 1 %}{{ articles|length }}")
    for _ in range(2):
        site.build(**more)
        assert tree(site.output) == stock(site, **more)


@pytest.mark.parametrize("name", sorted(set(dir(list)) - set(dir(object)) - {"__class_getitem__"}))
def test_every_way_to_look_at_a_list_is_noted(name: str) -> None:
    tracked = Tracked(["b", "a"])
    tracked.name = "all"
    READS.keys = {}
    arguments = {"__getitem__": (0,), "__setitem__": (0, "c"), "__delitem__": (0,), "__mul__": (2,), "__rmul__": (2,)}
    arguments |= {"__imul__": (2,), "insert": (0, "x"), "__contains__": ("a",), "append": ("a",)}
    arguments |= dict.fromkeys(("count", "index", "remove"), ("a",))
    arguments |= {each: (["c"],) for each in ("__add__", "__iadd__", "__radd__", "extend")}
    getattr(tracked, name)(*arguments.get(name, ()))
    keys, READS.keys = READS.keys, None

    assert keys
    assert {key.split()[0] for key in keys} <= {"l", "n", "i", UNKNOWABLE, CHANGED}
