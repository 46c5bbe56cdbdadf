"""Bytes become text, whatever they claim to be written in."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

SIGNS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
OF_TEXT = re.compile(
    r"utf-?8|iso8859|cp\d|windows|koi8|euc|gb|big5|shift|sjis|iso2022|mac|ascii|latin|tis|johab|hz|kz1048"
)
WIDER = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "euc_kr": "cp949", "shift_jis": "cp932"}
WIDE = {"000x": "utf-32-be", "x000": "utf-32-le", "0x0x": "utf-16-be", "x0x0": "utf-16-le"}
WESTERN = {"iso8859-1", "ascii", "cp1252"}
LAST = ("utf-8", "cp1252", "latin-1")


def decode(body: bytes, *named: str) -> str:
    """Text without its byte order mark.

    Asked in turn: that mark, zero bytes, UTF-8 where it fits (bytes of another encoding hardly ever do, labels often
    lie), the encodings `named`, cp1252. A narrow encoding is read as the wider one that browsers take for it (WHATWG
    Encoding, 4.2). UTF-16 and UTF-32 count only where the bytes show them.
    """
    for sign, encoding in SIGNS:
        if body.startswith(sign):
            return body[len(sign) :].decode(encoding, "replace")
    if wide := _wide(body[:64]):
        return body.decode(wide, "replace")
    first = () if body.isascii() else ("utf-8",)
    return next(text for encoding in (*first, *named, *LAST) for text in _tried(body, encoding))


def streamed(file: BinaryIO) -> str:
    """The encoding of a file that is too long to hold, read to its end: its mark, zero bytes, UTF-8, else cp1252."""
    start = file.read(64)
    marked = next((encoding for sign, encoding in SIGNS if start.startswith(sign)), "") or _wide(start)
    if marked:
        return marked
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(start)
        while piece := file.read(2**16):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def named(content_type: str, body: bytes) -> list[str]:
    """What the content-type header names, then what the document itself does.

    The header goes first (RFC 7303, 3), unless it is the Latin 1 that servers add to all that they send.
    """
    return sorted(filter(None, (charset(content_type), declared(body))), key=lambda name: known(name) in WESTERN)


def charset(content_type: str) -> str:
    """The charset of a content-type header, or ""."""
    found = CHARSET.search(content_type)
    return found[1] if found else ""


def declared(body: bytes) -> str:
    """What an XML declaration names, or ""."""
    found = DECLARED.search(body[:400])
    return found[1].decode() if found else ""


def known(name: str) -> str:
    """Python's name of an encoding of text, or "" where there is none such."""
    try:
        python = codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
    return python if OF_TEXT.match(python) or python.startswith(("utf-16", "utf-32")) else ""


def _wide(start: bytes) -> str:
    """UTF-32 or UTF-16 without a mark: three of four bytes, or every other one, are zero where the text is Latin."""
    if len(start) < 8:
        return ""
    zeros = "".join("0" if sum(byte == 0 for byte in start[i::4]) * 8 > len(start) else "x" for i in range(4))
    return WIDE.get(zeros, "")


def _tried(body: bytes, name: str) -> Iterator[str]:
    python = known(name)
    if not python or python.startswith(("utf-16", "utf-32")):
        return
    for encoding in (WIDER.get(python, python), python):
        try:
            yield body.decode(encoding)
            return
        except (UnicodeDecodeError, LookupError):
            continue
