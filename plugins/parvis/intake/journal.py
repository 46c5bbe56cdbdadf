"""What a batch is about to do, on disk before it does any of it: the next pull finishes what a killed one began.

A pull that went on from half a batch would take that half for what its sources always said, and see floods and copies
where there are none. What a person did meanwhile counts more: a file that is not what it was stays as it is, and after
a decision in the ledger nothing is finished at all, for what is still to come might be what was erased.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from stat import S_ISLNK

from .. import files
from .memory import digest

ENDING = ".pull"
NAME = f".batch{ENDING}"


@dataclass(frozen=True, slots=True)
class Plan:
    """Paths below content/. `put` and `gone` say of each what lies there before, as a digest, "" for nothing.

    `moves` come first, from old to new; `decided` stands for the ledger as it was, but for what is put there.
    """

    put: Mapping[str, str] = field(default_factory=dict)
    moves: Mapping[str, str] = field(default_factory=dict)
    gone: Mapping[str, str] = field(default_factory=dict)
    decided: str = ""

    @property
    def paths(self) -> Iterator[str]:
        yield from (*self.put, *self.moves, *self.moves.values(), *self.gone)


def write(content: Path, put: Iterable[str], moves: Mapping[str, str], gone: Iterable[str]) -> None:
    """From here on the batch will happen. Raises OSError."""
    came_from = {new: old for old, new in moves.items()}
    before = {path: _digest(content / came_from.get(path, path)) for path in put}
    leaving = {path: _digest(content / path) for path in gone}
    plan = Plan(before, moves, leaving, _decided(content, before))
    files.put(content / NAME, json.dumps(asdict(plan), ensure_ascii=False, indent=0))


def finish(content: Path) -> None:
    """Does what is written there, or what is left of it, and forgets it. Raises OSError."""
    plan = _read(content)
    if plan and plan.decided == _decided(content, plan.put):
        _carry_out(content, plan)
    (content / NAME).unlink(missing_ok=True)


def beside(file: Path) -> Path:
    """Where the new text of a file waits for its moment."""
    return file.with_name(f".{file.name}{ENDING}")


def _carry_out(content: Path, plan: Plan) -> None:
    for old, new in plan.moves.items():
        if beside(content / new).is_file() and _digest(content / old) == plan.put[new] and not (content / new).exists():
            (content / old).replace(content / new)
    for path, before in plan.put.items():
        place = content / path
        if (ready := beside(place)).is_file() and _digest(place) == before:
            ready.replace(place)
    for path, before in plan.gone.items():
        if before and _digest(content / path) == before:
            files.remove(content / path, content)


def _read(content: Path) -> Plan | None:
    """The plan, None where there is none, or none of ours."""
    try:
        plan = Plan(**json.loads((content / NAME).read_text("utf-8")))
        return plan if all(map(_inside, plan.paths)) else None
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, AttributeError):
        return None


def _inside(path: str) -> bool:
    return ".." not in (parts := PurePosixPath(path).parts) and parts[:1] != ("/",)


def _digest(file: Path) -> str:
    """Of a link that of where it leads, for it is replaced, not followed."""
    try:
        link = S_ISLNK(file.lstat().st_mode)
        return digest(str(file.readlink()).encode() if link else file.read_bytes())
    except FileNotFoundError:
        return ""


def _decided(content: Path, but: Iterable[str]) -> str:
    """What stands for the decisions in the ledger."""
    names = {file.name for file in (content / "ledger").glob("*.yml")} - {PurePosixPath(path).name for path in but}
    return digest("\n".join(sorted(names)).encode())
