"""What robots.txt lets us read, by RFC 9309."""

from __future__ import annotations

import asyncio

import pytest

from parvis.intake import robots
from parvis.intake.robots import Robots
from tests.intake.loopback import Reply, allowed, reply, serving

EVERYBODY = "User-agent: *\n"


@pytest.mark.parametrize(
    ("text", "path", "may"),
    [
        ("", "/a", True),
        (EVERYBODY + "Disallow: /", "/a", False),
        (EVERYBODY + "Disallow:", "/a", True),
        (EVERYBODY + "Disallow: /a\nAllow: /a/b", "/a/b/c", True),
        (EVERYBODY + "Disallow: /a\nAllow: /a/b", "/a/c", False),
        (EVERYBODY + "Allow: /a\nDisallow: /a", "/a", True),
        (EVERYBODY + "Disallow: /*.pdf$", "/x/y.pdf", False),
        (EVERYBODY + "Disallow: /*.pdf$", "/x/y.pdf?z", True),
        (EVERYBODY + "Disallow: /a$", "/a", False),
        (EVERYBODY + "Disallow: /a$", "/ab", True),
        (EVERYBODY + "Disallow: /*/b/*c", "/a/b/xxc", False),
        (EVERYBODY + "Disallow: *b", "/ab", False),
        (EVERYBODY + "Disallow: /é", "/%C3%A9t%C3%A9", False),
        (EVERYBODY + "Disallow: /%C3%A9", "/été", False),
        (EVERYBODY + "Disallow: /a # why", "/a", False),
        (EVERYBODY + "disallow : /a", "/a", False),
        ("User-agent: Parvis\nAllow: /\n\nUser-agent: *\nDisallow: /", "/a", True),
        ("User-agent: *\nAllow: /\n\nUser-agent: PARVIS/1.0\nDisallow: /", "/a", False),
        ("User-agent: other\nDisallow: /", "/a", True),
        ("User-agent: other\nUser-agent: parvis\nDisallow: /", "/a", False),
        ("User-agent: parvis\nDisallow: /a\n\nUser-agent: parvis\nDisallow: /b", "/b", False),
        ("\ufeffUser-agent: *\r\nCrawl-delay: 9\r\nDisallow: /a\r\nSitemap: https://x.example/s", "/a", False),
        ("Disallow: /", "/a", True),
        ("<html>not found</html>", "/a", True),
        ("\x00\xff" * 99, "/a", True),
    ],
)
def test_a_path_may_be_read(text: str, path: str, may: bool) -> None:
    assert robots.allowed(robots.rules(text), path) is may


@pytest.mark.parametrize(
    ("answer", "may"),
    [
        (reply(b"User-agent: *\nDisallow: /p"), False),
        (reply(b"User-agent: *\nDisallow: /q"), True),
        (reply(status="404 Not Found"), True),
        (reply(status="403 Forbidden"), True),
        (reply(status="429 Too Many Requests"), False),
        (reply(status="503 Service Unavailable"), False),
        (b"nonsense", False),
    ],
)
def test_rules_that_cannot_be_had_forbid_unless_there_are_none(answer: Reply, may: bool) -> None:
    async def run() -> None:
        async with serving(answer) as site:
            known = Robots(allowed(site))
            assert await known.allow(f"{site.url}/p?q", site.url) is may
            assert await known.allow(f"{site.url}/p", site.url) is may
            assert site.paths == ["/robots.txt"]

    asyncio.run(run())
