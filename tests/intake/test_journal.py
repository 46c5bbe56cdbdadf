"""What a batch began is ended by the next pull, unless a person decided otherwise meanwhile."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from parvis.intake import journal, store
from parvis.intake.store import Batch
from tests.intake.projects import Hub, post

OLD = {"community/a.md": "a", "community/b.md": "b", "community/c.md": "c"}


def interrupted(content: Path, monkeypatch: pytest.MonkeyPatch, steps: int) -> None:
    """A batch that moves and changes a, changes b, takes c away and brings d; it ends after so many renamings."""
    Batch(dict(OLD)).write(content)
    real, left = Path.replace, steps + 1  # the first one is that of the journal itself

    def replace(self: Path, target: Path) -> Path:
        nonlocal left
        left -= 1
        if left < 0:
            raise KeyboardInterrupt
        return real(self, target)

    new = {"community/delicate/a.md": "A", "community/b.md": "B", "community/d.md": "D"}
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(Path, "replace", replace)
        Batch(new, moves={"community/a.md": "community/delicate/a.md"}, gone=["community/c.md"]).write(content)


def files(content: Path) -> dict[str, str]:
    found = (file for file in content.rglob("*") if file.is_file())
    return {file.relative_to(content).as_posix(): file.read_text("utf-8") for file in found}


@pytest.mark.parametrize("steps", range(4))
def test_a_batch_that_was_decided_on_is_ended_by_the_next_pull(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    interrupted(tmp_path, monkeypatch, steps)
    store.recover(tmp_path)

    assert files(tmp_path) == {"community/delicate/a.md": "A", "community/b.md": "B", "community/d.md": "D"}


def test_what_a_person_changed_meanwhile_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    interrupted(tmp_path, monkeypatch, 0)
    for path in OLD:
        (tmp_path / path).write_text("mine")
    (tmp_path / "community/d.md").write_text("mine")
    store.recover(tmp_path)

    assert files(tmp_path) == dict.fromkeys([*OLD, "community/d.md"], "mine")


def test_after_a_decision_nothing_comes_that_might_have_been_decided_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupted(tmp_path, monkeypatch, 0)
    (tmp_path / "ledger").mkdir()
    (tmp_path / "ledger/20261102T090000-0123456789ab-author.yml").write_text("decision: erased")
    store.recover(tmp_path)

    assert {path: text for path, text in files(tmp_path).items() if path.startswith("community")} == OLD


@pytest.mark.parametrize("path", ["../secret", "/secret", "community/../../secret"])
def test_a_journal_of_other_places_is_none(tmp_path: Path, path: str) -> None:
    (tmp_path / "secret").write_text("s")
    (tmp_path / ".secret.pull").write_text("theirs")
    content = tmp_path / "content"
    content.mkdir()
    plan = {"put": {path: journal.digest(b"s")}, "moves": {}, "gone": {path: journal.digest(b"s")}}
    (content / journal.NAME).write_text(json.dumps(plan | {"decided": journal.digest(b"")}))
    store.recover(content)

    assert (tmp_path / "secret").read_text() == "s"
    assert not (content / journal.NAME).exists()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"put": 1}', '{"put": {"a": 1}, "more": 2}', "\0"])
def test_a_journal_that_says_nothing_does_nothing(tmp_path: Path, text: str) -> None:
    Batch(dict(OLD)).write(tmp_path)
    (tmp_path / journal.NAME).write_text(text)
    store.recover(tmp_path)

    assert files(tmp_path) == OLD


def test_a_pull_does_not_take_its_own_half_for_a_flood(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    posts = [post(str(n), date_published=f"2025-{1 + n % 12:02}-02T09:00:00Z") for n in range(60)]
    other, hub = Hub(tmp_path / "other"), Hub(tmp_path / "hub")
    for each in (other, hub):
        each.say(*posts)
    other.pull()
    real, left = Path.replace, 20

    def replace(self: Path, target: Path) -> Path:
        nonlocal left
        left -= self.suffix == journal.ENDING
        if left < 0:
            raise KeyboardInterrupt
        return real(self, target)

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(Path, "replace", replace)
        hub.pull()
    assert 0 < len(hub.files) < 60
    hub.pull()

    assert hub.files == other.files
