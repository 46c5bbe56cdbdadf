"""What Chromium makes of the hostile sites: no script runs, no other host is asked, with the CSP and without."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from tests.hostile import audit, project, serving
from tests.hostile.conftest import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Route

HIT = """for (const name of ["alert", "confirm", "prompt", "print", "open"])
  window[name] = () => console.log("ran: " + name);"""
AS_READER = """items => {
  for (const item of items) {
    const box = document.body.appendChild(document.createElement("div"));
    box.innerHTML = item;
  }
}"""
EVENTS = """() => {
  for (const element of document.querySelectorAll("main *, body > div *"))
    for (const name of ["mouseover", "focus", "load", "error", "pointerdown", "toggle", "animationend"])
      element.dispatchEvent(new Event(name, {bubbles: true}));
}"""
SAMPLE = 40


class Watch:
    """Everything that pages of a context did beside showing themselves."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.seen: list[str] = []
        self._address = address
        context.add_init_script(HIT)
        context.route("**/*", self._route)
        context.on("console", lambda message: self.seen.append(f"{message.page and message.page.url}: {message.text}"))
        context.on("dialog", self._dialog)
        context.on("weberror", lambda error: self.seen.append(f"error: {error.error}"))
        context.on("page", lambda page: page.on("download", lambda _: self.seen.append(f"{page.url}: a download")))

    def _route(self, route: Route) -> None:
        url = route.request.url
        if url.startswith((f"{self._address}/", "data:", "blob:", "about:")):
            return route.continue_()
        if url.startswith((f"{project.SITE}/images/", f"{project.SITE}/cards/")):  # the brand's own, in a feed
            return route.fulfill(body=project.PNG, content_type="image/png")
        self.seen.append(f"asked for {url}")
        return route.abort()

    def _dialog(self, dialog: Any) -> None:
        self.seen.append(f"dialog: {dialog.message}")
        dialog.dismiss()


@pytest.fixture
def port(site: Site) -> Iterator[str]:
    """The address that the site is served at."""
    path = urlsplit(project.SITE).path
    with serving.listening(path) as (address, server):
        serving.show(server, site.output, path)
        yield address


def opened(site: Site) -> list[str]:
    """Every list and page of its own kind, and an even sample of the pages of items."""
    pages = [site.path(page) for page in site.pages()]
    items = [path for path in pages if "voice-" in path or "word-" in path or "text-" in path or path.count("/") > 2]
    lists = sorted(set(pages) - set(items))
    return [*lists[:: max(1, len(lists) // SAMPLE)], *items[:: max(1, len(items) // SAMPLE)]]


def test_every_page_is_as_harmless_in_the_tree_that_chromium_makes(site: Site, port: str, chromium: Browser) -> None:
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(serving.blank(port))
        paths = [f"{port}/{site.path(file)}" for file in site.pages()]
        found = audit.seen_by(page, paths=paths[:: len(paths) // 2500 + 1])

    assert len(found) > 200
    assert audit.page_faults(found, project.SITE) == []


def test_every_feed_is_as_harmless_in_the_tree_that_chromium_makes(site: Site, port: str, chromium: Browser) -> None:
    html = {
        f"{site.path(feed)} {item.id} {name}": text
        for feed in site.feeds()
        for item in audit.feed_items(feed)
        for name, text in item.html.items()
    }
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(serving.blank(port))
        found = audit.seen_by(page, html=html)

    assert audit.fragment_faults(found, project.SITE) == []


@pytest.mark.parametrize("bypass", [True, False], ids=["without the CSP", "with the CSP"])
def test_no_page_runs_anything_or_asks_another_host(site: Site, port: str, chromium: Browser, bypass: bool) -> None:
    """Every other page with the CSP: it may stop nothing, since there is nothing to stop."""
    with chromium.new_context(bypass_csp=bypass) as context:
        watch, page = Watch(context, port), context.new_page()
        for path in opened(site)[:: 1 if bypass else 3]:
            page.goto(f"{port}/{path}")
            page.evaluate(EVENTS)
        page.wait_for_timeout(100)

    assert watch.seen == []


def test_no_feed_runs_anything_in_a_reader_that_trusts_it(site: Site, port: str, chromium: Browser) -> None:
    with chromium.new_context(bypass_csp=True) as context:
        watch = Watch(context, port)
        for feed in (feed for feed in site.feeds() if feed.stem in ("tout", "all", "person-0")):
            page: Page = context.new_page()
            page.goto(serving.blank(port))
            page.evaluate(AS_READER, [text for item in audit.feed_items(feed) for text in item.html.values()])
            page.wait_for_timeout(100)
            page.close()

    assert watch.seen == []


def test_the_watch_sees_what_it_is_there_to_see(chromium: Browser) -> None:
    with serving.listening() as (address, _), chromium.new_context() as context:
        watch, page = Watch(context, address), context.new_page()
        page.goto(serving.blank(address))
        texts = [
            "<img src=x onerror=alert(1)>",
            "<b onmouseover=confirm(1)>x</b>",
            "<img src=https://spy.example/a.png>",
        ]
        page.evaluate(AS_READER, texts)
        page.evaluate(EVENTS)
        page.wait_for_timeout(200)

    assert any("ran: alert" in seen for seen in watch.seen)
    assert any("ran: confirm" in seen for seen in watch.seen)
    assert "asked for https://spy.example/a.png" in watch.seen
