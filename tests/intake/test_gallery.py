"""Pictures for an import come by the guard, within limits, each with its copy or the reason that there is none."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from io import BytesIO

import pytest
from PIL import Image

from parvis.intake import gallery
from parvis.intake.picture import Copy
from tests.intake.loopback import Net, allowed, reply, serving


def png(colour: str) -> bytes:
    out = BytesIO()
    Image.new("RGB", (64, 48), colour).save(out, "PNG")
    return out.getvalue()


def taken(paths: Sequence[str]) -> list[Copy | str]:
    async def run() -> list[Copy | str]:
        routes = {
            "/a": reply(png("red")),
            "/b": reply(png("blue")),
            "/c": reply(b"<html>"),
            "/d": reply(b"", status="404 No"),
        }
        async with serving(routes) as site:
            found = await gallery.taken(allowed(site), [site.url + path for path in paths])
            return [found[site.url + path] for path in paths]

    return asyncio.run(run())


def test_each_picture_has_a_copy_or_a_reason() -> None:
    red, html, gone, blue = taken(["/a", "/c", "/d", "/b"])

    assert isinstance(red, Copy) and isinstance(blue, Copy)
    assert (red.width, red.height) == (64, 48)
    assert red.name != blue.name
    assert (html, gone) == ("is no JPEG, PNG, GIF or WebP", "answered 404 Not Found")


def test_no_more_are_fetched_than_the_limits_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gallery, "MOST", 2)
    assert taken(["/a", "/b", "/c"])[2] == "is one too many: 2 are fetched at once"

    monkeypatch.setattr(gallery, "MOST_BYTES", 1)
    assert taken(["/a"]) == ["is one too many: all together are larger than 0 MiB"]


def test_no_picture_is_fetched_from_inside() -> None:
    net = Net({"inside.example": [["10.0.0.7"]]})
    found = asyncio.run(gallery.taken(net.client(), ["http://127.0.0.1/a.png", "http://inside.example/a.png"]))

    assert all("is not a public address" in str(why) for why in found.values())
    assert net.dialled == []
