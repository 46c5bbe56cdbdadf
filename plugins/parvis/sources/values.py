"""What strangers write where an address, a name, a title, a language or a date belongs, made fit for an Item."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from html import escape, unescape
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from ..html import SILENT, TAGS, UNSEEN, plain, prose, text
from ..model import WEB, Medium

SENSIBLE_YEARS = range(1900, 2101)
LONGEST = {"address": 4000, "title": 1000, "name": 200, "tag": 80, "licence": 200}
MOST_TAGS = 40
HOST = re.compile(r"[\w.-]+|\[[0-9a-fA-F:.]+\]")
ADDRESS_CHARACTERS = "!#$%&'()*+,-./:;=?@[]_~"
OTHER_TAGS = (
    "address area article aside base bdi bdo big blink body caption center col colgroup details dfn dir div fieldset "
    "figcaption figure font footer h1 head header hgroup html image img input keygen label layer legend main mark "
    "marquee menu nav nobr optgroup option output param picture progress rp rt ruby samp search section slot small "
    "source span strike summary tfoot time track tt u var wbr"
)
NAMES = "|".join(sorted(TAGS | SILENT | set(OTHER_TAGS.split())))
TAG = re.compile(rf"</?(?:{NAMES})(?:[\s/][^<>]*)?>", re.IGNORECASE)
STRAY = re.compile(r"<(?!!--|[/!]?[a-zA-Z][^<>]*>)")
ENTITY = re.compile(r"&(?:\w{2,32}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
MAIL = re.compile(r"(?:mailto:)?(?<![@\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+(?:\?subject=\S*)?")
LEFT_EMPTY = re.compile(r"\(\s*\)|<\s*>|\[\s*\]")
PICTURES = {ending: f"image/{ending}" for ending in ("jpeg", "png", "gif", "webp", "avif")} | {"jpg": "image/jpeg"}
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
SPOILER = re.compile(r"^:::.*$", re.MULTILINE)
NO_LANGUAGE = {"und", "mul", "mis", "zxx"}  # ISO 639-2: not known, several, another, none
MOST_MARKDOWN = 100_000
LANGUAGE = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|\d{3}))?(?:-.*)?", re.IGNORECASE)


def web(raw: str, base: str = "") -> str:
    """An absolute http(s) address that a page can link to, resolved against `base`, or "" where nothing is given."""
    typed = re.sub(r"[\t\r\n]", "", raw).strip().translate(UNSEEN)
    if not typed:
        return ""
    try:
        parts = urlsplit(urljoin(base, typed))
        fits = parts.port != 0 and HOST.fullmatch(parts.hostname or "") and "@" not in parts.netloc
    except ValueError:
        return ""
    url = urlunsplit(parts._replace(scheme=parts.scheme.lower()))
    kept = "".join(
        c if c in ADDRESS_CHARACTERS or c.isalnum() or (ord(c) > 127 and c.isprintable()) else quote(c) for c in url
    )
    return kept if fits and parts.scheme in ("http", "https") and len(kept) <= LONGEST["address"] else ""


def words(raw: str) -> str:
    """One line of text, as a title or a tag has it: markup becomes its text, and a lone `<` stays what it is."""
    if TAG.search(raw) or "-->" in raw:
        return plain(STRAY.sub("&lt;", raw))
    return text(unescape(raw) if ENTITY.search(raw) else raw)


def headline(raw: str, *, literal: bool = False) -> str:
    """A title: `words`, or where `literal` says that the source meant plain text the text alone; not endless."""
    title = text(raw) if literal else words(raw[: 20 * LONGEST["title"]])
    return title if len(title) <= LONGEST["title"] else title[: LONGEST["title"] - 1].rstrip() + "…"


def signature(raw: str) -> str:
    """A person's name without the mail address that feeds put beside it; "" where there is nothing else."""
    name = words(raw)
    alone = MAIL.sub("", name)
    if alone != name:
        alone = LEFT_EMPTY.sub("", alone).strip(" ,;:<>")
        name = alone[1:-1].strip() if alone.startswith("(") and alone.endswith(")") else alone
    return name[: LONGEST["name"]].rstrip()


def language(raw: str) -> str:
    """A language tag as BCP 47 writes it (language, script, region), or "" where it is none."""
    found = LANGUAGE.fullmatch(raw.strip().replace("_", "-"))
    if not found or found[1].lower() in NO_LANGUAGE:
        return ""
    tongue, script, region = found.groups(default="")
    return "-".join(part for part in (tongue.lower(), script.title(), region.upper()) if part)


def labels(raw: Iterable[str]) -> tuple[str, ...]:
    """Tags as text, each once, in order; an address is none, nor is what is longer than a tag can be."""
    said = (word for tag in raw if (word := words(tag)) and len(word) <= LONGEST["tag"])
    read = dict.fromkeys(word for word in said if not word.startswith(WEB))
    return tuple(read)[:MOST_TAGS]


def licence(addresses: Iterable[str], *statements: str) -> str:
    """The first address of a licence, else the first short statement of rights, else ""."""
    linked = (web(address) for address in addresses)
    said = (words(statement) for statement in statements)
    return next(filter(None, linked), "") or next((s for s in said if 0 < len(s) <= LONGEST["licence"]), "")


def moment(given: datetime | None) -> datetime | None:
    """A date in UTC, or None where it has no zone or no person can have meant it."""
    if given is None or given.tzinfo is None:
        return None
    try:
        utc = given.astimezone(UTC)
    except (OverflowError, ValueError):
        return None
    return utc if utc.year in SENSIBLE_YEARS else None


def paragraphs(raw: str) -> str:
    """Plain text as markup: an empty line parts paragraphs, a line end stays one."""
    blocks = re.split(r"\n[ \t]*\n\s*", prose(raw).strip())
    return "\n".join(
        f"<p>{escape(block, quote=False).replace(chr(10), '<br>')}</p>" for block in blocks if block.strip()
    )


def picture(url: str, alt: str = "", type: str = "") -> tuple[Medium, ...]:
    """A picture where there is one. Its media type is told by its address where the source does not say it."""
    if not url:
        return ()
    ending = urlsplit(url).path.rpartition(".")[2].rpartition("@")[2].lower()
    return (Medium(url, text(alt)[: LONGEST["title"]], type.lower() or PICTURES.get(ending, "")),)


def markdown(raw: str) -> str:
    """Markdown as forges and forums write it, as markup: line ends count, comments and spoilers' marks go."""
    from markdown import markdown as made

    plainly = SPOILER.sub("", COMMENT.sub("", raw[:MOST_MARKDOWN]))
    return prose(made(plainly, extensions=["fenced_code", "tables", "sane_lists", "nl2br"]))
