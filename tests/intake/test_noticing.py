"""What items show only beside others: copies, floods, known names on other accounts."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from parvis import matter
from parvis.intake import doubles
from parvis.intake.draft import NOTHING, Rules
from parvis.intake.keeping import Keeper
from parvis.intake.noticing import Noticing, ahead, flood
from parvis.intake.shelf import Place, read
from parvis.intake.store import Batch
from parvis.kinds import Said
from parvis.ledger import Ledger
from parvis.model import Item, Person
from tests.intake.items import item, source
from tests.intake.projects import Hub, post

WORDS = (
    "Hier soir nous avons roulé jusqu’au port avec douze enfants et trois remorques, la pluie est venue à mi-chemin "
    "mais personne n’a voulu rentrer avant les crêpes promises par la dame du kiosque, qui avait gardé le feu allumé "
    "pour nous toute la soirée malgré le vent et les vagues sur la digue."
)
DAY = datetime(2026, 11, 2, 8, tzinfo=UTC)
NOW = datetime(2026, 12, 1, tzinfo=UTC)


def noticing(folder: Path) -> Noticing:
    return Noticing(folder / "content", read(folder / "content"), NOW)


def flags(folder: Path, *items: Item, by: str = "forum") -> dict[str, tuple[str, ...]]:
    return {id: noticed.flags for id, noticed in noticing(folder).of(by, items).items()}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://www.blog.example/a/", "http://blog.example/a?utm_source=x#c", True),
        ("https://m.blog.example/a/amp/", "https://blog.example/a", True),
        ("https://blog.example/a?p=1&q=2", "https://blog.example/a?q=2&p=1", True),
        ("https://blog.example/a?p=1", "https://blog.example/a?p=2", False),
        ("https://blog.example/a", "https://blog.example/A", False),
        ("https://blog.example/", "https://blog.example", True),
    ],
)
def test_an_address_is_the_same_whatever_follows_a_reader(one: str, other: str, same: bool) -> None:
    assert (doubles.canonical(one) == doubles.canonical(other)) is same


@pytest.mark.parametrize(("hours", "noticed"), [(-1, ()), (23, ()), (25, ("ahead",)), (24 * 365, ("ahead",))])
def test_a_day_to_come_is_noticed_and_a_zone_is_none(hours: int, noticed: tuple[str, ...]) -> None:
    said = item(published=NOW + timedelta(hours=hours))

    assert ahead(said, NOW).flags == noticed
    assert ahead(item(published=None), NOW) == NOTHING


def test_an_address_of_a_whole_site_is_nobodys() -> None:
    assert doubles.canonical("https://blog.example/") == doubles.canonical("javascript:x") == ""


def test_a_post_that_came_by_another_source_is_a_double(tmp_path: Path) -> None:
    both = "forum: {kind: feed, path: demo/forum.json}\nblog: {kind: feed, path: demo/blog.json}\n"
    hub = Hub(tmp_path, both)
    hub.say(post("1", url="https://www.x.example/p/?utm_source=a"), post("2", content_html=f"<p>{WORDS}"))
    changed = WORDS.replace("douze", "quinze").replace("pluie", "neige")
    hub.say(
        post("9", url="https://x.example/p"), post("8", content_html=f"<div>{changed}</div>"), post("7"), name="blog"
    )
    hub.pull()
    by_title = {(head.source, head.title): head for head in hub.heads()}

    assert {head.title for head in hub.heads() if head.flags} == {"Titre 9", "Titre 8"}
    assert by_title["blog", "Titre 9"].held == f"{by_title['forum', 'Titre 1'].id} says the same"
    assert by_title["blog", "Titre 8"].held == f"{by_title['forum', 'Titre 2'].id} says the same"
    before = hub.everything
    hub.pull()
    assert hub.everything == before


def test_a_double_of_what_lies_here_already_is_seen(tmp_path: Path) -> None:
    hub = Hub(tmp_path)
    hub.say(post("1", content_html=f"<p>{WORDS}"))
    hub.pull()
    hub.approve(hub.only())

    assert list(flags(tmp_path, item(upstream_id="9", url="", html=WORDS)).values()) == [("double",)]
    assert list(flags(tmp_path, item(upstream_id="9", url="", html=WORDS[::-1])).values()) == []


def test_short_words_are_nobodys() -> None:
    assert doubles.sketch("Merci beaucoup à tous, c’était parfait !") == ()


def test_of_copies_with_two_other_words_nearly_all_are_known_again() -> None:
    chance = random.Random(3)
    words = [f"mot{number}" for number in range(400)]
    known = doubles.Doubles()
    found = wrong = 0
    for number in range(200):
        text = chance.choices(words, k=60)
        wrong += bool(known.of_item(item(upstream_id=f"a{number}", url="", html=" ".join(text))))
        for place in chance.sample(range(50), 2):
            text[place] = "autre"
        found += bool(known.of_item(item(upstream_id=f"b{number}", url="", html=" ".join(text))))

    assert wrong == 0
    assert found >= 190


def said(count: int, day: datetime, first: int = 0) -> list[Item]:
    return [item(upstream_id=str(first + n), published=day + timedelta(minutes=n)) for n in range(count)]


HABIT = [Place("x", date=(DAY - timedelta(days=n)).isoformat()) for n in range(30)]


@pytest.mark.parametrize(
    ("items", "places", "held"),
    [
        (said(500, DAY), [], 0),  # the first time everything is new
        (said(20, DAY), HABIT, 0),
        (said(21, DAY), HABIT, 21),
        (said(21, DAY) + said(3, DAY - timedelta(days=2), 100), HABIT, 21),
        (said(60, DAY), HABIT * 12, 0),  # twelve a day are its habit
        (said(30, DAY - timedelta(days=400)), HABIT * 12, 30),  # old ones in numbers
    ],
)
def test_a_flood_is_more_than_a_source_ever_said(items: list[Item], places: list[Place], held: int) -> None:
    assert len(flood(items, places)) == held


def test_a_flood_of_a_trusted_source_waits_for_a_person(tmp_path: Path) -> None:
    hub = Hub(tmp_path, "forum: {kind: feed, path: demo/forum.json, use: full, permission: x, trust: trusted}\n")
    first = [post(str(n), date_published=f"2026-11-{n + 1:02}T09:00:00Z") for n in range(9)]
    hub.say(*first)
    hub.pull()
    assert {head.status for head in hub.heads()} == {"published"}
    hub.say(*first, *(post(str(n), date_published="2026-11-15T09:00:00Z") for n in range(100, 130)))
    hub.pull()

    assert sum(head.status == "pending" and head.flags == ("flood",) for head in hub.heads()) == 30
    before = hub.everything
    hub.pull()
    (hub.folder / ".cache/http/forum.json").unlink()
    hub.pull()
    assert hub.everything == before


def keeper(folder: Path) -> Keeper:
    known = Rules(("fr",), {}, frozenset())
    return Keeper(folder / "content", known, Ledger(folder, {}, []), read(folder / "content"), Batch())


def put(folder: Path, *items: Item) -> Keeper:
    hand = keeper(folder)
    hand.keep(source(), items, noticing(folder).of("forum", items))
    hand.batch.write(folder / "content")
    return hand


def test_a_known_name_on_another_account_is_a_new_author(tmp_path: Path) -> None:
    hub = Hub(tmp_path)
    put(tmp_path, item())
    hub.approve(hub.only())

    another, renamed = Person("ZOÉ", "https://x.example/z2", "77"), Person("Zoé B.", "https://x.example/zoe", "42")
    assert flags(tmp_path, item(upstream_id="2", url="", author=another)) == {item(upstream_id="2").id: ("namesake",)}
    assert flags(tmp_path, item(upstream_id="2", url="", author=renamed)) == {}
    assert flags(tmp_path, item(upstream_id="2", url="", author=Person("Zoé"))) == {}


def test_an_approved_item_that_another_account_signs_now_is_said_to_be_so(tmp_path: Path) -> None:
    hub = Hub(tmp_path)
    put(tmp_path, item())
    path = hub.only()
    hub.approve(path)
    before = hub.files[path]
    put(tmp_path, item(author=Person("Zoé", "https://x.example/zoe", "77")))
    proposal = next(head for head in _proposed(hub))

    assert hub.files[path] == before
    assert proposal.flags == ("other-author",) and proposal.author.id == "77"
    assert put(tmp_path, item(author=Person("Zoé", "https://x.example/zoe", "77"))).batch.texts == {}


def _proposed(hub: Hub) -> list[Said]:
    found = (hub.folder / "content/proposals").glob("*.md")
    heads = [matter.load(file, f"content/proposals/{file.name}", "testimonials").head for file in found]
    return [head for head in heads if isinstance(head, Said)]
