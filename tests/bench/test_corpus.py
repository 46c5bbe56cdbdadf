"""The texts that speed is measured with."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from bench import corpus
from parvis import matter
from parvis.kinds import Said
from parvis.slugs import slug


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_one_seed_gives_the_same_bytes_each_time(tmp_path: Path) -> None:
    first, again = tmp_path / "first", tmp_path / "again"
    for folder in (first, again):
        corpus.write(folder, 30, seed=3)

    assert files(first) == files(again)


def test_another_seed_gives_other_texts() -> None:
    one, other = ([text.body for text in corpus.texts(30, seed)] for seed in (1, 2))

    assert not set(one) & set(other)


def test_a_text_is_the_same_in_a_larger_corpus_but_for_its_links() -> None:
    few, many = ({text.slug: text for text in corpus.texts(items, 7)} for items in (20, 60))

    assert all(many[slug].title == text.title and many[slug].date == text.date for slug, text in few.items())


def test_a_hub_is_two_fifths_editorial_and_half_community() -> None:
    assert Counter(text.kind for text in corpus.texts(101, 7)) == {"articles": 40, "community": 50, "testimonials": 11}


def test_both_formats_say_the_same(tmp_path: Path) -> None:
    hub, stock = corpus.write(tmp_path, 30, seed=7)
    bodies = [
        {path.stem: path.read_text("utf-8").split(end, 1)[1].strip() for path in folder.rglob("*.md")}
        for folder, end in ((hub, "\n---\n"), (stock, "\n\n"))
    ]

    assert bodies[0] == bodies[1] and len(bodies[0]) == 30


def test_every_text_of_a_hub_is_approved_and_without_fault(tmp_path: Path) -> None:
    hub, _ = corpus.write(tmp_path, 30, seed=7)

    documents = [matter.load(file, file.relative_to(hub).as_posix()) for file in hub.rglob("*.md")]

    said = [document for document in documents if isinstance(document.head, Said)]
    assert len(documents) == 30 and len(said) == 18
    assert all(d.head.approved.text_hash == matter.text_hash(d.body) for d in said if d.head.approved)


def test_topics_stay_apart_in_their_addresses() -> None:
    assert len({slug(topic) for topic in corpus.TOPICS}) == len(corpus.TOPICS) == 200
