"""A new file is a draft that builds as it is, with a word on each field, and nothing is ever overwritten."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from parvis import html, kinds, matter
from parvis.begin.new import SHOWN, SINGULAR, Wish, new
from parvis.errors import CONFIG, Refused
from parvis.kinds import Ambassador, Article
from parvis.matter import Document
from tests import hub


def numbered() -> Callable[[int], str]:
    numbers = count(1)
    return lambda size: f"{next(numbers):0{2 * size}x}"


def written(folder: Path, kind: str, **wish: str) -> tuple[str, Document]:
    path = new(hub.load(folder), Wish(kind, **wish), hub.NOW).relative_to(folder).as_posix()
    return path, matter.load(folder / path, path)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return hub.write(tmp_path)


@pytest.mark.parametrize("kind", SINGULAR)
@pytest.mark.parametrize("lang", ["", "fr", "en"])
@pytest.mark.parametrize("title", ["", "L’été : à « Nantes » #1", "🎉"])
def test_a_new_file_is_a_draft_without_a_fault(place: Path, kind: str, lang: str, title: str) -> None:
    path, document = written(place, kind, title=title, lang=lang)

    assert path.startswith(f"content/{SINGULAR[kind]}/")
    assert (document.head.status, document.head.lang) == ("draft", lang or "fr")
    assert document.head.id.startswith(f"{kind}-")
    assert document.head.title == title or not title
    assert document.head.date == hub.NOW
    assert hub.read(place).faults == ()
    assert hub.read(place).waiting == {path}


@pytest.mark.parametrize("kind", SINGULAR)
def test_each_useful_field_stands_there_with_a_word_on_it(place: Path, kind: str) -> None:
    path, document = written(place, kind, title="Un titre")
    head = (place / path).read_text("utf-8").split("---\n")[1].splitlines()

    assert tuple(document.lines) == SHOWN[kind]
    assert sum("# " in line for line in head) == len(SHOWN[kind])


def test_the_date_has_the_brands_zone(place: Path) -> None:
    path, _ = written(place, "article", title="a")

    assert "date: 2026-11-20T13:00:00+01:00" in (place / path).read_text("utf-8")


@pytest.mark.parametrize("kind", SINGULAR)
def test_a_second_of_the_same_name_is_another_file(place: Path, kind: str) -> None:
    paths = {written(place, kind, title="Zoé Martin", lang=lang)[0] for lang in ("fr", "fr", "en", "fr")}

    assert len(paths) == len(set(paths)) == 4 or kind == "ambassador"
    assert len(list((place / f"content/{SINGULAR[kind]}").glob("*.md"))) == 4
    assert hub.read(place).faults == ()


@given(title=st.text())
@profile(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_any_title_will_do(place: Path, title: str) -> None:
    path, document = written(place, "article", title=title)

    assert document.head.title == (html.text(title) or "Sans titre")
    assert Path(path).parent.as_posix() == "content/articles"


def test_a_translation_is_paired_with_its_original_and_shares_what_is_no_language(place: Path) -> None:
    first, _ = written(place, "article", title="Un titre")
    file = place / first
    text = matter.edit(
        file.read_text("utf-8"), first, {"tags": ["vélo"], "author": "Léa", "quotes": ["a-1"], "summary": "S"}
    )
    file.write_text(text.replace("Écrivez ici.", "Bonjour."), encoding="utf-8")
    path, document = written(place, "article", translates=f"./{first}")
    original = matter.load(file, first)

    assert path == "content/articles/un-titre-en.md"
    assert isinstance(document.head, Article)
    assert document.head.translation_key == original.head.translation_key == original.head.id
    assert (document.head.lang, document.head.tags, document.head.author) == ("en", ("vélo",), "Léa")
    assert (document.head.quotes, document.head.summary, document.body.strip()) == (("a-1",), "", "Bonjour.")
    assert original.lines.keys() - {"translation_key"} == set(SHOWN["article"])


def test_an_ambassador_is_one_person_in_two_languages(place: Path) -> None:
    first, one = written(place, "ambassador", title="Zoé Martin")
    path, other = written(place, "ambassador", translates=first)

    assert isinstance(one.head, Ambassador)
    assert isinstance(other.head, Ambassador)
    assert (one.head.handle, one.head.code, one.head.name) == (other.head.handle, other.head.code, other.head.name)
    assert path == "content/ambassadors/zoe-martin-en.md"
    assert hub.read(place).faults == ()


def test_a_translated_testimonial_says_what_it_was_and_keeps_its_consent(place: Path) -> None:
    consent: dict[str, Any] = {"version": "1", "scope": ["site"]}
    hub.write(place, hub.item("avis-1", "content/testimonials/avis-1.md", source="avis", rating=4, consent=consent))
    _, document = written(place, "testimonial", translates="content/testimonials/avis-1.md", title="A title")

    assert isinstance(document.head, kinds.Testimonial)
    assert (document.head.rating, document.head.translated_from, document.head.lang) == (4, "fr", "en")
    assert document.head.consent
    assert document.head.consent.scope == ("site",)
    assert (document.head.approved, document.head.author.name) == (None, "Zoé")


@pytest.mark.parametrize(
    ("wish", "what"),
    [
        (Wish("artcle"), "did you mean 'article'?"),
        (Wish("article", lang="de"), "want fr or en"),
        (Wish("article", translates="content/articles/aa.md"), "did you mean 'content/articles/a.md'?"),
        (Wish("page", translates="content/articles/a.md"), "want a file of content/pages/"),
        (Wish("article", translates="content/articles/../brand.yml"), "want a file of"),
        (Wish("article", translates="content/articles/../../out.md"), "want a file of"),
        (Wish("article", translates="content/articles/a.md", lang="fr"), "is no other language"),
    ],
)
def test_what_cannot_be_made_is_told(place: Path, wish: Wish, what: str) -> None:
    hub.write(
        place,
        "-- out.md --\n---\nid: a\n---\n"
        "-- content/articles/a.md --\n---\nid: a\ntitle: A\ndate: 2026-11-02T09:00:00Z\n---\n",
    )
    with pytest.raises(Refused) as refused:
        new(hub.load(place), wish, hub.NOW)

    assert refused.value.code == CONFIG
    assert what in str(refused.value)


def test_what_is_translated_already_is_not_translated_again(place: Path) -> None:
    first, _ = written(place, "article", title="Un titre")
    second, _ = written(place, "article", translates=first)

    for wish in (Wish("article", translates=first), Wish("article", translates=first, lang="en")):
        with pytest.raises(Refused, match=second):
            new(hub.load(place), wish, hub.NOW)


def test_where_the_site_has_one_language_there_is_nothing_to_translate_into(place: Path) -> None:
    hub.write(place, "-- content/brand.yml --\nname: A\nauthority: a.example,2026\n")
    first, _ = written(place, "article", title="a")

    with pytest.raises(Refused, match="no other language"):
        written(place, "article", translates=first)


def test_ids_are_fresh(place: Path) -> None:
    known, fresh = hub.load(place), numbered()
    ids = [
        matter.load(file, "content/pages/a.md").head.id
        for file in (new(known, Wish("page"), hub.NOW, fresh) for _ in "ab")
    ]

    assert ids == ["page-000000000001", "page-000000000002"]
