"""The health of all sources as one page that opens without a network, and the verb that tells of it."""

from __future__ import annotations

import json as notation
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from babel.dates import format_date, format_time

from .. import colours, files, library
from ..errors import CONFIG, DONE, did_you_mean, refuse, report
from ..options import Brand
from ..settings import Settings
from . import chart, health
from .health import MINDED, Health, Note

Say = Callable[[str], None]
STATES = {
    "en": {
        "stopped": "gone", "changed": "changed", "failing": "failing", "moved": "moved", "paused": "paused",
        "silent": "silent", "new": "not read yet", "well": "well",
    },
    "fr": {
        "stopped": "disparue", "changed": "changée", "failing": "en panne", "moved": "déplacée", "paused": "en pause",
        "silent": "silencieuse", "new": "pas encore lue", "well": "en forme",
    },
}  # fmt: skip
FRENCH = {
    "Sources": "Sources",
    "Source": "Source",
    "State": "État",
    "Last read": "Dernière lecture",
    "Latest item": "Dernier contenu",
    "Waiting": "En attente",
    "Live": "En ligne",
    "never": "jamais",
    "none yet": "aucun",
    "Everything is read, and nothing asks for you.": "Tout est lu, et rien ne vous attend.",
    "One source asks for you.": "Une source vous attend.",
    "%(count)s sources ask for you.": "%(count)s sources vous attendent.",
    "There is no source yet.": "Il n’y a pas encore de source.",
    "As of %(when)s": "État au %(when)s",
    "it is gone for good and is not asked any more; take it out of content/sources.yml":
        "elle a disparu pour de bon et n’est plus interrogée ; retirez-la de content/sources.yml",
    "%(count)s failures in a row": "%(count)s échec(s) de suite",
    "since %(day)s what is new waits for a person": "depuis le %(day)s, ce qui arrive attend quelqu’un",
    "since %(day)s it says that it lies at %(address)s; write that in content/sources.yml":
        "depuis le %(day)s, elle dit se trouver à %(address)s ; écrivez-le dans content/sources.yml",
    "it is left alone until %(moment)s": "on la laisse tranquille jusqu’au %(moment)s",
    "nothing new for %(days)s days, which is not its habit": "rien de neuf depuis %(days)s jours, contre son habitude",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of `invoke sources`: a file for the page, the name of a source whose change is meant."""

    html: str = ""
    confirm: str = ""
    json: bool = False


def tell(settings: Settings, asked: Asked, *, environ: Mapping[str, str], now: datetime, say: Say) -> int:
    """Tells how the sources are, or confirms a change; gives the exit code. Raises Refused for an unknown name."""
    if asked.confirm:
        return _confirm(settings, asked.confirm, say)
    found = health.of(settings, library.read(settings, environ, now), now, settings.brand.lang)
    if asked.json:
        say(notation.dumps([_object(one) for one in found], indent=1, ensure_ascii=False))
    elif asked.html:
        files.put(Path(asked.html).resolve(), page(found, settings.brand, now))
        say(f"{health.total(found)}; written to {asked.html}")
    else:
        for line in health.lines(found):
            say(line)
    return DONE


def page(found: list[Health], brand: Brand, now: datetime) -> str:
    """The whole page, in the brand's first language and colours."""
    words, paper = _Words(brand), colours.Shade(colours.PAPER, colours.NIGHT)
    as_of = words.say("As of %(when)s") % {"when": words.moment(now)}
    minded = sum(one.state in MINDED for one in found)
    return chart.environment().get_template("health.html").render(
        brand=brand.name, lang=brand.lang, say=words.say, states=STATES[brand.lang], sources=found, words=words,
        headline=words.headline(len(found), minded), minded=MINDED, as_of=as_of, paper=paper, ink=chart.INK,
        accent=colours.palette(brand.colours.brand)["accent"],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Words:
    """What the page calls things, in the brand's language and zone."""

    brand: Brand

    def say(self, text: str) -> str:
        return FRENCH.get(text, text) if self.brand.lang == "fr" else text

    def note(self, note: Note) -> str:
        said = self.say(note.text) % note.values
        return said[:1].upper() + said[1:]

    def moment(self, when: datetime | None) -> str:
        if when is None:
            return self.say("never")
        here = when.astimezone(self.brand.timezone)
        return f"{self.day(here)}, {format_time(here, 'short', locale=self.brand.lang)}"

    def day(self, when: datetime | None) -> str:
        if when is None:
            return self.say("none yet")
        return str(format_date(when.astimezone(self.brand.timezone), "medium", locale=self.brand.lang))

    def headline(self, all: int, minded: int) -> str:
        if not all:
            return self.say("There is no source yet.")
        if minded < 2:
            return self.say("One source asks for you." if minded else "Everything is read, and nothing asks for you.")
        return self.say("%(count)s sources ask for you.") % {"count": minded}


def _confirm(settings: Settings, name: str, say: Say) -> int:
    if name not in settings.sources:
        what = f"no source is named '{name}'{did_you_mean(name, settings.sources)}"
        raise refuse("--confirm", what, "`invoke sources` lists them", code=CONFIG)
    changed = health.confirm(settings, name)
    say(f"{name} is what it should be" if changed else f"{name} had not changed")
    if changed:
        say("  hint: what came meanwhile waits in `invoke review`")
    return report([])


def _object(one: Health) -> dict[str, object]:
    moments = {name: when.astimezone(UTC).isoformat() if when else None
               for name, when in (("read", one.read), ("latest", one.latest), ("later", one.later))}  # fmt: skip
    return {
        "name": one.name,
        "kind": one.kind,
        "address": one.address,
        "state": one.state,
        **moments,
        "waiting": one.waiting,
        "live": one.live,
        "failures": one.failures,
        "notes": [note.told() for note in one.notes],
    }
