"""A verb ends in the exit code that DESIGN.md, section 5, gives to what happened."""

from __future__ import annotations

import errno
import subprocess
import sys
from io import BytesIO, TextIOWrapper
from subprocess import PIPE

import pytest
from invoke.context import Context
from invoke.exceptions import Exit

from parvis import verb
from parvis.errors import CONFIG, CONTENT, Fault, Refused
from tests.house.imports import ROOT


def ended(work: verb.Work) -> int:
    try:
        verb.verb()(work)(Context())
    except Exit as exit_:
        return exit_.code
    return 0


@pytest.mark.parametrize(("told", "code"), [(None, 0), (0, 0), (3, 3)])
def test_a_verb_ends_with_what_its_work_tells(told: int | None, code: int) -> None:
    assert ended(lambda c: told) == code


def test_faults_are_printed_and_the_first_named_code_wins(capsys: pytest.CaptureFixture[str]) -> None:
    def work(c: Context) -> int:
        raise Refused([Fault("a.md", 3, "no date"), Fault("brand.yml", 1, "no name", "give one", CONFIG)])

    assert ended(work) == CONFIG
    assert capsys.readouterr().err == "2 faults\n  a.md:3: no date\n  brand.yml:1: no name\n    hint: give one\n"


@pytest.mark.parametrize("number", sorted(verb.MACHINE_FAULTS))
def test_a_full_disk_or_a_missing_right_is_the_machines_fault(number: int, capsys: pytest.CaptureFixture[str]) -> None:
    def work(c: Context) -> int:
        raise OSError(number, "not today", "output/index.html")

    assert ended(work) == 4
    assert capsys.readouterr().err == "output/index.html: not today\n"


def test_a_terminal_of_few_letters_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = BytesIO()
    monkeypatch.setattr(sys, "stdout", TextIOWrapper(shown, encoding="ascii"))

    assert ended(lambda c: print("Éloïse", flush=True)) == 0
    assert shown.getvalue().split() == [b"?lo?se"]


def test_a_reader_who_has_read_enough_ends_it_quietly() -> None:
    code = "import invoke; from parvis.verb import verb; verb()(lambda c: print('much' * 99999))(invoke.Context())"
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT / "plugins", stdout=PIPE, stderr=PIPE) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        assert (process.wait(60), process.stderr.read()) == (0, b"")


def test_any_other_error_of_the_system_is_ours_and_keeps_its_traceback() -> None:
    def work(c: Context) -> int:
        raise OSError(errno.ENOTDIR, "not a folder", "x")

    with pytest.raises(NotADirectoryError):
        ended(work)


def test_a_verb_keeps_its_name_its_words_and_its_options() -> None:
    @verb.verb(many="all at once")
    def count(c: Context, many: bool = False) -> int:
        """Counts."""
        return CONTENT

    assert (count.name, count.__doc__) == ("count", "Counts.")
    assert [(each.name, each.help) for each in count.get_arguments()] == [("many", "all at once")]
