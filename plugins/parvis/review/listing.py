"""The queue in words: a line for each thing that waits, the whole of one, or JSON for other programs."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import unified_diff

from rich.cells import cell_len, set_cell_size

from .. import html
from ..kinds import Said
from ..model import Consent, Person
from .decisions import GONE
from .queue import Item

MARKS = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|[*_`#>|\\]+|<[^<>]*>")
HINT = "`invoke review --show ID`, then --accept ID or --reject ID --reason CODE"
HINT_PROPOSAL = "--take ID does as upstream did (its new words, or taking it down), --leave ID keeps ours"
LINE = ("id", "date", "source", "who")
WIDEST = {"id": 40, "source": 16, "who": 18}
NARROWEST = 30


def lines(items: Iterable[Item], width: int) -> Iterator[str]:
    """One line a thing, columns aligned, cut to `width` cells; the sum comes last, then what to do next."""
    items = tuple(items)
    rows = [(_cells(item), _noted(item)) for item in items]
    sizes = {name: min(WIDEST.get(name, 99), max((cell_len(c[name]) for c, _ in rows), default=0)) for name in LINE}
    for cells, said in rows:
        left = "  ".join(set_cell_size(cells[name], sizes[name]) for name in LINE if sizes[name])
        yield f"{left}  {_cut(said, max(width - cell_len(left) - 2, NARROWEST))}"
    yield total(items)
    if items:
        yield f"  hint: {HINT}"
    if any(item.proposal for item in items):
        yield f"  hint: {HINT_PROPOSAL}"


def _cut(words: str, cells: int) -> str:
    return words if cell_len(words) <= cells else set_cell_size(words, cells - 1).rstrip() + "…"


def total(items: Iterable[Item]) -> str:
    """`14 wait: 9 posts, 3 testimonials, 2 proposals; 1 delicate, 4 flagged`."""
    items = tuple(items)
    if not items:
        return "nothing waits"
    kinds = Counter("proposal" if item.proposal else NOUNS[item.kind] for item in items)
    sums = ", ".join(f"{n} {kind}{'s' if n > 1 else ''}" for kind, n in kinds.items())
    delicate, flagged = sum(item.delicate for item in items), sum(bool(item.head.flags) for item in items)
    care = ", ".join(f"{n} {what}" for n, what in ((delicate, "delicate"), (flagged, "flagged")) if n)
    return f"{len(items)} {'wait' if len(items) > 1 else 'waits'}: {sums}{f'; {care}' if care else ''}"


NOUNS = {"community": "post", "testimonials": "testimonial"}


def words(item: Item, length: int = 200) -> str:
    """What a thing says, on one line: its title, and its first words where they are others."""
    title, body = item.head.title, html.text(MARKS.sub(r"\1", item.document.body[: 4 * length]))
    if body.startswith(title.rstrip("… .")[:40]):
        return body[:length]
    return f"{title}: {body}"[:length] if body else title


def shown(item: Item) -> Iterator[str]:
    """The whole of a thing, as a reader will get it and with what only the team sees; a proposal as a comparison."""
    head = item.head
    yield head.title
    yield "=" * min(cell_len(head.title), 80)
    for name, value in _about(item):
        if value:
            yield f"{name:<12}{value}"
    yield ""
    yield html.prose(item.document.body).strip()
    if item.proposal:
        if item.proposal.head.held:
            yield f"\n{item.proposal.head.held}"
        if GONE not in item.proposal.head.flags:
            yield "\nUpstream says now:\n"
            old, new = _compared(head, item.document.body), _compared(item.proposal.head, item.proposal.body)
            yield from list(unified_diff(old, new, lineterm="", n=1))[2:]


def as_json(items: Iterable[Item]) -> str:
    """A list of objects, one a thing, for other programs."""
    return json.dumps([_object(item) for item in items], ensure_ascii=False, indent=1)


def _object(item: Item) -> dict[str, object]:
    head = item.head
    return {
        "id": item.id,
        "kind": item.kind,
        "path": item.document.path,
        "status": head.status,
        "date": head.date.isoformat() if head.date else None,
        "lang": head.lang,
        "source": head.source,
        "original": head.original,
        "author": head.author.name,
        "title": head.title,
        "words": words(item),
        "flags": list(head.flags),
        "delicate": item.delicate,
        "proposal": item.proposal.path if item.proposal else None,
        "gone": bool(item.proposal and GONE in item.proposal.head.flags),
    }


def _cells(item: Item) -> dict[str, str]:
    head = item.head
    return {
        "id": item.id,
        "date": f"{head.date:%Y-%m-%d}" if head.date else "no date",
        "source": head.source,
        "who": head.author.name,
    }


def _noted(item: Item) -> str:
    """What asks for a second look, between brackets, then the words."""
    proposed = item.proposal.head.flags if item.proposal else ()
    kind = next((flag for flag in (GONE, "other-author") if flag in proposed), "proposal")
    notes = (kind if item.proposal else "", "delicate" if item.delicate else "", *item.head.flags)
    noted = ", ".join(filter(None, notes))
    return f"[{noted}] {words(item)}" if noted else words(item)


def _about(item: Item) -> Iterator[tuple[str, str]]:
    head = item.head
    yield "id", item.id
    yield "file", item.document.path
    yield "who", _signed(head.author)
    yield "when", head.date.isoformat(" ") if head.date else "no date; the day of its acceptance will be its date"
    yield "from", head.source
    yield "original", head.original
    yield "shown as", f"{head.use}{f', {head.licence}' if head.licence else ''}"
    yield "language", head.lang
    yield "topics", ", ".join(head.tags)
    for name in ("rating", "product", "experience_date", "verified", "reward", "role"):
        yield name.partition("_")[0], str(getattr(head, name, "") or "")
    yield "consent", _agreed(getattr(head, "consent", None))
    yield "pictures", ", ".join(f"{medium.file} ({medium.alt})" for medium in head.media)
    yield "commercial", "" if head.commercial == "none" else head.commercial
    yield "flags", ", ".join(head.flags)
    yield "held", head.held
    yield "delicate", "a senior has to sign" if item.delicate else ""


def _agreed(consent: Consent | None) -> str:
    """What the person agreed to, when, for what, till when, and where the yes is kept."""
    if consent is None:
        return ""
    until = f"until {consent.until}" if consent.until else ""
    return ", ".join(filter(None, (consent.version, str(consent.on or ""), *consent.scope, until, consent.proof)))


def _signed(author: Person) -> str:
    return f"{author.name} <{author.url}>" if author.url else author.name


def _compared(head: Said, body: str) -> list[str]:
    """Line by line what a proposal may change."""
    when = f"date: {head.date.isoformat(' ')}" if head.date else "no date"
    account = f" ({head.author.id})" if head.author.id else ""
    about = [head.title, "", f"by: {_signed(head.author)}{account}", when, f"at: {head.original}", ""]
    return [*about, *html.prose(body).strip().splitlines()]
