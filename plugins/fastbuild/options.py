"""The settings of fastbuild: one dict `FASTBUILD`, each option declared once, all of it checked at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from .refusal import CONFIG, refuse


@dataclass(frozen=True, slots=True)
class Options:
    in_place: bool = field(
        default=False,
        metadata={
            "doc": "Put each changed file into the live folder by itself, instead of exchanging the whole folder: "
            "for a preview server, or an output that is a mount point."
        },
    )
    jobs: int = field(
        default=0,
        metadata={"doc": "Processes that read and write at once, on Linux; 0 is as many as there are processors."},
    )
    inputs: tuple[str, ...] = field(
        default=(),
        metadata={
            "doc": "Files and folders that the site is made from beside content, theme, settings and plugins, such as "
            "data that a plugin reads: paths from the folder you build in."
        },
    )
    trust: tuple[str, ...] = field(
        default=(),
        metadata={
            "doc": "Modules, such as plugins, that make the same site of the same inputs: they read no clock, no "
            "network and nothing that is not among the inputs. Only with them, and Pelican itself, is work passed over."
        },
    )


DEFAULTS = {option.name: option.default for option in fields(Options)}


def load(given: object) -> Options:
    """The checked options; refuses with every fault found."""
    if not isinstance(given, Mapping):
        refuse(f"FASTBUILD: want a dict, got {given!r}", "FASTBUILD = {}", code=CONFIG)
    if faults := list(_faults(given)):
        refuse("\n  ".join(faults), f"the options are: {', '.join(DEFAULTS)}", code=CONFIG)
    frozen: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}
    return Options(**frozen)


def _faults(given: Mapping[Any, object]) -> Iterator[str]:
    for name, value in given.items():
        if name not in DEFAULTS:
            from difflib import get_close_matches  # it takes a while, and few need it

            near = get_close_matches(str(name), DEFAULTS, n=1)
            yield f"FASTBUILD.{name}: no such option" + (f", did you mean '{near[0]}'?" if near else "")
        elif wanted := _wanted(DEFAULTS[name], value):
            yield f"FASTBUILD.{name}: want a {wanted}, got {value!r}"


def _wanted(default: object, value: object) -> str:
    """What `value` should have been; nothing where it is."""
    if not isinstance(default, tuple):
        return "" if isinstance(value, type(default)) else type(default).__name__
    fits = isinstance(value, list | tuple) and all(isinstance(each, str) for each in value)
    return "" if fits else "list of texts"
