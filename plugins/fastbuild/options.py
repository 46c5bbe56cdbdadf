"""The settings of fastbuild: one dict `FASTBUILD`, each option declared once, all of it checked at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
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


DEFAULTS = {option.name: option.default for option in fields(Options)}


def load(given: object) -> Options:
    """The checked options; refuses with every fault found."""
    if not isinstance(given, Mapping):
        refuse(f"FASTBUILD: want a dict, got {given!r}", "FASTBUILD = {}", code=CONFIG)
    if faults := list(_faults(given)):
        refuse("\n  ".join(faults), f"the options are: {', '.join(DEFAULTS)}", code=CONFIG)
    return Options(**given)


def _faults(given: Mapping[Any, object]) -> Iterator[str]:
    for name, value in given.items():
        if name not in DEFAULTS:
            near = get_close_matches(str(name), DEFAULTS, n=1)
            yield f"FASTBUILD.{name}: no such option" + (f", did you mean '{near[0]}'?" if near else "")
        elif not isinstance(value, wanted := type(DEFAULTS[name])):
            yield f"FASTBUILD.{name}: want a {wanted.__name__}, got {value!r}"
