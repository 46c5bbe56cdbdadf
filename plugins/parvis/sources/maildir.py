"""Testimonials sent by mail: a folder of messages (Maildir), a mailbox file (mbox) or one message (.eml).

lettres:
  kind: maildir
  path: exports/lettres
  into: testimonials
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from hashlib import blake2b
from itertools import islice

from ..errors import SOURCES, refuse
from ..model import Item, Person
from . import Get, Note
from .encoding import decode
from .identity import told_apart
from .letters import own_words, own_words_of_html
from .values import headline, language, moment, signature

KIND = "maildir"
PRIVATE = True
FOLDERS = True
LONGEST = 200_000
START = re.compile(rb"^From [^\r\n]*\r?\n", re.MULTILINE)
QUOTED_START = re.compile(rb"^>(>*From )", re.MULTILINE)
REPLY = re.compile(r"^(?:\s*(?:re|fwd?|tr|rép|réf|aw)\s*(?:\[\d+\])?\s?:)+\s*", re.IGNORECASE)
MACHINES = {"bulk", "list", "junk", "auto_reply"}
HEADED = re.compile(rb"[!-9;-~]+:[ \t]?[^\n]*\n")
OF_A_FOLDER = b"From maildir "  # before each file of one, whatever that holds


def begin(url: str) -> str:
    """Mail is never fetched."""
    raise ValueError("mail is read from a file or folder: want path: instead of url:")


def read(name: str, get: Get, *, url: str, max_items: int = 1000) -> Iterator[Item | Note]:
    """What people wrote themselves: text alone, without quotations and signatures. No address is kept.

    Left out are messages of programs, and what its sender calls private.
    """
    left: Counter[str] = Counter()

    def items() -> Iterator[Item]:
        for raw in _messages(name, get(url)):
            item = _item(name, message_from_bytes(raw)) if HEADED.match(raw) else "no messages"
            if isinstance(item, Item):
                yield item
            else:
                left[item] += 1

    yield from told_apart(islice(items(), max_items), lambda item: item.html)
    yield from (Note(f"left out, {why}: {count}") for why, count in left.items())


def _messages(name: str, box: bytes) -> Iterator[bytes]:
    """Each message of a mailbox (RFC 4155, its lines unquoted as mboxrd has them), or the one that a file is."""
    starts = [found for found in START.finditer(box) if _begins(box, found)]
    if box.startswith(b"From ") and starts:
        for found, end in zip(starts, [*(found.start() for found in starts[1:]), len(box)], strict=True):
            yield QUOTED_START.sub(rb"\1", box[found.end() : end])
        return
    if not HEADED.match(box.lstrip()):
        hint = "name a Maildir folder, an mbox file or an .eml file"
        raise refuse(name, "this is no message: it does not begin with headers", hint, code=SOURCES)
    yield box.lstrip()


def _begins(box: bytes, line: re.Match[bytes]) -> bool:
    """Whether a message begins with this line, and no paragraph of one: headers follow."""
    at = line.start()
    apart = not at or box[max(at - 4, 0) : at].endswith((b"\n\n", b"\r\n\r\n"))
    return apart and bool(line[0].startswith(OF_A_FOLDER) or not at or HEADED.match(box, line.end()))


def _item(name: str, message: Message) -> Item | str:
    if (
        _header(message, "Sensitivity").lower() not in ("", "normal")
        or _header(message, "X-No-Archive").lower() == "yes"
    ):
        return "private"
    if _of_a_machine(message):
        return "sent by programs"
    html = _words(message)
    if not html:
        return "without words"
    known = _header(message, "Message-ID")
    return Item(
        source=name,
        upstream_id=blake2b(known.encode(), digest_size=12).hexdigest() if known else "",
        author=Person(signature(_decoded(parseaddr(_raw(message, "From"))[0]))),
        html=html,
        published=_date(_header(message, "Date")),
        title=headline(REPLY.sub("", _header(message, "Subject")), literal=True),
        lang=language(_header(message, "Content-Language").partition(",")[0]),
    )


def _of_a_machine(message: Message) -> bool:
    return (
        _header(message, "Auto-Submitted").lower() not in ("", "no")
        or _header(message, "Precedence").lower() in MACHINES
        or _header(message, "X-Spam-Flag").lower() == "yes"
        or message.get_content_type() == "multipart/report"
        or "mailer-daemon" in _raw(message, "From").lower()
    )


def _words(message: Message) -> str:
    """The first part that is plain text and says something, else the first that is HTML."""
    found: dict[str, str] = {}
    for part in _parts(message):
        kind = part.get_content_type()
        if kind in ("text/plain", "text/html") and not found.get(kind):
            payload = part.get_payload(decode=True)
            text = decode(payload if isinstance(payload, bytes) else b"", str(part.get_param("charset") or ""))[
                :LONGEST
            ]
            flowed = str(part.get_param("format") or "").lower() == "flowed"
            found[kind] = own_words(text, flowed=flowed) if kind == "text/plain" else own_words_of_html(text)
    return found.get("text/plain") or found.get("text/html", "")


def _parts(message: Message) -> Iterator[Message]:
    """What is said in a message itself: no attachment, and no message inside."""
    if message.get_content_maintype() == "message" or message.get_content_disposition() == "attachment":
        return
    if not message.is_multipart():
        if not message.get_filename():
            yield message
        return
    for part in message.get_payload():
        if isinstance(part, Message):
            yield from _parts(part)


def _date(said: str) -> datetime | None:
    try:
        given = parsedate_to_datetime(said)
        return moment(given if given.tzinfo else given.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        return None


def _header(message: Message, name: str) -> str:
    return _decoded(_raw(message, name)).strip()


def _raw(message: Message, name: str) -> str:
    """A header as it was sent, whatever letters it holds."""
    said = next((value for key, value in message.raw_items() if key.lower() == name.lower()), "")
    return " ".join(decode(str(said).encode("utf-8", "surrogateescape")).split())


def _decoded(raw: str) -> str:
    """Encoded words (RFC 2047) as text, in spite of what they claim to be written in."""
    try:
        pieces = decode_header(raw)
    except (HeaderParseError, ValueError):
        return raw
    return "".join(piece if isinstance(piece, str) else decode(piece, charset or "") for piece, charset in pieces)
