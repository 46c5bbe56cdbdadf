"""A plugin that makes outputs from texts of its own goes the short way after an edit, and back where it is more."""

from __future__ import annotations

from typing import Any

import pytest

from tests.fastbuild.sites import Site, tree
from tests.fastbuild.test_nothing_changed import run

SAID = "some words changed, and no list"
PLUGIN = '''
"""Each note is a page of its own; those whose first line is the same stand on a list; `all.txt` counts letters."""

import json
import os
from pathlib import Path

from pelican import signals
from pelican.generators import Generator


class Notes(Generator):
    def generate_output(self, writer):
        with writer.together():
            for path, names in self.outputs():
                if writer.wants(path) and "lost" not in "".join(self.settings["TEXTS"][name] for name in names):
                    words = [self.settings["TEXTS"][name] for name in names]
                    writer.artifact(path, words, lambda words=words: "\\n".join(words), names)
            letters = str(sum(map(len, self.settings["TEXTS"].values())))
            writer.artifact("all.txt", [letters], lambda: letters)
        self.settings["KNOWN"].remember("texts", json.dumps(self.settings["TEXTS"]).encode())

    def outputs(self):
        yield from ((f"notes/{name}", [name]) for name in self.settings["TEXTS"])
        for first in sorted(set(map(head, self.settings["TEXTS"].values()))):
            yield f"lists/{first}.txt", [name for name, text in self.settings["TEXTS"].items() if head(text) == first]


def head(text):
    return text.partition("\\n")[0]


def generators(pelican):
    known = pelican.settings["KNOWN"] = pelican.following(__name__)
    texts = {file.name: file.read_text() for file in Path(pelican.settings["PATH"], "notes").glob("*.txt")}
    before = json.loads(known.recall("texts")) if known.changed else {}
    changed = {name: texts.get(name) for name in map(os.path.basename, known.changed)}
    taken = changed and all(text and head(text) == head(before.get(name, "")) for name, text in changed.items())
    if taken:
        known.take()
        if "too much" in "".join(changed.values()):
            known.give_up()
    known.words(changed if taken else texts)
    pelican.settings["TEXTS"] = dict(sorted(texts.items()))
    return Notes


def register():
    signals.get_generators.connect(generators)
'''
SETTINGS: dict[str, Any] = {"PLUGINS": ["notes"], "PLUGIN_PATHS": ["plugins"], "FASTBUILD": {"trust": ["notes"]}}


@pytest.fixture
def built(site: Site) -> Site:
    site.write("plugins/notes.py", PLUGIN)
    for name, first in (("a", "one"), ("b", "one"), ("c", "two")):
        site.write(f"content/notes/{name}.txt", f"{first}\nWords of {name}.")
    site.article("post")
    site.conf(OUTPUT_PATH="output", DELETE_OUTPUT_DIRECTORY=True, **SETTINGS)
    run(site, "-v")
    return site


def test_other_code_is_more_than_an_edit(built: Site) -> None:
    built.write("plugins/notes.py", PLUGIN.replace('"\\n".join(words)', '"\\n\\n".join(words)'))
    done = run(built, "-v", COLUMNS="300")
    assert SAID not in done.said
    made = tree(built.output)
    assert made["lists/one.txt"] == b"one\nWords of a.\n\none\nWords of b."
    run(built, "--full")
    assert made == tree(built.output)


def test_a_plugin_says_what_follows_from_its_texts_and_whether_it_is_an_edit(built: Site) -> None:
    for text, said in (
        ("one\nOther words.", f"{SAID}: 3 outputs"),  # its page, its list, and what says nothing of itself
        ("one\nIt is too much.", ""),  # it thinks better of it
        ("two\nOf another list.", ""),
        ("two\nIt is lost.", SAID),  # two outputs are not asked for any more
    ):
        built.write("content/notes/b.txt", text)
        done = run(built, "-v", COLUMNS="300")
        assert done.code == 0
        assert said in done.said if said else SAID not in done.said
        lost = "lost" in text
        assert (built.output / "notes/b.txt").exists() is not lost
    made = tree(built.output)
    run(built, "--full")
    assert made == tree(built.output)
