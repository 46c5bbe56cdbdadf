"""Seventy servers that misbehave, each in its own way, beside good ones: each is named, and nobody else suffers."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

from bench import servers
from bench.hostile import HOSTILE, TRUSTED
from parvis.errors import SOURCES
from parvis.intake.account import Account
from tests.cases import ROOT, shared
from tests.intake.projects import Hub

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="all of 127/8 is this machine on Linux only")

GOOD, ITEMS = len(HOSTILE), 3
ALL = list(servers.sources(2 * len(HOSTILE), 0.5))


@pytest.fixture(scope="module")
def pulled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Hub, Account]]:
    command = [sys.executable, "-m", "bench.servers", str(len(ALL)), "0.5", str(ITEMS)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout
            port = int(server.stdout.readline())
            entries = "".join(
                f"{name}: {{kind: feed, url: '{servers.address(*source, port)}', use: full, permission: x}}\n"
                for source in ALL
                for name in source[:1]
            )
            hub = Hub(tmp_path_factory.mktemp("hub"), entries)
            doors = [f"{host}:{port}" for _, host, _ in ALL]
            with pytest.MonkeyPatch.context() as environment:
                for name, value in TRUSTED.items():
                    environment.setenv(name, value)
                yield hub, hub.pull(operator={"fetch": {"allow": doors, "timeout": 6}})
        finally:
            server.kill()


def test_there_are_enough_of_them() -> None:
    assert len(HOSTILE) >= 70


@pytest.mark.parametrize(("name", "act"), [(name, act) for name, _, act in ALL if act])
def test_what_a_server_did_is_said_in_plain_words(pulled: tuple[Hub, Account], name: str, act: str) -> None:
    (line,) = (line for line in pulled[1].lines if line.name == name)
    said = [fault.what for fault in line.faults] + line.kept.notes
    wanted = HOSTILE[act].said

    assert re.search(wanted, " ".join(said))
    if wanted:
        assert said
        assert all(sign not in one for one in said for sign in ("Traceback", "Error(", "\x1b"))
    else:
        assert line.counts[0] > 0


def test_every_other_source_is_complete(pulled: tuple[Hub, Account]) -> None:
    good = {name for name, _, act in ALL if not act}
    lines = [line for line in pulled[1].lines if line.name in good]

    assert len(lines) == GOOD
    assert [line.name for line in lines if line.faults or line.counts != (ITEMS, 0, 0, 0, 0)] == []
    assert pulled[1].code == SOURCES


def test_no_one_of_them_read_a_file_of_this_machine(pulled: tuple[Hub, Account]) -> None:
    assert "root:" not in "".join(pulled[0].files.values())


def test_the_shared_list_of_behaviours_is_among_them() -> None:
    listed = shared("hostile/http-behaviours.json")
    if not listed:
        pytest.skip("the shared data is not beside this repository")
    elsewhere = {"https to http", "304", "301", "DNS rebinding"}  # tests of http.py and of the pull
    here = {
        "redirect to file": "redirect to a file",
        "redirect to link-local": "redirect to the cloud's own",
        "redirect loop": "redirect to itself",
        "slow body": "slow body",
        "endless body": "endless chunks",
        "410": "gone",
        "429": "wait an hour",
        "wrong type": "a type that lies",
        "content-length lie": "length too small",
    }
    assert {case["case"] for case in listed} <= elsewhere | here.keys()
    assert set(here.values()) <= HOSTILE.keys()
