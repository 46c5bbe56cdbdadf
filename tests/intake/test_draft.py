"""An Item as a file: only what may be kept, in fields that no stranger can reach, at a place that stays."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis import matter, settings
from parvis.intake.draft import MOST_TAGS, NOTHING, Kept, Noticed, Rules, draft, signed
from parvis.model import Consent, Person, Review
from parvis.options import Words
from tests import hub
from tests.cases import shared
from tests.intake.items import drafted, head, item, rules, source

SHARED: Any = shared("hostile/text-payloads.json") or {}
FIELDS = ("title", "author", "tag", "body")
ORDER = [
    "id", "title", "date", "lang", "tags", "status", "source", "author", "original", "use", "licence", "flags",
    "rating", "experience_date", "verified", "reward", "product", "role", "consent", "held", "approved", "pulled",
]  # fmt: skip
REVIEW = Review(
    rating=5,
    experience_date=date(2026, 10, 1),
    product="Gabare",
    role="cliente",
    reward="none",
    verified="facture",
    consent=Consent("2026-01", date(2026, 10, 2), ("site",), date(2027, 10, 2), "formulaire"),
)


def test_a_brand_asks_of_its_drafts_what_its_settings_say(tmp_path: Path) -> None:
    words = "words:\n  fr:\n    senior: [plainte]\ndelicate: [double]\n"
    hub.write(tmp_path, f"-- content/moderation.yml --\n{words}")
    asked = Rules.of(settings.load({}, tmp_path))

    assert asked.languages == settings.load({}, tmp_path).brand.languages
    assert [*asked.words] == ["senior"] and asked.words["senior"].search("une plainte")
    assert asked.delicate == {"double"}


def test_a_draft_waits_for_a_person() -> None:
    made = drafted(item())

    assert made.path == "content/community/2026/un-titre-a70e0e.md"
    assert made.head.status == "pending"
    assert (made.head.id, made.head.title, made.head.lang) == (item().id, "Un titre", "fr")
    assert made.head.author == Person("Zoé", "https://x.example/zoe", "42")
    assert made.body.strip() == "Bonjour à tous."


SEEN = Noticed(("double",), "look", (Kept("images/a.png", "Un vélo", 4, 3), Kept("images/b.png", "", 8, 6)))
WHOLE = """---
id: forum-ebbc39aaf008
title: 'Un titre: oui'
date: 2026-11-02T08:00:00+00:00
lang: fr
tags:
- vélo
- cargo
status: pending
source: forum
author:
  name: Zoé
  url: https://x.example/zoe
  id: '42'
original: https://x.example/1
use: excerpt
licence: CC BY 4.0
media:
- file: images/a.png
  alt: Un vélo
  width: 4
  height: 3
- file: images/b.png
  alt: ''
  width: 8
  height: 6
flags:
- double
- no-alt
rating: 5
experience_date: 2026-10-01
verified:
  how: facture
reward: none
product: Gabare
role: cliente
consent:
  version: 2026-01
  on: 2026-10-02
  scope:
  - site
  until: 2027-10-02
  proof: formulaire
held: look
---

Bonjour à tous.
"""


def unmarked(text: str) -> str:
    return re.sub(r"^pulled: .*\n", "", text, flags=re.MULTILINE)


def test_a_draft_with_all_its_fields_is_written_to_the_letter() -> None:
    said = item(title="Un titre\u202e: oui", tags=("vélo",), licence="CC BY 4.0", review=REVIEW)
    made = draft(said, source(into="testimonials", use="excerpt", tags=("cargo",)), rules(), noticed=SEEN)

    assert made.path == "testimonials/2026/un-titre-oui-a70e0e.md"
    assert unmarked(made.text) == WHOLE


def test_a_draft_with_few_fields_has_none_that_is_empty() -> None:
    said = item(title="", author=Person("Zoé"), url="", published=None, review=Review(rating=7, consent=Consent("")))
    made = draft(said, source(into="testimonials", trust="trusted"), rules())

    assert made.path == "testimonials/undated/bonjour-a-tous-a70e0e.md"
    assert unmarked(made.text) == (
        "---\nid: forum-ebbc39aaf008\ntitle: Bonjour à tous.\nlang: fr\nstatus: pending\nsource: forum\n"
        "author:\n  name: Zoé\nuse: full\nflags:\n- no-date\n"
        "held: 'forum is trusted, but a person should look: no-date'\n---\n\nBonjour à tous.\n"
    )


def test_a_post_of_a_trusted_source_is_written_to_the_letter() -> None:
    assert unmarked(draft(item(), source(trust="trusted"), rules()).text) == (
        "---\nid: forum-ebbc39aaf008\ntitle: Un titre\ndate: 2026-11-02T08:00:00+00:00\nlang: fr\nstatus: published\n"
        "source: forum\nauthor:\n  name: Zoé\n  url: https://x.example/zoe\n  id: '42'\n"
        "original: https://x.example/1\nuse: full\n"
        "approved:\n  by: trusted:forum\n  on: 2026-11-02\n  text_hash: cc6e231294870569\n---\n\nBonjour à tous.\n"
    )


def test_what_a_person_should_know_holds_back_a_trusted_source() -> None:
    made = drafted(item(), source(trust="trusted"), noticed=Noticed(why="its owner changed")).head

    assert (made.status, made.held) == ("pending", "its owner changed")  # type: ignore[attr-defined]


@pytest.mark.parametrize(("alts", "flags"), [(["Un vélo"], ()), ([""], ("no-alt",)), (["Un vélo", ""], ("no-alt",))])
def test_a_picture_without_words_is_flagged(alts: list[str], flags: tuple[str, ...]) -> None:
    media = tuple(Kept("images/a.png", alt, 4, 3) for alt in alts)

    assert drafted(item(), noticed=Noticed(media=media)).head.flags == flags  # type: ignore[attr-defined]


def test_what_was_noticed_twice_is_said_once() -> None:
    one, two = Noticed(("a", "b"), "x", (Kept("1", "", 1, 1),)), Noticed(("b", "c"), "y", (Kept("2", "", 1, 1),))

    assert one.and_(two) == Noticed(("a", "b", "c"), "x; y", one.media + two.media)
    assert one.and_(one) == Noticed(("a", "b"), "x", one.media + one.media)
    assert one.and_(NOTHING) == NOTHING.and_(one) == one


def test_what_lies_among_the_testimonials_is_one() -> None:
    said, there = item(review=REVIEW), "testimonials/2026/a.md"

    assert "rating: 5" in draft(said, source(), rules(), at=there).text
    assert "rating: 5" not in draft(said, source(into="testimonials"), rules(), at="community/2026/a.md").text


@pytest.mark.parametrize(("given", "kept"), [(0, None), (1, 1), (5, 5), (6, None), (None, None)])
def test_a_rating_is_one_to_five(given: int | None, kept: int | None) -> None:
    assert head(item(review=Review(rating=given)), source(into="testimonials")).rating == kept


@pytest.mark.parametrize(("year", "kept"), [(999, False), (1000, True), (9000, True), (9001, False)])
def test_a_year_that_nobody_can_mean_is_no_date(year: int, kept: bool) -> None:
    when = date(year, 2, 3)
    made = head(
        item(
            published=datetime(year, 2, 3, tzinfo=UTC),
            review=Review(experience_date=when, consent=Consent("1", on=when, until=when)),
        ),
        source(into="testimonials"),
    )

    assert (made.date is not None, made.experience_date, made.consent.on, made.consent.until) == (
        (True, when, when, when) if kept else (False, None, None, None)
    )


def test_fields_are_cut_where_they_are_too_long() -> None:
    fits = item(title="t" * 1000, licence="l" * 500, tags=("g" * 80,), author=Person("n" * 200, id="i" * 200))
    long = item(
        title="t" * 998 + " tt", licence="l" * 501, tags=("g" * 81,), author=Person("n" * 199 + " n", id="i" * 201)
    )
    whole, cut = head(fits), head(long)

    assert (whole.title, whole.licence, whole.tags) == (fits.title, fits.licence, fits.tags)
    assert whole.author == fits.author
    assert (cut.title, cut.licence, cut.tags) == ("t" * 998 + "…", "l" * 499 + "…", ("g" * 79 + "…",))
    assert cut.author == Person("n" * 199, "", "i" * 200)


def test_a_draft_without_any_word_is_called_by_its_source() -> None:
    named = source(label=Words({"fr": "Le forum", "en": "The forum"}))

    assert head(item(title="", html=""), named).title == "Le forum"
    assert head(item(title="", html=""), named, rules("en", "fr")).title == "The forum"


@pytest.mark.parametrize(
    ("title", "html", "lang"),
    [
        ("The bike that we have all been waiting for is here", "", "en"),
        ("x", "<p>This is the bike that we have all been waiting for</p>", "en"),
        ("Voici le vélo que nous attendions tous", "", "fr"),
        ("Das ist das Rad, auf das wir alle gewartet haben", "", "de"),
    ],
)
def test_the_words_tell_a_language_that_nobody_declared(title: str, html: str, lang: str) -> None:
    assert head(item(title=title, html=html)).lang == lang


def test_fields_stand_in_the_order_of_the_design() -> None:
    said = item(title="06 12 34 56 78", tags=("vélo",), licence="CC BY 4.0", review=REVIEW)
    text = draft(said, source(into="testimonials", trust="trusted"), rules()).text
    keys = re.findall(r"^([a-z_]+):", text.split("---")[1], re.MULTILINE)

    assert keys == [name for name in ORDER if name in keys]
    assert {"held", "flags", "rating", "consent", "licence"} <= set(keys)


def test_the_same_item_gives_the_same_text() -> None:
    assert draft(item(), source(), rules()) == draft(item(), source(), rules())


def test_pulled_is_the_hash_of_all_but_itself() -> None:
    text = draft(item(), source(), rules()).text
    without = re.sub(r"^pulled: .*\n", "", text, flags=re.MULTILINE)

    assert matter.parse(text, "content/community/x.md").head.pulled == matter.pulled_hash(without)  # type: ignore[attr-defined]
    assert matter.pulled_hash(text) == matter.pulled_hash(text.replace("\n", "\r\n")) == matter.pulled_hash(without)
    assert matter.pulled_hash(text.replace("Bonjour", "Bonsoir")) != matter.pulled_hash(text)


@given(title=st.text(), author=st.builds(Person, st.text(), id=st.text()), tag=st.text(), words=st.text())
def test_whatever_people_call_themselves_the_status_stays_pending(
    title: str, author: Person, tag: str, words: str
) -> None:
    said = item(title=title, author=author, tags=(tag,), html=words, lang=tag, licence=title)
    made = draft(said, source(), rules())

    assert [line for line in made.text.split("---\n")[1].splitlines() if line.startswith("status:")] == [
        "status: pending"
    ]
    assert matter.parse(made.text, f"content/{made.path}").head.status == "pending"


@given(url=st.text(max_size=40).map("https://x.example/".__add__), review=st.text())
def test_whatever_is_in_the_other_fields_can_be_read_back(url: str, review: str) -> None:
    told = Review(
        rating=3, product=review, role=review, reward=review, verified=review, consent=Consent(review, proof=review)
    )
    said = item(url=url, author=Person("Zoé", url), review=told)

    assert head(said, source(into="testimonials")).rating == 3


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("naughty", shared("hostile/naughty-strings.json") or ())
def test_a_naughty_string_can_stand_anywhere(field: str, naughty: str) -> None:
    given = {"title": naughty, "author": Person(naughty), "tag": (naughty,), "body": naughty}
    made = drafted(item(**{{"tag": "tags", "body": "html"}.get(field, field): given[field]}))

    assert made.head.title
    assert re.fullmatch(r"content/community/(?:delicate/)?2026/[a-z0-9]+(?:-[a-z0-9]+)*\.md", made.path)


@pytest.mark.parametrize("case", SHARED.get("frontmatter", ()))
def test_one_value_never_becomes_a_second_field(case: dict[str, str]) -> None:
    fields: dict[str, Any] = {name: case[name] for name in ("title",) if name in case}
    if "author" in case:
        fields["author"] = Person(case["author"])
    if "tags" in case:
        fields["tags"] = tuple(case["tags"].split(","))
    if "date" in case:
        fields["published"] = datetime.fromisoformat(case["date"])  # which no person can have meant
    made = drafted(item(**fields))

    assert made.head.status == "pending"
    assert made.head.slug == ""
    assert made.path.startswith(("content/community/2026/", "content/community/undated/"))
    assert made.head.author.name == case.get("author", "Zoé")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("title", "stem"),
    [
        ("🎉", "a70e0e"),
        ("a" * 60, f"{'a' * 48}-a70e0e"),
        ("a" * 47 + " b c", f"{'a' * 47}-a70e0e"),
        ("a" * 46 + " b", f"{'a' * 46}-b-a70e0e"),
        ("a" * 46 + " b c", f"{'a' * 46}-b-a70e0e"),
    ],
)
def test_a_file_is_called_by_whole_words_of_the_title(title: str, stem: str) -> None:
    assert draft(item(title=title, html="<p>🎉</p>"), source(), rules()).path == f"community/2026/{stem}.md"


@pytest.mark.parametrize("title", SHARED.get("unicode", ()))
def test_odd_letters_make_a_plain_path(title: str) -> None:
    assert draft(item(title=title), source(), rules()).path.isascii()


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ("<p>Un deux trois quatre cinq six sept huit neuf</p>", "Un deux trois quatre cinq six sept huit…"),
        ("<p>Merci, <b>vraiment</b></p><p>merci</p>", "Merci, vraiment merci"),
        (f"<p>{'anticonstitutionnellement ' * 4}</p>", "anticonstitutionnellement anticonstitutionnellement…"),
        ("<p>Appelez le 06 12 34 56 78</p>", "Appelez le [tel]"),
        ("<p>Un deux trois quatre cinq six sept huit</p>", "Un deux trois quatre cinq six sept huit"),
        ("<p>Un, deux trois quatre cinq six sept huit, neuf</p>", "Un, deux trois quatre cinq six sept huit…"),
        (f"<p>{'a' * 34} {'b' * 35} c</p>", f"{'a' * 34} {'b' * 35}…"),
        (f"<p>{'a' * 35} {'b' * 35}</p>", f"{'a' * 35}…"),
        (f"<p>{'a' * 70}</p>", "a" * 70),
        ("x" * 200, "x" * 70 + "…"),
        ("<img src=x>", "forum"),
    ],
)
def test_an_item_without_a_title_gets_its_first_words(html: str, title: str) -> None:
    assert head(item(title=" \u00a0", html=html)).title == title


def test_a_title_of_a_whole_chapter_is_cut() -> None:
    assert len(head(item(title="mot " * 500)).title) <= 1000


@pytest.mark.parametrize(
    ("said", "fallback", "languages", "lang"),
    [
        ("", "", ("fr", "en"), "fr"),
        ("", "en", ("fr", "en"), "en"),
        ("en-US", "fr", ("fr", "en"), "en"),
        ("en_gb", "", ("fr",), "en-GB"),
        ("IT-it", "", ("fr",), "it-IT"),
        ("und", "en", ("fr", "en"), "en"),
        *((none, "en", ("fr", "en"), "en") for none in ("mul", "zxx", "mis", "zxx-x")),
        ("zh-hant-tw", "", ("fr",), "zh-Hant-TW"),
        ("français", "", ("fr",), "fr"),
    ],
)
def test_the_language_is_what_the_item_says_else_the_source(
    said: str, fallback: str, languages: tuple[str, ...], lang: str
) -> None:
    assert head(item(lang=said), source(lang=fallback), rules(*languages)).lang == lang


def test_tags_are_few_and_once_and_the_brands_own_have_a_place() -> None:
    tags = head(item(tags=("Vélo", "vélo", "#pluie", "", *map(str, range(40)))), source(tags=("cargo", "VÉLO"))).tags

    assert tags[:2] == ("Vélo", "pluie")
    assert len(tags) <= MOST_TAGS
    assert "cargo" in tags


def test_tags_of_an_item_fill_the_places_that_the_brand_leaves() -> None:
    theirs = (" #a#", *map(str, range(40)))

    assert head(item(tags=theirs)).tags == ("a#", *map(str, range(MOST_TAGS - 1)))
    assert head(item(tags=theirs), source(tags=("x",))).tags == ("a#", *map(str, range(MOST_TAGS - 2)), "x")
    for many in (MOST_TAGS, MOST_TAGS + 5):
        ours = tuple(f"x{n}" for n in range(many))
        assert head(item(tags=theirs), source(tags=ours)).tags == ours


def test_no_contact_is_ever_written() -> None:
    mail, phone = "zoe@exemple.example", "06 12 34 56 78"
    said = item(
        title=f"{mail} {phone}",
        author=Person(f"Zoé ({mail})", f"https://x.example/?m={mail}", mail),
        html=f"<p>{mail} <a href='mailto:{mail}'>{phone}</a></p>",
        url=f"https://x.example/{mail}",
        tags=(mail, phone),
        licence=phone,
        review=Review(product=mail, role=phone, reward=mail, verified=phone, consent=Consent(mail, proof=phone)),
    )
    text = draft(said, source(into="testimonials"), rules()).text

    assert "exemple.example" not in text
    assert "34 56" not in text
    assert "contact" in head(said).flags


def test_an_address_of_an_original_is_kept_without_what_only_follows_readers() -> None:
    url = "https://x.example/1?utm_source=rss&id=2#3"

    assert head(item(url=url)).original == "https://x.example/1?id=2#3"


def test_an_item_without_a_date_is_flagged_and_lies_apart() -> None:
    made = drafted(item(published=None))

    assert made.path == "content/community/undated/un-titre-a70e0e.md"
    assert made.head.date is None
    assert made.head.flags == ("no-date",)  # type: ignore[attr-defined]


def test_a_delicate_item_lies_where_seniors_are_asked() -> None:
    made = drafted(item(html="<p>J’ai déposé plainte.</p>"))

    assert made.path.startswith("content/community/delicate/2026/")
    assert made.head.flags == ("word:senior",)  # type: ignore[attr-defined]


def test_a_known_place_stays_unless_it_becomes_delicate() -> None:
    at = "testimonials/2025/ancien.md"

    assert draft(item(title="Tout neuf"), source(), rules(), at=at).path == at
    assert draft(item(title="Une plainte"), source(), rules(), at=at).path == "testimonials/delicate/2025/ancien.md"
    assert draft(item(), source(), rules(), at="community/delicate/a.md").path == "community/delicate/a.md"
    for there in ("community/delicate/a.md", "community/delicate/2026/a.md"):
        assert draft(item(title="Une plainte"), source(), rules(), at=there).path == there
    assert draft(item(title="Une plainte"), source(), rules(), at="community/a/delicate").path == (
        "community/delicate/a/delicate"
    )


def test_a_taken_place_makes_the_name_longer() -> None:
    digest = "a70e0e3f0a6f83072538d63e0c0d68fa"
    stems = [*(f"un-titre-{digest[:size]}" for size in (6, 12, 32)), "forum-ebbc39aaf008"]

    for taken, stem in enumerate(stems):
        made = draft(item(), source(), rules(), taken=set(stems[:taken]))
        assert made.path == f"community/2026/{stem}.md"


def test_a_source_can_have_no_text_kept() -> None:
    made = drafted(item(), source(use="link"))

    assert made.body.strip() == ""
    assert (made.head.title, made.head.original) == ("Un titre", "https://x.example/1")  # type: ignore[attr-defined]


def test_a_trusted_source_says_yes_for_itself() -> None:
    made = drafted(item(), source(trust="trusted"))
    approved = made.head.approved  # type: ignore[attr-defined]

    assert made.head.status == "published"
    assert (approved.by, approved.on) == ("trusted:forum", date(2026, 11, 2))
    assert approved.text_hash == matter.text_hash(made.body)


@pytest.mark.parametrize(
    "fields",
    [
        {"published": None},
        {"title": "Une plainte"},
        {"html": "zoe@exemple.example"},
        {"published": None, "title": "Une plainte"},
    ],
)
def test_what_was_noticed_holds_back_even_a_trusted_source(fields: dict[str, Any]) -> None:
    made = head(item(**fields), source(trust="trusted"))

    assert (made.status, made.approved) == ("pending", None)
    assert made.held.endswith(", ".join(made.flags))


def test_a_testimonial_keeps_what_was_said_beside_its_words() -> None:
    made = head(item(review=REVIEW), source(into="testimonials"))

    assert (made.rating, made.product, made.role, made.verified) == (5, "Gabare", "cliente", "facture")
    assert made.consent == REVIEW.consent


def test_a_post_has_no_rating() -> None:
    assert not hasattr(head(item(review=REVIEW)), "rating")


def test_hours_and_zones_are_kept() -> None:
    moment = datetime(2019, 10, 12, 7, 20, 50, 520_000, tzinfo=UTC)

    assert head(item(published=moment)).date == moment


def test_a_rule_in_the_words_does_not_end_the_fields() -> None:
    text = draft(item(html="<p>a</p><hr><p>b</p>"), source(), rules()).text

    assert text.count("\n---\n") == 2
    assert re.search(r"\npulled: [0-9a-f]{16}\n---\n\na\n\n---\n\nb\n\Z", text)


@pytest.mark.parametrize(
    ("hash", "line"),
    [("1234567890123456", "pulled: '1234567890123456'"), ("0123456789abcdef", "pulled: 0123456789abcdef")],
)
def test_a_hash_of_digits_alone_is_no_number(hash: str, line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matter, "pulled_hash", lambda text: hash)

    assert f"\n{line}\n---\n" in draft(item(), source(), rules()).text


def test_an_account_that_is_an_address_to_write_to_is_left_out() -> None:
    assert signed(Person("Zoé", id="zoe@exemple.fr")) == Person("Zoé")
    assert signed(Person("Zoé", id="42")) == Person("Zoé", id="42")
