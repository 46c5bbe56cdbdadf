"""The first command on a fresh machine: it finds a Python, installs once, and says in one line what is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

import bootstrap
from tests.house.imports import ROOT

Commands = list[list[str]]
Answer = Callable[[list[str]], int]
Make = Callable[[dict[str, str]], subprocess.CompletedProcess[str]]


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that bootstrap.py takes for the clone it lies in; its name has spaces and accents."""
    root = tmp_path / "Ma marque été"
    root.mkdir()
    (root / "requirements.txt").write_text("a==1 --hash=sha256:00\n", "utf-8")
    monkeypatch.setattr(bootstrap, "ROOT", root)
    monkeypatch.setattr(bootstrap, "VENV", root / ".venv")
    monkeypatch.setattr(bootstrap, "SCRIPTS", root / ".venv/bin")
    return root


@pytest.fixture
def ran(clone: Path, monkeypatch: pytest.MonkeyPatch) -> Commands:
    """What was run instead of pip and invoke; every command succeeds, and making .venv makes a folder."""
    return listen(monkeypatch, lambda command: 0)


def listen(monkeypatch: pytest.MonkeyPatch, answer: Answer) -> Commands:
    commands: Commands = []

    def run(*command: object) -> int:
        commands.append([str(word) for word in command])
        if "venv" in command:
            bootstrap.VENV.mkdir(exist_ok=True)
            monkeypatch.setattr(bootstrap, "PYTHON", Path(sys.executable))
        return answer(commands[-1])

    monkeypatch.setattr(bootstrap, "PYTHON", bootstrap.VENV / "bin/python")
    monkeypatch.setattr(bootstrap, "run", run)
    return commands


def installs(commands: Commands) -> int:
    return sum("install" in command for command in commands)


def test_packages_are_installed_once(clone: Path, ran: Commands) -> None:
    bootstrap.install(clone / "requirements.txt")
    bootstrap.install(clone / "requirements.txt")

    assert installs(ran) == 1
    assert [command for command in ran if "install" in command and "--require-hashes" not in command] == []


def test_other_pins_are_another_installation(clone: Path, ran: Commands) -> None:
    bootstrap.install(clone / "requirements.txt")
    (clone / "requirements.txt").write_text("a==2 --hash=sha256:00\n", "utf-8")
    bootstrap.install(clone / "requirements.txt")

    assert installs(ran) == 2


def test_another_python_is_another_installation(clone: Path, ran: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    bootstrap.install(clone / "requirements.txt")
    monkeypatch.setattr(bootstrap, "version", lambda python: (3, 99))
    bootstrap.install(clone / "requirements.txt")

    assert installs(ran) == 2


@pytest.mark.parametrize(("folder", "again"), [("Ma marque été", 1), ("main", 2)])
def test_a_clone_that_was_renamed_gets_a_new_environment(folder: str, again: int, clone: Path, ran: Commands) -> None:
    bootstrap.install(clone / "requirements.txt")
    (bootstrap.VENV / "pyvenv.cfg").write_text(f"command = python3 -m venv {clone.parent / folder}/.venv\n", "utf-8")
    bootstrap.install(clone / "requirements.txt")

    assert sum("venv" in command for command in ran) == again


def test_what_a_half_install_left_does_not_count(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pip_fails = listen(monkeypatch, lambda command: int("install" in command))
    with pytest.raises(SystemExit) as stopped:
        bootstrap.install(clone / "requirements.txt")
    assert stopped.value.code == 4

    pip_works = listen(monkeypatch, lambda command: 0)
    monkeypatch.setattr(bootstrap, "PYTHON", Path(sys.executable))
    bootstrap.install(clone / "requirements.txt")
    assert installs(pip_fails) == installs(pip_works) == 1


def test_a_failed_change_of_pins_forgets_the_old_stamp(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listen(monkeypatch, lambda command: 0)
    bootstrap.install(clone / "requirements.txt")
    old = (clone / "requirements.txt").read_text("utf-8")
    (clone / "requirements.txt").write_text("a==2 --hash=sha256:00\n", "utf-8")
    listen(monkeypatch, lambda command: int("install" in command))
    monkeypatch.setattr(bootstrap, "PYTHON", Path(sys.executable))
    with pytest.raises(SystemExit):
        bootstrap.install(clone / "requirements.txt")

    (clone / "requirements.txt").write_text(old, "utf-8")
    again = listen(monkeypatch, lambda command: 0)
    monkeypatch.setattr(bootstrap, "PYTHON", Path(sys.executable))
    bootstrap.install(clone / "requirements.txt")
    assert installs(again) == 1


def test_one_line_names_the_package_that_debian_leaves_out(
    clone: Path, ran: Commands, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "find_spec", lambda name: None if name == "ensurepip" else object())

    with pytest.raises(SystemExit) as stopped:
        bootstrap.install(clone / "requirements.txt")

    words = capsys.readouterr()
    assert stopped.value.code == 4
    assert words.out == ""
    assert words.err.splitlines() == [
        "bootstrap.py: this Python cannot make a virtual environment; on Debian or Ubuntu: "
        f"apt install python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    ]


def test_one_line_says_that_python_is_too_old(
    ran: Commands, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 13, "final", 0))

    with pytest.raises(SystemExit) as stopped:
        bootstrap.main(["site"])

    assert stopped.value.code == 4
    assert capsys.readouterr().err == "bootstrap.py: Python 3.11 or newer is needed, this is 3.10\n"


def test_a_word_it_does_not_know_is_a_fault_of_usage(ran: Commands) -> None:
    with pytest.raises(SystemExit) as stopped:
        bootstrap.main(["sight"])

    assert stopped.value.code == 2
    assert ran == []


@pytest.mark.parametrize(("pull", "build", "code"), [(0, 0, 0), (3, 0, 0), (2, 0, 2), (0, 1, 1), (3, 4, 4)])
def test_a_source_that_failed_costs_only_itself(
    pull: int, build: int, code: int, clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands = listen(monkeypatch, lambda command: {"pull": pull, "build": build}.get(command[-1], 0))

    assert bootstrap.main(["site"]) == code
    assert ("build" in [command[-1] for command in commands]) == (pull in (0, 3))


@pytest.mark.parametrize("free", [1 * 2**30, 3 * 2**30])
def test_files_of_tests_lie_in_memory_where_there_is_plenty_and_go_with_the_run(
    free: int, clone: Path, ran: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    (clone / "requirements-dev.txt").touch()
    monkeypatch.setattr(bootstrap, "MEMORY", clone)
    monkeypatch.setattr(bootstrap, "disk_usage", lambda folder: SimpleNamespace(free=free))

    assert bootstrap.main(["test"]) == 0

    named = [word for word in ran[-1] if word.startswith("--basetemp=")]
    assert [Path(word.partition("=")[2]).parent for word in named] == [clone] * (free > 2 * 2**30)
    assert list(clone.glob("parvis-tests-*")) == []


def test_memory_that_is_not_there_or_runs_no_programs_is_not_roomy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not bootstrap.is_roomy(tmp_path / "nothing")

    monkeypatch.setattr(bootstrap, "disk_usage", lambda folder: SimpleNamespace(free=3 * 2**30))
    monkeypatch.setattr(os, "statvfs", lambda folder: SimpleNamespace(f_flag=os.ST_NOEXEC | os.ST_NODEV))
    assert not bootstrap.is_roomy(tmp_path)

    monkeypatch.setattr(os, "statvfs", lambda folder: SimpleNamespace(f_flag=os.ST_NODEV))
    assert bootstrap.is_roomy(tmp_path)


def test_it_counts_the_items_that_wait(clone: Path) -> None:
    for name, text in {
        "community/2026/a.md": "---\nid: a\nstatus: pending\n---\n\nBonjour\n",
        "testimonials/delicate/2026/b.md": "---\nstatus: pending\nid: b\n---\n",
        "community/2026/c.md": "---\nstatus: published\n---\n\nstatus: pending\n",
        "articles/d.md": "---\nstatus: pending\n---\n",
    }.items():
        path = clone / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    assert bootstrap.waiting() == 2


def test_an_interpreter_that_is_missing_or_broken_has_no_version(tmp_path: Path) -> None:
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\nexit 127\n", "utf-8")
    broken.chmod(0o755)

    assert bootstrap.version(tmp_path / "nothing") == bootstrap.version(broken) == ()
    assert bootstrap.version(Path(sys.executable)) == sys.version_info[:2]


needs_make = pytest.mark.skipif(not shutil.which("make"), reason="runs the Makefile, and there is no make here")


@pytest.fixture
def make(clone: Path) -> Make:
    """`make site` in a clone whose bootstrap.py only tells who runs it, where the PATH holds these scripts only."""
    shutil.copy(ROOT / "Makefile", clone)
    (clone / "bootstrap.py").write_text("import sys; print(sys.argv[1:], sys.version_info[:2])", "utf-8")

    def run(pythons: dict[str, str]) -> subprocess.CompletedProcess[str]:
        folder = clone / "les pythons"
        folder.mkdir()
        for name, script in pythons.items():
            (folder / name).write_text(f"#!/bin/sh\n{script}\n", "utf-8")
            (folder / name).chmod(0o755)
        command = [str(shutil.which("make")), "site"]
        return subprocess.run(
            command, cwd=clone, env={"PATH": str(folder)}, capture_output=True, text=True, check=False
        )

    return run


@needs_make
def test_make_passes_over_pythons_that_are_too_old_or_only_a_name(
    make: Make,
) -> None:
    this = f'exec "{sys.executable}" "$@"'
    done = make({"python3": "exit 1", "python3.14": "echo 'no such version' >&2; exit 127", "python3.11": this})

    assert done.returncode == 0
    assert done.stdout == f"['site'] {sys.version_info[:2]}\n"
    assert done.stderr == ""


@needs_make
def test_make_says_in_one_line_that_there_is_no_python(make: Make) -> None:
    done = make({"python3": "exit 1"})

    assert done.returncode != 0
    assert done.stdout == ""
    assert "Python 3.11 or newer" in done.stderr.splitlines()[0]


def test_the_ci_script_can_be_run() -> None:
    assert os.access(ROOT / ".ci/run", os.X_OK)
    assert subprocess.run(["bash", "-n", ROOT / ".ci/run"], check=False).returncode == 0
