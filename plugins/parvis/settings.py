"""What people set: the four YAML files of content/ and the dict `PARVIS`, checked together, every fault at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from . import nodes, sources
from .errors import CONFIG, Fault, Refused, did_you_mean, refuse
from .nodes import Node, Pairs, Text
from .operator import Operator
from .options import NAME, Brand, Moderation, Source, Team
from .schema import Place, boolean, many, mapping, number, record, text, unique

COMMON = tuple(field.name for field in fields(Source) if "read" in field.metadata)
READERS = {str: text, int: number(int, 0, 10**9), bool: boolean, dict: mapping(text), tuple: many(text)}
PRIVATE = "private text (an export, a form, mail) may not be pulled into a public repository"
PRIVATE_HINT = (
    "keep the repository private, say `public: false` in content/brand.yml, "
    "and let `invoke publish --remote` push the site alone"
)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything people set, checked. `folder` is the project's root."""

    folder: Path
    brand: Brand
    sources: Mapping[str, Source]
    moderation: Moderation
    team: Team
    operator: Operator

    @property
    def content(self) -> Path:
        return self.folder / "content"

    def source_label(self, name: str, lang: str) -> str:
        source = self.sources.get(name)
        return (source.label.in_(lang) if source else "") or name


def load(values: Mapping[str, Any], folder: Path) -> Settings:
    """All settings of the project in `folder`. Raises Refused with every fault of the four files and of `values`."""
    faults: list[Fault] = []
    operator = record(Operator)(nodes.of(values), Place("pelicanconf.py", faults, "PARVIS", CONFIG))
    brand = _file(folder, "brand.yml", record(Brand), faults)
    listed = _file(folder, "sources.yml", _sources, faults, missing=Pairs(()))
    moderation = _file(folder, "moderation.yml", record(Moderation), faults, missing=Pairs(()))
    team = _file(folder, "team.yml", record(Team), faults, missing=Pairs(()))
    faults += _crossed(folder, operator, brand, listed or {})
    if faults or not (operator and brand and moderation and team and listed is not None):
        raise Refused(faults)
    return Settings(folder, brand, MappingProxyType(listed), moderation, team, operator)


def _file(folder: Path, name: str, read: Any, faults: list[Fault], missing: Node | None = None) -> Any:
    where = f"content/{name}"
    try:
        node = nodes.load(folder / where, where, code=CONFIG)
    except FileNotFoundError:
        if missing is None:
            faults.append(Fault(where, 0, "no such file", "`invoke start` writes one", CONFIG))
            return None
        node = missing
    except Refused as refused:
        faults.extend(refused.faults)
        return None
    return read(node, Place(where, faults, code=CONFIG))


def _sources(node: Node, place: Place) -> dict[str, Source] | None:
    """The entries by name; options of a kind are checked by the signature of its `read`."""
    if isinstance(node, Text) and node.empty:
        return {}
    if not isinstance(node, Pairs):
        place.wrong(node.line, "want entries, each `name:` with indented `option: value` lines")
        return None
    unique(node, place)
    found = {}
    for key, value in node.pairs:
        here = place.inner(key.value)
        NAME(key, here)
        if source := _source(key, value, here):
            found[key.value] = source
    return found


def _source(key: Text, node: Node, place: Place) -> Source | None:
    if isinstance(node, Text) and node.empty:
        node = Pairs((), key.line)
    own: dict[str, Any] = {}
    if isinstance(node, Pairs):
        node, own = _apart(node, place)
    source = record(Source)(node, place)
    if source is None:
        return None
    if bool(source.url) == bool(source.path):
        hint = "url: reads an address, path: a file under exports/ or demo/"
        place.wrong(key.line, "want either url: or path:", hint)
    if source.url and (wanted := source.kind in sources.kinds() and sources.misplaced(source.kind, source.url)):
        place.inner("url").wrong(_line(node, "url", key.line), wanted)
    if source.use == "full" and not source.permission:
        place.wrong(key.line, "use: full needs permission: why we may show the whole text", "or take use: excerpt")
    if source.media == "copy" and not source.permission:
        place.wrong(key.line, "media: copy needs permission: why we may show its pictures", "or take media: none")
    return replace(source, name=key.value, options=MappingProxyType(own), line=key.line)


def _line(node: Node, key: str, otherwise: int) -> int:
    value = node.get(key) if isinstance(node, Pairs) else None
    return value.line if value else otherwise


def _apart(node: Pairs, place: Place) -> tuple[Pairs, dict[str, Any]]:
    """The options that every source has, and the values of those that only this kind knows."""
    kind, known = node.get("kind"), sources.kinds()
    word = kind.value if isinstance(kind, Text) else ""
    if word not in known:
        if word:
            wanted = f"want one of {', '.join(sorted(known))}, got '{word}'{did_you_mean(word, known)}"
            place.inner("kind").wrong(kind.line if kind else node.line, wanted)
        for key, _ in node.pairs if kind is None else ():
            if meant := did_you_mean(key.value, ["kind"]):
                place.inner(key.value).wrong(key.line, f"no such option{meant}")
        return Pairs(tuple(pair for pair in node.pairs if pair[0].value in COMMON), node.line), {}
    types = {name: kind for name, kind in sources.options(word).items() if name not in COMMON}
    own = Pairs(tuple(pair for pair in node.pairs if pair[0].value in types), node.line)
    unique(own, place)
    for key, _ in node.pairs:
        if key.value not in COMMON and key.value not in types:
            meant = did_you_mean(key.value, [*COMMON, *types])
            place.inner(key.value).wrong(key.line, f"no such option of a source of kind {word}{meant}")
    common = Pairs(tuple(pair for pair in node.pairs if pair[0].value in COMMON), node.line)
    return common, {k.value: READERS[types[k.value]](value, place.inner(k.value)) for k, value in own.pairs}


def _crossed(folder: Path, operator: Operator | None, brand: Brand | None, listed: Mapping[str, Source]) -> list[Fault]:
    """What only files together can tell: what may be read, and private text in a public repository."""
    faults: list[Fault] = []
    allowed = ["exports", "demo", *(operator.fetch.folders if operator else ())]
    for source in (source for source in listed.values() if source.path):
        place = Place("content/sources.yml", faults, source.name, CONFIG)
        real = (folder / source.path).resolve()
        if operator and not any(real.is_relative_to((folder / other).resolve()) for other in allowed):
            hint = f"put it under {'/ or '.join(allowed)}/, or name its folder in PARVIS.fetch.folders"
            place.inner("path").wrong(source.line, f"'{source.path}' lies outside the folders that may be read", hint)
        elif brand and brand.public and _private(source) and not real.is_relative_to((folder / "demo").resolve()):
            place.wrong(source.line, PRIVATE, PRIVATE_HINT)
    return faults


def _private(source: Source) -> bool:
    return source.kind in sources.kinds() and sources.private(source.kind)


def now(settings: Settings, environ: Mapping[str, str]) -> datetime:
    """The time of the build: PARVIS["now"], else SOURCE_DATE_EPOCH, else the clock."""
    if settings.operator.now:
        return settings.operator.now
    if not (given := environ.get("SOURCE_DATE_EPOCH", "")):
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(given), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise refuse("SOURCE_DATE_EPOCH", f"want seconds since 1970, got '{given}'", code=CONFIG) from error
