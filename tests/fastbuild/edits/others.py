"""Other people's themes and plugins, and Pelican's own sample site: the same edits, the same comparison.

Those of Pelican itself are always there; the others are tried where they are installed.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from random import Random

from . import kinds, stock
from .texts import Text, put, sentence, words
from .trial import Kind
from .warm import Warm

AROUND: Sequence[Callable[[stock.World], None]] = [
    stock.text_of, stock.title, stock.slug, stock.tags, stock.category, stock.author, stock.delete, stock.add,
    stock.date, stock.modified, stock.draft, stock.summary, stock.setting, stock.picture_changes, stock.page,
    stock.translate, stock.publish, stock.nothing,
]  # fmt: skip


@dataclass(frozen=True)
class Other:
    """`needs` is the module that must be there, `settings` what a person would add to pelicanconf.py."""

    name: str
    needs: str
    settings: str

    @property
    def there(self) -> bool:
        try:
            return find_spec(self.needs) is not None
        except ModuleNotFoundError:
            return False


def theme(needs: str, settings: str) -> Other:
    return Other(needs.rpartition(".")[2], needs, f"PLUGINS = []\n{settings}")


def plugin(name: str, more: str = "") -> Other:
    return Other(name, f"pelican.plugins.{name}", f"PLUGINS = [{name!r}]\n{more}")


OTHERS = (
    Other("simple", "pelican", "THEME, PLUGINS = 'simple', []\n"),
    Other("notmyidea", "pelican", "THEME, PLUGINS = 'notmyidea', []\n"),
    theme("pelican_themeless", "THEME = 'themeless'\n"),
    theme("pelican_engineering_theme", "import pelican_engineering_theme as it\nTHEME = it.__path__[0] + '/theme'\n"),
    plugin("sitemap", "SITEMAP = {'format': 'txt'}\n"),  # its XML holds the time of the build
    plugin("neighbors"),
    plugin("related_posts"),
    plugin("render_math"),
    plugin("more_categories"),
    plugin("series"),
    plugin("seo", "AUTHOR, SEO_REPORT = 'A', False\nSEO_ENHANCER = True\n"),
    plugin("tag_cloud", "TAG_CLOUD_SORTING = 'alphabetically'\n"),  # else in an order of chance
    plugin("table_wrapper"),
    plugin("simple_footnotes"),
    plugin("share_post"),
    plugin("jinja2content"),
    plugin("read_more", "SUMMARY_MAX_LENGTH = 5\n"),
    plugin("statistics"),
    plugin("yaml_metadata"),
    plugin("image_process", "IMAGE_PROCESS = {'thumb': ['crop 0 0 50% 50%']}\n"),
    plugin("similar_posts"),
    plugin("liquid_tags", "LIQUID_TAGS = ['img', 'literal', 'video']\n"),
    plugin("injector"),
    plugin("minify"),
    plugin("precompress"),
)
SHOWN = """{% if article.prev_article %}<a rel="prev" href="{{ SITEURL }}/{{ article.prev_article.url }}">
{{ article.prev_article.title }}</a>{% endif %}{% for post in article.related_posts %}{{ post.title }}{% endfor %}
{% if article.series and article.series.all %}{{ article.series.name }} {{ article.series.index }}
{% for other in article.series.all %}
{{ other.title }}{% endfor %}{% endif %}{% for cat in article.categories %}{{ cat }} {{ cat.url }}{% endfor %}
{% for tag in tag_cloud %}{{ tag.0 }} {{ tag.1 }}{% endfor %}{{ article.share_post }}{{ article.content }}"""
MARKED = "Math $a^2$ and a note.[ref]The note.[/ref]\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"


def make(other: Other, folder: Path, items: int, chance: Random) -> stock.World:
    """A stock site whose theme shows what the plugins tell, with words that they look for."""
    world = stock.make(folder, items, chance)
    put(folder / "own/special.html", stock.THEME["special.html"])
    page = folder / "theme/templates/article.html"
    put(page, page.read_text("utf-8").replace("{{ article.content }}", SHOWN))
    with (folder / "conf.py").open("a", encoding="utf-8") as settings:
        settings.write(other.settings + "THEME_TEMPLATES_OVERRIDES = ['own']\n")
    for path in world.articles()[::3]:
        text = Text.read(path)
        text.head["Series"] = f"Series {chance.randrange(2)}"
        text.body += f"\n{MARKED}"
        text.write()
    return world


def kind(other: Other) -> Kind:
    return Kind(partial(make, other), AROUND, kinds.stock_clean, kinds.build)


def sample(samples: Path) -> Kind:
    """Pelican's own sample site, as its source distribution has it in `samples`."""
    return Kind(partial(_sampled, samples), [_reworded, _added, _removed, _again], _clean, kinds.build)


def _sampled(samples: Path, folder: Path, items: int, chance: Random) -> stock.World:
    shutil.copytree(samples / "content", folder / "content")
    text = (samples / "pelican.conf.py").read_text("utf-8")
    put(folder / "conf.py", text + "\nPATH, OUTPUT_PATH, DELETE_OUTPUT_DIRECTORY = 'content', 'output', True\n")
    return stock.World(folder, chance)


def _clean(warm: Warm, folder: Path) -> None:
    """Some of its dates are equal."""
    warm.ask(folder, ["-s", "conf.py"], by_path=True)


def _texts(world: stock.World) -> list[Path]:
    return [path for path in sorted((world.folder / "content").rglob("*")) if path.suffix in {".rst", ".md"}]


def _reworded(world: stock.World) -> None:
    with world.chance.choice(_texts(world)).open("a", encoding="utf-8") as text:
        text.write(f"\n\n{sentence(world.chance)}\n")


def _added(world: stock.World) -> None:
    number = world.fresh()
    head = f"Title: {words(world.chance, 3)} {number}\nDate: {world.day()}\nTags: foo, new {number}\n"
    put(world.folder / f"content/cat1/n{number}.md", f"{head}\n{sentence(world.chance)}\n")


def _removed(world: stock.World) -> None:
    world.chance.choice([path for path in _texts(world) if path.parent.name == "cat1"]).unlink()


def _again(world: stock.World) -> None:
    """Each file read anew, as after a fresh checkout."""
    stock.stamp(world)
