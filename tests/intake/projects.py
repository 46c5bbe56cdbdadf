"""A whole small hub whose sources are files of its own, pulled as a person would."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from parvis import matter, settings
from parvis.errors import Fault
from parvis.intake.account import Account
from parvis.intake.pull import pull
from parvis.kinds import Said
from parvis.ledger import Ledger, Of

BRAND = "name: La maison\nauthority: maison.example,2026\nlanguages: [fr, en]\n"
SOURCES = "forum: {kind: feed, path: demo/forum.json, use: full, permission: charte}\n"
MODERATION = "words: {fr: {senior: [plainte]}}\n"
DAY = "2026-11-02T09:00:00Z"


def post(id: str = "1", **fields: Any) -> dict[str, Any]:
    """An item of a JSON Feed."""
    given = {
        "id": id,
        "url": f"https://x.example/{id}",
        "title": f"Titre {id}",
        "content_html": f"<p>Texte {id}.</p>",
        "date_published": DAY,
        "authors": [{"name": "Zoé"}],
    }
    return {name: value for name, value in (given | fields).items() if value is not None}


class Hub:
    """The project in `folder`. `say` sets what a source says, `pull` pulls, `files` is all that lies in content/."""

    def __init__(self, folder: Path, sources: str = SOURCES) -> None:
        self.folder = folder
        for name, text in (("brand", BRAND), ("sources", sources), ("moderation", MODERATION)):
            self.write(f"content/{name}.yml", text)

    def write(self, path: str, text: str) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")

    def say(self, *posts: dict[str, Any], name: str = "forum") -> None:
        feed = {"version": "https://jsonfeed.org/version/1.1", "title": name, "items": list(posts)}
        self.write(f"demo/{name}.json", json.dumps(feed))

    def pull(self, *names: str, operator: dict[str, Any] | None = None, dry_run: bool = False) -> Account:
        return pull(settings.load(operator or {}, self.folder), {}, names=names, dry_run=dry_run)

    @property
    def files(self) -> dict[str, str]:
        """The Markdown below content/, by path."""
        found = sorted((self.folder / "content").rglob("*.md"))
        return {file.relative_to(self.folder / "content").as_posix(): file.read_text("utf-8") for file in found}

    @property
    def everything(self) -> dict[str, bytes]:
        """Every file of the project but for its cache."""
        found = (file for file in self.folder.rglob("*") if file.is_file() and ".cache" not in file.parts)
        return {file.relative_to(self.folder).as_posix(): file.read_bytes() for file in sorted(found)}

    def heads(self) -> list[Said]:
        faults: list[Fault] = []
        documents = list(matter.walk(self.folder, faults))
        assert faults == []
        return [document.head for document in documents if isinstance(document.head, Said)]

    def only(self) -> str:
        """The path of the one post or testimonial there is."""
        (path,) = (path for path in self.files if not path.startswith("proposals/"))
        return path

    def approve(self, path: str, **changes: Any) -> None:
        text = (self.folder / "content" / path).read_text("utf-8")
        yes = {"by": "lea", "on": "2026-11-03", "text_hash": matter.text_hash(matter.split(text, path)[1])}
        self.write(f"content/{path}", matter.edit(text, path, {"status": "published", "approved": yes} | changes))

    def decide(self, of: Of, value: str, decision: str = "refused") -> None:
        ledger = Ledger(self.folder, {}, [])
        file, text = ledger.file(of, value, decision=decision, by="lea", at=settings.datetime.fromisoformat(DAY))
        self.write(file.relative_to(self.folder).as_posix(), text)
