"""A hub with the demo brand's content and more, and what editors, operators and designers do to it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from bench import corpus
from parvis import matter
from parvis.ledger import Ledger

from . import kinds
from .texts import paragraph, picture, put, sentence, words
from .trial import Kind
from .warm import ROOT, Warm

DAYS = datetime(2026, 11, 1, 9, tzinfo=UTC), datetime(2026, 11, 20, 9, tzinfo=UTC)
SETTINGS = '''"""A hub that is edited; what is asked of fastbuild follows at the end."""

PATH, OUTPUT_PATH, DELETE_OUTPUT_DIRECTORY = "content", "output", True
THEME, PLUGINS, TIMEZONE = "theme", ["parvis.site"], "UTC"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None
PARVIS = {"feeds": {"items": 40}, "share": {"cards": 8}, "now": "2026-11-20T12:00:00+01:00"}
'''
TOPICS = "  extra:\n    fr: En plus\n    en: More\n    tags: [" + ", ".join(corpus.TOPICS[:30]) + "]\n"
SOURCE = "\n{0}: {{kind: feed, path: demo/forum.rss, into: community, label: {{fr: {0}, en: {0}}}}}\n"
LINKED = re.compile(r"\{filename\}[^\s)\"]*?([\w-]+\.md)")
COLOURS = "#0b4f6c", "#5b2a86", "#1f6f43", "#8a1c4a"


@dataclass
class Hub:
    """The hub in `folder`, and what decides over the next edit. `coming` are texts that are not in it yet."""

    folder: Path
    chance: Random
    count: int = 0
    coming: list[corpus.Text] = field(default_factory=list)

    def fresh(self) -> int:
        self.count += 1
        return self.count

    def ties(self) -> bool:
        """A hub decides over equal dates by itself."""
        return False

    def file(self, *kinds: str, holds: str = "") -> Path:
        """One of the texts of these kinds that has a line which begins so."""
        found = [path for kind in kinds for path in sorted((self.folder / "content" / kind).rglob("*.md"))]
        return self.chance.choice([path for path in found if re.search(f"^{holds}", path.read_text("utf-8"), re.M)])

    def said(self) -> Path:
        return self.file("community", "testimonials", holds="status: published")


def make(folder: Path, items: int, chance: Random) -> Hub:
    """The demo brand's content and theme, and so many other texts."""
    for name in ("content", "theme", "demo"):
        shutil.copytree(ROOT / name, folder / name)
    put(folder / "conf.py", SETTINGS)
    brand = folder / "content/brand.yml"
    put(brand, brand.read_text("utf-8").replace("\n# Where else", TOPICS + "\n# Where else", 1))
    with (folder / "content/sources.yml").open("a", encoding="utf-8") as sources:
        sources.writelines(SOURCE.format(name) for name in ("blog", "club"))
    corpus.write(folder / "made", items, chance.randrange(999))
    shutil.copytree(folder / "made/hub-texts/content", folder / "content", dirs_exist_ok=True)
    shutil.rmtree(folder / "made")
    (folder / "content/topics.txt").unlink()
    coming = [text for text in corpus.texts(items * 3, chance.randrange(1000, 1999)) if "<<" not in text.body]
    return Hub(folder, chance, coming=chance.sample(coming, len(coming)))


def _change(path: Path, **fields: object) -> None:
    put(path, matter.edit(path.read_text("utf-8"), path.name, fields))


def _say(path: Path, more: str) -> None:
    """More words at the end; where a person approved the body, of the body as it is now."""
    text = path.read_text("utf-8").rstrip("\n") + f"\n\n{more}\n"
    hash = matter.text_hash(matter.split(text, path.name)[1])
    put(path, re.sub(r'(text_hash"?: "?)\w{16}', rf"\g<1>{hash}", text, count=1))


def article_text(hub: Hub) -> None:
    _say(hub.file("articles"), paragraph(hub.chance))


def post_text(hub: Hub) -> None:
    _say(hub.file("community"), sentence(hub.chance))


def testimonial_text(hub: Hub) -> None:
    _say(hub.file("testimonials"), sentence(hub.chance))


def page_text(hub: Hub) -> None:
    _say(hub.file("pages"), paragraph(hub.chance))


def ambassador_text(hub: Hub) -> None:
    _say(hub.file("ambassadors"), sentence(hub.chance))


def title(hub: Hub) -> None:
    _change(hub.file("articles", "community", "testimonials"), title=f"{words(hub.chance, 3)} & <{hub.fresh()}>")


def slug(hub: Hub) -> None:
    """Of an article that others link to, where there is one."""
    texts = "".join(path.read_text("utf-8") for path in sorted((hub.folder / "content/articles").glob("*.md")))
    linked = [path for name in re.findall(r"/articles/([\w-]+\.md)", texts) if (path := _article(hub, name)).exists()]
    _change(hub.chance.choice(linked or [hub.file("articles")]), slug=f"slug-{hub.fresh()}")


def _article(hub: Hub, name: str) -> Path:
    return hub.folder / "content/articles" / name


def tags(hub: Hub) -> None:
    known = ["gabare", "rain", "sortie", "métiers", *corpus.TOPICS[:8], f"new {hub.fresh()}"]
    _change(hub.file("articles", "community", "testimonials"), tags=hub.chance.sample(known, 3))


def category(hub: Hub) -> None:
    _change(hub.file("articles"), category=hub.chance.choice([*corpus.SHELVES, f"Shelf {hub.fresh()}"]))


def summary(hub: Hub) -> None:
    _change(hub.file("articles"), summary=hub.chance.choice([None, sentence(hub.chance)]))


def author(hub: Hub) -> None:
    _change(hub.file("articles"), author=hub.chance.choice([*corpus.PEOPLE, f"Newcomer {hub.fresh()}"]))


def date(hub: Hub) -> None:
    first, last = DAYS
    _change(hub.file("articles", "community", "testimonials"), date=first + (last - first) * hub.chance.random())


def same_date(hub: Hub) -> None:
    _change(hub.file("articles", "community"), date=DAYS[0])


def draft(hub: Hub) -> None:
    """Of an article that no text links to, where there is one: a link to what is not published is a fault."""
    linked = {name for text in _texts(hub) for name in LINKED.findall(text)}
    free = [path for path in sorted((hub.folder / "content/articles").glob("*.md")) if path.name not in linked]
    for path in hub.chance.sample(free, min(1, len(free))):
        _change(path, status="draft")


def _texts(hub: Hub) -> Iterator[str]:
    return (path.read_text("utf-8") for path in sorted((hub.folder / "content").rglob("*.md")))


def hide(hub: Hub) -> None:
    _change(hub.file("articles", "community"), status="hidden")


def publish(hub: Hub) -> None:
    for path in sorted((hub.folder / "content/articles").glob("*.md")):
        if re.search(r"^status: (draft|hidden)", path.read_text("utf-8"), re.M):
            _change(path, status="published")
            return


def add(hub: Hub) -> None:
    text = hub.coming.pop()
    number = hub.fresh()
    put(hub.folder / f"content/{text.kind}/2026/added-{number}.md", _renamed(corpus.hub_file(text), f"added-{number}"))


def _renamed(text: str, id: str) -> str:
    return re.sub('^id: ".*"$', f'id: "{id}"', text, count=1, flags=re.M)


def add_article(hub: Hub) -> None:
    number = hub.fresh()
    head = {"id": f"more-{number}", "title": f"More {number}", "date": DAYS[1], "lang": hub.chance.choice(["fr", "en"])}
    put(_article(hub, f"more-{number}.md"), matter.write({**head, "category": "People"}, paragraph(hub.chance)))


def translate(hub: Hub) -> None:
    """A pair of articles, one of each language."""
    number = hub.fresh()
    for lang in ("fr", "en"):
        head = {"id": f"pair-{number}-{lang}", "title": f"Pair {number}", "date": DAYS[0], "lang": lang}
        head |= {"translation_key": f"pair-{number}", "category": "People"}
        put(_article(hub, f"pair-{number}-{lang}.md"), matter.write(head, paragraph(hub.chance)))


def delete(hub: Hub) -> None:
    """Of a text that came in by an edit; where none did, one does, and goes the next time."""
    added = sorted((hub.folder / "content").rglob("added-*.md")) + sorted((hub.folder / "content").rglob("more-*.md"))
    if not added:
        add_article(hub)
        return
    hub.chance.choice(added).unlink()


def withdraw(hub: Hub) -> None:
    """A testimonial goes out through the ledger; its file stays."""
    id = re.search(r'^id: "?([\w-]+)', hub.file("testimonials").read_text("utf-8"), re.M)
    assert id
    ledger = Ledger(hub.folder, {}, [])
    put(*ledger.file("item", id[1], decision="withdrawn", by="marc", at=DAYS[0].replace(minute=hub.fresh() % 60)))


def pin(hub: Hub) -> None:
    _change(hub.file("community"), pinned=hub.chance.choice([True, False]))


def reply(hub: Hub) -> None:
    _change(hub.said(), reply={"by": "Léa", "on": "2026-11-02", "text": sentence(hub.chance)})


def quotes(hub: Hub) -> None:
    found = re.search(r'^id: "?([\w-]+)', hub.said().read_text("utf-8"), re.M)
    assert found
    _change(hub.file("articles", holds="lang: fr"), quotes=[found[1]])


def ambassador(hub: Hub) -> None:
    _change(hub.file("ambassadors"), topics=hub.chance.sample(["cargo", "atelier", "hiver", "loire"], 2))


def ambassador_goes(hub: Hub) -> None:
    for path in sorted((hub.folder / "content/ambassadors").glob("tomas*.md")):
        path.unlink()


def _alter(file: Path, what: str, by: str) -> None:
    text = file.read_text("utf-8")
    changed = re.sub(what, lambda found: found.expand(by), text, count=1, flags=re.M)
    assert changed != text, f"{file.name} has no {what}"
    put(file, changed)


def colour(hub: Hub) -> None:
    number = hub.fresh() % len(COLOURS)
    file = hub.folder / "content/brand.yml"
    put(file, re.sub(r'brand: "#\w+"', f'brand: "{COLOURS[number]}"', file.read_text("utf-8")))


def tagline(hub: Hub) -> None:
    _alter(hub.folder / "content/brand.yml", r"^(  fr: Vélos.*)$", rf"\g<1> {hub.fresh()}")


def topic_name(hub: Hub) -> None:
    _alter(hub.folder / "content/brand.yml", r"^(    en: Winter and rain.*)$", rf"\g<1> {hub.fresh()}")


def label(hub: Hub) -> None:
    _alter(hub.folder / "content/sources.yml", r"(label: \{fr: Le forum de l’atelier)", rf"\g<1> {hub.fresh()}")


def part(hub: Hub) -> None:
    _alter(hub.folder / "theme/parts/quote/quote.html", r'(<figure class="quote)', rf"\g<1> q{hub.fresh()}")


def template(hub: Hub) -> None:
    name = hub.chance.choice(["article.html", "said.html", "base.html", "list.html"])
    _alter(hub.folder / "theme/templates" / name, r"(\{% (block \w+|extends .*?) %\})", rf"\g<1>{{# {hub.fresh()} #}}")
    _alter(hub.folder / "theme/templates/base.html", "(</body>)", rf"<!-- {hub.fresh()} -->\g<1>")


def own_template(hub: Hub) -> None:
    """A brand's own page of an article wins over the theme's."""
    text = (hub.folder / "theme/templates/article.html").read_text("utf-8")
    put(hub.folder / "theme/brand/templates/article.html", text.replace("</h1>", f" {hub.fresh()}</h1>"))


def sheet(hub: Hub) -> None:
    _alter(hub.folder / "theme/parts/quote/quote.css", r"\A", f".more-{hub.fresh()} {{ margin: 0; }}\n")


def catalogue(hub: Hub) -> None:
    _alter(hub.folder / "theme/locales/fr.po", r'^msgstr "(Parole donnée.*)"', rf'msgstr "\g<1> {hub.fresh()}"')


def setting(hub: Hub) -> None:
    _set(hub, r'"items": \d+', f'"items": {20 + hub.fresh() % 30}')


def clock(hub: Hub) -> None:
    """A day passes."""
    _set(hub, r'"now": "2026-11-\d\d', f'"now": "2026-11-{20 + hub.fresh() % 10}')


def _set(hub: Hub, what: str, by: str) -> None:
    file = hub.folder / "conf.py"
    put(file, re.sub(what, by, file.read_text("utf-8")))


def picture_changes(hub: Hub) -> None:
    put(hub.folder / f"content/images/img-{hub.chance.randrange(50):02d}.png", picture(hub.chance))


def stamp(hub: Hub) -> None:
    for path in (hub.folder / "content").rglob("*"):
        path.touch()


def lose_pictures(hub: Hub) -> None:
    """The store of pictures goes, as on a fresh machine."""
    shutil.rmtree(hub.folder / ".cache", ignore_errors=True)


def nothing(hub: Hub) -> None:
    """No edit at all."""


def much(hub: Hub) -> None:
    for edit in hub.chance.sample(SINGLE, 4):
        edit(hub)


SINGLE: Sequence[Callable[[Hub], None]] = [
    article_text, post_text, testimonial_text, page_text, ambassador_text, title, slug, tags, category, summary, author,
    date, same_date, draft, hide, publish, add, add_article, translate, delete, withdraw, pin, reply, quotes,
    ambassador, ambassador_goes, colour, tagline, topic_name, label, part, template, own_template, sheet, catalogue,
    setting, clock, picture_changes, stamp, lose_pictures, nothing,
]  # fmt: skip
EDITS = [*SINGLE, much]


def _clean(warm: Warm, folder: Path) -> None:
    """Parvis by Pelican alone: with no fastbuild, no note or cache of an earlier build, and one processor."""
    warm.ask(folder, ["-s", "conf.py"], processors=1)


KIND = Kind(make, EDITS, _clean, kinds.build)
