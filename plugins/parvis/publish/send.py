"""Sends the output folder to a branch of any git remote: one commit, only if something changed, never over another's.

The commit is made in a repository of its own that is thrown away, so that a kill leaves nothing in the project's; the
push runs in the project's, whose configuration holds the credentials, and borrows the objects.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from ..errors import CONFIG, MACHINE, Refused, refuse
from . import guards
from .guards import Live

NOBODY = {"user.name": "Parvis", "user.email": "parvis@localhost"}


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of it. `commit` is '' where nothing had changed.

    `files` are all that is served now, by path; `changed` those whose bytes are not those that were served before, new
    ones included; `gone` those that were served before.
    """

    commit: str
    files: frozenset[str]
    changed: frozenset[str]
    gone: frozenset[str]
    warnings: tuple[str, ...]

    def told(self, remote: str, branch: str) -> str:
        """What came of it, in lines."""
        sum = f"{self.pages} pages on {branch} of {remote}" if self.commit else f"nothing changed on {branch}"
        return "\n".join([*(f"warning: {warning}" for warning in self.warnings), sum])

    @property
    def pages(self) -> int:
        return sum(name.endswith(".html") for name in self.files)


@dataclass(frozen=True, slots=True)
class Target:
    """A branch of a remote; `remote` is the name of one or any address that git takes."""

    remote: str = "origin"
    branch: str = "gh-pages"

    @property
    def ref(self) -> str:
        return f"refs/heads/{self.branch}"


def send(output: Path, project: Path, target: Target, *, shrink: bool = False, history: bool = False) -> Sent:
    """Publishes `output`. Raises Refused with every reason not to."""
    _repository(project)
    _git(project, "check-ref-format", target.ref, fault=f"'{target.branch}' can be no branch's name")
    target = replace(target, remote=_address(project, target.remote))
    with TemporaryDirectory(prefix="parvis-publish-") as made:
        shop = Path(made)
        _git(shop, "init", "--bare", "--quiet")
        live = _live(project, shop, target)
        found = list(guards.faults(output, live, shrink=shrink))
        if found:
            raise Refused(found)
        if history and live.commit:
            _git(shop, "update-ref", target.ref, live.commit)
        _import(output, shop, target, history)
        commit = _git(shop, "rev-parse", target.ref)
        files = _files(shop, commit)
        changed = frozenset(name for name, blob in files.items() if live.files.get(name) != blob)
        gone = frozenset(live.files.keys() - files.keys())
        sent = Sent(commit, frozenset(files), changed, gone, tuple(guards.warnings(output)))
        if live.commit and _tree(shop, commit) == _tree(shop, live.commit):
            return replace(sent, commit="")
        _push(project, shop, target, commit, live)
        return sent


def _repository(project: Path) -> None:
    hint = "`git init` and a first commit make one; `git remote add origin ADDRESS` says where it publishes to"
    _git(project, "rev-parse", "--git-dir", fault=f"there is no git repository in {project}", hint=hint)


def _address(project: Path, remote: str) -> str:
    """A remote's address: by its name, git would note the pushed commit in the project, which lacks its objects."""
    named = _git(project, "remote").splitlines()
    return _git(project, "remote", "get-url", "--push", remote) if remote in named else remote


def _live(project: Path, shop: Path, target: Target) -> Live:
    """What the branch holds now; its objects come into the shop."""
    fault, hint = f"cannot reach {target.remote}", "`git remote -v` lists the remotes that have a name"
    listed = _git(project, "ls-remote", target.remote, target.ref, fault=fault, hint=hint)
    commit = listed.split()[0] if listed else ""
    if not commit:
        return Live()
    environ = {"GIT_OBJECT_DIRECTORY": str(shop / "objects"), "GIT_ALTERNATE_OBJECT_DIRECTORIES": _objects(project)}
    _git(project, "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", target.remote, target.ref, environ=environ)
    (shop / "objects/info/alternates").write_text(f"{_objects(project)}\n", encoding="utf-8")
    files = _files(shop, commit)
    cname = _git(shop, "show", f"{commit}:CNAME") if "CNAME" in files else ""
    return Live(commit, files, cname)


def _files(shop: Path, commit: str) -> dict[str, str]:
    """The files of a commit, each with git's name of its bytes."""
    listed = filter(None, _git(shop, "ls-tree", "-rz", commit).split("\0"))
    return {name: entry.split()[2] for entry, _, name in (line.partition("\t") for line in listed)}


def _import(output: Path, shop: Path, target: Target, history: bool) -> None:
    command = [sys.executable, "-m", "ghp_import", "--no-jekyll", "--branch", target.branch]
    command += ["--message", "Publish the site", *([] if history else ["--no-history"]), str(output.resolve())]
    environ = {**os.environ, **_signed(shop)}
    done = subprocess.run(command, cwd=shop, env=environ, capture_output=True, text=True, check=False)
    if done.returncode or not (shop / target.ref).is_file():
        raise refuse(str(output), f"ghp-import could not take it: {(done.stderr or done.stdout).strip()}", code=MACHINE)


def _push(project: Path, shop: Path, target: Target, commit: str, live: Live) -> None:
    """The lease makes git refuse where the branch is no longer the one that was compared."""
    lease = f"--force-with-lease={target.ref}:{live.commit}"
    environ = {"GIT_ALTERNATE_OBJECT_DIRECTORIES": str(shop / "objects")}
    fault = f"{target.branch} of {target.remote} moved meanwhile, or cannot be written; nothing was published"
    _git(project, "push", "--quiet", lease, target.remote, f"{commit}:{target.ref}", environ=environ, fault=fault)


def _signed(shop: Path) -> dict[str, str]:
    """A name for the commit where git knows none, as in CI."""
    missing = [key for key in NOBODY if not _git(shop, "config", "--default", "", "--get", key)]
    pairs = {f"GIT_CONFIG_KEY_{place}": key for place, key in enumerate(missing)}
    values = {f"GIT_CONFIG_VALUE_{place}": NOBODY[key] for place, key in enumerate(missing)}
    return {"GIT_CONFIG_COUNT": str(len(missing))} | pairs | values


def _tree(shop: Path, commit: str) -> str:
    return _git(shop, "rev-parse", f"{commit}^{{tree}}")


def _objects(project: Path) -> str:
    return str((project / _git(project, "rev-parse", "--git-path", "objects")).resolve())


def _git(folder: Path, *words: str, environ: Mapping[str, str] | None = None, fault: str = "", hint: str = "") -> str:
    """What git prints. Raises Refused where it fails, with git's own words after `hint`."""
    command = ["git", "-C", str(folder), *words]
    try:
        done = subprocess.run(
            command, env={**os.environ, **(environ or {})}, capture_output=True, text=True, check=False
        )
    except FileNotFoundError as error:
        raise refuse("git", "is not installed", "install git", code=MACHINE) from error
    if done.returncode:
        said = " / ".join(line.strip() for line in done.stderr.splitlines() if line.strip())
        told = "; ".join(filter(None, [hint, said and f"git says: {said}"]))
        raise refuse("publish", fault or f"git {words[0]} failed", told, code=CONFIG)
    return done.stdout.strip().strip("\0")
