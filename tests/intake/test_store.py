"""A batch is written whole, below content/ alone; a kill leaves whole files, and the next run makes it good."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from parvis.errors import MACHINE, Refused
from parvis.files import FEW
from parvis.intake import store
from parvis.intake.store import Batch

HOLDER = """
import sys, time
from pathlib import Path
from parvis.intake.store import held
with held(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""
WRITER = """
import sys
from pathlib import Path
from parvis.intake.store import Batch
texts = {f"community/2026/{n}.md": sys.argv[2] * 2000 for n in range(400)}
print("begins", flush=True)
Batch(texts).write(Path(sys.argv[1]))
"""


def files(content: Path) -> dict[str, str]:
    return {
        file.relative_to(content).as_posix(): file.read_text("utf-8") for file in content.rglob("*") if file.is_file()
    }


def start(program: str, *arguments: str) -> subprocess.Popen[str]:
    environ = os.environ | {"PYTHONPATH": os.pathsep.join(map(str, sys.path))}
    return subprocess.Popen([sys.executable, "-c", program, *arguments], stdout=subprocess.PIPE, text=True, env=environ)


def test_texts_are_written_with_their_folders_and_line_ends(tmp_path: Path) -> None:
    Batch({"community/2026/a.md": "é\n", "proposals/b.md": "b\n"}).write(tmp_path)

    assert files(tmp_path) == {"community/2026/a.md": "é\n", "proposals/b.md": "b\n"}
    assert (tmp_path / "community/2026/a.md").read_bytes() == "é\n".encode()


def test_a_file_moves_and_changes(tmp_path: Path) -> None:
    Batch({"community/a.md": "before"}).write(tmp_path)
    Batch({"community/delicate/a.md": "after"}, moves={"community/a.md": "community/delicate/a.md"}).write(tmp_path)

    assert files(tmp_path) == {"community/delicate/a.md": "after"}


def test_nothing_to_write_touches_nothing(tmp_path: Path) -> None:
    Batch().write(tmp_path)

    assert files(tmp_path) == {}


@pytest.mark.parametrize("count", [3, 40])
def test_a_full_disk_is_one_fault_and_no_half_written_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync" if count <= FEW else "sync", full)
    with pytest.raises(Refused) as raised:
        Batch({f"community/{n}.md": "x" for n in range(count)}).write(tmp_path)

    assert files(tmp_path) == {}
    (fault,) = raised.value.faults
    assert fault.code == MACHINE
    assert fault.what == "cannot be written: No space left on device"


@pytest.mark.skipif(getattr(os, "geteuid", lambda: 0)() == 0, reason="nothing is forbidden to root")
def test_a_folder_without_rights_is_one_fault(tmp_path: Path) -> None:
    (tmp_path / "community").mkdir(mode=0o500)
    with pytest.raises(Refused) as raised:
        Batch({"community/a.md": "x"}).write(tmp_path)

    assert raised.value.code == MACHINE


@pytest.mark.parametrize("path", ["community/a.md", "community/2026/deep/a.md"])
def test_a_link_out_of_content_is_not_followed(tmp_path: Path, path: str) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "content").mkdir()
    (tmp_path / "content/community").symlink_to(tmp_path / "outside")
    with pytest.raises(Refused) as raised:
        Batch({path: "x"}).write(tmp_path / "content")

    assert raised.value.code == MACHINE
    assert not list((tmp_path / "outside").iterdir())


def test_a_link_in_place_of_a_file_is_replaced_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("mine")
    (tmp_path / "content/community").mkdir(parents=True)
    (tmp_path / "content/community/a.md").symlink_to(secret)
    Batch({"community/a.md": "theirs"}).write(tmp_path / "content")

    assert secret.read_text() == "mine"
    assert not (tmp_path / "content/community/a.md").is_symlink()


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
@pytest.mark.parametrize("delay", [0.0, 0.01, 0.03, 0.06, 0.1])
def test_killed_anywhere_every_file_is_old_or_new(tmp_path: Path, delay: float) -> None:
    old, new = {f"community/2026/{n}.md": "o" * 2000 for n in range(0, 400, 2)}, "n"
    Batch(old).write(tmp_path)
    writer = start(WRITER, str(tmp_path), new)
    assert writer.stdout is not None
    writer.stdout.readline()
    try:
        writer.wait(delay)
    except subprocess.TimeoutExpired:
        writer.send_signal(signal.SIGKILL)
        writer.wait()
    left = {path: text for path, text in files(tmp_path).items() if path.endswith(".md")}

    assert set(left.values()) <= {"o" * 2000, new * 2000}
    assert left.keys() >= old.keys()
    store.sweep(tmp_path)
    Batch({f"community/2026/{n}.md": new * 2000 for n in range(400)}).write(tmp_path)
    assert files(tmp_path) == {f"community/2026/{n}.md": new * 2000 for n in range(400)}


def test_what_a_killed_batch_left_is_swept_and_nothing_else(tmp_path: Path) -> None:
    Batch({"community/2026/a.md": "a", "images/b.pull": "b"}).write(tmp_path)
    (tmp_path / "community/2026/.c.md.pull").write_text("half")
    store.sweep(tmp_path)

    assert files(tmp_path) == {"community/2026/a.md": "a", "images/b.pull": "b"}


def test_one_pull_at_a_time(tmp_path: Path) -> None:
    holder = start(HOLDER, str(tmp_path))
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(Refused) as raised, store.held(tmp_path, patience=0.3):
        pass
    holder.kill()
    holder.wait()

    assert raised.value.code == MACHINE
    with store.held(tmp_path, patience=5):  # a lock dies with its process
        pass
