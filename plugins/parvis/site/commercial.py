"""What is said of a commercial tie, in one place for pages, feeds and texts to share."""

from __future__ import annotations

from . import catalogues


def label(kind: str, lang: str) -> str:
    """A few words that a reader understands at once; for a tie that nobody knows, the plain ones."""
    _ = catalogues.read(lang).gettext
    return {
        "gift": _("Product given"),
        "paid": _("Paid partnership"),
        "employee": _("Written by someone of the house"),
        "affiliate": _("Holds affiliate links"),
    }.get(kind, _("Commercial content"))


def in_text(kind: str, lang: str, brand: str) -> str:
    """The first words of a text that is shared, '' where nothing was given for it; whoever posts it must tell.

    France: loi n° 2023-451 of 9 June 2023, art. 5, wants « Publicité » or « Collaboration commerciale », for a product
    given as for money. European Union: directive 2005/29/EC, annex I, no. 11. United Kingdom: CAP code 2.1, "Ad".
    United States: 16 CFR 255.5, which wants those who work for a brand to say so as well.
    """
    if not kind or kind == "none":
        return ""
    _ = catalogues.read(lang).gettext
    return {
        "gift": _("Ad: product given"),
        "paid": _("Ad"),
        "employee": _("By someone who works for %(brand)s") % {"brand": brand},
        "affiliate": _("Ad: paid link"),
    }.get(kind, _("Ad"))


def of_teller(kind: str, lang: str, brand: str) -> str:
    """The same for the tie of the person who posts, as an ambassador's feed has it."""
    if kind == "employee":
        return catalogues.read(lang).gettext("I work for %(brand)s") % {"brand": brand}
    return in_text(kind, lang, brand)
