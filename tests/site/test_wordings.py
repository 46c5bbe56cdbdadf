"""Texts to share: two at least for each network, in time, in their language, no word cut, the tie told first."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from parvis import kinds
from parvis.matter import Document
from parvis.model import Entry, Person
from parvis.operator import Share as Settings
from parvis.share import NOTHING, Ready, Share
from parvis.site import offers, wordings
from parvis.site.networks import NETWORKS, measured
from parvis.site.phrases import alike
from parvis.site.pieces import Piece
from parvis.site.views import Wordings

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
URL = "https://www.example.com/articles/roue/"
LONG_WORD = "anticonstitutionnellement" * 30


def article(title: str = "La roue", summary: str = "", text: str = "", *, lang: str = "fr", **more: object) -> Piece:
    head = kinds.Article(id="roue", title=title, lang=lang, summary=summary, date=NOON, **more)  # type: ignore[arg-type]
    home = lang if lang in ("fr", "en") else "fr"
    return Piece(
        Document("a.md", head, "", 1), "articles", "articles/roue/", lang, home, Markup(f"<p>{text}</p>"), NOON
    )


def said(title: str = "Parfait", text: str = "Rien à dire.", *, use: str = "full", rating: int | None = None) -> Piece:
    about = {"id": "avis", "title": title, "author": Person("Zoé"), "date": NOON, "lang": "fr", "use": use}
    head = kinds.Testimonial(**about, rating=rating, product="La Gabare")  # type: ignore[arg-type]
    return Piece(Document("t.md", head, "", 1), "testimonials", "t/avis/", "fr", "fr", Markup(f"<p>{text}</p>"), NOON)


def entry(piece: Piece) -> Entry:
    author = piece.head.author if isinstance(piece.head, kinds.Said) else Person("Léa")
    summary = getattr(piece.head, "summary", "") or piece.words
    return Entry("tag:x", URL, piece.head.title, summary, NOON, NOON, author=author, lang=piece.lang)


def texts(piece: Piece, network: str = "any", lang: str = "fr", tie: str = "") -> tuple[str, ...]:
    return wordings.texts(piece, entry(piece), network, lang, "Atelier Cardan", tie=tie)


def boxes(piece: Piece, lang: str = "fr", tags: tuple[str, ...] = (), url: str = URL) -> list[Wordings]:
    told = wordings.telling(piece, entry(piece), lang, "Atelier Cardan")
    return list(offers.offered(offers.Offer("roue", url, piece.head.title, told, tags), Settings()))


def share(**texts: list[str]) -> Share:
    given = {network: tuple(Ready(text) for text in found) for network, found in texts.items()}
    return Share(wordings={"": given}, embargo=None, until=None)


LITTLE = {
    "a title": article(),
    "a sign": article("🚲"),
    "many words": article("Le vélo qui porte " * 12),
    "a word too long": article(LONG_WORD, LONG_WORD),
    "another script": article("自転車の修理" * 60, lang="ja"),
    "from right to left": article("دراجة", lang="ar"),
    "markup": article("<script>alert(1)</script> & \"x\" 'y' %s {link} {text}"),
    "a link": said(use="link"),
    "few words": said("Ok", "Ok"),
    "stars": said(rating=5),
    "english": article("A wheel", "It turns.", "It turns. And turns.", lang="en"),
}


@pytest.mark.parametrize("piece", LITTLE.values(), ids=LITTLE)
def test_however_little_an_item_says_each_network_gets_two_texts_that_differ(piece: Piece) -> None:
    shown = boxes(piece, piece.home)

    assert [box.network for box in shown] == [network.name for network in NETWORKS.values()]
    for name, box in zip(NETWORKS, shown, strict=True):
        one, other = (text.text.partition("\n\nhttps://")[0] for text in box.texts)
        assert one and other and not alike(one, other), name
        assert all(measured(name, [text.text]) and URL in text.text for text in box.texts)


@pytest.mark.parametrize("piece", LITTLE.values(), ids=LITTLE)
def test_no_word_is_cut(piece: Piece) -> None:
    head = piece.head
    known = set(
        re.findall(r"\w+", f"{head.title} {getattr(head, 'summary', '')} {piece.words} Zoé Léa 1 2 3 4 5".casefold())
    )
    spaced = piece.lang != "ja"
    for box in boxes(piece, piece.home) if spaced else ():
        for text in box.texts:
            if "…" in text.text:
                before = re.findall(r"\w+", text.text.partition("…")[0].casefold())[-1]
                assert before in known


@given(st.text(min_size=1), st.text(), st.text())
def test_whatever_an_item_says_no_text_is_longer_than_its_network_takes(title: str, summary: str, text: str) -> None:
    for box, name in zip(boxes(article(title, summary, text)), NETWORKS, strict=True):
        assert len(box.texts) == 2 and all(measured(name, [made.text]) for made in box.texts)


def test_given_texts_go_first_and_made_ones_beside_a_lonely_one() -> None:
    one = article("La roue", share=share(mastodon=["Un texte."]))
    two = article("La roue", share=share(mastodon=["Un texte."], any=["Un autre."]))

    assert texts(one, "mastodon")[0] == "Un texte." and len(texts(one, "mastodon")) == 2
    assert texts(two, "mastodon") == ("Un texte.", "Un autre.")
    assert "Un texte." not in texts(two, "x")
    assert texts(article("La roue", share=share(any=["A", "B", "C"])), "x") == ("A", "B", "C")


def test_each_language_has_its_typography_and_its_marks() -> None:
    french, english = texts(article("Elle tourne !")), texts(article("It turns", lang="en"), lang="en")

    assert french[1] == "À lire chez Atelier Cardan\u00a0: «\u00a0Elle tourne\u202f!\u00a0»"
    assert english[1] == "To read at Atelier Cardan: “It turns”"


def test_in_another_language_than_its_own_an_item_is_told_of_not_told() -> None:
    shown = texts(article("La roue", "Elle tourne."), lang="en")

    assert shown[0] == "“La roue” (in French)" and "Elle tourne" not in " ".join(shown)


def test_words_that_may_only_be_linked_to_are_not_quoted() -> None:
    for box in boxes(said("Parfait", "Un secret de fabrique bien gardé, dit en passant.", use="link")):
        assert all("secret" not in text.text for text in box.texts)


def test_a_testimonial_is_quoted_with_its_author_and_rating() -> None:
    one, other = texts(said(text="Rien à redire, vraiment.", rating=4))

    assert one == "«\u00a0Rien à redire, vraiment.\u00a0»\n— Zoé, 4/5"
    assert other.startswith("La Gabare\u00a0: 4 sur 5, selon Zoé.")


def test_an_initial_before_the_end_of_a_sentence_has_one_stop() -> None:
    piece = said(rating=2)
    named = replace(entry(piece), author=Person("Camille R."))

    told = wordings.texts(piece, named, "any", "fr", "Atelier Cardan")
    assert told[1].startswith("La Gabare\u00a0: 2 sur 5, selon Camille R.\n")


def test_a_shortened_quotation_stays_closed_and_signed() -> None:
    by_name = {box.network: box for box in boxes(said(text="Voilà des mots qui comptent. " * 40, rating=5))}

    text = by_name["X"].texts[0].text.partition("\n\nhttps")[0]
    assert text.endswith("…\u00a0»\n— Zoé, 5/5") and len(text) < 280


@pytest.mark.parametrize(
    ("tie", "french", "english"),
    [
        ("paid", "Publicité", "Ad"),
        ("gift", "Publicité\u00a0: produit offert", "Ad: product given"),
        ("affiliate", "Publicité\u00a0: lien rémunéré", "Ad: paid link"),
        ("employee", "Par une personne qui travaille pour Atelier Cardan", "By someone who works for Atelier Cardan"),
    ],
)
def test_a_commercial_tie_stands_first_and_is_never_cut(tie: str, french: str, english: str) -> None:
    long = article("Le vélo qui porte " * 40, commercial=tie, share=share(x=["Un texte donné. " * 40]))

    for box in boxes(long):
        assert all(text.text.startswith(f"{french} – ") for text in box.texts)
    assert texts(article(lang="en", commercial=tie), lang="en")[0] == f"{english} – La roue"


def test_an_ambassadors_own_tie_is_told_too() -> None:
    assert texts(article(), tie="employee")[0] == "Je travaille pour Atelier Cardan – La roue"
    assert texts(article(commercial="gift"), tie="gift")[0] == "Publicité\u00a0: produit offert – La roue"


def test_hashtags_stand_where_there_is_room_and_where_they_are_in_use() -> None:
    shown = {box.network: box.texts[0].text for box in boxes(article(), tags=("#Vélo", "#Nantes", "#Pluie", "#Loire"))}
    full = {box.network: box.texts[0].text for box in boxes(article("mot " * 100), tags=("#Vélo",))}

    assert shown["Mastodon"].count("#") == 3 and shown["Threads"].count("#") == 1 and "#" not in shown["WhatsApp"]
    assert "#" not in full["X"]


def test_hashtags_that_the_brand_wrote_are_not_doubled() -> None:
    given = article(share=share(any=["Sous la #pluie."]))

    assert boxes(given, tags=("#Pluie", "#Nantes"))[0].texts[0].text.count("luie") == 1


def test_an_address_without_room_for_its_marks_goes_without() -> None:
    url = f"https://www.example.com/{'a' * 240}/"

    bluesky = next(box for box in boxes(article(), url=url) if box.network == "Bluesky")

    assert len(bluesky.texts) == 2 and "utm_" not in bluesky.texts[0].text


def test_links_tell_network_item_and_code_and_keep_what_they_had() -> None:
    link = wordings.tagged(f"{URL}?a=1&b=%26&utm_source=old&c#part", network="x", code="FLEURS26", item="roue")

    parts = urlsplit(link)
    assert parts.fragment == "part" and parts.query.startswith("a=1&b=%26&c&")
    assert {name: value for name, (value,) in parse_qs(parts.query).items() if name.startswith("utm_")} == {
        "utm_source": "x", "utm_medium": "ambassador", "utm_campaign": "roue", "utm_content": "FLEURS26",
    }  # fmt: skip
    assert "mtm_campaign=roue" in wordings.tagged(URL, item="roue", tags="mtm")


@pytest.mark.parametrize(
    ("window", "open"),
    [
        (NOTHING, True),
        (Share(wordings={}, embargo=NOON, until=None), True),
        (Share(wordings={}, embargo=NOON.replace(hour=13), until=None), False),
        (Share(wordings={}, embargo=None, until=NOON.replace(hour=11)), False),
    ],
)
def test_sharing_has_its_time(window: Share, open: bool) -> None:
    assert wordings.shareable(article(share=window).share, NOON) == open
