"""A stock Pelican site that uses what Pelican has, and what may be done to it: an edit is one function."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from .texts import Text, body, paragraph, picture, put, sentence, words

BEGINNING = datetime(2020, 1, 1, 8)
SHELVES, PEOPLE, TAGS = ("Rides", "Tools", "C++", "Été"), ("Ana A", "Bo B", "Zoé <Z>"), [f"tag {n}" for n in range(12)]
SETTINGS = '''"""Settings of a site that is edited; what is asked of fastbuild follows at the end."""

def shout(text):
    return str(text).upper() + "!"

SITENAME, SITEURL, SITESUBTITLE = "A site", "https://site.example", "Sub"
PATH, THEME, TIMEZONE, DEFAULT_LANG = "content", "theme", "Europe/Paris", "en"
DELETE_OUTPUT_DIRECTORY = True
STATIC_PATHS = ["images", "extra/robots.txt"]
EXTRA_PATH_METADATA = {"extra/robots.txt": {"path": "robots.txt"}}
ARTICLE_PATHS, PAGE_PATHS = ["articles"], ["pages"]
DEFAULT_PAGINATION = 7
MONTH_ARCHIVE_SAVE_AS = "archive/{date:%Y}/{date:%m}/index.html"
YEAR_ARCHIVE_SAVE_AS = "archive/{date:%Y}/index.html"
FEED_ALL_ATOM, FEED_ALL_RSS = "feeds/all.atom.xml", "feeds/all.rss.xml"
TAG_FEED_ATOM, FEED_MAX_ITEMS = "feeds/tag-{slug}.atom.xml", 5
TEMPLATE_PAGES = {"own.html": "deep/own.html"}
JINJA_FILTERS = {"shout": shout}
MENUITEMS = [("Home", "/")]
SLUGIFY_SOURCE = "title"
'''
THEME = {
    "base.html": """{% from "macros.html" import line with context %}{% import "bits.html" as bits %}<html>
<head><title>{% block title %}{{ SITENAME }}{% endblock %}</title></head><body>
<nav>{% for cat, them in categories %}<a href="{{ SITEURL }}/{{ cat.url }}">{{ cat }}</a>{{ them|length }} {% endfor %}
{% for p in pages %}<a href="{{ SITEURL }}/{{ p.url }}">{{ p.title }}</a>{% endfor %}</nav>
{% block content %}{% endblock %}
<footer>{{ bits.foot(SITESUBTITLE) }}</footer></body></html>
""",
    "macros.html": """{% macro line(a) %}<li>{{ a.date.strftime("%Y-%m-%d") }} <a href="{{ SITEURL }}/{{ a.url }}">
{{ a.title|e }}</a> {{ a.author|e }}{% if a.mood %} ({{ a.mood|shout }}){% endif %}</li>{% endmacro %}
""",
    "bits.html": "{% macro foot(words) %}<p>{{ words }}</p>{% endmacro %}\n",
    "article.html": """{% extends "base.html" %}{% block title %}{{ article.title|e }}{% endblock %}
{% block content %}<h1>{{ article.title }}</h1>{{ article.locale_date }} {{ article.author }} {{ article.category }}
{% for t in article.translations %}<a hreflang="{{ t.lang }}" href="{{ SITEURL }}/{{ t.url }}">{{ t.title }}</a>
{% endfor %}{{ article.content }}{% for tag in article.tags %}<a href="{{ SITEURL }}/{{ tag.url }}">{{ tag }}</a>
{% endfor %}{% if article.modified %}{{ article.locale_modified }}{% endif %}{% endblock %}
""",
    "index.html": """{% extends "base.html" %}{% block content %}{% for a in articles_page.object_list %}{{ line(a) }}
{{ a.summary }}{% endfor %}{{ articles_page.number }}/{{ articles_paginator.num_pages }}
{% for a in dates[:3] %}{{ a.slug }} {% endfor %}{{ articles|length }}{% endblock %}
""",
    "special.html": """{% extends "article.html" %}{% block title %}Special {{ article.title }}{% endblock %}\n""",
}


@dataclass
class World:
    """The site in `folder`, and what decides over the next edit. `count` makes names that were never there."""

    folder: Path
    chance: Random
    count: int = 0
    attaches: bool = True
    """Whether texts move files: then each output is made each time, and nothing tells whether it could stay."""

    def fresh(self) -> int:
        self.count += 1
        return self.count

    def articles(self) -> list[Path]:
        return sorted((self.folder / "content/articles").rglob("*.md"))

    def article(self) -> Text:
        return Text.read(self.chance.choice(self.articles()))

    def dates(self) -> list[str]:
        heads = (Text.read(path).head for path in self.articles())
        return [head["Date"] for head in heads if "Date" in head]

    def ties(self) -> bool:
        """Whether two articles share a date, down to the minute."""
        dates = self.dates()
        return len(set(dates)) < len(dates)

    def day(self) -> str:
        return f"{BEGINNING + timedelta(minutes=self.chance.randrange(3 * 365 * 24 * 60)):%Y-%m-%d %H:%M}"


def make(folder: Path, items: int, chance: Random) -> World:
    """A site of so many articles, a third of which link to others; pages, drafts, translations and pictures."""
    world = World(folder, chance, attaches=chance.random() < 0.3)
    put(folder / "conf.py", SETTINGS)
    for name, text in THEME.items():
        put(folder / "theme/templates" / name, text)
    put(folder / "theme/static/main.css", "body { margin: auto }\n")
    for number in range(5):
        put(folder / f"content/images/{number}.png", picture(chance))
    put(folder / "content/extra/robots.txt", "User-agent: *\n")
    put(
        folder / "content/own.html", "{% extends 'base.html' %}{% block content %}{{ articles[0].title }}{% endblock %}"
    )
    put(
        folder / "content/articles/rest.rst",
        "Rest\n####\n\n:date: 2019-04-01 10:00\n:tags: tag 1\n\nWords of *rest*.\n",
    )
    for number in range(3):
        put(folder / f"content/pages/page{number}.md", f"Title: Page {number}\n\n{body(chance)}")
    for _ in range(items):
        add(world)
    for change in (draft, hide, translate, attach, summary, own_template, save_elsewhere):
        change(world)
    return world


def add(world: World) -> None:
    number, chance = world.fresh(), world.chance
    folder = chance.choice(["", "", "deep/", "deep/er/"])
    head = {"Title": f"{words(chance, 3)} {number}", "Date": world.day(), "Author": chance.choice(PEOPLE)}
    head |= {"Category": chance.choice(SHELVES), "Tags": ", ".join(chance.sample(TAGS, chance.randint(1, 3)))}
    if chance.random() < 0.3:
        head["Summary"] = sentence(chance)
    if chance.random() < 0.3:
        head["Mood"] = words(chance, 1)
    text = Text(world.folder / f"content/articles/{folder}n{number:04}.md", head, body(chance))
    if (others := world.articles()) and chance.random() < 0.4:
        text.body += _link(chance.choice(others)) + "\n"
    if chance.random() < 0.3:
        text.body += f"\n![a picture]({{static}}/images/{chance.randrange(5)}.png)\n"
    text.write()


def _link(to: Path) -> str:
    return f"See [that]({{filename}}/articles/{to.as_posix().partition('content/articles/')[2]}#part)."


def text_of(world: World) -> None:
    text = world.article()
    text.body += f"\n{paragraph(world.chance)}\n"
    text.write()


def newest(world: World) -> None:
    newest = max((Text.read(path) for path in world.articles()), key=lambda text: text.head.get("Date", ""))
    newest.body = body(world.chance)
    newest.write()


def link(world: World) -> None:
    text = world.article()
    text.body += f"\n{_link(world.chance.choice(world.articles()))} [tag]({{tag}}tag-3) [cat]({{category}}tools)\n"
    text.write()


def _set(world: World, **head: str) -> None:
    text = world.article()
    text.head |= head
    text.write()


def title(world: World) -> None:
    _set(world, Title=f"{words(world.chance, 4)} {world.fresh()}")


def slug(world: World) -> None:
    """Of an article that another links to, where there is one."""
    linked = [name for path in world.articles() for name in re.findall(r"articles/(\S+\.md)#", path.read_text("utf-8"))]
    there = [path for name in linked if (path := world.folder / "content/articles" / name).exists()]
    text = Text.read(world.chance.choice(there or world.articles()))
    text.head["Slug"] = f"slug-{world.fresh()}"
    text.write()


def tags(world: World) -> None:
    more = [f"new {world.fresh()}"] if world.chance.random() < 0.3 else []
    _set(world, Tags=", ".join([*world.chance.sample(TAGS, world.chance.randint(1, 3)), *more]))


def category(world: World) -> None:
    _set(world, Category=world.chance.choice([*SHELVES, f"Shelf {world.fresh()}"]))


def author(world: World) -> None:
    _set(world, Author=world.chance.choice([*PEOPLE, f"Newcomer {world.fresh()}"]))


def mood(world: World) -> None:
    _set(world, Mood=words(world.chance, 1))


def date(world: World) -> None:
    _set(world, Date=world.day())


def same_date(world: World) -> None:
    _set(world, Date=world.chance.choice(world.dates()))


def modified(world: World) -> None:
    _set(world, Modified=world.day())


def language(world: World) -> None:
    """Of an article that is no translation."""
    text = world.article()
    if not text.head.get("Slug", "").startswith("pair-"):
        text.head["Lang"] = world.chance.choice(["fr", "en"])
        text.write()


def delete(world: World) -> None:
    world.article().path.unlink()


def move(world: World) -> None:
    path = world.article().path
    path.rename(path.with_name(f"m{world.fresh():04}.md"))


def summary(world: World) -> None:
    text = world.article()
    if text.head.pop("Summary", None) is None:
        text.head["Summary"] = f"{sentence(world.chance)} [a]({{static}}/images/1.png)"
    text.write()


def draft(world: World) -> None:
    _set(world, Status="draft")


def publish(world: World) -> None:
    waiting = [
        text for path in world.articles() if (text := Text.read(path)).head.get("Status", "published") != "published"
    ]
    for text in waiting[:1]:
        text.head["Status"] = "published"
        text.write()


def hide(world: World) -> None:
    _set(world, Status="hidden")


def translate(world: World) -> None:
    """A pair of one slug, the second of another language."""
    text, number = world.article(), world.fresh()
    text.head |= {"Slug": f"pair-{number}", "Lang": "en"}
    text.write()
    head = {name: value for name, value in text.head.items() if name not in {"save_as", "url"}}
    head |= {"Lang": "fr", "Title": f"En français {number}", "Date": world.day()}
    Text(text.path.with_name(f"fr{number:04}.md"), head, body(world.chance)).write()


def attach(world: World) -> None:
    if not world.attaches:
        summary(world)
        return
    text, number = world.article(), world.fresh()
    put(text.path.with_name(f"notes{number}.txt"), words(world.chance, 5))
    text.body += f"\n[notes]({{attach}}notes{number}.txt)\n"
    text.write()


def notes(world: World) -> None:
    """What is attached changes."""
    for file in sorted((world.folder / "content").rglob("notes*.txt"))[:1]:
        put(file, words(world.chance, 6))


def own_template(world: World) -> None:
    _set(world, Template="special")


def save_elsewhere(world: World) -> None:
    number = world.fresh()
    _set(world, save_as=f"elsewhere/{number}.html", url=f"elsewhere/{number}.html")


def rest(world: World) -> None:
    file = world.folder / "content/articles/rest.rst"
    file.write_text(file.read_text("utf-8") + f"\n{words(world.chance, 5)}\n", "utf-8")


def page(world: World) -> None:
    text = Text.read(world.chance.choice(sorted((world.folder / "content/pages").glob("*.md"))))
    text.body += f"\n{paragraph(world.chance)} {_link(world.chance.choice(world.articles()))}\n"
    text.write()


def page_title(world: World) -> None:
    text = Text.read(world.chance.choice(sorted((world.folder / "content/pages").glob("*.md"))))
    text.head["Title"] = f"Page {words(world.chance, 2)} {world.fresh()}"
    text.write()


def new_page(world: World) -> None:
    number = world.fresh()
    put(world.folder / f"content/pages/p{number}.md", f"Title: Page {number}\n\n{body(world.chance)}")


def picture_changes(world: World) -> None:
    put(world.folder / f"content/images/{world.chance.randrange(5)}.png", picture(world.chance))


def picture_comes(world: World) -> None:
    put(world.folder / f"content/images/new{world.fresh()}.png", picture(world.chance))


def picture_goes(world: World) -> None:
    for file in sorted((world.folder / "content/images").glob("new*"))[:1]:
        file.unlink()


def _alter(file: Path, what: str, by: str) -> None:
    text = file.read_text("utf-8")
    changed = re.sub(what, by, text, count=1)
    assert changed != text, f"{file.name} has no {what}"
    file.write_text(changed, "utf-8")


def template(world: World) -> None:
    name = world.chance.choice(["article.html", "index.html", "base.html", "special.html"])
    _alter(world.folder / "theme/templates" / name, r"(block (content|title) %\})", rf"\g<1><!-- {world.fresh()} -->")


def macro(world: World) -> None:
    name = world.chance.choice(["macros.html", "bits.html"])
    _alter(world.folder / "theme/templates" / name, r"(macro \w+\(\w+\) %\})", rf"\g<1><i>{world.fresh()}</i>")


def template_page(world: World) -> None:
    _alter(world.folder / "content/own.html", r"(block content %\})", rf"\g<1>{world.fresh()} ")


def sheet(world: World) -> None:
    put(world.folder / "theme/static/main.css", f"body {{ margin: {world.fresh()}px }}\n")


def setting(world: World) -> None:
    number = world.fresh()
    what, by = world.chance.choice(
        [
            (r'SITESUBTITLE = (.*), "[^"]*"', rf'SITESUBTITLE = \g<1>, "Sub {number}"'),
            (r"DEFAULT_PAGINATION = \d+", f"DEFAULT_PAGINATION = {5 + number % 6}"),
            (r"FEED_MAX_ITEMS = (.*), \d+", rf"FEED_MAX_ITEMS = \g<1>, {4 + number % 5}"),
            (r'SITENAME, (.*) = "[^"]*"', rf'SITENAME, \g<1> = "A site {number}"'),
        ]
    )
    file = world.folder / "conf.py"
    file.write_text(re.sub(what, by, file.read_text("utf-8")), "utf-8")


def own_filter(world: World) -> None:
    _alter(world.folder / "conf.py", r'upper\(\) \+ "', f'upper() + "{world.fresh()}')


def stamp(world: World) -> None:
    """Read anew, as after a fresh checkout: other times, the same bytes."""
    for path in (world.folder / "content").rglob("*"):
        path.touch()


def nothing(world: World) -> None:
    """No edit at all."""


def much(world: World) -> None:
    for edit in world.chance.sample(SINGLE, 5):
        edit(world)


Edit = Callable[[World], None]
SINGLE: list[Edit] = [
    text_of, newest, link, title, slug, tags, category, author, mood, date, same_date, modified, language, delete, add,
    move, summary, draft, publish, hide, translate, attach, notes, own_template, save_elsewhere, rest, page, page_title,
    new_page, picture_changes, picture_comes, picture_goes, template, macro, template_page, sheet, setting, own_filter,
    stamp, nothing,
]  # fmt: skip
EDITS: list[Edit] = [*SINGLE, much]
