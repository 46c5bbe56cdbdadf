"""Parts of a site, made apart, join into the bytes that one machine makes; what a clean build makes is compared."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from fastbuild import shares
from fastbuild.line import Line, Unclear, parsed
from tests.fastbuild.sites import PLUGINS, Site, tree
from tests.fastbuild.test_build import fill
from tests.fastbuild.test_nothing_changed import run


@pytest.fixture
def rich(site: Site) -> Site:
    fill(site)
    for number in range(12):
        links = f"[a]({{filename}}first.md) [b]({{filename}}n{(number + 5) % 12}.md)"
        site.article(f"n{number}", f"Words of {number}. {links}\n\nMore.", number + 3, f"Tags: t{number % 3}, python\n")
    site.write("content/pictures/dot.png", "not really a picture")
    site.article("deux", "![p]({static}/pictures/dot.png)", 20, "Slug: n1\nLang: fr\nAuthors: Ana, Bo\n")
    site.conf(OUTPUT_PATH="output", DEFAULT_PAGINATION=3, TAG_FEED_ATOM="feeds/tag-{slug}.atom.xml")
    return site


@pytest.mark.parametrize(("of", "jobs"), [(2, "1"), (3, "2")])
def test_shards_join_into_the_bytes_of_one_build(rich: Site, of: int, jobs: str) -> None:
    assert run(rich, "--jobs", "1").code == 0
    whole = tree(rich.output)
    rich.output.rename(rich.folder / "whole")
    folders = []
    for number in range(1, of + 1):
        done = run(rich, "--shard", f"{number}/{of}", "--jobs", jobs)
        assert done.code == 0, done.said
        folders.append(f"output.{number}-of-{of}")
        made = tree(rich.folder / folders[-1])
        assert {path: text for path, text in made.items() if path != shares.NOTE}.items() < whole.items()
    assert not rich.output.exists()

    done = run(rich, "--merge", *folders)

    assert (done.code, tree(rich.output)) == (0, whole), done.said
    assert not any((rich.folder / folder).exists() for folder in folders)


def test_what_is_missing_double_or_of_another_site_is_refused(rich: Site) -> None:
    for number in (1, 2):
        assert run(rich, "--shard", f"{number}/2").code == 0
    before = tree(rich.folder)
    for folders in (["output.1-of-2"], ["output.1-of-2", "output.1-of-2"], ["output.1-of-2", "content"]):
        done = run(rich, "--merge", *folders)
        assert done.code == 2, done.said
        assert tree(rich.folder / "output.1-of-2") == tree(rich.folder / "output.1-of-2")
    assert tree(rich.folder).keys() - before.keys() <= {".output.fastbuild/.gitignore", ".output.fastbuild/lock"}
    rich.article("newer")
    assert run(rich, "--shard", "2/2").code == 0

    assert (
        "not parts of one site" in run(rich, "--merge", "output.1-of-2", "output.2-of-2", "--log-handler", "plain").said
    )


@pytest.mark.parametrize("word", ["0/2", "3/2", "1", "a/b", "1/0", "-1/2"])
def test_a_share_that_is_none_is_refused(site: Site, word: str) -> None:
    with pytest.raises(ValueError):
        shares.Share.parsed(word)


def test_each_name_belongs_to_one_share() -> None:
    names = [f"posts/{number}/index.html" for number in range(500)]
    owners = [[number for number in (1, 2, 3, 4) if shares.Share(number, 4).has(name)] for name in names]

    assert all(len(each) == 1 for each in owners)
    assert {each[0] for each in owners} == {1, 2, 3, 4}


def test_the_line_tells_our_options_from_pelicans() -> None:
    line = parsed(
        ["content", "-s", "conf.py", "--jobs=3", "--merge", "a", "b", "-q", "--verify", "20", "--fatal=errors"]
    )

    assert line == Line(["content", "-s", "conf.py", "-q", "--fatal=errors"], jobs=3, merge=("a", "b"), verify=20)
    assert parsed(["--verify", "-q"]) == Line(["-q"], verify=0)
    assert parsed(["-q"]).builds and parsed(["--jobs", "2"]).builds and not parsed(["--full"]).builds
    for wrong in (["--jobs", "many"], ["--merge"], ["--shard"]):
        with pytest.raises(Unclear):
            parsed(wrong)


def test_verify_finds_a_file_that_a_clean_build_would_make_otherwise(rich: Site) -> None:
    done = run(rich, "--verify")
    assert (done.code, "0 are others" in done.said) == (0, True), done.said
    whole = tree(rich.output)
    rich.write("output/mine.txt", "a person's")
    stored = rich.notes / "store.sqlite"
    assert stored.exists()

    (rich.output / "n3.html").write_text(whole["n3.html"].decode().replace("Words of 3", "Words of 4"))
    note = rich.notes / "roll"
    assert note.exists()
    done = run(rich, "--verify")
    assert done.code == 0, "the build before has mended it"
    assert tree(rich.output) == {**whole, "mine.txt": b"a person's"}
    assert not (rich.notes / "verify").exists()


def test_verify_names_what_differs_and_fails(rich: Site) -> None:
    """A plugin that makes another page each time stands for a fault of ours."""
    rich.write(
        "chance.py",
        """
import os
from pelican.plugins import signals

def late(made):
    with open(os.path.join(made.output_path, "n3.html"), "a") as file:
        file.write(os.urandom(4).hex())

def register():
    signals.finalized.connect(late)
""",
    )
    conf = rich.folder / "conf.py"
    conf.write_text(conf.read_text() + "PLUGINS = ['chance']\nPLUGIN_PATHS = ['.']\n")

    done = run(rich, "--verify")

    assert done.code == 1
    assert [line for line in done.said.splitlines() if "clean build" in line] == [
        "n3.html: a clean build makes another"
    ]


def test_a_sample_is_enough_for_every_push(rich: Site) -> None:
    done = run(rich, "--verify", "5")

    assert (done.code, "5 files compared, 0 are others" in done.said) == (0, True), done.said


def test_full_makes_all_anew(rich: Site) -> None:
    assert run(rich).code == 0
    whole = tree(rich.output)

    done = run(rich, "--full")

    assert done.code == 0 and "nothing changed" not in done.said
    assert tree(rich.output) == whole


def test_without_dask_a_cluster_is_refused_with_a_hint(rich: Site) -> None:
    rich.write("distributed.py", "raise ImportError")

    done = run(rich, "--cluster", "tcp://127.0.0.1:1")

    assert (done.code, "pip install" in done.said) == (2, True)


def test_two_workers_of_a_cluster_make_the_bytes_of_one_build(rich: Site) -> None:
    pytest.importorskip("distributed")
    assert run(rich).code == 0
    whole = tree(rich.output)
    code = """
import subprocess, sys
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None) as cluster:
        command = [sys.executable, "-m", "fastbuild", "-s", "conf.py", "--cluster", cluster.scheduler_address]
        sys.exit(subprocess.run(command).returncode)
"""
    rich.write("cluster.py", code)
    command, env = [sys.executable, "cluster.py"], {**os.environ, "PYTHONPATH": PLUGINS}
    done = subprocess.run(command, cwd=rich.folder, env=env, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert tree(rich.output) == whole
