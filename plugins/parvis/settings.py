"""What people set: the four YAML files of content/ and the dict `PARVIS`, checked together, every fault at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from . import nodes, sources
from .errors import CONFIG, Fault, Refused, did_you_mean
from .nodes import Node, Pairs, Text
from .options import NAME, Brand, Moderation, Operator, Source, Team
from .schema import Place, boolean, many, mapping, number, record, text

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
    if operator and brand and listed is not None:
        faults += _crossed(folder, operator, brand, listed)
    if faults or not (operator and brand and moderation and team and listed is not None):
        raise Refused(faults)
    return Settings(folder, brand, MappingProxyType(listed), moderation, team, operator)


def _file(folder: Path, name: str, read: Any, faults: list[Fault], missing: Node | None = None) -> Any:
    where = f"content/{name}"
    try:
        node = nodes.parse((folder / where).read_text(encoding="utf-8-sig"), where, code=CONFIG)
    except FileNotFoundError:
        if missing is None:
            faults.append(Fault(where, 0, "no such file", "`invoke start` writes one", CONFIG))
            return None
        node = missing
    except UnicodeDecodeError:
        faults.append(Fault(where, 0, "not UTF-8", "save the file as UTF-8", CONFIG))
        return None
    except Refused as refused:
        faults.extend(refused.faults)
        return None
    return read(node, Place(where, faults, code=CONFIG))


def _sources(node: Node, place: Place) -> dict[str, Source] | None:
    """The entries by name; options of a kind are checked by the signature of its `read`."""
    found = {}
    if not isinstance(node, Pairs):
        return {} if isinstance(node, Text) and node.empty else place.wrong(node.line, "want `name:` entries")  # type: ignore[func-returns-value]
    for key, value in node.pairs:
        here = place.inner(key.value)
        NAME(key, here)
        if key.value in found:
            here.wrong(key.line, "this name stands twice; a source's name is its own for good")
        if source := _source(key, value, here):
            found[key.value] = source
    return found


def _source(key: Text, node: Node, place: Place) -> Source | None:
    kind = node.get("kind") if isinstance(node, Pairs) else None
    known = sources.kinds()
    own: dict[str, Any] = {}
    if isinstance(node, Pairs) and isinstance(kind, Text):
        if kind.value not in known:
            meant = did_you_mean(kind.value, known)
            place.inner("kind").wrong(kind.line, f"want one of {', '.join(sorted(known))}, got '{kind.value}'{meant}")
        else:
            own = _own_options(kind.value, node, place)
        node = Pairs(tuple(p for p in node.pairs if p[0].value not in own), node.line)
    source = record(Source)(node, place)
    if source is None:
        return None
    if bool(source.url) == bool(source.path):
        place.wrong(
            key.line, "want either url: or path:", "url: reads an address, path: a file under exports/ or demo/"
        )
    if source.use == "full" and not source.permission:
        place.wrong(key.line, "use: full needs permission: why we may show the whole text", "or take use: excerpt")
    values = {name: getattr(source, name) for name in Source.__dataclass_fields__}
    return Source(**values | {"name": key.value, "options": MappingProxyType(own), "line": key.line})


def _own_options(kind: str, node: Pairs, place: Place) -> dict[str, Any]:
    readers = {str: text, int: number(int, 0, 10**9), bool: boolean, dict: mapping(text), tuple: many(text)}
    wanted = {n: t for n, t in sources.options(kind).items() if n not in Source.__dataclass_fields__}
    return {k.value: readers[wanted[k.value]](v, place.inner(k.value)) for k, v in node.pairs if k.value in wanted}


def _crossed(folder: Path, operator: Operator, brand: Brand, listed: Mapping[str, Source]) -> list[Fault]:
    """What only two files together can tell: paths that may be read, and private text in a public repository."""
    faults: list[Fault] = []
    allowed = ["exports", "demo", *operator.fetch.folders]
    for source in listed.values():
        if not source.path:
            continue
        place = Place("content/sources.yml", faults, source.name, CONFIG)
        real = (folder / source.path).resolve()
        if not any(real.is_relative_to((folder / other).resolve()) for other in allowed):
            hint = f"put it under {'/ or '.join(allowed)}/, or name its folder in PARVIS.fetch.folders"
            place.inner("path").wrong(source.line, f"'{source.path}' lies outside the folders that may be read", hint)
        elif brand.public and sources.private(source.kind) and not real.is_relative_to((folder / "demo").resolve()):
            place.wrong(source.line, PRIVATE, PRIVATE_HINT)
    return faults


def now(settings: Settings, environ: Mapping[str, str]) -> datetime:
    """The time of the build: PARVIS["now"], else SOURCE_DATE_EPOCH, else the clock."""
    if settings.operator.now:
        return settings.operator.now
    if environ.get("SOURCE_DATE_EPOCH", "").isdigit():
        return datetime.fromtimestamp(int(environ["SOURCE_DATE_EPOCH"]), UTC)
    return datetime.now(UTC)
