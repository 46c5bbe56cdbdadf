"""Ambassadors and what is offered to them: shown by consent only; kit, way to join, thanks, frames for other sites."""

from __future__ import annotations

import json
import logging
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from bs4 import BeautifulSoup

from parvis.check import pages
from parvis.consent import allows
from parvis.matter import dump, write
from parvis.model import Consent
from tests import hub
from tests.site.conftest import Build, Built, article

SITE = "https://maison.example/hub"
PNG = "-- content/images/logo.svg --\n<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 300 100'/>\n"
KIT = {
    "licence": {"fr": "Libre", "en": "Free"},
    "about": {"fr": "Une maison.\n\nEt un jardin.", "en": "A house."},
    "do": {"fr": ["Dire vrai"], "en": ["Tell the truth"]},
    "dont": ["Crier"],
    "hashtags": ["#LaMaison", "Jardin"],
    "files": [{"file": "images/logo.svg", "alt": {"fr": "Un trait", "en": "A line"}, "licence": "CC0"}],
}
JOIN = {
    "url": "https://forge.example/maison/issues/new",
    "mail": "place@maison.example",
    "version": "2026-01",
    "gives": {"fr": ["Une clé"]},
    "agree": {"fr": "Un.\n\nDeux.", "en": "One."},
}
CONSENT = {"version": "2026-01", "on": "2026-03-02"}


def brand(**more: object) -> str:
    return f"-- content/brand.yml --\n{hub.BRAND}url: {SITE}\n{dump(more) if more else ''}"


def profile(name: str = "ambre", **fields: Any) -> str:
    head = {
        "id": f"ambassador-{name}",
        "title": "Fleuriste & <i>porteuse</i>",
        "date": "2026-02-01T09:00:00+01:00",
        "lang": "fr",
        "handle": "ambre",
        "code": "AMBRE26",
        "name": "Ambre Leduc",
        "languages": ["fr", "en"],
        "topics": ["recettes"],
        "links": [{"name": "Mastodon", "url": "https://mastodon.example/@ambre"}],
        "consent": CONSENT,
    } | fields
    text = write({name: value for name, value in head.items() if value is not None}, "Des bouquets.")
    return f"-- content/ambassadors/{name}.md --\n{text}"


def given(number: int, **fields: Any) -> str:
    more = {"consent": CONSENT, "source": "avis", "use": "full", "author": {"name": f"Zoé {number}"}} | fields
    return hub.item(f"avis-{number}", f"content/testimonials/t{number}.md", title=f"Avis {number}", **more)


def links(built: Built, page: str) -> set[str]:
    return {link["href"] for link in built(page).select("main a[href]")}


def test_a_profile_is_a_card_of_one_person_for_machines_too(build: Build) -> None:
    page = build(brand() + profile())("ambassadeurs/ambre/index.html")
    card = page.select_one(".h-card:has(.u-uid)")
    address = f"{SITE}/ambassadeurs/ambre/"

    assert card and card.select_one(".p-name").get_text() == "Ambre Leduc"
    assert card.select_one(".u-uid.u-url")["value"] == address == page.select_one("link[rel=canonical]")["href"]
    assert card.select_one(".p-note").get_text() == "Fleuriste & <i>porteuse</i>"
    assert [topic.get_text() for topic in card.select(".p-category")] == ["recettes"]
    assert card.select_one("a.u-url[rel~=me]")["href"] == "https://mastodon.example/@ambre"
    assert [link["href"] for link in page.head.select("link[rel=me]")] == ["https://mastodon.example/@ambre"]
    assert card.select_one("time")["datetime"] == "2026-03-02"


def test_a_profile_page_says_what_google_asks_of_one(build: Build) -> None:
    page = build(brand() + profile() + article(more="tags: [recettes]\n"))("ambassadeurs/ambre/index.html")
    graph = json.loads(page.select_one("script[type='application/ld+json']").string)["@graph"]
    (told,) = (thing for thing in graph if thing["@type"] == "ProfilePage")

    assert told["dateCreated"] == "2026-02-01T09:00:00+01:00"
    assert told["mainEntity"] == {
        "@type": "Person",
        "@id": f"{SITE}/ambassadeurs/ambre/#person",
        "name": "Ambre Leduc",
        "description": "Fleuriste & <i>porteuse</i>",
        "url": f"{SITE}/ambassadeurs/ambre/",
        "sameAs": ["https://mastodon.example/@ambre"],
        "knowsLanguage": ["fr", "en"],
        "knowsAbout": ["recettes"],
    }


def test_a_topic_nothing_was_said_on_is_a_word_and_no_dead_link(build: Build) -> None:
    quiet = build(brand() + profile())
    assert quiet("ambassadeurs/ambre/index.html").select_one("span.p-category").get_text() == "recettes"
    assert list(pages.audit(quiet.output, SITE)) == []


@pytest.mark.parametrize(
    ("consent", "uses"),
    [
        (None, set()),
        (Consent("1"), {"profile", "thanks", "feed", "elsewhere"}),
        (Consent("1", scope=("nom", "Profil", "flux")), {"profile", "feed"}),
        (Consent("1", scope=("name", "thanks")), {"thanks"}),
        (Consent("1", scope=("site",)), {"profile", "thanks"}),
        (Consent("1", scope=("remerciements", "ailleurs")), {"thanks", "elsewhere"}),
        (Consent("1", scope=("first name",)), set()),
        (Consent("1", scope=("Tout",)), {"profile", "thanks", "feed", "elsewhere"}),
    ],
)
def test_a_scope_allows_what_it_names(consent: Consent | None, uses: set[str]) -> None:
    assert {use for use in ("profile", "thanks", "feed", "elsewhere") if allows(consent, use)} == uses  # type: ignore[arg-type]


def test_without_consent_nobody_is_named_anywhere(build: Build, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        built = build(brand() + profile(consent=None) + article())

    assert not any(name.startswith("ambassadeurs/ambre/") for name in built.files())
    assert "content/ambassadors/ambre.md: no page" in caplog.text
    shown = built.files("**/*.html") | built.files("**/*.xml") | built.files("**/*.json")
    assert [name for name in sorted(shown) if "Ambre Leduc" in (built.output / name).read_text("utf-8")] == []
    assert list(pages.audit(built.output, SITE)) == []


def test_a_scope_without_a_page_leaves_a_name_without_a_link(build: Build) -> None:
    built = build(brand() + profile(consent=CONSENT | {"scope": ["nom", "merci"]}))
    roll = built("ambassadeurs/merci/index.html")

    assert roll.select_one(".thanked bdi.p-name").get_text() == "Ambre Leduc"
    assert not roll.select(".thanked a")
    assert built("ambassadeurs/index.html").select(".face") == []
    assert not any("ambre" in name for name in built.files())


def test_the_day_after_consent_ends_nothing_is_left(build: Build) -> None:
    last = build(brand() + profile(consent=CONSENT | {"until": "2026-11-20"}))
    assert "ambassadeurs/ambre/index.html" in last.files()

    over = build(brand() + profile(consent=CONSENT | {"until": "2026-11-19"}), DELETE_OUTPUT_DIRECTORY=True)
    assert not any("ambre" in name or "merci" in name for name in over.files())


def test_a_feed_that_nobody_agreed_to_is_not_there(build: Build) -> None:
    built = build(brand() + profile(consent=CONSENT | {"scope": ["profil"]}) + article())

    assert built("ambassadeurs/ambre/index.html").select(".ambassador-feed") == []
    assert not any("ambre" in name for name in built.files("flux/**/*"))


def test_a_translation_stands_where_consent_allows_it(build: Build) -> None:
    english = profile("ambre-en", lang="en", translation_key="a", consent=CONSENT | {"scope": ["thanks"]})
    page = build(brand() + profile(translation_key="a") + english)("ambassadeurs/ambre/index.html")

    assert page.select("link[hreflang]") == []
    assert page.select_one(".masthead-languages a")["href"] == "../../en/ambassadors/"


def test_a_commercial_tie_stands_on_the_profile(build: Build) -> None:
    page = build(brand() + profile(commercial="gift"))("ambassadeurs/ambre/index.html")

    assert page.select_one(".label-commercial").get_text() == "Produit offert"


def test_the_roll_counts_those_who_spoke_and_names_nobody_again(build: Build) -> None:
    spoken = [hub.item(f"forum-{n}", author={"name": f"Personne {n // 2}", "id": str(n // 2)}) for n in range(4)]
    waiting = hub.item("forum-9", status="pending", approved=None)
    hidden = hub.item("forum-8", status="hidden")
    built = build(
        brand(thanks={"fr": "Merci à <b>vous</b>.\n\nÀ tous."}) + "".join(spoken) + waiting + hidden + given(1)
    )
    page = built("ambassadeurs/merci/index.html")

    counted = {row.a.get_text(): row.select_one(".crowd-count").get_text() for row in page.select(".crowds li")}
    assert counted == {"forum": "2 personnes, 4 éléments", "avis": "1 personne, 1 élément"}
    assert [part.get_text() for part in page.select(".prose p")] == ["Merci à <b>vous</b>.", "À tous."]
    assert "Personne" not in page.main.get_text()
    assert "../merci/" not in links(built, "ambassadeurs/index.html")
    assert "../ambassadeurs/merci/" in links(built, "ambassadeurs/index.html")


def test_what_a_brand_does_not_offer_has_no_page_and_no_link(build: Build) -> None:
    built = build(brand() + article())

    assert built.files("ambassadeurs/**/*") == {"ambassadeurs/index.html"}
    assert built.files("en/ambassadors/**/*") == {"en/ambassadors/index.html"}
    assert list(pages.audit(built.output, SITE)) == []


@pytest.mark.parametrize("languages", ["[fr, en]", "[en]", "[fr]"])
def test_all_that_is_offered_passes_our_audit_in_every_language(build: Build, languages: str) -> None:
    whole = brand(kit=KIT, join=JOIN, thanks="Merci.").replace("[fr, en]", languages)
    built = build(whole + PNG + profile() + given(1) + hub.item() + article())
    ours = built.files("**/*.html")

    assert list(pages.audit(built.output, SITE)) == []
    first = "ambassadors/kit" if languages == "[en]" else "ambassadeurs/kit"
    assert f"{first}/index.html" in ours
    assert ("en/ambassadors/kit/index.html" in ours) == (languages == "[fr, en]")
    foot = {link["href"] for link in built("index.html").select(".footer a")}
    assert f"./{first}/" in foot


def test_the_kit_tells_licence_size_and_weight_of_each_file_once(build: Build) -> None:
    built = build(brand(kit=KIT, logo="images/logo.svg") + PNG)
    page = built("en/ambassadors/kit/index.html")
    (file,) = page.select(".download")
    take = file.select_one("a[download]")

    assert file.img["alt"] == "A line" and (file.img["width"], file.img["height"]) == ("300", "100")
    assert [line.get_text() for line in file.select(".download-what")] == ["SVG, 300 × 100, 1 kB", "Licence: CC0"]
    assert (built.output / "en/ambassadors/kit" / take["href"]).resolve().is_file()
    assert [item.get_text() for item in page.select(".manners li")] == ["Tell the truth", "Crier"]
    assert page.find(string="#LaMaison #Jardin")
    assert "Free" in page.select_one(".kit-licence").get_text()


def test_logo_and_icons_are_in_the_kit_without_being_named(build: Build) -> None:
    page = build(brand(kit={"licence": "Libre"}, logo="images/logo.svg") + PNG)("ambassadeurs/kit/index.html")

    assert page.select_one(".download-name").get_text() == "Logo"
    assert page.select_one(".download img")["alt"] == "La maison"


@pytest.mark.parametrize(
    ("more", "line", "what"),
    [
        ("kit: {do: [x]}\n", 5, "kit.licence: missing"),
        ("kit:\n  licence: x\n  files:\n    - file: images/a.svg\n", 8, "kit.files.alt: missing"),
        (
            "kit:\n  licence: x\n  files:\n    - file: images/a.svg\n      alt: A\n",
            8,
            "no picture content/images/a.svg",
        ),
        ("kit:\n  licence: x\n  files:\n    - {file: ../x, alt: A}\n", 8, "outside content/images/"),
        ("kit: {licence: x, dos: [y]}\n", 5, "kit.dos: no such option, did you mean 'do'?"),
        ('kit: {licence: ""}\n', 5, "kit.licence: empty"),
        ("join: {version: x}\n", 5, "join: want url: (a form) or mail: (an address), or both"),
        ("join: {mail: 'a@b.example?bcc=c@d.example'}\n", 5, "join.mail: want a mail address"),
        ("join: {url: 'javascript:alert(1)'}\n", 5, "join.url: want an address"),
    ],
)
def test_a_fault_of_what_is_offered_has_its_line(
    build: Build, capsys: pytest.CaptureFixture[str], more: str, line: int, what: str
) -> None:
    with pytest.raises(SystemExit):
        build(f"-- content/brand.yml --\n{hub.BRAND}{more}")

    said = " ".join(capsys.readouterr().err.split())
    assert f"content/brand.yml:{line}: " in said
    assert what in said


def test_the_letter_to_join_is_begun_in_the_language_of_the_page(build: Build) -> None:
    built = build(brand(join=JOIN).replace("name: La maison", "name: 'La maison & cie?'"))
    (letter,) = (link for link in links(built, "en/ambassadors/join/index.html") if "?" in link and "mailto" in link)
    parts = urlsplit(letter)
    asked = parse_qs(parts.query)

    assert unquote(parts.path) == "place@maison.example"
    assert asked["subject"] == ["Ambassador of La maison & cie?"]
    assert "version 2026-01." in asked["body"][0]
    assert "(profile)" in asked["body"][0] and "(thanks)" in asked["body"][0] and "(feed)" in asked["body"][0]
    assert asked["body"][0].count("\r\n") == asked["body"][0].count("\n")
    assert "J’aimerais" in unquote(next(x for x in links(built, "ambassadeurs/rejoindre/index.html") if "subject" in x))


def test_a_form_that_anybody_can_read_says_so(build: Build) -> None:
    page = "ambassadeurs/rejoindre/index.html"
    built = build(brand(join=JOIN))
    assert built(page).select(".notice") and JOIN["url"] in links(built, page)

    quiet = build(brand(join={"url": "https://forms.example/7"}))
    assert quiet(page).select(".notice") == []


def test_the_list_of_ambassadors_leads_to_join_kit_and_thanks(build: Build) -> None:
    built = build(brand(join=JOIN, kit={"licence": "x"}, thanks="Merci.", contact="a@b.example"))
    ways = links(built, "en/ambassadors/index.html")

    assert {f"../../en/ambassadors/{name}/" for name in ("join", "kit", "thanks")} <= ways
    assert "mailto:a@b.example" not in ways


@pytest.mark.parametrize(
    ("site", "where"),
    [
        (profile(handle="kit"), "content/ambassadors/ambre.md:6"),
        (profile(handle="rejoindre"), "content/ambassadors/ambre.md:6"),
        ("-- content/pages/x.md --\n---\nid: p\ntitle: P\nslug: cadres\n---\n", "content/pages/x.md:4"),
    ],
)
def test_an_address_that_the_site_needs_itself_is_taken(
    build: Build, capsys: pytest.CaptureFixture[str], site: str, where: str
) -> None:
    with pytest.raises(SystemExit):
        build(brand() + site)

    assert where in capsys.readouterr().err


def test_a_frame_holds_only_testimonials_that_may_stand_elsewhere(build: Build) -> None:
    site = (
        given(1)
        + given(2, consent=CONSENT | {"scope": ["site"]})
        + given(3, consent=None)
        + given(4, consent=CONSENT | {"scope": ["site", "ailleurs"]})
        + given(5, consent=CONSENT | {"until": "2026-11-01"})
        + given(6, status="hidden")
        + given(7, status="pending", approved=None)
        + given(8, share={"embargo": "2026-12-24T09:00:00+01:00"})
    )
    built = build(brand() + site)

    for path in ("cadres/temoignages", "cadres/tout", "en/frames/testimonials"):
        assert {who.get_text() for who in built(f"{path}/index.html").select("bdi")} == {"Zoé 1", "Zoé 4"}


def test_a_frame_is_bounded_newest_first_good_and_bad_alike(build: Build) -> None:
    site = "".join(given(n, rating=n % 5 + 1, date=f"2026-10-{n + 1:02}T09:00:00+01:00") for n in range(12))
    page = build(brand() + site)("cadres/temoignages/index.html")

    assert [who.get_text() for who in page.select("bdi")] == [f"Zoé {n}" for n in range(11, 5, -1)]
    assert all(fact.select("dt") for fact in page.select(".facts"))


def test_a_frame_is_for_frames_alone(build: Build) -> None:
    words = "Très [bien](https://spam.example/) <b onclick=x>ici</b>."
    built = build(brand() + given(1).replace("Bonjour.", words) + article())
    page = built("cadres/temoignages/index.html")

    assert page.select_one("meta[name=robots]")["content"] == "noindex"
    assert page.select_one("link[rel=canonical]")["href"] == f"{SITE}/temoignages/"
    assert "default-src 'none'" in page.select_one("meta[http-equiv]")["content"]
    assert not page.select("header, footer, nav, iframe, base, script:not([type='application/ld+json'])")
    assert {link["target"] for link in page.select("a")} == {"_top"}
    assert all(not urlsplit(link["href"]).netloc for link in page.select("a"))
    assert "cadres/" not in "".join(
        loc.get_text() for loc in built("sitemap.xml")("loc") if not loc.get_text().endswith("/cadres/")
    )


def test_a_snippet_shows_the_frame_from_anywhere_and_lets_it_run_nothing(build: Build) -> None:
    built = build(brand().replace("name: La maison", "name: 'La \"maison\" & <cie>'") + given(1))
    page = built("en/frames/index.html")
    first, second = (BeautifulSoup(box.get_text(), "html.parser") for box in page.select(".snippet-html"))

    assert first.iframe["src"] == f"{SITE}/en/frames/testimonials/"
    assert first.iframe["title"] == 'Testimonials – La "maison" & <cie>'
    assert set(first.iframe["sandbox"]) == {
        "allow-popups",
        "allow-popups-to-escape-sandbox",
        "allow-top-navigation-by-user-activation",
    }
    assert (first.iframe["loading"], first.iframe["referrerpolicy"]) == ("lazy", "no-referrer")
    assert first.a["href"] == f"{SITE}/en/testimonials/"
    assert second.a["href"] == f"{SITE}/en/"
    assert [frame["src"] for frame in page.select("iframe")] == [
        "../../en/frames/testimonials/",
        "../../en/frames/all/",
    ]
    assert "frame-src 'self'" in page.select_one("meta[http-equiv]")["content"]


def test_an_empty_site_has_frames_that_say_so(build: Build) -> None:
    built = build()

    assert built("cadres/tout/index.html").select(".framed") == []
    assert "Rien ici pour le moment." in built("cadres/temoignages/index.html").main.get_text()
    assert "../cadres/" not in links(built, "temoignages/index.html")


def test_the_wall_leads_to_its_frame(build: Build) -> None:
    assert "../cadres/" in links(build(brand() + given(1)), "temoignages/index.html")


def test_the_day_of_agreement_is_when_an_ambassador_began(build: Build) -> None:
    page = build(brand() + profile(consent={"version": "1"}))("ambassadeurs/merci/index.html")

    assert page.select_one(".thanked-since").get_text() == "depuis février 2026"
