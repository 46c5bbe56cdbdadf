"""Text files of a site and words to put into them: what all edits are made with."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

SOME = (
    "the wheel workshop chain brake rain morning neighbour été forêt œuvre cobble saddle light market child basket "
    "winter river bridge setting spanner question thanks test climb descent team meeting photo garden quay 東京 naïve"
)
WORDS = SOME.split()
CODE = "```python\n# {0}\ndef {1}(wheels):\n    return [wheel * {2} for wheel in wheels]\n```"
SIGNS = (
    "*{}*",
    "**{}**",
    "`{}`",
    "[{}](https://example.org/a?b=1&c=2)",
    "<em>{}</em>",
    "“{}”",
    "{} & co",
    "_{}_",
    "{} \\*",
)


@dataclass
class Text:
    """A Markdown file with a head of `Name: value` lines, as Pelican reads it by itself."""

    path: Path
    head: dict[str, str] = field(default_factory=dict)
    body: str = ""

    @classmethod
    def read(cls, path: Path) -> Text:
        head, _, body = path.read_text("utf-8").partition("\n\n")
        lines = (line.partition(": ") for line in head.splitlines())
        return cls(path, {name: value for name, _, value in lines}, body)

    def write(self) -> None:
        lines = "".join(f"{name}: {value}\n" for name, value in self.head.items())
        put(self.path, f"{lines}\n{self.body}")


def put(path: Path, text: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)


def words(chance: Random, count: int) -> str:
    return " ".join(chance.choices(WORDS, k=count))


def sentence(chance: Random) -> str:
    said = chance.choices(WORDS, k=chance.randint(4, 14))
    if chance.random() < 0.5:
        place = chance.randrange(len(said))
        said[place] = chance.choice(SIGNS).format(said[place])
    return " ".join(said).capitalize() + "."


def paragraph(chance: Random) -> str:
    return " ".join(sentence(chance) for _ in range(chance.randint(1, 5)))


def block(chance: Random) -> str:
    """A paragraph, a heading, a list, code, a quotation or a table."""
    kind = chance.randrange(9)
    if kind == 0:
        return f"## {words(chance, 3)}"
    if kind == 1:
        return "\n".join(f"- {sentence(chance)}" for _ in range(3))
    if kind == 2:
        return CODE.format(words(chance, 2), f"turn_{chance.randrange(9)}", chance.randrange(99))
    if kind == 3:
        return f"> {sentence(chance)}"
    if kind == 4:
        return f"| a | b |\n|---|---|\n| {words(chance, 1)} | {words(chance, 1)} |"
    return paragraph(chance)


def body(chance: Random, blocks: int = 4) -> str:
    return "\n\n".join(block(chance) for _ in range(blocks)) + "\n"


def picture(chance: Random) -> bytes:
    """A small valid PNG of one colour."""
    rows = (b"\0" + bytes(chance.randrange(256) for _ in range(3)) * 8) * 6
    chunks = ((b"IHDR", struct.pack(">IIBBBBB", 8, 6, 8, 2, 0, 0, 0)), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
