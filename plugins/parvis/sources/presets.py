"""Places whose posts come as a feed: the address that a person copies from the browser becomes the feed's.

videos:
  kind: youtube
  url: https://www.youtube.com/channel/UC7_gcs09iThXybpVgjHZ_7g
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from urllib.parse import urlsplit

from ..html import plain
from ..model import WEB, Item, Person
from . import Get, Note, Pause, feed, pages, shapes
from .values import signature, web

REMOVED = re.compile(r"\s*\[(?:removed|deleted)(?: by [\w ]+)?\]\s*")
SUBMITTED = re.compile(r"(?:&#32;\s*)*submitted by\s.*$", re.DOTALL)
COUNTED = re.compile(r"^submitted by <a.*?\bcomments?</a>(?:<br\s*/?>)?", re.DOTALL)
COMMENTS_LINK = re.compile(r"^\s*<a [^>]*>Comments</a>\s*$")
BEACON = re.compile(r'<img [^>]*src="https://medium\.com/_/stat[^>]*>')
SOURCE = re.compile(r"\?source=[\w-]+$")
PREVIEW = re.compile(r"^<table> <tr><td>.*?</td><td>", re.DOTALL)
NO_CONTENT = re.compile(r"^<p>No content\.</p>$")
HOSTS = {
    **dict.fromkeys(("youtube.com", "m.youtube.com", "music.youtube.com"), "www.youtube.com"),
    **dict.fromkeys(
        ("reddit.com", "old.reddit.com", "new.reddit.com", "m.reddit.com", "np.reddit.com"), "www.reddit.com"
    ),
}
YOUTUBE, ALGOLIA = "/feeds/videos.xml", "https://hn.algolia.com/api/v1/search_by_date?"
HERE = "{0.scheme}://{0.netloc}"
ITSELF = "{1}"


def _as_it_is(item: Item) -> Item:
    return item


@dataclass(frozen=True, slots=True)
class Preset:
    """A kind. Each of `addresses` is a pattern of `/path?query`, or of `host/path?query`, and what becomes of it.

    In that `{0}` is the address in parts, `{1}` the whole of it, further numbers what the pattern has found. `shape`
    makes an Item of an object, where an answer is JSON; `polished` takes away what the place adds to people's words.
    """

    KIND: str
    wanted: str
    addresses: tuple[tuple[str, str], ...]
    polished: Callable[[Item], Item] = _as_it_is
    shape: shapes.Shape | None = None
    lists: tuple[str, ...] = ()

    def begin(self, url: str) -> str:
        """The feed's address. Raises ValueError for an address of something else."""
        parts = urlsplit(url)
        parts = parts._replace(netloc=HOSTS.get(parts.netloc, parts.netloc), fragment="")
        path = (parts.path.rstrip("/") or "/") + (f"?{parts.query}" if parts.query else "")
        for pattern, template in self.addresses:
            if found := re.fullmatch(pattern, path if pattern.startswith("/") else parts.netloc + path):
                return template.format(parts, parts.geturl(), *found.groups())
        raise ValueError(f"want {self.wanted}")

    def read(self, name: str, get: Get, *, url: str, max_items: int = 1000) -> Iterator[Item | Note | Pause]:
        """The entries of the feed, or of a saved answer of the place's own interface, as that place writes them."""
        first = url if pages.saved(url) else self.begin(url)
        shape = self.shape
        if shape and get(first).lstrip()[:1] in (b"{", b"["):
            listed = pages.rows(name, get, first, *self.lists, most=max_items)
            yield from pages.items(name, listed, lambda part: shape(name, part), max_items)
            return
        for thing in feed.read(name, get, url=first, max_items=max_items):
            yield self._clean(thing) if isinstance(thing, Item) else thing

    def _clean(self, item: Item) -> Item:
        """What has no id and no address is known by the words it came with."""
        clean = self.polished(item)
        return clean if clean.upstream_id or clean.url else replace(clean, upstream_id=item.html)


def _reddit(item: Item) -> Item:
    """Names without `/u/`, words without the line below them; what was removed is a tombstone."""
    if REMOVED.fullmatch(item.title) or REMOVED.fullmatch(plain(SUBMITTED.sub("", item.html))):
        return replace(item, html="", deleted=True)
    name = item.author.name.removeprefix("/u/")
    author = Person("") if name in shapes.GONE else replace(item.author, name=name)
    return replace(item, author=author, html=SUBMITTED.sub("", PREVIEW.sub("", item.html)).rstrip())


def _lemmy(item: Item) -> Item:
    """People are named by their address alone."""
    page, words = web(item.author.name), COUNTED.sub("", item.html).lstrip()
    author = Person(signature(page.rpartition("/")[2]), page, page) if page.startswith(WEB) else item.author
    return replace(item, author=author, html=words)


def _hackernews(item: Item) -> Item:
    return replace(item, html=COMMENTS_LINK.sub("", item.html))


def _medium(item: Item) -> Item:
    """Nor do addresses say that it was a feed which led there."""
    return replace(item, html=BEACON.sub("", item.html), url=SOURCE.sub("", item.url))


def _released(item: Item) -> Item:
    """The feed's language is its frame's, and its picture is its author's face."""
    return replace(item, lang="", media=(), html=NO_CONTENT.sub("", item.html))


def _youtube(item: Item) -> Item:
    """The channel is its own author; its address tells it from others of the same name."""
    return replace(item, author=Person(item.author.name, item.author.url, item.author.url.rpartition("/channel/")[2]))


TABLE = (
    Preset(
        "youtube",
        "a channel (https://www.youtube.com/channel/UC… or /@name) or a playlist",
        (
            (r"/feeds/videos\.xml\?.+", ITSELF),
            (r"/channel/([\w-]+).*", HERE + YOUTUBE + "?channel_id={2}"),
            (r"/(?:playlist|watch)\?(?:.*&)?list=([\w-]+).*", HERE + YOUTUBE + "?playlist_id={2}"),
            (r"/((?:@|c/|user/)[^/?]+).*", HERE + "/{2}"),
        ),
        _youtube,
    ),
    Preset(
        "peertube",
        "a channel (/c/name), an account (/a/name) or the server itself",
        (
            (r"/(?:feeds|api)/.+", ITSELF),
            (r"/(?:c|video-channels)/([^/?]+).*", HERE + YOUTUBE + "?videoChannelName={2}"),
            (r"/(?:a|accounts)/([^/?]+).*", HERE + YOUTUBE + "?accountName={2}"),
            (r"/(?:videos.*)?", HERE + YOUTUBE + "?sort=-publishedAt"),
        ),
        shape=shapes.peertube,
        lists=("data",),
    ),
    Preset(
        "reddit",
        "a community (https://www.reddit.com/r/name), one of its posts, or a person (/user/name)",
        (
            (r"/.+\.rss(?:\?.*)?", ITSELF),
            (r"/(r/[^/?.]+(?:/(?:new|hot|top|rising))?)(?:\?.*)?", HERE + "/{2}/.rss"),
            (r"/(r/[^/?]+/comments/[^?]+).*", HERE + "/{2}/.rss"),
            (r"/(?:u|user)/([^/?]+).*", HERE + "/user/{2}/.rss"),
        ),
        _reddit,
        shapes.reddit,
        ("data.children",),
    ),
    Preset(
        "lemmy",
        "a community (/c/name), a person (/u/name) or the server itself",
        (
            (r"/(?:feeds|api)/.+", ITSELF),
            (r"/([cu]/[^/?]+).*", HERE + "/feeds/{2}.xml?sort=New"),
            (r"/(?:\?.*)?", HERE + "/feeds/local.xml?sort=New"),
        ),
        _lemmy,
        shapes.lemmy,
        ("posts", "items"),
    ),
    Preset(
        "forem",
        "a person (https://dev.to/name), a tag (/t/word) or the site itself",
        (
            (r"/(?:feed|api/articles).*", ITSELF),
            (r"/t/([^/?]+).*", HERE + "/feed/tag/{2}"),
            (r"/(?:\?.*)?", HERE + "/feed"),
            (r"/([^/?]+)(?:\?.*)?", HERE + "/feed/{2}"),
        ),
        shape=shapes.forem,
    ),
    Preset(
        "hackernews",
        "the front page, a person (/user?id=… or /threads?id=…), a site (/from?site=…) or one story (/item?id=…)",
        (
            (r"/(?:rss|api/v1/.+)", ITSELF),
            (r"hn\.algolia\.com/\?(?:.*&)?q(?:uery)?=([^&]+).*", ALGOLIA + "query={2}"),
            (r"/(?:news)?", HERE + "/rss"),
            (r"/(?:user|submitted)\?id=([\w-]+)", ALGOLIA + "tags=author_{2}"),
            (r"/threads\?id=([\w-]+)", ALGOLIA + "tags=comment,author_{2}"),
            (r"/from\?site=([\w./-]+)", ALGOLIA + "tags=story&restrictSearchableAttributes=url&query={2}"),
            (r"/item\?id=(\d+)", ALGOLIA + "tags=comment,story_{2}"),
        ),
        _hackernews,
        shapes.hackernews,
        ("hits",),
    ),
    Preset(
        "ghost",
        "the site itself, a tag (/tag/word) or an author (/author/name)",
        (
            (r"/(?:.+/)?rss", ITSELF),
            (r"/((?:tag|author)/[^/?]+).*", HERE + "/{2}/rss/"),
            (r"/(?:\?.*)?", HERE + "/rss/"),
        ),
    ),
    Preset(
        "substack",
        "a publication (https://name.substack.com) or its author (https://substack.com/@name)",
        (
            (r"(?:www\.)?substack\.com/@([\w-]+).*", "https://{2}.substack.com/feed"),
            (r"(?!(?:www\.)?substack\.com/).*", HERE + "/feed"),
        ),
    ),
    Preset(
        "medium",
        "a person (https://medium.com/@name), a publication or a tag (/tag/word)",
        (
            (r"/feed(?:/.*)?", ITSELF),
            (r"(?:www\.)?medium\.com/(@[^/?]+|tag/[^/?]+|[^/?]+).*", HERE + "/feed/{2}"),
            (r"(?!(?:www\.)?medium\.com/).*", HERE + "/feed"),
        ),
        _medium,
    ),
    Preset(
        "tumblr",
        "a blog (https://name.tumblr.com or https://www.tumblr.com/name) or a tag of it (/tagged/word)",
        (
            (r"/(?:.+/)?rss", ITSELF),
            (r"www\.tumblr\.com/([\w-]+)/(tagged/[^/?]+).*", "https://{2}.tumblr.com/{3}/rss"),
            (r"www\.tumblr\.com/(?:blog/(?:view/)?)?([\w-]+).*", "https://{2}.tumblr.com/rss"),
            (r"(?!www\.tumblr\.com/)[^/]+/(tagged/[^/?]+).*", HERE + "/{2}/rss"),
            (r"(?!www\.tumblr\.com/).*", HERE + "/rss"),
        ),
    ),
    Preset(
        "github-releases",
        "a repository (https://github.com/name/repository)",
        (
            (r"/[^/]+/[^/]+/(?:releases|tags)\.atom", ITSELF),
            (r"/([^/]+/[^/]+)(?:/(?:releases|tags)(?:[/?].*)?)?", HERE + "/{2}/releases.atom"),
        ),
        _released,
    ),
)
PRESETS: Mapping[str, Preset] = MappingProxyType({preset.KIND: preset for preset in TABLE})
