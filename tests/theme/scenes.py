# ruff: noqa: E501 - texts of people, set as they come
"""Made-up views for every kind of page: full ones as a lively brand has them, bare ones, and odd ones.

Used by the tests of the theme, and by whoever wants to look at a page without a site.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

from markupsafe import Markup

from parvis.site import views as v

PARIS = timezone(timedelta(hours=1))
ROOT = v.ROOT
RSS, ATOM = "application/rss+xml", "application/atom+xml"
Scene = tuple[v.Page, dict[str, object]]


def when(day: int, month: int = 11, year: int = 2026) -> datetime:
    return datetime(year, month, day, 9, 5, tzinfo=PARIS)


def link(label: str, url: str = "", **more: object) -> v.Link:
    return v.Link(label, ROOT + (url or label.lower().replace(" ", "-")) + "/", **more)  # type: ignore[arg-type]


def image(name: str, alt: str, width: int = 1200, height: int = 800) -> v.Image:
    return v.Image(f"{ROOT}images/{name}", alt, width, height)


TOPICS = (
    link("Vélos cargos", count=31), link("À l’atelier", count=18), link("Sorties du samedi", count=12),
    link("Hiver et pluie", count=9), link("En famille", count=22), link("Travailler à vélo", count=7),
    link("Loire et estuaire", count=5), link("Rappels et sécurité", count=3),
)  # fmt: skip
LEA, MARC = v.Signature("Léa Gourmelon", "LG"), v.Signature("Marc Tanguy", "MT")

LEAD = v.Card(
    "article", "roue", "Ce que la pluie apprend à une roue arrière", ROOT + "articles/roue/", "fr", when(17), LEA,
    summary="Quarante jours d’averses, onze jantes, un carnet. Nous avons laissé trois Gabares dehors tout novembre "
    "pour savoir ce qui rouille d’abord, et la réponse n’est pas celle que nous vendions.",
    image=image("pluie.svg", "Un vélo cargo sous la pluie, quai de la Fosse", 1500, 1000),
    topics=TOPICS[:2], tags=("jante", "rouille"), share=ROOT + "articles/roue/partager/",
)  # fmt: skip
ARTICLES = (
    v.Card("article", "rappel", "Rappel de la béquille 2024 : ce que nous avons fait, ce que nous aurions dû faire",
           ROOT + "articles/rappel/", "fr", when(12), MARC, summary="Trente-huit vélos, onze jours, une pièce à six "
           "euros. Le compte rendu complet, avec les dates qui fâchent.", image=image("bequille.svg", "Une béquille", 900, 900)),
    v.Card("article", "samedi", "Samedi, on remonte l’Erdre", ROOT + "articles/samedi/", "fr", when(9), LEA,
           summary="Vingt-deux kilomètres, deux crêpes, un bac. Départ à neuf heures, retour quand le pain est mangé."),
    v.Card("article", "anti", "Anticonstitutionnellement lourd", ROOT + "articles/anti/", "fr", when(1), MARC,
           summary="Peser un cargo, oui, mais comment ?", image=image("balance.svg", "Une balance", 900, 600),
           commercial="gift"),
)  # fmt: skip
VOICES = (
    v.Card("community", "gwenola", "7 h 10, première piqûre", ROOT + "communaute/gwenola/", "fr", when(18),
           v.Signature("Gwenola, infirmière à roues", "GR", "https://mastodon.example/@gwenola"),
           summary="7 h 10, première piqûre du matin, pluie fine à Chantenay. Monsieur A., 91 ans, à sa fenêtre : "
           "« Vous êtes venue à la rame ? » Presque.", words=Markup("<p>7 h 10, première piqûre du matin, pluie fine "
           "à Chantenay. Monsieur A., 91 ans, à sa fenêtre : « Vous êtes venue à la rame ? »</p><p>Presque.</p>"),
           titled=False, source="#CargoNantes, sur le Fédivers", glyph="fediverse",
           original="https://mastodon.example/@gwenola/1", topics=TOPICS[3:4], tags=("cargonantes", "hiver"),
           share=ROOT + "communaute/gwenola/partager/"),
    v.Card("community", "frein", "Frein arrière qui chante au-dessus de 80 kg", ROOT + "communaute/frein/", "fr",
           when(16), v.Signature("pierrot44", "P", "https://forum.example/u/pierrot44"),
           summary="Bonjour, sur ma Toue de 2023 le frein arrière chante dès que je charge. J’ai nettoyé, poncé, "
           "prié. Quelqu’un a essayé les plaquettes organiques ?", words=Markup("<p>Bonjour, sur ma Toue de 2023 le "
           "frein arrière chante dès que je charge. J’ai nettoyé, poncé, prié.</p><ul><li>plaquettes d’origine : "
           "chante</li><li>métalliques : hurle</li></ul><p>Quelqu’un a essayé les plaquettes organiques ?</p>"),
           source="Le forum de l’atelier", glyph="forum", original="https://forum.example/t/1", pinned=True),
    v.Card("community", "marlies", "Met de bakfiets naar Nantes", ROOT + "communaute/marlies/", "nl", when(11),
           v.Signature("Marlies van der Berg-Oosterhuis", "MO"), summary="Vier dagen regen, drie lekke banden, en "
           "toch de mooiste vakantie. De mensen van de werkplaats hebben onze as gerepareerd.", words=Markup("<p>Vier "
           "dagen regen, drie lekke banden, en toch de mooiste vakantie.</p>"), source="La famille roulante",
           glyph="blog", original="https://famille-roulante.example/nl"),
    v.Card("community", "layla", "دراجة تحت المطر", ROOT + "communaute/layla/", "ar", when(8),
           v.Signature("ليلى بن عمر", "لع"), summary="أول شتاء لنا مع الدراجة، والأطفال يغنون تحت الغطاء.",
           words=Markup("<p>أول شتاء لنا مع الدراجة، والأطفال يغنون تحت الغطاء.</p>"), titled=False,
           source="Le forum de l’atelier", glyph="forum", original="https://forum.example/t/9", state="pending"),
)  # fmt: skip
GIVEN = (
    v.Card("testimonial", "claire", "Ma table de massage a enfin un véhicule", ROOT + "temoignages/claire/", "fr",
           when(17, 1), v.Signature("Claire M.", "CM"), summary="Avant, je cherchais une place. Maintenant je cherche "
           "mes clés, comme tout le monde.", words=Markup("<p>Je fais huit à dix domiciles par jour entre Chantenay "
           "et Doulon, avec une table pliante de 14 kg. Avant, je cherchais une place. Maintenant je cherche mes "
           "clés, comme tout le monde.</p>"), source="Avis de clients", glyph="review", rating=5, product="Gabare",
           role="kinésithérapeute à domicile", experience=date(2025, 11, 28), verified="facture 2025-1187"),
    v.Card("testimonial", "yann", "Deux mois d’attente", ROOT + "temoignages/yann/", "fr", when(2, 3),
           v.Signature("Yann L.", "YL"), summary="Le vélo est bien. L’attente, non.", words=Markup("<p>Le vélo est "
           "bien. L’attente, non : deux mois pour un moyeu, et personne au téléphone le lundi.</p>"), rating=2,
           product="Révision annuelle", experience=date(2026, 2, 5), verified="ordre de réparation 26-0211"),
    v.Card("testimonial", "fatou", "Ils m’ont rendu les pièces", ROOT + "temoignages/fatou/", "fr", when(9, 2),
           v.Signature("Fatou N.", "FN"), summary="Les vieilles pièces dans un sac, avec une étiquette.",
           words=Markup("<p>Devis par écrit, appel avant de changer le pédalier, et les vieilles pièces dans un sac "
           "avec une étiquette.</p><p>C’est la première fois qu’on me rend une preuve.</p>"), rating=5,
           product="Révision annuelle", role="cliente depuis 2021", experience=date(2026, 2, 5), reward="une sonnette",
           verified="ordre de réparation 26-0212", commercial="gift", state="draft"),
    v.Card("testimonial", "tom", "Worth the ferry", ROOT + "temoignages/tom/", "en", when(30, 6),
           v.Signature("Tom & Priya", "TP"), summary="We came from Cork for it.", words=Markup("<p>We came from Cork "
           "for it. It carried the two of us home.</p>"), rating=4, product="Toue", translated_from="ga"),
)  # fmt: skip
FACES = (
    v.Face("Maud Le Bihan", "MB", "Trois enfants, deux vélos, un blog depuis Redon", ROOT + "ambassadeurs/maud/", "fr"),
    v.Face("Ousmane Diarra", "OD", "Livre le pain de Doulon avant six heures", ROOT + "ambassadeurs/ousmane/", "fr"),
    v.Face("Kenza Aït-Ouali", "KA", "Prépare la photo de groupe, et le café", ROOT + "ambassadeurs/kenza/", "fr"),
    v.Face("Sam O’Rourke", "SO", "Translates, tows and tells", ROOT + "ambassadeurs/sam/", "en"),
)
FEEDS = (
    v.Feed("Tout ce qui se dit", ROOT + "flux/tout.xml", RSS, "RSS", "Articles, communauté et témoignages."),
    v.Feed("Tout ce qui se dit", ROOT + "flux/tout.atom", ATOM, "Atom"),
)
THANKS = v.Thanks(
    (v.Thanked(FACES[0], date(2026, 3, 2), ("En famille", "Hiver et pluie")), v.Thanked(replace(FACES[1], url=""))),
    ("Merci à qui a poussé.", "Et à qui a retenu."),
    (v.Crowd("Le forum de l’atelier", ROOT + "communaute/", 1200, 811), v.Crowd("Avis", ROOT + "temoignages/", 1, 1)),
)  # fmt: skip
KIT = v.Kit(
    "CC0, prenez-les.", "https://creativecommons.org/publicdomain/zero/1.0/",
    (v.Download("Logo", ROOT + "images/cardan.svg", "Atelier Cardan", "SVG", 4, 633, 170),
     v.Download("Tout", ROOT + "images/tout.zip", "Tous les logos", "ZIP", 1234, licence="CC BY 4.0", shown=False)),
    ("Atelier Cardan fait des vélos.",), ("#CargoNantes",), ("Dites vrai.",), ("Ne redessinez rien.",), link("Devenir ambassadrice"),
)  # fmt: skip
JOIN = v.Join(
    "https://forge.example/issues/new", True, "ambassade@cardan.example", "mailto:ambassade@cardan.example?subject=x", "2026-01",
    ("Une clé de l’atelier.",), ("Vous dites ce que vous pensez.",), ("Dites vrai.",), ("Ne promettez rien.",), link("Kit"),
    "ambassade@cardan.example",
)  # fmt: skip
SNIPPET = v.Snippet(
    "Témoignages",
    "Les plus récents.",
    ROOT + "cadres/temoignages/",
    '<iframe src="https://cardan.example/"></iframe>',
    480,
    560,
)
TEXT = Markup(
    "<p>On croyait que ce serait la chaîne. Tout le monde croit que ce sera la chaîne : elle est noire, elle grince, "
    "elle tache les pantalons. Nous l’avons <em>graissée</em>, pesée, photographiée <a href='https://x.example/'>chaque "
    "matin</a>.</p><p>Au bout de onze jours, c’est la roue arrière qui a parlé.<sup id='fnref:1'><a class='footnote-ref' "
    "href='#fn:1'>1</a></sup></p><h2 id='le-carnet'>Le carnet, jour après jour</h2><p>Trois Gabares, attachées quai de "
    "la Fosse, sous rien. La première n’a pas de garde-boue, la deuxième en a un, la troisième en a deux. Tous les "
    "matins à sept heures, Marc passe la main sur les rayons, et note ce que sa main lui dit.</p><blockquote><p>Ce "
    "n’est pas de la rouille, c’est de la conversation.</p></blockquote><p>Le tableau donne les onze premiers jours. "
    "Le couple de serrage est en newtons-mètres, la pluie en millimètres à la station de Bouguenais.</p>"
    "<table><thead><tr><th>Jour</th><th>Pluie"
    "</th><th>Avant</th><th>Arrière</th></tr></thead><tbody><tr><td>1er novembre</td><td>4,2</td><td>35,0</td><td>35,0"
    "</td></tr><tr><td>4 novembre</td><td>11,8</td><td>34,6</td><td>31,2</td></tr><tr><td>11 novembre</td><td>22,0"
    "</td><td>34,1</td><td>27,9</td></tr></tbody></table><h3 id='outils'>Les outils</h3><ul><li>une clé "
    "dynamométrique, <code>2–24 Nm</code></li><li>un chiffon, toujours le même</li><li>du café<ol><li>noir</li><li>"
    "très noir</li></ol></li></ul><p>Le calcul tient en deux lignes :</p>"
    "<pre><code>perte = (35.0 - 27.9) / 35.0   # environ vingt pour cent, et tout le monde se tait\n"
    "print(f&quot;{perte:.0%}&quot;)</code></pre><figure><img src='\ue000/images/carnet.svg' alt='Le carnet' "
    "width='900' height='600' loading='lazy' decoding='async'><figcaption>Le carnet, page 11, et le café.</figcaption>"
    "</figure><p>Nous changeons donc ce que nous vendons : un garde-boue arrière de série, et un resserrage offert "
    "au bout d’un mois.</p><hr><p>Merci à ceux qui ont prêté leur parapluie.</p><dl><dt>Gabare</dt><dd>Notre biporteur, "
    "du nom des bateaux de Loire.</dd></dl><div class='footnote'><hr><ol><li id='fn:1'><p>Elle avait du jeu. <a class="
    "'footnote-backref' href='#fnref:1' title='Retour'>↩</a></p></li></ol></div>"
)
ODD = v.Card(
    "community", "odd", "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft <script>", ROOT + "odd/",
    "de", when(3), v.Signature("🚲🚲 אבי <b>Cohen</b> vonundzu" + "Rindfleischetikettierung" * 3, "🚲", "https://x.example/@" + "a" * 90),
    summary="https://a-very-long-address.example/" + "path" * 40, words=Markup("<p>" + "Rindfleischetikettierung" * 9 + "</p>"),
    source="Ein Forum mit einem Namen, der über drei Zeilen geht und trotzdem gezeigt werden muss",
    original="https://x.example/1", glyph="unheard-of", commercial="affiliate", state="pending", pinned=True,
)  # fmt: skip


def site(lang: str = "fr", **more: object) -> v.Site:
    made = v.Site(
        name="Atelier Cardan", tagline="Vélos cargos faits, réparés et aimés au bas de Chantenay", lang=lang,
        home=ROOT, address="https://cardan.example", css=ROOT + "style.css", colour="#a23e22", lifted="#f79276",
        nav=(link("Articles"), link("Sur la place"), link("Témoignages"), link("Ambassadeurs"), link("Flux")),
        pages=(link("À propos"), link("Mentions légales"), link("Archives")),
        social=(v.Link("Mastodon", "https://mastodon.example/@c"), v.Link("Forum", "https://forum.example/")),
        feeds=FEEDS, icon=ROOT + "images/icone.svg", card=image("carte.png", "Atelier Cardan", 1200, 630),
        touch_icon=image("icone.png", "Atelier Cardan", 512, 512), manifest=ROOT + "manifest.webmanifest",
        legal="Atelier Cardan, SCOP à responsabilité limitée, 6 impasse des Gabiers, 44100 Nantes.",
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def page(kind: str, title: str, lang: str = "fr", **more: object) -> v.Page:
    made = v.Page(
        kind, title, f"Description : {title}", lang, f"https://cardan.example/{kind}/",
        translations=(v.Link("Français", ROOT, "fr"), v.Link("English", ROOT + "en/", "en")),
        switch=(v.Link("English" if lang == "fr" else "Français", ROOT + "en/", "en" if lang == "fr" else "fr"),),
        feeds=FEEDS[:1], trail=(link("Accueil", ""), link("Articles"), link(title, current=True)), image=LEAD.image,
        json_ld=Markup('{"@context":"https://schema.org","@type":"WebPage"}'),
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


LISTING = v.Listing("Articles", (LEAD, *ARTICLES), "Ce que la maison a à dire, du plus récent au plus ancien.", 2, 5,
                    48, ROOT, ROOT + "3/", feeds=FEEDS)  # fmt: skip
MIXED = (LEAD, VOICES[0], GIVEN[0], VOICES[2], ARTICLES[0], GIVEN[1])
MONTHS = tuple(v.Month(date(2026 - n // 12, 12 - n % 12, 1), f"{ROOT}archives/{n}/", n + 1) for n in range(1, 17))
LIVELY = Markup("<p>Le titre dit tout, ou presque.</p><ul><li>une liste</li></ul><p>Voir <a href='https://x.example/' "
              "rel='ugc nofollow noopener'>le fil</a>.</p>")  # fmt: skip
MAUD = v.Ambassador(FACES[0], LIVELY, ("fr", "br"), TOPICS[:3], (v.Link("famille-roulante.example",
                    "https://famille-roulante.example/"),), FEEDS[:1], MIXED[:2], since=date(2026, 3, 1),
                    address="https://cardan.example/ambassadeurs/maud/", commercial="gift")  # fmt: skip
WORDINGS = (
    v.Wordings("Mastodon", (
        v.Wording(f"{LEAD.title}\n\nQuarante jours d’averses, onze jantes, un carnet.\n\n"
                  "https://cardan.example/articles/roue/?via=maud\n\n#CargoNantes", 143, 500, "https://share.example/?text=x",
                  (v.Link("mastodon.example", "https://mastodon.example/share?text=x"),)),
        v.Wording(LEAD.summary, 240, 500, "https://share.example/?text=y", shortened=True))),
    v.Wordings("Bluesky", (v.Wording(LEAD.title + " https://cardan.example/articles/roue/", 71, 300, "https://bsky.example/"),)),
    v.Wordings("LinkedIn", (v.Wording(LEAD.summary, 240, 3000, "https://linkedin.example/"),), by_hand=True),
    v.Wordings("Courriel", (v.Wording(LEAD.summary, 240, 0, "mailto:?body=x"),)),
)  # fmt: skip
VOICE = v.Voice(VOICES[1], VOICES[1].words or Markup(), "excerpt", "CC BY 4.0", (image("a.svg", "Un frein"),),
                v.Reply("Marc, à l’atelier", date(2026, 11, 17), Markup("<p>Passez jeudi, on vous prête des "
                "organiques : si elles se taisent, vous les gardez.</p>")), v.Note(date(2026, 11, 18), "La Toue est "
                "de 2022."), ARTICLES[:1], (VOICES[0], VOICES[2]))  # fmt: skip


def full(lang: str = "fr") -> dict[str, Scene]:
    """Every kind of page of a lively brand."""
    return _of_texts(lang) | _of_people(lang)


def _of_texts(lang: str) -> dict[str, Scene]:
    return {
        "home": (page("home", "Atelier Cardan", lang, trail=()), {"home": v.Home(
            LEAD, ARTICLES, VOICES, GIVEN[0], FACES, TOPICS, ROOT + "articles/", ROOT + "communaute/",
            ROOT + "temoignages/", ROOT + "ambassadeurs/", ROOT + "flux/")}),
        "article": (page("article", LEAD.title, lang), {"article": v.Article(
            LEAD, TEXT, when(18), (VOICES[0], GIVEN[0]), ARTICLES[:2], ARTICLES[1], ARTICLES[2])}),
        "page": (page("page", "À propos", lang), {"prose": v.Prose("À propos", TEXT, "Sept associés, un toit.", LEAD.image)}),
        "voice": (page("voice", VOICES[1].title, lang), {"voice": VOICE}),
        "testimonial": (page("testimonial", GIVEN[0].title, lang), {"voice": replace(
            VOICE, card=GIVEN[0], text=GIVEN[0].words or Markup(), use="full", images=(), others=GIVEN[1:3])}),
        "list": (page("list", "Vélos cargos", lang), {"listing": replace(LISTING, cards=MIXED)}),
        "stream": (page("stream", "Sur la place", lang), {"listing": replace(LISTING, title="Sur la place", cards=VOICES)}),
        "wall": (page("wall", "Témoignages", lang), {"listing": replace(
            LISTING, title="Paroles données", cards=GIVEN * 3, topics=(link("5 sur 5"), link("Les plus récents", current=True)))}),
    }  # fmt: skip


def _of_people(lang: str) -> dict[str, Scene]:
    """And of all else that is no text."""
    return {
        "topics": (page("topics", "Sujets", lang), {"listing": v.Listing("Sujets", topics=TOPICS)}),
        "archives": (page("archives", "Archives", lang), {"listing": v.Listing("Archives", months=MONTHS)}),
        "ambassadors": (page("ambassadors", "Ambassadrices et ambassadeurs", lang), {"faces": v.Faces(
            FACES, "parole@cardan.example", link("Devenir ambassadrice"), (link("Merci"), link("Kit")))}),
        "thanks": (page("thanks", "Merci", lang), {"thanks": THANKS}),
        "kit": (page("kit", "Kit", lang), {"kit": KIT}),
        "join": (page("join", "Devenir ambassadrice", lang), {"join": JOIN}),
        "frames": (page("frames", "À montrer chez vous", lang), {"frames": v.Frames((SNIPPET, replace(SNIPPET, title="Tout")), "allow-popups")}),
        "frame": (page("frame", "Témoignages", lang, noindex=True, feeds=()), {"frame": v.Frame("Témoignages", link("Témoignages"), MIXED)}),
        "ambassador": (page("ambassador", "Maud Le Bihan", lang), {"ambassador": MAUD}),
        "feeds": (page("feeds", "Flux", lang), {"feeds": v.Feeds((v.FeedGroup("Le site", (FEEDS,)), v.FeedGroup("Ambassadeurs", (FEEDS[:1],), folded=True)), FEEDS[:1])}),
        "share": (page("share", "Faire passer", lang, noindex=True), {"share": v.Share(
            LEAD, "https://cardan.example/articles/roue/", WORDINGS, LEAD.summary, v.Code(29, "M4 4.5h7M4 5.5h21"), when(20), when(30))}),
        "404": (page("404", "Page introuvable", lang, noindex=True, trail=()), {"missing": v.NotFound(TOPICS, MIXED[1:4])}),
    }  # fmt: skip


def bare(lang: str = "fr") -> dict[str, Scene]:
    """Every kind of page with as little as its view can hold."""
    card = v.Card("article", "seul", "Seul", ROOT + "seul/", lang, when(1), v.Signature("Léa", "L"))
    said = replace(card, kind="community")
    views: dict[str, dict[str, object]] = {
        "home": {"home": v.Home()}, "article": {"article": v.Article(card, Markup())}, "page": {"prose": v.Prose("Seul", Markup())},
        "voice": {"voice": v.Voice(said, Markup(), "link")},
        "testimonial": {"voice": v.Voice(replace(card, kind="testimonial"), Markup(), "full")},
        **{kind: {"listing": v.Listing("Rien")} for kind in ("list", "stream", "wall", "topics", "archives")},
        "ambassadors": {"faces": v.Faces()}, "ambassador": {"ambassador": v.Ambassador(v.Face("Maud", "M", "", ROOT, lang), Markup())},
        "thanks": {"thanks": v.Thanks()}, "kit": {"kit": v.Kit("CC0")}, "join": {"join": v.Join()},
        "frames": {"frames": v.Frames()}, "frame": {"frame": v.Frame("Rien", link("Rien"))},
        "feeds": {"feeds": v.Feeds()}, "share": {"share": v.Share(card, "https://x.example/")}, "404": {"missing": v.NotFound()},
    }  # fmt: skip
    return {kind: (v.Page(kind, "Rien", "", lang, ""), view) for kind, view in views.items()}


def odd(lang: str = "fr") -> dict[str, Scene]:
    """What strangers may bring: names and words that are too long, foreign, or look like HTML; and many of them."""
    made, many = full(lang), (ODD,) * 12
    home = made["home"][1]["home"]
    assert isinstance(home, v.Home)
    worst = replace(ODD, kind="testimonial", product=ODD.source, role=ODD.source, verified=ODD.source, rating=3)
    share = made["share"][1]["share"]
    assert isinstance(share, v.Share)
    return made | {
        "share": (replace(made["share"][0], trail=(link(ODD.title),) * 3), {"share": replace(share, card=ODD)}),
        "home": (made["home"][0], {"home": replace(home, topics=(link(ODD.title, count=3),) * 40, lead=replace(LEAD, image=None, title=ODD.title), articles=(
            replace(LEAD, title=ODD.title, summary=ODD.summary),) * 3, voices=(ODD,) * 6, testimonial=worst)}),
        "list": (made["list"][0], {"listing": v.Listing(ODD.title, (*many, worst))}),
        "stream": (made["stream"][0], {"listing": v.Listing(ODD.title, many)}),
        "wall": (made["wall"][0], {"listing": v.Listing("Mur", (worst,) * 12)}),
        "frame": (made["frame"][0], {"frame": v.Frame(ODD.title, link(ODD.title), (ODD, worst, replace(LEAD, title=ODD.title)))}),
        "thanks": (made["thanks"][0], {"thanks": v.Thanks(
            (v.Thanked(v.Face(ODD.author.name, "🚲", "", ROOT, "he"), None, (ODD.title,)),), (ODD.summary,), (v.Crowd(ODD.source, ROOT, 3, 1),))}),
        "kit": (made["kit"][0], {"kit": replace(KIT, licence=ODD.summary, do=(ODD.title,), hashtags=("#" + ODD.title,) * 9, files=(
            replace(KIT.files[0], name=ODD.title, alt=ODD.title, licence=ODD.title),) * 5)}),
        "join": (made["join"][0], {"join": replace(JOIN, gives=(ODD.title,), agree=(ODD.summary,), mail="a" * 90 + "@x.example", leave=ODD.title)}),
        "frames": (made["frames"][0], {"frames": v.Frames((replace(SNIPPET, title=ODD.title, about=ODD.summary, html=ODD.summary),))}),
        "voice": (made["voice"][0], {"voice": v.Voice(ODD, ODD.words or Markup(), "full", quoted_in=(LEAD,), others=many[:2])}),
    }  # fmt: skip
