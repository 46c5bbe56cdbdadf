"""What the command does once Pelican is imported: a build in this process, or one of the longer works."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

import pelican

from . import verifying, watching
from .line import Line
from .reading.relay import Relay
from .refusal import CONFIG, refuse
from .shares import Sample, Share
from .sight import Sight
from .wishes import WISHES


def run(line: Line, *, watched: bool, shards: int) -> int:
    """The exit code, Pelican's own where it has one. `shards` is into how many a cluster has made the site."""
    WISHES.jobs, WISHES.full, WISHES.merge, WISHES.of = line.jobs, line.full, line.merge, shards
    if line.serve:
        from . import serving

        return serving.serve(line.pelican)
    try:
        WISHES.share = Share.parsed(line.shard) if line.shard else None
    except ValueError:
        refuse(
            f"--shard: want such as 2/4, got {line.shard!r}", "the part, a slash, and how many there are", code=CONFIG
        )
    if line.relay and WISHES.share:
        WISHES.relay = Relay(Path(line.relay), WISHES.share)
    if line.only:
        WISHES.sample = Sample(frozenset(json.loads(Path(line.only).read_bytes())))
    watching.sight = Sight(line.pelican) if watched else None
    if line.full or line.only:
        os.environ["FASTBUILD_FULL"] = "1"  # for plugins that keep something themselves
    code = build(line.pelican)
    if line.verify is not None and not code:
        return verifying.verify(line.pelican, line.verify)
    return code


def build(arguments: Sequence[str]) -> int:
    try:
        pelican.main(list(arguments))
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0
