"""Pictures of items: copied only where it is permitted, small, upright and bare, with words for who cannot see them."""

from __future__ import annotations

import json
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, PngImagePlugin

from parvis import matter, settings
from parvis.errors import Refused
from parvis.intake import rounds
from parvis.intake.picture import LARGEST, copied
from parvis.kinds import Said
from tests.intake.projects import Hub, post
from tests.intake.serving import Reply, Web, web
from tests.review.desk import review

COPY = "use: full, permission: charte, media: copy"
SECRET = b"48.8566 2.3522"


def drawn(size: tuple[int, int] = (300, 200), kind: str = "JPEG", mode: str = "RGB", **saved: Any) -> bytes:
    out = BytesIO()
    picture = Image.new(mode, size, "red")
    picture.paste("blue", (0, 0, size[0] // 2, size[1]))
    picture.save(out, kind, **saved)
    return out.getvalue()


def located() -> bytes:
    """A photograph that lies on its side and says where it was taken, by whom, and with what."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = SECRET.decode()
    exif.get_ifd(0x8825)[1] = "N"
    return drawn(exif=exif.tobytes(), comment=SECRET, icc_profile=SECRET * 9)


def commented() -> bytes:
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", SECRET.decode())
    return drawn(kind="PNG", pnginfo=told, icc_profile=SECRET * 9)


@pytest.mark.parametrize("made", [located(), commented(), drawn(kind="GIF"), drawn(kind="WEBP")])
def test_a_copy_says_nothing_but_its_pixels(made: bytes) -> None:
    copy = copied(made)
    with Image.open(BytesIO(copy.body)) as picture:
        assert picture.format == "JPEG"
        assert dict(picture.getexif()) == {}
        assert {"exif", "comment", "icc_profile"}.isdisjoint(picture.info)
        assert picture.size == (copy.width, copy.height)
    assert SECRET not in copy.body


def test_a_picture_on_its_side_is_set_upright() -> None:
    assert (copied(located()).width, copied(located()).height) == (200, 300)


def test_a_large_picture_becomes_smaller_and_a_clear_one_stays_clear() -> None:
    assert copied(drawn((3000, 1000))).width == LARGEST
    clear = copied(drawn(kind="PNG", mode="RGBA"))
    assert clear.name.endswith(".png")
    with Image.open(BytesIO(clear.body)) as picture:
        assert picture.mode == "RGBA"


def test_the_same_picture_has_the_same_name() -> None:
    assert copied(drawn()) == copied(drawn())
    assert copied(drawn()).name != copied(drawn((301, 200))).name


def huge() -> bytes:
    """A PNG of 900 million pixels in a few bytes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")

    head = (30_000).to_bytes(4, "big") * 2 + bytes([8, 2, 0, 0, 0])
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(999))) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "is no JPEG, PNG, GIF or WebP"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "is no JPEG, PNG, GIF or WebP"),
        (drawn(kind="BMP"), "is no JPEG, PNG, GIF or WebP"),
        (drawn(kind="TIFF"), "is no JPEG, PNG, GIF or WebP"),
        (drawn()[:-400], "is a picture that cannot be read"),
        (drawn(kind="PNG")[:-30], "is a picture that cannot be read"),
        (b"GIF89a" + bytes(99), "cannot be read|pixels|is no JPEG"),
        (drawn((1, 1), "GIF"), "a mark to count readers by"),
        (drawn((300, 2), "PNG"), "a mark to count readers by"),
        (drawn((6000, 5000), "PNG"), "pixels, more than 24 million"),
        (huge(), "far too many pixels"),
        (bytes(13 * 2**20), "is larger than 12 MiB"),
    ],
)
def test_what_is_no_picture_of_ours_is_told(body: bytes, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        copied(body)


def hub_of(folder: Path, served: Web, options: str = COPY, **fields: Any) -> Hub:
    posts = [post("1", image=f"{served.url}/p", **fields), post("2")]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": posts}
    served.replies["/forum"] = Reply(json.dumps(feed).encode())
    return Hub(folder, f"forum: {{kind: feed, url: '{served.url}/forum', {options}}}\n")


def one(hub: Hub) -> Said:
    (found,) = (head for head in hub.heads() if head.title == "Titre 1")
    return found


def test_a_picture_is_copied_where_it_is_permitted_and_asks_for_words(tmp_path: Path) -> None:
    with web(p=Reply(located())) as served:
        hub = hub_of(tmp_path, served)
        hub.pull(operator=served.operator)
        (medium,) = one(hub).media
        before = hub.everything
        hub.pull(operator=served.operator)
        (hub.folder / ".cache/http/forum.json").unlink()
        hub.pull(operator=served.operator)

    assert (medium.width, medium.height, medium.alt) == (200, 300, "")
    assert SECRET not in (tmp_path / "content" / medium.file).read_bytes()
    assert one(hub).flags == ("no-alt",)
    assert hub.everything == before


def test_without_the_option_no_picture_is_asked_for(tmp_path: Path) -> None:
    with web(p=Reply(drawn())) as served:
        hub = hub_of(tmp_path, served, "use: full, permission: charte")
        hub.pull(operator=served.operator)

        assert [path for path, _ in served.asked] == ["/forum"]
    assert one(hub).media == ()


def test_a_picture_that_cannot_be_had_costs_itself_only(tmp_path: Path) -> None:
    with web(p=Reply(b"<html>", 200)) as served:
        account = hub_of(tmp_path, served).pull(operator=served.operator)
    with web(p=Reply(status=404)) as served:
        other = hub_of(tmp_path / "b", served).pull(operator=served.operator)

    assert account.sum[0] == other.sum[0] == 2
    assert any("was not copied: it is no JPEG, PNG, GIF or WebP" in note for note in account.lines[0].kept.notes)
    assert any("answered 404" in note for note in other.lines[0].kept.notes)


@pytest.mark.parametrize(("trust", "first"), [("held", 2), ("trusted", 1)])
def test_a_picture_that_cannot_be_had_now_comes_with_a_later_pull(tmp_path: Path, trust: str, first: int) -> None:
    with web(p=Reply(status=503)) as served:
        hub = hub_of(tmp_path, served, f"{COPY}, trust: {trust}")
        account = hub.pull(operator=served.operator)
        served.replies["/p"] = Reply(drawn())
        hub.pull(operator=served.operator)
        (medium,) = one(hub).media
        served.asked.clear()
        again = hub.pull(operator=served.operator)

    assert account.sum[0] == first
    assert (tmp_path / "content" / medium.file).is_file()
    assert again.sum == (0, 0, 0, 2, 0)
    assert [path for path, _ in served.asked] == ["/forum"]


@pytest.mark.parametrize("trust", ["held", "trusted"])
def test_a_picture_that_never_comes_is_not_waited_for(tmp_path: Path, trust: str) -> None:
    with web(p=Reply(status=503)) as served:
        hub = hub_of(tmp_path, served, f"{COPY}, trust: {trust}")
        for _ in range(rounds.TRIES):
            hub.pull(operator=served.operator)
        served.asked.clear()
        hub.pull(operator=served.operator)

        assert [path for path, _ in served.asked] == ["/forum"]
    assert one(hub).media == ()
    assert len(hub.files) == 2


def test_no_picture_leads_inside(tmp_path: Path) -> None:
    with web(p=Reply(drawn())) as served:
        hub = hub_of(tmp_path, served)
        served.replies["/p"] = Reply(status=302, headers={"Location": "http://169.254.169.254/"})
        account = hub.pull(operator=served.operator)

    assert any("is not a public address" in note for note in account.lines[0].kept.notes)


def test_an_edit_upstream_leaves_the_pictures_and_their_words(tmp_path: Path) -> None:
    with web(p=Reply(drawn())) as served:
        hub = hub_of(tmp_path, served)
        hub.pull(operator=served.operator)
        (path,) = (path for path, text in hub.files.items() if "title: Titre 1\n" in text)
        medium = one(hub).media[0]
        told = {"file": medium.file, "alt": "Un vélo rouge", "width": 300, "height": 200}
        hub.write(f"content/{path}", matter.edit(hub.files[path], path, {"media": [told], "flags": None}))
        review(tmp_path, accept=one(hub).id)
        hub_of(tmp_path, served, content_html="<p>Autre.</p>")
        hub.pull(operator=served.operator)
        review(tmp_path, take=one(hub).id)

    assert one(hub).media[0].alt == "Un vélo rouge"
    assert "Autre." in hub.files[path]


def test_copying_needs_a_permission(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="media: copy needs permission"):
        settings.load({}, Hub(tmp_path, "forum: {kind: feed, path: demo/forum.json, media: copy}\n").folder)
