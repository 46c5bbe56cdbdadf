"""Who decides: a name of content/team.yml, or whoever says so where it names nobody."""

from __future__ import annotations

from .. import html, library
from ..errors import CONFIG, did_you_mean, refuse
from ..settings import Settings
from ..slugs import slug

WHERE = "--by"


def decider(settings: Settings, by: str, git_name: str, *, signing: bool = False) -> str:
    """The name that stands under a decision. Raises Refused for a name that the team does not know.

    Without `--by` it is git's user.name, whole or its first word: "Léa Martin" is `lea`. Only a senior signs.
    """
    name = _known(settings, by, git_name)
    if signing and not library.signed(settings, name):
        hint = f"--by {' or --by '.join(settings.team.seniors)}"
        raise refuse("--sign-off", f"{name} is no senior in content/team.yml", hint, code=CONFIG)
    return name


def _known(settings: Settings, by: str, git_name: str) -> str:
    team = (*settings.team.juniors, *settings.team.seniors)
    names = {slug(name): name for name in team}
    given = html.text(by or git_name)
    if not given:
        raise refuse(WHERE, "nobody says who decides", _hint(team), code=CONFIG)
    if not team:
        return given
    first = given.split()[0] if not by else given
    known = names.get(slug(given)) or names.get(slug(first))
    if known:
        return known
    if not by:
        raise refuse(WHERE, f"git's user.name, '{given}', is not in content/team.yml", _hint(team), code=CONFIG)
    what = f"nobody in content/team.yml is called '{given}'{did_you_mean(given, team)}"
    raise refuse(WHERE, what, _hint(team), code=CONFIG)


def _hint(team: tuple[str, ...]) -> str:
    return f"--by {' or --by '.join(team)}" if team else "--by NAME"
