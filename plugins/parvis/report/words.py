"""What a report calls things, in the two languages a hub speaks; the terminal speaks English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from babel.numbers import format_decimal

from .joins import UNKNOWN, Item

NETWORKS = {
    "mastodon": "Mastodon", "bluesky": "Bluesky", "x": "X", "threads": "Threads", "linkedin": "LinkedIn",
    "facebook": "Facebook", "whatsapp": "WhatsApp", "telegram": "Telegram", "qr": "QR",
}  # fmt: skip
ITEMS = ("item", "page")
TITLES = {"item": "Items", "network": "Networks", "code": "Ambassador codes", "page": "Pages, seen in any way"}
NOBODYS = {
    "item": {"": "no item told", UNKNOWN: "another campaign, or an item that is gone"},
    "network": {"": "no network told", UNKNOWN: "another network"},
    "code": {"": "without a code", UNKNOWN: "a code that no ambassador has"},
}
FRENCH = {
    "What each share brought": "Ce que chaque partage a apporté",
    "Items": "Contenus",
    "Networks": "Réseaux",
    "Ambassador codes": "Codes d’ambassade",
    "Shares": "Partages",
    "Item": "Contenu",
    "Network": "Réseau",
    "Code": "Code",
    "Kind": "Rubrique",
    "Visits": "Visites",
    "Other": "Autres",
    "All": "Total",
    "Pages, seen in any way": "Pages, vues d’où que l’on vienne",
    "Items, by ambassador code": "Contenus, par code d’ambassade",
    "feed": "flux",
    "email": "e-mail",
    "articles": "articles",
    "community": "communauté",
    "testimonials": "témoignages",
    "pages": "pages",
    "no item told": "contenu non dit",
    "another campaign, or an item that is gone": "autre campagne, ou contenu retiré",
    "no network told": "réseau non dit",
    "another network": "autre réseau",
    "without a code": "sans code",
    "a code that no ambassador has": "code que personne n’a",
    "%(few)s more with fewer than %(least)s visits each": "%(few)s autres, moins de %(least)s visites chacun",
    "%(total)s visits by shares; %(campaigns)s by other campaigns; %(otherwise)s in other ways": (
        "%(total)s visites par des partages ; %(campaigns)s par d’autres campagnes ; %(otherwise)s autrement"
    ),
    "A figure below %(least)s stands among the others: it could be the click of one person.": (
        "Un chiffre inférieur à %(least)s est compté avec les autres : ce pourrait être le clic d’une personne."
    ),
    "What the tables do not tell": "Ce que les tables ne disent pas",
    "%(n)s events left out": "%(n)s évènements écartés",
    "%(n)s robots left out": "%(n)s robots écartés",
    "%(n)s repeated views left out": "%(n)s vues répétées écartées",
    "not added: other tables tell more, perhaps of the same visits": (
        "non ajoutée : d’autres tables en disent plus, peut-être sur les mêmes visites"
    ),
    "counts visitors, not visits": "compte des visiteurs, pas des visites",
    "tells pages, and not by which way people came": "dit les pages, et non par où l’on est venu",
    "holds no visits": "ne contient aucune visite",
    "does not tell which item": "ne dit pas quel contenu",
    "does not tell by which network": "ne dit pas par quel réseau",
    "does not tell by whose code": "ne dit pas par quel code",
    "line %(n)s is the first with a campaign that is no item of this hub": (
        "la ligne %(n)s est la première dont la campagne n’est aucun contenu du site"
    ),
    "line %(n)s is the first with a network that our links do not name": (
        "la ligne %(n)s est la première dont le réseau n’est pas de ceux de nos liens"
    ),
    "line %(n)s is the first with a code that no ambassador has": (
        "la ligne %(n)s est la première dont le code n’est à personne"
    ),
    "Nothing was brought by a share.": "Aucun partage n’a rien apporté.",
}


@dataclass(frozen=True, slots=True)
class Words:
    """What a language calls keys and figures; `items` are the hub's, by id."""

    lang: str
    items: Mapping[str, Item]

    def say(self, words: str) -> str:
        return FRENCH.get(words, words) if self.lang.startswith("fr") else words

    def name(self, dimension: str, key: str) -> str:
        """What a reader calls a key of the dimension item, network or code."""
        if key in NOBODYS.get(dimension, {}):
            return self.say(NOBODYS[dimension][key])
        if dimension in ITEMS and key in self.items:
            return self.items[key].title
        return NETWORKS.get(key) or self.say(key) if dimension == "network" else key

    def kind(self, id: str) -> str:
        return self.say(self.items[id].kind) if id in self.items else ""

    def figure(self, value: int | None) -> str:
        """A number as people write it; a point where there are too few to be told."""
        return "·" if value is None else str(format_decimal(value, locale="fr" if self.say("All") != "All" else "en"))
