"""A content as a row of JSON, and back.

A row has two lines. The head says what lists and addresses need, which is enough for all items that nothing else is
asked of. The rest is understood when somebody asks for it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pelican.contents import Content
from pelican.urlwrappers import URLWrapper

from ..digests import digest_of
from . import moments
from .light import Light
from .names import Names, is_plain
from .values import Unstorable, restore, split

HEAD = ("_status", "url", "save_as", "slug", "lang", "in_default_lang", "template", "relative_source_path")
"""Attributes that a head holds as they are."""
WRAPPED = {"category": "Category", "tags": "Tag", "author": "Author", "authors": "Author"}
ELSEWHERE = {*HEAD, *WRAPPED, "date", "settings", "_content", "_context", "translations", "metadata"}
COMPUTED = {"summary", "status"}
"""Metadata that Pelican makes no plain attributes of."""
PLAIN = {str, bool, type(None)}
OVERRIDDEN, TRANSLATION, LINKED, ATTACHING = 1, 2, 4, 8
"""It says where it is to be written; it may be a translation; its metadata link; it moves other files (`{attach}`)."""
encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


def row(content: Content) -> tuple[list[Any], str]:
    """Head and rest. Raises Unstorable where these would not say all."""
    found, metadata = {**content.__dict__, "url": content.url, "save_as": content.save_as}, content.metadata
    given = {attribute(key): value for key, value in metadata.items() if key not in COMPUTED}
    changed = {name: value for name, value in found.items() if name not in ELSEWHERE}
    changed = {name: value for name, value in changed.items() if given.get(name, given) is not value}
    _check(found, metadata, given)
    if "date" not in found:
        _check_undated(content)
    placed = {**metadata, **{name: None for name in WRAPPED if name in metadata}}
    rest = encode([*split(placed), *split(changed)])
    head: list[Any] = [found.get(name) for name in HEAD]
    head.append([_names(kind, found.get(name)) for name, kind in WRAPPED.items()])
    head.append(_date(found["date"]) if "date" in found else None)
    head.append(_flags(content))
    head.append(sorted(content.get_static_links()))
    return [*head, digest_of([rest, encode(head)]), digest_of([content._content])], rest


def _flags(content: Content) -> int:
    metadata = content.metadata
    flags = OVERRIDDEN * ("override_save_as" in content.__dict__) + TRANSLATION * ("translation" in metadata)
    texts = [each for each in (content._content, *metadata.values()) if isinstance(each, str)]
    return flags + LINKED * _is_linked(content) + ATTACHING * any("attach" in each for each in texts)


def lighten(content: Content, path: str, *, body: bool) -> None:
    """Tells a content what one that was made from a row knows. One without a body fetches it when it is asked for."""
    known = content.__dict__
    known["_path"], known["_flags"], known["_static_links"] = path, _flags(content), sorted(content.get_static_links())
    if not body:
        del known["_content"]


def restored(kind: type[Light], path: str, head: list[Any], rest: bytes, names: Names) -> Light:
    """The content that a row was made of; what all contents have in common, its class has."""
    content = kind.__new__(kind)
    content.__dict__["_path"], content.__dict__["translations"] = path, []
    fill(content, head, rest, names)
    return content


def fill(content: Light, head: list[Any], rest: bytes, names: Names) -> None:
    """Gives a content that knows its path all else that a row says."""
    status, url, save_as, slug, lang, own, template, source, (category, tags, author, authors), date, flags, *_ = head
    known = content.__dict__
    known["_status"], known["url"], known["save_as"], known["lang"] = status, url, save_as, lang
    known["in_default_lang"], known["template"], known["relative_source_path"] = own, template, source
    known["_static_links"], known["_flags"], known["_digests"] = head[11], flags, head[12:]
    known["_linked"], known["_rest"] = flags & LINKED, rest
    if slug is not None:
        known["slug"] = slug
    if category is not None:
        known["category"] = names.categories[category]
    if tags is not None:
        known["tags"] = [names.tags[name] for name in tags]
    if author is not None:
        known["author"] = names.authors[author]
    if authors is not None:
        known["authors"] = [names.authors[name] for name in authors]
    if date is not None:
        known["date"] = moments.decoded(date)


def complete(content: Light, rest: bytes) -> None:
    """Adds what the head did not say, but nothing that was set meanwhile."""
    placed, special, changed, changed_special = json.loads(rest)
    known, settings = content.__dict__, content.settings
    for key, code, value in special:
        placed[key] = restore(code, value, settings)
    for key, code, value in changed_special:
        changed[key] = restore(code, value, settings)
    for name in WRAPPED.keys() & placed.keys():
        placed[name] = known.get(name)
    for name, value in changed.items():
        known.setdefault(name, value)
    for key, value in placed.items():
        if key not in COMPUTED:
            known.setdefault(attribute(key), value)
    known.setdefault("metadata", placed)


def overrides(content: Content) -> bool:
    """Whether it says where it is to be written; of one that was made from a row, its head tells, or who set it."""
    known = content.__dict__
    if "_rest" not in known:
        return hasattr(content, "override_save_as")
    return bool(known["_flags"] & OVERRIDDEN) or "override_save_as" in known


def attribute(key: str) -> str:
    """The name under which Pelican keeps a value of the metadata."""
    return f"override_{key}" if key in {"save_as", "url"} else key.lower()


def _check(found: Mapping[str, Any], metadata: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    if given.keys() - found.keys():
        raise Unstorable("some of its metadata is no attribute")
    if any(metadata[name] is not found.get(name) for name in WRAPPED if name in metadata):
        raise Unstorable("its tags, category or authors were changed")
    for name in HEAD:
        if type(found.get(name)) not in PLAIN:
            raise Unstorable(f"{name} is {found[name]!r}")


def _names(kind: str, value: Any) -> Any:
    wrappers = value if isinstance(value, list) else [value]
    if value is None:
        return None
    if any(not isinstance(each, URLWrapper) or type(each).__name__ != kind or not is_plain(each) for each in wrappers):
        raise Unstorable(f"{value!r} is more than a name")
    return [each.name for each in value] if isinstance(value, list) else value.name


def _check_undated(content: Content) -> None:
    """An address with a date in it then gets that of the build."""
    of_pages = ("PAGE_", "DRAFT_PAGE_")
    places = [str(value) for name, value in content.settings.items() if name.startswith(of_pages)]
    if type(content).__name__ != "Page" or any("{date" in place for place in places):
        raise Unstorable("it has no date, and addresses want one")


def _date(value: Any) -> moments.Encoded:
    made = moments.encoded(value)
    if made is None:
        raise Unstorable(f"its date is {value!r}")
    return made


def _is_linked(content: Content) -> bool:
    """Whether Pelican will look for links in its metadata, and may find one."""
    fields = (content.metadata.get(key) for key in content.settings["FORMATTED_FIELDS"])
    return any(isinstance(value, str) and content._get_intrasite_link_regex().search(value) for value in fields)
