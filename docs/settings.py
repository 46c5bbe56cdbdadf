"""Writes docs/settings.md, every setting and field there is, from the places where the code declares them.

    .venv/bin/python docs/settings.py

A test fails where the page is not what this writes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "plugins"))

from parvis import kinds, model, offers, operator, options, sources  # plugins/ is on the path only now
from parvis.errors import Fault
from parvis.intake.flags import FLAGS
from parvis.nodes import Many
from parvis.review.decisions import REASONS
from parvis.schema import Place

PAGE = Path(__file__).with_suffix(".md")
BEGINNING = """# Settings and fields

*Written by `docs/settings.py` from the code. To change a line here, change it there.*

A key that is not on this page is a fault, and so is a value of another type. Every run names all faults at once, with
file and line. **needed** means that nothing goes on without it.
"""
SETTINGS = {
    "content/brand.yml": options.Brand,
    "`colours`": options.Colours,
    "`social`, each": options.Link,
    "`kit`": offers.Kit,
    "`files` of the kit, each": offers.Offered,
    "`join`": offers.Join,
    "content/sources.yml, each source": options.Source,
    "content/moderation.yml": options.Moderation,
    "content/team.yml": options.Team,
    "`PARVIS` in pelicanconf.py": operator.Operator,
    "`fetch`": operator.Fetch,
    "`feeds`": operator.Feeds,
    "`publish`": operator.Publish,
    "`share` of `PARVIS`": operator.Share,
}
FIELDS = {
    "Every file": kinds.Head,
    "Articles": kinds.Article,
    "Pages": kinds.Page,
    "Community posts and testimonials": kinds.Said,
    "Community posts": kinds.Community,
    "Testimonials": kinds.Testimonial,
    "Ambassadors": kinds.Ambassador,
}
GROUPS = {
    "`share`": kinds.Share,
    "`approved`": kinds.Approved,
    "`reply`": kinds.Reply,
    "`correction`": kinds.Correction,
    "`media`, each": kinds.Medium,
    "`verified`": kinds.Verified,
    "`links`, each": options.Link,
}
PLAIN = {"author": model.Person, "consent": model.Consent}
BY_LANGUAGE = {"Words": "text, or one by language", "Phrases": "a list, or one by language"}
GROUP = "fields of its own, below"
SHORTER = {"several `name: value` lines": GROUP, "names with values, one `name: value` a line": "by name"}


def page() -> str:
    """The whole of docs/settings.md."""
    return "\n".join([BEGINNING, *_settings(), *_front_matter(), *_words()]).rstrip() + "\n"


def _settings() -> Iterator[str]:
    yield "## Settings\n"
    for title, kind in SETTINGS.items():
        yield from _table(title, fields(kind))
        if kind is options.Source:
            yield from _kinds()


def _kinds() -> Iterator[str]:
    """What entries of a kind may say beside what every source may."""
    yield "### content/sources.yml, by kind\n\n| kind | keys of its own | secret in the environment |\n|---|---|---|"
    common = {field.name for field in fields(options.Source)}
    for kind in sorted(sources.kinds()):
        own = (f"`{name}`" for name in sources.options(kind) if name not in common)
        secret = sources.secret(kind)
        yield _row(f"`{kind}`", ", ".join(own), f"`{secret.name}`" if secret else "")
    yield "\n[Sources](sources.md) says what each of them is for.\n"


def _front_matter() -> Iterator[str]:
    yield "## Front matter\n"
    for title, kind in FIELDS.items():
        known = {_said(field) for base in kind.__mro__[1:] if is_dataclass(base) for field in fields(base)}
        yield from _table(title, (field for field in fields(kind) if _said(field) not in known))
    for title, group in GROUPS.items():
        yield from _table(title, fields(group))
    for name, plain in PLAIN.items():
        keys = ", ".join(f"`{field.name}`" for field in fields(plain))
        yield f"### `{name}`\n\n{keys}. {plain.__doc__}\n"


def _words() -> Iterator[str]:
    yield "## Words that stand in files\n"
    yield from _list("Flags, what a pull noticed", FLAGS)
    yield from _list("Reasons, for `invoke review --reject ID --reason CODE`", REASONS)


def _table(title: str, declared: Iterable[Field[Any]]) -> Iterator[str]:
    yield f"### {title}\n\n| key | what it is for | what it takes | if absent |\n|---|---|---|---|"
    yield from (_row(*_said(field)) for field in declared if "read" in field.metadata)
    yield ""


def _list(title: str, words: Mapping[str, str]) -> Iterator[str]:
    yield f"### {title}\n\n| word | what it says |\n|---|---|"
    yield from (_row(f"`{word}`", what) for word, what in words.items())
    yield ""


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _said(field: Field[Any]) -> tuple[str, str, str, str]:
    return f"`{field.name}`", str(field.metadata.get("doc", "")), _takes(field), _if_absent(field)


def _takes(field: Field[Any]) -> str:
    """What its fault says that it wants, when it is given what nothing takes."""
    if "read" not in field.metadata:
        return ""
    faults: list[Fault] = []
    field.metadata["read"](Many((Many(()),)), Place("", faults))
    wanted = faults[0].what.removeprefix("want ").rpartition(", got ")[0]
    wanted = BY_LANGUAGE.get(str(field.type)) or SHORTER.get(wanted, wanted)
    return f"a list; each {wanted}" if str(field.type).startswith("tuple") else wanted


def _if_absent(field: Field[Any]) -> str:
    default = field.default if field.default_factory is MISSING else field.default_factory()
    if default is MISSING:
        return "**needed**"
    if is_dataclass(default) or default in (None, "", ()) or default == {}:
        return ""
    shown = ", ".join(default) if isinstance(default, tuple) else str(default)
    return f"`{shown.lower() if isinstance(default, bool) else shown}`"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
