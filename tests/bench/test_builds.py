"""All figures of builds in one table: a real run of a few texts, and what is told of one."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bench import builds, contestants, corpus, hugo, serving
from bench.contestants import Contest
from bench.race import Run
from tests.bench.test_race import rows


def test_every_row_that_can_be_had_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hugo, "binary", lambda tell: None)
    for name in ("fastbuild", "parvis"):
        monkeypatch.setattr(serving, name, lambda contest, tell: serving.Edit(0.5, 0.1, 0.1))
    contest = contestants.contest

    def counted(folder: Path, *given: Any) -> Contest:
        """The first round, which is not counted, needs nobody here."""
        return Contest(folder, 0, Random(1), {}) if folder.name == "few" else contest(folder, *given)

    monkeypatch.setattr(contestants, "contest", counted)
    told: list[str] = []

    builds.run([20], 1, 7, ("", ""), told.append)

    head, *lines = rows(told[-1])
    measures = {line[1] for line in lines}
    assert head[:2] == ["texts", "measure"]
    assert {"cold / stock Pelican", "Parvis, one edit / its own cold build", "served: edit to page, CPU s"} <= measures
    assert all(float(line[2]) > 0 for line in lines if "/" in line[1])


def test_an_edit_adds_a_sentence_to_an_editorial_text(tmp_path: Path) -> None:
    _, stock = corpus.write(tmp_path, 10, 7)
    contest = Contest(tmp_path, 10, Random(1), {"stock": contestants.themed(stock, tmp_path / "site")})

    file, sentence = contest.edit(contest.sites["stock"])

    assert file.parent.name == "articles"
    assert file.read_text("utf-8").endswith(f"\n{sentence}\n")


def test_a_figure_over_its_limit_is_marked_and_sets_the_worst() -> None:
    slow, quick = Run(3, 2, 90, 1), Run(1, 1, 50, 1)
    contest = Contest(Path(), 10_000, Random(1), {}, rounds=[{"fastbuild": slow, "stock": quick, "Hugo": quick}])

    lines = list(builds.told(contest))

    cold, *_ = rows("\n".join(builds.table(lines, 1)))[1:]
    assert " ".join(cold) == "10000 cold / stock Pelican 3.00 2.00 90 1.00 1.00 3.00 2.00 0.25 over"
    assert max(line.share / line.limit for line in lines if line.limit) == 3 / 0.25


def test_growth_is_an_exponent() -> None:
    small, large = (
        Contest(Path(), items, Random(1), {}, rounds=[{"fastbuild": Run(1, cpu, 1, 1)}])
        for items, cpu in ((1000, 2.0), (10_000, 40.0))
    )

    (line,) = builds.growth([small, large])

    assert line.share == pytest.approx(1.301, abs=0.001)
    assert line.limit == 1.05


def test_hugo_reads_the_text_that_pelican_reads() -> None:
    text = next(text for text in corpus.texts(5, 7) if text.kind == "articles")

    head, body = hugo.text(corpus.stock_file(text)).split("\n\n", 1)

    said = json.loads(head)
    assert said["tags"] == list(text.tags) and said["categories"] == [text.shelf]
    assert said["date"] == f"{text.date:%Y-%m-%dT%H:%M}:00Z"
    assert '{{< relref "/posts/articles/articles-' in body and "](/images/img-" in body and "{filename}" not in body
