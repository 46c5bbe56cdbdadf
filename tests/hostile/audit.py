"""What no page and no feed may hold, asked of the tree that a parser makes of it: lxml's, or a browser's own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree
from lxml import html as parser

if TYPE_CHECKING:
    from playwright.sync_api import Page

ACTIVE = {
    "applet", "audio", "base", "bgsound", "button", "dialog", "embed", "fencedframe", "form", "frame", "frameset",
    "iframe", "image", "input", "isindex", "keygen", "marquee", "math", "noscript", "object", "param", "picture",
    "portal", "select", "slot", "source", "style", "template", "textarea", "track", "video", "xmp",
}  # fmt: skip
HEAD_ONLY = {"link", "meta", "title"}
DRAWN = {"svg", "path", "rect"}
DRAWINGS = {"code", "glyph", "rating-stones"}
"""The classes of the theme's own SVG."""
FRAME = "snippet-frame"
"""The class of the theme's own frame; it shows pages of the site that may run nothing."""
LEADING = {"href", "cite", "action", "formaction", "longdesc", "usemap", "ping", "xlink:href", "manifest", "data"}
LOADING = {"src", "srcset", "poster", "background", "lowsrc", "dynsrc", "imagesrcset", "srcdoc"}
ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"
ATOM = "{http://www.w3.org/2005/Atom}"

SEEN_BY_BROWSER = """async ({paths, html, drawings, frame}) => {
  const seen = new Map();
  const tame = /^(?:class|id|content|datetime|lang|dir|rel|role|title|alt|width|height|type|value|aria-.*)$/;
  const inside = /^(?:[.]{1,2}[/]|#)/;
  const look = (text, where) => {
    const root = new DOMParser().parseFromString(text, "text/html");
    for (const element of root.getElementsByTagName("*")) {
      const drawing = element.namespaceURI.endsWith("/svg") && element.closest("svg");
      const bound = element.matches("iframe[sandbox]:not([srcdoc], [sandbox*=script], [sandbox*=same])");
      const ours = (!!drawing && drawings.some((name) => drawing.classList.contains(name)))
        || (bound && element.className === frame);
      const about = element.localName + "\\0" + !!element.closest("head") + "\\0" + ours + "\\0";
      const itself = about + "\\0" + (element.localName === "script" ? element.type : "");
      if (!seen.has(itself)) seen.set(itself, where);
      for (const {name, value} of element.attributes)
        if (!tame.test(name) && !inside.test(value)) seen.set(about + name + "\\0" + value, where);
    }
  };
  for (let first = 0; first < paths.length; first += 20) {
    const some = paths.slice(first, first + 20);
    const texts = await Promise.all(some.map(async (path) => (await fetch(path)).text()));
    some.forEach((path, number) => look(texts[number], path));
  }
  for (const [where, text] of Object.entries(html)) look(text, where);
  return [...seen].map(([key, where]) => [where, ...key.split("\\0")]);
}"""
"""Pages by address and texts by name: what Chromium's own parser sees in them, once each, with where it stands."""


class Seen(NamedTuple):
    """One attribute of an element, and whether it stands in a head, or in a drawing or a frame of ours.

    '' for the element itself; then the value is the type of a script.
    """

    where: str
    element: str
    in_head: bool
    ours: bool
    attribute: str
    value: str


def seen(html: str, where: str) -> Iterator[Seen]:
    """All there is in some HTML, as lxml reads it."""
    if not html.strip():
        return
    for element in parser.document_fromstring(f"<!doctype html>{html}").iter(etree.Element):
        name = str(element.tag).lower()
        above = {name} | {str(parent.tag) for parent in element.iterancestors()}
        drawing = element if name == "svg" else next(element.iterancestors("svg"), None)
        ours = drawing is not None and bool(DRAWINGS & set((drawing.get("class") or "").split()))
        ours = ours or _bound(element)
        itself = ("", element.get("type", "") if name == "script" else "")
        for attribute, value in (itself, *element.attrib.items()):
            yield Seen(where, name, "head" in above, ours, str(attribute).lower(), str(value))


def _bound(element: etree._Element) -> bool:
    rights = element.get("sandbox", "script")
    return (
        element.tag == "iframe"
        and element.get("class") == FRAME
        and "srcdoc" not in element.attrib
        and not ("script" in rights or "same" in rights)
    )


def seen_by(page: Page, *, paths: Sequence[str] = (), html: Mapping[str, str] | None = None) -> list[Seen]:
    """The same as the browser of `page` reads it; paths are on the page's own host."""
    given = {"paths": list(paths), "html": dict(html or {}), "drawings": sorted(DRAWINGS), "frame": FRAME}
    found = page.evaluate(SEEN_BY_BROWSER, given)
    return [
        Seen(where, element, head == "true", ours == "true", attribute, value)
        for where, element, head, ours, attribute, value in found
    ]


def page_faults(elements: Iterable[Seen], site: str) -> list[str]:
    """Everything active in pages of ours, and all that they load from elsewhere than `site`."""
    return [fault for element in elements for fault in _faults(element, site, whole=True)]


def fragment_faults(elements: Iterable[Seen], site: str) -> list[str]:
    """The same for what a feed reader puts into a page of its own: no relative address either."""
    return [fault for element in elements for fault in _faults(element, site, whole=False)]


def _faults(seen: Seen, site: str, *, whole: bool) -> Iterator[str]:
    where, name, in_head, ours, attribute, value = seen
    if not attribute and (
        (name in ACTIVE and not (name == "iframe" and whole and ours))
        or (name in HEAD_ONLY and not (whole and in_head))
    ):
        yield f"{where}: <{name}>"
    if name == "script" and not (whole and attribute in ("", "type") and value == "application/ld+json"):
        yield f"{where}: <script {attribute}={value[:60]}>"
    if not attribute and name in DRAWN and not (whole and ours):
        yield f"{where}: a drawing <{name}> that is not the theme's"
    if attribute and not _harmless(attribute, value, site, whole=whole):
        yield f"{where}: <{name} {attribute}={value[:60]}>"


def _harmless(attribute: str, value: str, site: str, *, whole: bool) -> bool:
    seen = "".join(character for character in value if character > " ").lower()
    if attribute in LEADING:
        return scheme(seen) in ({"", "http", "https", "mailto"} if whole else {"http", "https"})
    if attribute in LOADING:
        return seen.startswith(site) or (whole and not scheme(seen) and seen[:2] not in ("//", "/\\", "\\/", "\\\\"))
    return not attribute.startswith("on") and attribute != "style"


def scheme(address: str) -> str:
    """What stands before the colon, as far as a browser would take it for a scheme."""
    before, colon, _ = address.partition(":")
    return before if colon and not set(before) & set("/?#.\\") else ""


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One entry of a feed, or the feed itself: `texts` are plain, `html` is what readers take for markup."""

    id: str
    texts: Mapping[str, str]
    html: Mapping[str, str]


def feed_items(file: Path) -> list[FeedItem]:
    """The feed itself and its entries, by a strict parser. To many readers the title of RSS is HTML, and OPML's too."""
    if file.suffix == ".json":
        data = json.loads(file.read_text("utf-8"))
        return [_json(item) for item in (data, *data["items"])]
    root = etree.parse(file, etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
    if root.tag == "rss":
        return [_rss(element) for element in (root[0], *root.iter("item"))]
    if root.tag == "opml":
        return [FeedItem("", {}, dict(element.attrib)) for element in root.iter("outline")]
    return [_atom(element) for element in (root, *root.iter(f"{ATOM}entry"))]


def _json(item: Mapping[str, str]) -> FeedItem:
    """Its titles and summaries are plain text."""
    texts = {name: item[name] for name in ("title", "summary", "content_text") if name in item}
    return FeedItem(item.get("id", ""), texts, {"content_html": item.get("content_html", "")})


def _rss(item: etree._Element) -> FeedItem:
    html = {name: item.findtext(name) or "" for name in ("title", "description", ENCODED)}
    return FeedItem(item.findtext("guid") or "", {}, html)


def _atom(entry: etree._Element) -> FeedItem:
    texts: dict[str, str] = {}
    html: dict[str, str] = {}
    for name in ("title", "subtitle", "summary", "content"):
        element = entry.find(f"{ATOM}{name}")
        if element is not None:
            assert element.get("type", "text") in ("text", "html")
            (html if element.get("type") == "html" else texts)[name] = element.text or ""
    return FeedItem(entry.findtext(f"{ATOM}id") or "", texts, html)
