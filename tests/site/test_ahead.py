"""Texts that a copy of the process has turned into HTML are as this process would have made them."""

from __future__ import annotations

import os
import signal
import sys

import pytest

from parvis import copies
from parvis.copies import halves
from parvis.kinds import Page
from parvis.matter import Document
from parvis.site import ahead
from parvis.site.ahead import Ahead

if sys.platform != "linux":
    pytest.skip("processes are copied on Linux only", allow_module_level=True)
HERE = os.getpid()


def documents(*lengths: int) -> list[Document]:
    head = Page(id="page", title="Page")
    return [Document(f"content/pages/{n}.md", head, "é" * length, 1) for n, length in enumerate(lengths)]


@pytest.fixture(autouse=True)
def two_for_few_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "FEWEST", 10)
    monkeypatch.setattr(copies, "processors", lambda: 2)


def test_both_halves_are_there_and_a_copy_made_the_second() -> None:
    texts = documents(5, 5, 5, 5)
    made = Ahead(texts, lambda document: f"{document.body} by {os.getpid()}")

    by = [str(made.html(document.path)) for document in texts]

    assert [text.split()[0] for text in by] == ["é" * 5] * 4
    assert [text.endswith(str(HERE)) for text in by] == [True, True, False, False]


def test_what_takes_too_much_work_is_left_to_whoever_asks() -> None:
    made = Ahead(documents(5, 5), lambda document: None)

    assert made.html("content/pages/0.md") is None and made.html("content/pages/1.md") is None


def test_a_copy_that_dies_leaves_its_half_to_whoever_asks() -> None:
    def make(document: Document) -> str:
        if os.getpid() != HERE:
            os.kill(os.getpid(), signal.SIGKILL)
        return "here"

    made = Ahead(documents(5, 5), make)

    assert (made.html("content/pages/0.md"), made.html("content/pages/1.md")) == ("here", None)


def test_few_letters_are_not_worth_a_copy() -> None:
    assert halves(documents(3, 3), letters, 10) == (documents(3, 3), ())


def test_halves_are_halves_by_letters() -> None:
    first, second = halves(documents(1, 1, 8, 5, 5), letters, 10)

    assert [len(document.body) for document in first] == [1, 1, 8]
    assert [len(document.body) for document in second] == [5, 5]


def letters(document: Document) -> int:
    return len(document.body)
