"""The demo served as it would be, at a root and under a project path: every address of its own leads somewhere."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from lxml import etree, html

from tests.hostile import project, serving

CONTENT = project.ROOT / "content"
BRAND = (CONTENT / "brand.yml").read_text("utf-8") if CONTENT.is_dir() else ""
ADDRESSES = {"href", "src", "poster", "cite", "content"}
IN_CSS = re.compile(r"url\(\s*['\"]?([^'\")]+)")


@dataclass
class Crawl:
    """What was asked of one site, from its home page on; `broken` has each address that failed, with who names it."""

    address: str
    kinds: dict[str, str] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    ids: dict[str, set[str]] = field(default_factory=dict)

    def run(self, *more: str) -> None:
        named = deque((f"{self.address}{path}", "the test") for path in ("/", *more))
        wanted: list[tuple[str, str, str]] = []
        connection = HTTPConnection(urlsplit(self.address).netloc)
        while named:
            url, by = named.popleft()
            page, fragment = urldefrag(url)
            if fragment and page:
                wanted.append((page, unquote(fragment), by))
            if page in self.kinds or not (page == self.address or page.startswith(f"{self.address}/")):
                self._out(page, by)
                continue
            connection.request("GET", urlsplit(page)._replace(scheme="", netloc="").geturl())
            answer = connection.getresponse()
            body = answer.read()
            self.kinds[page] = answer.headers.get_content_type()
            if answer.status != 200:
                self.broken.append(f"{page} ({answer.status}), named by {by}")
            else:
                named.extend((urljoin(page, link), page) for link in self._links(page, body))
        self.broken += [
            f"#{id} of {page}, named by {by}" for page, id, by in wanted if id not in self.ids.get(page, {id})
        ]

    def _out(self, page: str, by: str) -> None:
        """What is of this host but not of this site, and what names the build's machine."""
        if urlsplit(page).netloc == urlsplit(self.address).netloc and page not in self.kinds:
            self.broken.append(f"{page} is outside of the site, named by {by}")

    def _links(self, page: str, body: bytes) -> Iterator[str]:
        kind = self.kinds[page]
        if kind == "text/html":
            yield from self._in_page(page, html.document_fromstring(body))
        elif kind == "text/css":
            yield from (link for link in IN_CSS.findall(body.decode()) if not link.startswith("data:"))
        elif page.endswith((".xml", ".atom")):
            yield from _in_feed(body)
        elif page.endswith((".webmanifest", "robots.txt")):
            yield from re.findall(r"https?://[^\s\"]+", body.decode())

    def _in_page(self, page: str, root: html.HtmlElement) -> Iterator[str]:
        self.ids[page] = {id for element in root.iter(etree.Element) if (id := element.get("id"))} | {"top"}
        for element in root.iter(etree.Element):
            for name in ADDRESSES & set(element.attrib):
                value = element.get(name, "").strip()
                if name != "content" or value.startswith(self.address):
                    yield value
            for part in element.get("srcset", "").split(", "):
                yield from part.split()[:1]


def _in_feed(body: bytes) -> Iterator[str]:
    root = etree.fromstring(body)
    for element in root.iter(etree.Element):
        for value in (element.text or "", *(str(value) for value in element.attrib.values())):
            if value.startswith(("http://", "https://")) and " " not in value.strip():
                yield value.strip()
            elif "<" in value:
                yield from (link for _, _, link, _ in html.fromstring(f"<div>{value}</div>").iterlinks())


@pytest.mark.skipif("Atelier Cardan" not in BRAND, reason="needs the demo's content")
@pytest.mark.parametrize("path", ["", "/depot"], ids=["at a root", "under a project path"])
def test_no_address_of_the_site_leads_nowhere(path: str, tmp_path: Path) -> None:
    files = (file for file in CONTENT.rglob("*") if file.is_file())
    whole: dict[str, str | bytes] = {
        f"content/{file.relative_to(CONTENT).as_posix()}": file.read_bytes() for file in files
    }
    with serving.listening(path) as (address, server):
        whole["content/brand.yml"] = re.sub(r"(?m)^url:.*$", f"url: {address}", BRAND)
        made = project.create(tmp_path / "hub", whole)
        made.build()
        serving.show(server, made.output, path)
        crawl = Crawl(address)
        crawl.run("/404.html", "/robots.txt", "/sitemap.xml")

    assert crawl.broken == []
    assert sum(kind == "text/html" for kind in crawl.kinds.values()) > 100
    assert set(unreached(made.output, crawl)) <= {"favicon.ico", "images/r.png"}


def test_the_crawl_sees_what_is_broken(tmp_path: Path) -> None:
    files = {
        "index.html": "<link rel=stylesheet href=a.css><a href=b/#here>x</a><a href=b/#gone>y</a><a href=/out>z</a>",
        "b/index.html": "<p id=here><img src=c.png><a href='../d.xml'>x</a></p>",
        "a.css": "p { background: url(e.png) }",
        "d.xml": "<rss><item><link>{}/f/</link><description>&lt;a href='{}/g/'>x&lt;/a></description></item></rss>",
    }
    with serving.listening("/hub") as (address, server):
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(text.replace("{}", address))
        serving.show(server, tmp_path, "/hub")
        crawl = Crawl(address)
        crawl.run()

    found = {what.partition(",")[0].replace(address, "") for what in crawl.broken}
    out = f"{address.removesuffix('/hub')}/out is outside of the site"
    assert found == {"#gone of /b/", "/b/c.png (404)", "/e.png (404)", "/f/ (404)", "/g/ (404)", out}


def unreached(output: Path, crawl: Crawl) -> list[str]:
    """Files that no address leads to."""
    reached = {unquote(url.removeprefix(f"{crawl.address}/")) for url in crawl.kinds}
    files = (file.relative_to(output).as_posix() for file in output.rglob("*") if file.is_file())
    return [file for file in files if file.removesuffix("index.html") not in reached and file not in reached]
