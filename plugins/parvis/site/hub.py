"""The plugin that writes the site: all pages of all languages, style sheet, 404, sitemap and robots."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

from pelican import Pelican, signals
from pelican.generators import Generator
from pelican.writers import Writer

from .. import colours
from ..drawing.store import Store
from ..kept.store import Store as Kept
from . import common, documents, environment, frames, joining, lists, moves, pictures, presskit, show, styles, thanks
from .addresses import Addresses
from .cards import Cards
from .catalogues import themes
from .compiled import Compiling
from .drawn import Drawn, Stores
from .heads import Heads
from .sheets import Sheets
from .show import Mapped, Show
from .tongue import Tongue
from .views import ROOT, Image, Link, NotFound, Site

NAV = ("articles", "community", "testimonials", "ambassadors")
MANIFEST = "manifest.webmanifest"


class Hub(Generator):
    """Writes what the stock holds; reads nothing but the theme. Leaves its tongues for share pages and feeds."""

    def generate_output(self, writer: Writer) -> None:
        theme = Path(self.settings["THEME"])
        self.context["parvis_css"] = css = self._css(writer, theme)
        pages: list[Mapped] = []
        self.context["parvis_common"] = common.stamp(self.settings)
        self.context["parvis_drawn"] = drawn = self._drawn()
        if (recalled := self.settings["PARVIS_RECALLED"]) and not recalled.draws(self.context["parvis_stock"], drawn):
            self.settings["PARVIS_FOLLOWING"].give_up()
        tongues = self.context.setdefault("parvis_tongues", {})
        sheets = self.context["parvis_sheets"] = Sheets(writer)
        for lang in self.settings["PARVIS_SETTINGS"].brand.languages:
            tongue = tongues[lang] = self._tongue(lang, css, sheets, theme)
            for room in (lists, documents, thanks, presskit, joining, frames):
                sheets.turn()
                if sheets.wanted.below(tongue.addresses.home(lang)):
                    room.write(tongue)
            if lang == self.settings["PARVIS_SETTINGS"].brand.lang:
                _missing(tongue)
                show.text(writer, MANIFEST, manifest(tongue.show.site))
            pages += tongue.show.pages
        self._map(writer, pages)
        _robots(self.settings["PARVIS_ADDRESSES"], writer)
        if key := self.settings["PARVIS_SETTINGS"].operator.publish.indexnow:
            show.text(writer, f"{key}.txt", key)  # by which search engines know that the site is ours (indexnow.org)

    def _css(self, writer: Writer, theme: Path) -> str:
        """The name of the style sheet; no edit of words changes it."""
        if recalled := self.settings["PARVIS_RECALLED"]:
            show.stays(writer, recalled.css)
            return str(recalled.css)
        css, data = styles.stylesheet(theme, self.settings["PARVIS_SETTINGS"].brand)
        show.text(writer, css, data.decode())
        return css

    def _map(self, writer: Writer, pages: Sequence[Mapped]) -> None:
        """What says where pages are, and were: no edit of words changes it."""
        if recalled := self.settings["PARVIS_RECALLED"]:
            for path in recalled.stays:
                show.stays(writer, path)
            return
        moved = moves.write(self.context["parvis_stock"], self.context["parvis_tongues"], writer)
        show.text(writer, "sitemap.xml", sitemap(pages))
        self.context["parvis_stays"] = [*moved, "sitemap.xml"]

    def _tongue(self, lang: str, css: str, sheets: Sheets, theme: Path) -> Tongue:
        known, stock = self.settings["PARVIS_SETTINGS"], self.context["parvis_stock"]
        addresses: Addresses = self.settings["PARVIS_ADDRESSES"]
        heads = Heads(lang, known.brand, addresses)
        brand = known.brand
        cards = Cards(lang, stock, known, addresses)
        site = Site(
            name=brand.name,
            tagline=brand.tagline.in_(lang),
            lang=lang,
            home=ROOT + addresses.home(lang),
            address=addresses.site,
            css=ROOT + css,
            colour=brand.colours.brand,
            lifted=colours.nearest(brand.colours.brand, colours.NIGHT),
            nav=tuple(heads.section(name) for name in NAV),
            pages=(*(Link(p.head.title, ROOT + p.path) for p in reversed(stock.listed("pages", lang))), *_ways(heads)),
            social=tuple(Link(link.name, link.url) for link in brand.social),
            feeds=heads.feeds("all"),
            legal=brand.legal.in_(lang),
            logo=self._picture(brand.logo),
            icon=pictures.address(brand.icon) if brand.icon else "",
            touch_icon=self._picture(brand.touch_icon),
            manifest=ROOT + MANIFEST,
            card=self._picture(brand.card),
            preview=self.settings["PARVIS_PREVIEW"],
        )
        seen = show.stamp([self.context["parvis_common"], lang, repr(site)])
        compiling: Compiling | None = self.settings["PARVIS_COMPILING"]
        made = environment.make(lang, themes(theme), compiling.of(lang) if compiling else None)
        shown = Show(made, site, sheets, seen)
        drawn, now = self.context["parvis_drawn"], self.settings["PARVIS_NOW"]
        store: Kept = self.settings["PARVIS_STORE"]
        return Tongue(lang, known, stock, addresses, heads, cards, drawn, shown, now, store)

    def _drawn(self) -> Drawn:
        known = self.settings["PARVIS_SETTINGS"]
        cards = Store(known.folder / ".cache" / "pictures")
        stores = Stores(cards, self.settings["PARVIS_STORE"], self.context["parvis_common"])
        return Drawn(self.context["parvis_stock"], known, self.settings["PARVIS_ADDRESSES"], stores)

    def _picture(self, path: str) -> Image | None:
        known = self.settings["PARVIS_SETTINGS"]
        return pictures.of(path, known.brand.name, known.content) if path else None


def _ways(heads: Heads) -> tuple[Link, ...]:
    """Pages of ours that stand among the brand's own at the foot, where there are any."""
    return tuple(filter(None, (presskit.link(heads), joining.link(heads))))


def _missing(tongue: Tongue) -> None:
    """404.html is served at any depth, so its links begin at the host."""
    if not tongue.show.sheets.wanted.has("404.html"):
        return
    words = tongue.heads.words.gettext
    page = tongue.heads.page(
        "404", words("Page not found"), words("There is nothing at this address."), "404.html",
        there={}, nearest=tongue.addresses.home, noindex=True,
    )  # fmt: skip
    latest = lists.latest(tongue)
    view = NotFound(lists.counted(tongue), tongue.cards.cards(latest))
    root = urlsplit(tongue.addresses.site).path.rstrip("/") + "/"
    tongue.show.apart("404.html", root, page, latest, missing=view)


def manifest(site: Site) -> str:
    """What a phone shows of the site on its home screen (W3C Web Application Manifest), its addresses from here."""
    icons = [{"src": site.icon, "sizes": "any"}] if site.icon.endswith(".svg") else []
    if touch := site.touch_icon:
        icons.append({"src": touch.url, "sizes": f"{touch.width}x{touch.height}", "type": "image/png"})
    said = {
        "name": site.name, "description": site.tagline, "lang": site.lang, "start_url": "./", "display": "browser",
        "background_color": colours.PAPER, "theme_color": site.colour, "icons": icons,
    }  # fmt: skip
    return json.dumps(said, ensure_ascii=False, indent=1).replace(ROOT, "./") + "\n"


def sitemap(pages: Sequence[Mapped]) -> str:
    """The map of the site (sitemaps.org), each page with its translations; what wants no search engine is left out."""
    entries = "".join(f"<url><loc>{escape(p.canonical)}</loc>{_alternates(p)}</url>\n" for p in pages if not p.noindex)
    spaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    return f'<?xml version="1.0" encoding="utf-8"?>\n<urlset {spaces}>\n{entries}</urlset>\n'


def _alternates(page: Mapped) -> str:
    pairs = ((quoteattr(link.lang), quoteattr(link.url)) for link in page.translations)
    return "".join(f'<xhtml:link rel="alternate" hreflang={lang} href={url}/>' for lang, url in pairs)


def _robots(addresses: Addresses, writer: Writer) -> None:
    show.text(writer, "robots.txt", f"User-agent: *\nAllow: /\n\nSitemap: {addresses.site}/sitemap.xml\n")


def generators(pelican: Pelican) -> type[Hub]:
    return Hub


def register() -> None:
    signals.get_generators.connect(generators)
