"""Which command was asked for, and in which surroundings: another one may make another site.

Only light imports here: this runs before Pelican is imported.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Collection, Iterator, Sequence

from .digests import digest_of

VOLATILE = (
    *("_", "PWD", "OLDPWD", "SHLVL", "TERM", "COLUMNS", "LINES", "WINDOWID", "PS1", "STY", "DISPLAY", "LS_COLORS"),
    *("INVOCATION_ID", "JOURNAL_STREAM", "SYSTEMD_EXEC_PID", "PYTEST_CURRENT_TEST", "PIP_CACHE_DIR", "FORCE_COLOR"),
)
"""Variables that are others from one terminal or runner to the next."""
VOLATILE_STARTS = (
    *("SSH_", "XDG_", "DBUS_", "TERM_", "VTE_", "TMUX", "KITTY_", "WAYLAND_", "GPG_", "GNOME_", "KDE_", "VSCODE_"),
    *("GITHUB_", "RUNNER_", "ACTIONS_", "CI_", "GITLAB_", "FORGEJO_", "BUILDKITE_", "CIRCLE_", "DASK_", "HTTP_PROXY"),
)
QUOTED = re.compile(rb"""(?<=['"])[^'"\n]+(?=['"])""")  # what stands between texts is found too, and is nowhere
INSTALLED = (".dist-info", ".egg-info", ".egg-link", ".pth")


class Surroundings:
    """As they are when this is made: settings and plugins may change them later."""

    def __init__(self) -> None:
        self._environ = dict(os.environ)
        self._rest = [[os.getcwd(), sys.version, sys.prefix], sorted(_installed())]

    def asked(self, arguments: Sequence[str], names: Collection[str]) -> str:
        """One word for command, folder, Python, what is installed, and the environment: of the volatile variables only
        those of `names`."""
        counts = (item for item in self._environ.items() if not volatile(item[0]) or item[0] in names)
        return digest_of(
            map(digest_of, [list(arguments), *self._rest, [f"{name}={text}" for name, text in sorted(counts)]])
        )


def volatile(name: str) -> bool:
    return name in VOLATILE or name.startswith(VOLATILE_STARTS)


def _installed() -> Iterator[str]:
    """Names and versions of what is installed, as folders in site-packages say them."""
    for folder in sys.path:
        if os.path.basename(folder) in ("site-packages", "dist-packages"):
            yield from (name for name in os.listdir(folder) if name.endswith(INSTALLED))


def settings_file(arguments: Sequence[str]) -> str:
    """The absolute path of the settings that Pelican will read, which may not exist."""
    return os.path.abspath(option(arguments, "-s", "--settings") or "pelicanconf.py")


def quoted(settings: str) -> list[str]:
    """The texts in a file of settings; none where there is no such file."""
    try:
        with open(settings, "rb") as file:
            return [os.fsdecode(word) for word in QUOTED.findall(file.read())]
    except OSError:
        return []


def option(arguments: Sequence[str], short: str, long: str) -> str:
    """The value of an option as argparse takes it, the last one given; nothing where there is none."""
    found = ""
    for argument, following in zip(arguments, [*arguments, ""][1:], strict=True):
        if argument in (short, long):
            found = following
        elif argument.startswith(long + "="):
            found = argument[len(long) + 1 :]
        elif argument.startswith(short) and not argument.startswith("--"):
            found = argument[len(short) :].removeprefix("=")
    return found
