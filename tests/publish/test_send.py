"""Publishing to a branch: whole or not at all, and never over somebody else's work."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from parvis.errors import Refused
from parvis.publish import guards
from parvis.publish.send import Target, send
from tests.publish.projects import git, write


def served(project: Path) -> set[str]:
    return set(git(project.parent / "remote.git", "ls-tree", "-r", "--name-only", "gh-pages").splitlines())


def test_the_first_publication_makes_the_branch_and_leaves_the_project_as_it_was(project: Path) -> None:
    refs = git(project, "for-each-ref")

    sent = send(project / "output", project, Target())

    assert sent.pages == 2
    assert served(project) == {".nojekyll", "index.html", "en/index.html", "style.css"}
    assert git(project, "for-each-ref") == refs


def test_nothing_changed_means_no_commit(project: Path) -> None:
    send(project / "output", project, Target())
    before = git(project.parent / "remote.git", "rev-parse", "gh-pages")

    assert send(project / "output", project, Target()).commit == ""
    assert git(project.parent / "remote.git", "rev-parse", "gh-pages") == before


@pytest.mark.parametrize(("history", "commits"), [(False, "1"), (True, "2")])
def test_the_branch_does_not_grow_unless_asked_to(project: Path, history: bool, commits: str) -> None:
    for text in ("one", "two"):
        send(write(project, {"index.html": text}), project, Target(), history=history)

    assert git(project.parent / "remote.git", "rev-list", "--count", "gh-pages") == commits


def test_a_remote_that_moved_meanwhile_is_left_alone(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    send(project / "output", project, Target())
    remote = project.parent / "remote.git"
    faults = guards.faults

    def meanwhile(*args: object, **options: object) -> object:
        commit = git(project, "commit-tree", "-m", "Other", git(project, "rev-parse", "HEAD^{tree}"))
        git(project, "push", "--quiet", "--force", "origin", f"{commit}:refs/heads/gh-pages")
        return faults(*args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(guards, "faults", meanwhile)
    write(project, {"index.html": "mine"})

    with pytest.raises(Refused, match="moved meanwhile"):
        send(project / "output", project, Target())
    assert git(remote, "log", "-1", "--format=%s", "gh-pages") == "Other"


def test_another_repository_can_be_named_by_its_address(project: Path, tmp_path: Path) -> None:
    other = tmp_path / "public été.git"
    subprocess.run(["git", "init", "--quiet", "--bare", other], check=True)

    send(project / "output", project, Target(str(other), "pages"))

    assert "index.html" in git(other, "ls-tree", "--name-only", "pages").splitlines()


def test_a_remote_that_does_not_exist_is_told_with_what_git_says(project: Path) -> None:
    with pytest.raises(Refused, match="cannot reach") as refused:
        send(project / "output", project, Target("nowhere"))
    assert refused.value.code == 2


def test_a_site_keeps_its_domain(project: Path) -> None:
    send(write(project, {"CNAME": "brand.example"}), project, Target())
    (project / "output/CNAME").unlink()

    with pytest.raises(Refused, match=r"would lose its domain brand\.example"):
        send(project / "output", project, Target())


def test_a_branch_of_sources_is_never_written_over(project: Path) -> None:
    git(project, "push", "--quiet", "origin", "HEAD:refs/heads/main")
    before = git(project.parent / "remote.git", "rev-parse", "main")

    with pytest.raises(Refused, match="holds something that is no site"):
        send(project / "output", project, Target(branch="main"), shrink=True)

    assert git(project.parent / "remote.git", "rev-parse", "main") == before


def test_a_name_that_no_branch_can_have_is_refused(project: Path) -> None:
    with pytest.raises(Refused, match="'a b' can be no branch's name"):
        send(project / "output", project, Target(branch="a b"))


def test_half_of_the_pages_gone_is_asked_about(project: Path) -> None:
    send(project / "output", project, Target())
    (project / "output/en/index.html").unlink()

    with pytest.raises(Refused, match="only 1 pages of 2"):
        send(project / "output", project, Target())
    assert send(project / "output", project, Target(), shrink=True).pages == 1


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda output: [file.unlink() for file in output.rglob("*.html")], "no page to publish"),
        (lambda output: (output / "secret").symlink_to("/etc/hostname"), "symbolic link"),
        (lambda output: (output / "folder").symlink_to("/etc"), "symbolic link"),
        (lambda output: (output / "a\nb.html").write_text(""), "control character"),
    ],
)
def test_what_must_not_be_published_is_refused_and_nothing_is_sent(project: Path, spoil: object, reason: str) -> None:
    spoil(project / "output")  # type: ignore[operator]

    with pytest.raises(Refused, match=reason):
        send(project / "output", project, Target())
    assert git(project.parent / "remote.git", "for-each-ref") == ""


def test_a_site_too_large_is_refused_and_a_large_one_warned_of(project: Path) -> None:
    big = project / "output/big.bin"
    with big.open("wb") as file:
        file.truncate(951 * guards.MIB)
    assert any("951 MB" in str(fault) for fault in guards.faults(project / "output", guards.Live(), shrink=False))

    with big.open("wb") as file:
        file.truncate(701 * guards.MIB)
    assert list(guards.warnings(project / "output")) == ["701 MB; from 950 on nothing is published"]


def test_it_tells_which_bytes_changed_and_what_is_gone(project: Path) -> None:
    first = send(project / "output", project, Target())
    (project / "output/style.css").unlink()

    second = send(write(project, {"index.html": "salut", "a b/été.html": "x"}), project, Target())

    assert (first.changed, first.gone) == (first.files, frozenset())
    assert first.files == {".nojekyll", "index.html", "en/index.html", "style.css"}
    assert second.changed == {"index.html", "a b/été.html"}
    assert second.gone == {"style.css"}
    assert send(project / "output", project, Target()).changed == frozenset()


def test_a_folder_without_git_is_told_what_to_do(tmp_path: Path) -> None:
    output = write(tmp_path, {"index.html": "bonjour"})

    with pytest.raises(Refused, match="there is no git repository in") as refused:
        send(output, tmp_path, Target())
    assert refused.value.code == 2
    assert "`git init` and a first commit make one; `git remote add origin ADDRESS`" in refused.value.faults[0].hint
