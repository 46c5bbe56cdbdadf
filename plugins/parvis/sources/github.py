"""Issues of a GitHub repository, all or by label. What people write into an issue form becomes a testimonial's fields.

temoignages:
  kind: github
  url: https://github.com/maison/temoignages
  labels: [témoignage]
  into: testimonials

Secret: GITHUB_TOKEN in the environment allows more requests an hour. It is sent to api.github.com alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from ..model import Item, Person
from . import Get, Note, Pause, Secret, answers, pages, table, values
from .columns import CALLED, found, plainly
from .payload import Part
from .values import headline, markdown, signature

KIND = "github"
PAGED = True
API = "https://api.github.com"
SECRET = Secret("GITHUB_TOKEN", f"{API}/")
MOST = 100
HEADING = re.compile(r"^### +(.+?) *$", re.MULTILINE)
CODE = re.compile(r"^(`{3,}|~{3,})[^\n]*\n.*?^\1", re.MULTILINE | re.DOTALL)
GUARD = "\x00"
UNANSWERED = {"_No response_", "_Pas de réponse_", "None", ""}
TICK = re.compile(r"^[-*] \[([ xX])\] *(.*)$", re.MULTILINE)
LABELLED = re.compile(r'label:(?:"([^"]+)"|(\S+))')
WANTED = "want a repository (https://github.com/name/repository), its issues or a label of theirs"


def begin(url: str, labels: tuple[str, ...] = ()) -> str:
    """The first address that is asked. Raises ValueError for an address of something else."""
    path = pages.steps(url)
    if "repos" in path[:3] or path[:1] == ["repositories"]:
        return pages.asking(url, labels=",".join(labels)) if labels else url
    named = [first or second for first, second in LABELLED.findall(pages.asked(url, "q"))]
    match path:
        case [_, _] | [_, _, "issues"]:
            pass
        case [_, _, "labels", label] | [_, _, "issues", "labels", label]:
            named = [unquote(label)]
        case _:
            raise ValueError(WANTED)
    wanted = ",".join(labels or named)
    return pages.asking(f"{API}/repos/{path[0]}/{path[1]}/issues", state="all", per_page=MOST, labels=wanted)


def read(
    name: str,
    get: Get,
    *,
    url: str,
    labels: tuple[str, ...] = (),
    columns: dict[str, str] | None = None,
    max_items: int = 1000,
) -> Iterator[Item | Note | Pause]:
    """Issues that have each of `labels`, without the pull requests that come mixed in.

    A form counts where one of its fields holds the words; `columns` names the fields that their headings do not tell.
    Where it asks for leave to publish, an issue counts only with a clear yes.
    """

    def make(issue: Part) -> Item | str:
        known = {label.text("name").casefold() for label in issue.parts("labels")} | set(issue.texts("labels"))
        if not {label.casefold() for label in labels} <= known:
            return "without the labels that are wanted"
        return _item(name, issue, columns or {})

    first = url if pages.saved(url) else begin(url, labels)
    listed = pages.rows(
        name, get, first, "items", "response", most=max_items, onward=lambda here: pages.counted(here, "per_page", 30)
    )
    yield from pages.items(name, listed, make, max_items)


def _item(name: str, issue: Part, declared: dict[str, str]) -> Item | str:
    id = issue.needed("id")
    issue.marked("number", "labels", "user.login", "body", "pull_request")
    if issue.fields.get("pull_request") or issue.at("merge_commit_sha"):
        return "pull requests"
    user, body = issue.part("user"), issue.text("body").replace("\r\n", "\n")
    person = Person(signature(user.text("login")), user.web("html_url"), user.text("id"))
    item = Item(
        source=name,
        upstream_id=id,
        url=issue.web("html_url"),
        author=person,
        published=issue.moment("created_at"),
        title=headline(issue.text("title"), literal=True),
        html=markdown(body),
        tags=_labels(issue),
        likes=issue.number("reactions.+1"),
    )
    form = _form(body, declared)
    return _filled_in(item, *form) if form else item


def _labels(issue: Part) -> tuple[str, ...]:
    return values.labels([*(label.text("name") for label in issue.parts("labels")), *issue.texts("labels")])


def _form(body: str, declared: dict[str, str]) -> tuple[table.Columns, list[str]] | None:
    """The fields of an issue form (`### Field` and what was answered) as one row of a table; None where it is none."""
    before, *said = (part.replace(GUARD, "") for part in HEADING.split(CODE.sub(_guarded, body)))
    headings, row = said[::2], [_answer(answer.strip()) for answer in said[1::2]]
    headers = [f"{heading} {boxes}".strip() for heading, boxes in zip(headings, map(_boxes, said[1::2]), strict=True)]
    names = [
        short if plainly(short) in CALLED["consent"] else long for short, long in zip(headings, headers, strict=True)
    ]
    asked = {plainly(heading): place for place, heading in enumerate(headings)}
    places = found(names, {f: asked[plainly(h)] for f, h in declared.items() if f in CALLED and plainly(h) in asked})
    if before.strip() or "text" not in places:
        return None
    days = [row[place] for place in places.get("date", [])]
    return table.Columns(headers, places, ZoneInfo("UTC"), answers.day_comes_first(days)), row


def _guarded(code: re.Match[str]) -> str:
    """Code in which no line begins a heading."""
    return code[0].replace("\n#", f"\n{GUARD}#")


def _answer(said: str) -> str:
    """Boxes to tick are a yes where all of them are ticked."""
    boxes = TICK.findall(said)
    if boxes:
        return "oui" if all(tick.strip() for tick, _ in boxes) else ""
    return "" if said in UNANSWERED else said


def _boxes(said: str) -> str:
    """What stands beside the boxes: it is part of the question."""
    return " ".join(label.strip() for _, label in TICK.findall(said))


def _filled_in(item: Item, columns: table.Columns, row: list[str]) -> Item | str:
    if reason := table.reason_against(row, columns):
        return reason.removeprefix("left out because ")
    said = table.item(item.source, item.upstream_id, row, columns)
    consent = said.review.consent if said.review else None
    day = item.published.date() if item.published else None
    proof = replace(consent, on=consent.on or day, proof=item.url) if consent else None
    return replace(
        item,
        author=replace(item.author, name=said.author.name or item.author.name),
        title=said.title or item.title,
        html=markdown(columns.cell(row, "text")),
        lang=said.lang,
        review=replace(said.review, consent=proof) if said.review else None,
    )
