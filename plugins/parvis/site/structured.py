"""Machine-readable data of a page (schema.org as JSON-LD): what it is, who says it, where it hangs."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from ..kinds import Article, Said, Testimonial
from ..options import Brand
from . import pictures
from .addresses import Addresses
from .pieces import Piece
from .views import Ambassador, Card, Image, Link

Data = dict[str, Any]
CONTEXT = "https://schema.org"


def script(*things: Data) -> Markup:
    """JSON for a script element: nothing in it can end the element."""
    graph: Data = {"@context": CONTEXT, "@graph": [_without_empty(thing) for thing in things if thing]}
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def organization(brand: Brand, addresses: Addresses) -> Data:
    logo = addresses.absolute(pictures.address(brand.logo)) if brand.logo else ""
    return {
        "@type": "Organization",
        "@id": f"{addresses.site}/#brand",
        "name": brand.name,
        "url": f"{addresses.site}/",
        "logo": logo,
        "sameAs": [link.url for link in brand.social],
    }


def website(brand: Brand, addresses: Addresses, lang: str) -> Data:
    home = addresses.absolute(addresses.home(lang))
    return {
        "@type": "WebSite",
        "@id": f"{home}#site",
        "name": brand.name,
        "url": home,
        "inLanguage": lang,
        "description": brand.tagline.in_(lang),
        "publisher": {"@id": f"{addresses.site}/#brand"},
    }


def breadcrumbs(trail: tuple[Link, ...], addresses: Addresses) -> Data:
    items = [
        {"@type": "ListItem", "position": place, "name": link.label, "item": addresses.absolute(link.url)}
        for place, link in enumerate(trail, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items} if len(items) > 1 else {}


def item(piece: Piece, card: Card, brand: Brand, addresses: Addresses) -> Data:
    """One article, community post or testimonial."""
    head = piece.head
    common: Data = {
        "url": addresses.absolute(card.url),
        "inLanguage": piece.lang,
        "datePublished": piece.date.isoformat(),
        "keywords": list(head.tags),
    }
    if isinstance(head, Testimonial):
        return common | _review(head, card, addresses)
    if isinstance(head, Said):
        person = {"@type": "Person", "name": card.author.name, "url": card.author.url}
        return common | {
            "@type": "SocialMediaPosting",
            "headline": card.title,
            "text": card.summary,
            "author": person,
            "sharedContent": {"@type": "WebPage", "url": card.original} if card.original else None,
        }
    updated = head.updated if isinstance(head, Article) else None
    writer = {"@type": "Person", "name": card.author.name} if isinstance(head, Article) and head.author else None
    return common | {
        "@type": "BlogPosting",
        "headline": card.title[:110],
        "description": card.summary,
        "image": image(card.image, addresses),
        "dateModified": (updated or piece.date).isoformat(),
        "author": writer or {"@id": f"{addresses.site}/#brand"},
        "publisher": {"@id": f"{addresses.site}/#brand"},
        "mainEntityOfPage": addresses.absolute(card.url),
    }


def _review(head: Testimonial, card: Card, addresses: Addresses) -> Data:
    rated = {"@type": "Rating", "ratingValue": head.rating, "bestRating": 5, "worstRating": 1} if head.rating else None
    about = {"@type": "Thing", "name": head.product}  # a repair or a ride as well as a product
    return {
        "@type": "Review",
        "name": card.title,
        "reviewBody": card.summary,
        "reviewRating": rated,
        "author": {"@type": "Person", "name": card.author.name},
        "itemReviewed": about if head.product else {"@id": f"{addresses.site}/#brand"},
        "publisher": {"@id": f"{addresses.site}/#brand"},
    }


def profile(piece: Piece, shown: Ambassador, addresses: Addresses) -> Data:
    """The page about one person, of whom it says what the page itself shows (Google: ProfilePage)."""
    head = piece.head
    person = {
        "@type": "Person",
        "@id": f"{shown.address}#person",
        "name": shown.face.name,
        "description": shown.face.line,
        "url": shown.address,
        "sameAs": [link.url for link in shown.links],
        "knowsLanguage": list(shown.languages),
        "knowsAbout": [topic.label for topic in shown.topics],
    }
    return {
        "@type": "ProfilePage",
        "@id": shown.address,
        "url": shown.address,
        "inLanguage": piece.lang,
        "dateCreated": head.date.isoformat() if head.date else "",
        "publisher": {"@id": f"{addresses.site}/#brand"},
        "mainEntity": person,
    }


def image(picture: Image | None, addresses: Addresses) -> str:
    return addresses.absolute(picture.url) if picture else ""


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_empty(inner) for key, inner in value.items() if inner not in ("", None, [], {})}
    return [_without_empty(inner) for inner in value] if isinstance(value, list) else value
