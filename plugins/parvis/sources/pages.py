"""From an address of an interface to Items: page after page, and one odd object costs only itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from ..errors import SOURCES, Refused, refuse
from ..model import Item
from . import HINT, Get, Note, Pause, Wrong
from .identity import silent, told_apart
from .links import completed
from .payload import Page, Part, page
from .values import web

MOST = 45  # pages; whoever hands in `get` gives 50
Row = Part | Wrong | Note | Pause
Make = Callable[[Part], Item | str]
Onward = Callable[[Page], str]


def nowhere(page: Page) -> str:
    """For an interface that has one page."""
    return ""


def rows(name: str, get: Get, url: str, *lists: str, most: int, onward: Onward = nowhere) -> Iterator[Row]:
    """What the pages from `url` on list, at least `most` if there are so many."""
    for here in walk(name, get, url, *lists, most=most, onward=onward):
        yield from here.rows if isinstance(here, Page) else (here,)


def walk(name: str, get: Get, url: str, *lists: str, most: int, onward: Onward = nowhere) -> Iterator[Page | Note]:
    """Page after page, until `most` objects are listed. A saved answer is read alone.

    The next page is where the Link header says, else where `onward` says. One that cannot be had ends the list.
    """
    asked: list[str] = []
    count = 0
    while url and url not in asked:
        asked.append(url)
        try:
            here = page(name, get(url), *lists)
        except Refused as refused:
            if len(asked) == 1:
                raise
            yield Note(f"page {len(asked)} could not be read, so that older ones are missing: {refused.faults[0].what}")
            return
        yield here
        count += len(here.rows)
        goes_on = here.got.url and here.rows and count < most and len(asked) < MOST
        url = _following(here, onward) if goes_on else ""


def _following(here: Page, onward: Onward) -> str:
    try:
        return web(here.got.next, here.got.url) or onward(here)
    except ValueError:  # what says where it goes on is not what it should be
        return ""


def items(name: str, listed: Iterator[Row], make: Make, most: int) -> Iterator[Item | Note | Pause]:
    """At most `most` Items that `make` makes of objects; where it gives text, that says why an object is left out.

    Raises Refused where there are objects and none is what it should be.
    """
    asides: list[Note | Pause] = []
    left: Counter[str] = Counter()
    wrong: list[str] = []
    made = islice(_made(listed, make, asides, left, wrong), most)
    count = 0
    for thing in told_apart(made, lambda item: f"{item.url}\n{item.title}"):
        count += isinstance(thing, Item)
        yield thing
    if wrong and not count and not left:
        raise refuse(name, f"this is not what such a source gives: {wrong[0]}", HINT, code=SOURCES)
    yield from (Note(f"left out, {why}: {number}") for why, number in left.items())
    if wrong:
        yield Note(f"left out because they are not as they should be: {len(wrong)} ({wrong[0]})")
    yield from asides


def _made(
    listed: Iterator[Row], make: Make, asides: list[Note | Pause], left: Counter[str], wrong: list[str]
) -> Iterator[Item]:
    for row in listed:
        if isinstance(row, Note | Pause):
            asides.append(row)
            continue
        try:
            if isinstance(row, Wrong):
                raise row
            thing = make(row)
        except ValueError as error:  # Wrong, or what no Item can be made of
            wrong.append(str(error))
            continue
        if isinstance(thing, str) or silent(thing):
            left[thing if isinstance(thing, str) else "they say nothing"] += 1
        else:
            yield replace(thing, html=completed(thing.html, thing.url))


def asking(url: str, **parameters: object) -> str:
    """An address with these parameters, in place of what it has under the same names; without those that are ""."""
    parts = urlsplit(url)
    given = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if key not in parameters]
    new = [(key, str(value)) for key, value in parameters.items() if value != ""]
    return urlunsplit(parts._replace(query=urlencode([*given, *new]), fragment=""))


def asked(url: str, parameter: str) -> str:
    """What an address says under a name, or ""."""
    return dict(parse_qsl(urlsplit(url).query)).get(parameter, "")


def numbered(url: str, parameter: str, first: int = 1) -> str:
    """The address of the next page where pages are counted from `first`."""
    said = asked(url, parameter)
    return asking(url, **{parameter: (int(said) if said.isdecimal() else first) + 1})


def counted(here: Page, size: str, usual: int, first: int = 1) -> str:
    """The next of pages that are counted, where this one is full: `size` names the parameter that says how many fit."""
    most = asked(here.got.url, size)
    return numbered(here.got.url, "page", first) if len(here.rows) >= (int(most) if most.isdecimal() else usual) else ""


def steps(url: str) -> list[str]:
    """The parts of an address's path."""
    return [step for step in urlsplit(url).path.split("/") if step]


def origin(url: str) -> str:
    """`https://host` of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def saved(url: str) -> bool:
    """Whether a source is a file: what lies there is the answer itself."""
    return not url.startswith(("https://", "http://"))
