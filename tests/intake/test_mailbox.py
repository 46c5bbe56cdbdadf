"""A folder of messages is read as one mailbox; no address of a sender gets into any file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from parvis.errors import SOURCES, Refused
from parvis.intake import local
from tests.intake.projects import Hub

SOURCE = "lettres: {kind: maildir, path: demo/lettres, into: testimonials, use: full, permission: charte}\n"
LETTER = """From: =?utf-8?q?Zo=C3=A9?= <zoe@exemple.example>
Subject: Merci
Date: Tue, 1 Sep 2026 08:00:00 +0200
Message-ID: <{id}@exemple.example>
Content-Type: text/plain; charset={charset}

{words}
--\x20
zoe@exemple.example
"""


def letter(hub: Hub, name: str, words: str = "Bravo pour le pain doré.", charset: str = "utf-8", lie: str = "") -> None:
    file = hub.folder / "demo/lettres" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(LETTER.format(id=name, charset=lie or charset, words=words).encode(charset))


def test_each_message_of_a_folder_becomes_a_testimonial(tmp_path: Path) -> None:
    hub = Hub(tmp_path, SOURCE)
    letter(hub, "cur/1.host:2,S")
    letter(hub, "new/2.host", "Et le sel !\nFrom Lyon, encore.")
    letter(hub, "tmp/3.host", "pas encore là")

    assert hub.pull().sum == (2, 0, 0, 0, 0)
    assert {head.author.name for head in hub.heads()} == {"Zoé"}
    assert "From Lyon, encore." in "".join(hub.files.values())
    assert "pas encore" not in "".join(hub.files.values())
    assert hub.pull().sum == (0, 0, 0, 2, 0)


def test_no_address_is_ever_stored(tmp_path: Path) -> None:
    hub = Hub(tmp_path, SOURCE)
    letter(hub, "cur/1.host", "Écrivez-moi à zoe@exemple.example, merci.")
    hub.pull()

    written = [file for file in tmp_path.rglob("*") if file.is_file() and "demo" not in file.parts]
    assert len(hub.files) == 1
    assert [file for file in written if b"exemple.example" in file.read_bytes()] == []


@pytest.mark.parametrize(
    ("charset", "lie"), [("cp1252", "utf-8"), ("utf-8", "us-ascii"), ("utf-8", "iso-8859-1"), ("utf-8", "x-none")]
)
def test_a_message_that_lies_about_its_letters_is_read(tmp_path: Path, charset: str, lie: str) -> None:
    hub = Hub(tmp_path, SOURCE)
    letter(hub, "cur/1.host", charset=charset, lie=lie)
    hub.pull()

    assert "Bravo pour le pain doré." in hub.files[hub.only()]


def test_what_is_no_plain_file_is_passed_over(tmp_path: Path) -> None:
    hub = Hub(tmp_path, SOURCE)
    letter(hub, "cur/1.host")
    (tmp_path / "secret").write_text("From: x\n\nsecret", "utf-8")
    (tmp_path / "demo/lettres/cur/2.host").symlink_to(tmp_path / "secret")
    os.mkfifo(tmp_path / "demo/lettres/cur/3.host")

    assert hub.pull().sum == (1, 0, 0, 0, 0)


def test_a_folder_is_read_for_mail_alone_and_within_bounds(tmp_path: Path) -> None:
    hub = Hub(tmp_path, SOURCE)
    letter(hub, "cur/1.host", "mot " * 1000)

    with pytest.raises(Refused) as other:
        local.read(tmp_path, "demo/lettres", 10**6)
    with pytest.raises(Refused) as larger:
        local.read(tmp_path, "demo/lettres", 1000, folders=True)

    assert (other.value.code, larger.value.code) == (SOURCES, SOURCES)
    assert larger.value.faults[0].what == "is larger than 1000 bytes"
