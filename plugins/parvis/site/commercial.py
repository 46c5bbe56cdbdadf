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
