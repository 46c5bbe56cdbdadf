"""What `invoke start` says and asks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from .. import files
from . import answers, examples, start
from .answers import Ask, Say

NEXT = """
What to do next
  invoke serve           shows your site, drafts too, and each change as you save it
  invoke new article     a first text of your own
  content/sources.yml    where your community speaks; then `invoke pull` and `invoke review`"""


def begin(folder: Path, given: Mapping[str, str], *, ask: Ask | None, now: datetime, say: Say) -> int:
    """Asks what no option says where `ask` is there, tells what it does, does it. Raises Refused."""
    known = start.known(folder)
    plan = start.plan(folder)
    try:
        chosen = answers.read(given, known, now.year, ask, say)
        if plan.first:
            say(f"{len(plan.goes)} files of the demo go; {len(plan.stays)} of them that you changed stay.")
        agreed = not (ask and plan.first) or ask("Go on? [y/N]: ").strip().lower() in YES
    except EOFError:
        agreed = False
    if not agreed:
        say("nothing was changed")
        return 0
    unspoken = () if plan.first else tuple(examples.left(folder, chosen.languages))
    written = list(start.start(folder, chosen, plan, now))
    for path in unspoken:
        files.remove(folder / path, folder)
        say(f"removed  {path}")
    for path in written:
        say(f"wrote  {path}")
    for path in plan.stays:
        say(f"kept   {path}")
    for place in start.mentions(folder) if plan.first else ():
        say(f"still names the demo  {place}")
    sum = f"{len(written)} file{'' if len(written) == 1 else 's'} written, {len(plan.goes) + len(unspoken)} removed"
    say(f"{sum}: this is {chosen.name}")
    say(NEXT)
    return 0


YES = {"y", "yes", "o", "oui"}
