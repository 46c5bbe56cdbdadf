"""Where everything stands on the site: paths from its root, as `en/community/a-word/`, one rule for all rooms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ..kinds import Ambassador, Article, Community, Head, Testimonial
from ..matter import Document
from . import catalogues
from .views import ROOT

SECTIONS = ("articles", "community", "testimonials", "ambassadors", "topics", "archives", "feeds", "frames")
BESIDE = ("thanks", "kit", "join")
OF_KIND: Mapping[type[Head], str] = {
    Article: "articles", Community: "community", Testimonial: "testimonials", Ambassador: "ambassadors",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Addresses:
    """The paths of one site. `languages` has the default first; `site` is its absolute address without a slash."""

    languages: tuple[str, ...]
    site: str = ""

    def home(self, lang: str) -> str:
        return "" if lang == self.languages[0] else f"{lang}/"

    def segment(self, lang: str, name: str) -> str:
        return _segment(lang, name)

    def section(self, lang: str, name: str) -> str:
        """The list of one kind, as `en/community/`."""
        return f"{self.home(lang)}{self.segment(lang, name)}/"

    def document(self, document: Document, lang: str) -> str:
        """The page of a document among those of `lang`."""
        kind = OF_KIND.get(type(document.head))
        slug = document.head.handle if isinstance(document.head, Ambassador) else document.slug
        return f"{self.section(lang, kind) if kind else self.home(lang)}{slug}/"

    def share(self, path: str, lang: str) -> str:
        """The share page of the item at `path`."""
        return f"{path}{self.segment(lang, 'share')}/"

    def page(self, path: str, lang: str, number: int) -> str:
        """Page `number` of a list."""
        return path if number == 1 else f"{path}{self.segment(lang, 'page')}/{number}/"

    def topic(self, lang: str, id: str) -> str:
        return f"{self.section(lang, 'topics')}{id}/"

    def month(self, lang: str, year: int, month: int) -> str:
        return f"{self.section(lang, 'archives')}{year}/{month:02d}/"

    def feed(self, lang: str, stream: str, extension: str) -> str:
        """A main stream: `all`, `articles`, `community` or `testimonials`, as .xml (RSS), .atom or .json."""
        return f"{self.section(lang, 'feeds')}{self.segment(lang, stream)}.{extension}"

    def feed_of(self, lang: str, kind: str, name: str, extension: str = "xml") -> str:
        """The feed of one of the `topics`, `categories`, `sources` or `ambassadors`; of a stream, one of its archives.

        An ambassador's feed on one topic is named `handle/topic`.
        """
        return f"{self.section(lang, 'feeds')}{self.segment(lang, kind)}/{name}.{extension}"

    def opml(self, lang: str, name: str) -> str:
        """A list of feeds to subscribe to at once: `feeds` are ours, `blogroll` those of our sources."""
        return f"{self.section(lang, 'feeds')}{self.segment(lang, name)}.opml"

    def beside(self, lang: str, name: str) -> str:
        """A page beside those of the ambassadors: `thanks`, `kit` or `join`."""
        return f"{self.section(lang, 'ambassadors')}{self.segment(lang, name)}/"

    def frame(self, lang: str, name: str) -> str:
        """What other sites show in a frame: a stream by its name."""
        return f"{self.section(lang, 'frames')}{self.segment(lang, name)}/"

    def absolute(self, address: str) -> str:
        """A path of this site, or an address that begins with ROOT, as a full address."""
        return f"{self.site}/{address.removeprefix(ROOT)}"


@cache
def _segment(lang: str, name: str) -> str:
    return catalogues.segment(lang, name)


def up(path: str) -> str:
    """The way from the page at `path` to the root: `../` for each folder, `./` at the root."""
    return "../" * path.count("/") or "./"
