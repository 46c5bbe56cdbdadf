"""Exports of forms and of places for reviews: tables whose headers are known.

avis:
  kind: trustpilot
  path: exports/avis.csv
  into: testimonials
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from ..model import Item, Person
from . import Get, Note, grid, table
from .answers import folded
from .columns import plainly
from .encoding import charset, decode

NOBODY = {"a google user", "un utilisateur google", "anonymous", "anonyme", "deleted user"}
RESOURCE = "accounts/"  # what Google calls a review, where its author has no name


@dataclass(frozen=True, slots=True)
class Export:
    """A kind. `headers` are those of a field, the first that is there counts, before what headers tell in general.

    `besides` are fields and headers that mean them only where a third header is there, too.
    """

    KIND: str
    headers: Mapping[str, tuple[str, ...]]
    besides: tuple[tuple[str, str, str], ...] = ()
    PRIVATE: bool = True

    def read(
        self,
        name: str,
        get: Get,
        *,
        url: str,
        columns: dict[str, str] | None = None,
        dates: str = "",
        timezone: str = "UTC",
        max_items: int = 100_000,
    ) -> Iterator[Item | Note]:
        """The rows, as `table` reads them; `columns` goes before the headers that are known."""
        got = get(url)
        headers = grid.of(decode(got, charset(got.type)), "").headers
        known = {plainly(header): header for header in reversed(headers)}
        named = {
            field: known[plainly(called[0])]
            for field, names in self.headers.items()
            if (called := [name for name in names if plainly(name) in known])
        }
        own = {field: name for field, name, sign in self.besides if {name, sign} <= {*headers}}
        read = table.read(
            name,
            get,
            url=url,
            columns=own | named | (columns or {}),
            dates=dates,
            timezone=timezone,
            max_items=max_items,
        )
        yield from (_signed(thing) if isinstance(thing, Item) else thing for thing in read)


def _signed(item: Item) -> Item:
    nobody = folded(item.author.name) in NOBODY or item.author.name.startswith(RESOURCE)
    return replace(item, author=Person("")) if nobody else item


TABLE = (
    Export("google-forms", {"date": ("Horodateur", "Timestamp")}),
    Export(
        "tally",
        {
            "id": ("Submission ID", "ID de soumission"),
            "date": ("Submitted at", "Soumis le", "Envoyé le"),
        },
    ),
    Export(
        "typeform",
        {
            "id": ("#", "Response ID", "Token"),
            "date": ("Submit Date (UTC)", "Submitted At", "Date d’envoi (UTC)", "Date de soumission (UTC)"),
            "state": ("Response Type", "Type de réponse"),
        },
    ),
    Export(
        "trustpilot",
        {
            "id": ("Review Id", "Identifiant de l’avis"),
            "text": ("Review Content", "Review Text", "Contenu de l’avis"),
            "title": ("Review Title", "Titre de l’avis"),
            "name": ("Review Username", "Consumer Display Name", "Nom d’utilisateur", "Nom du consommateur"),
            "rating": ("Review Stars", "Stars", "Étoiles", "Nombre d’étoiles"),
            "date": ("Review Created (UTC)", "Review Created", "Review Created Date", "Date de création de l’avis"),
            "experience_date": ("Date of Experience", "Date de l’expérience"),
            "lang": ("Review Language", "Langue de l’avis"),
            "url": ("Review URL", "Review Link", "Lien de l’avis"),
            "verified": ("Verification", "Verified", "Vérification"),
            "state": ("Review Status", "Status", "Statut de l’avis", "Statut"),
        },
    ),
    Export(
        "google-reviews",
        {
            "id": ("reviewId", "Review ID"),
            "text": ("comment", "Review Text", "Review", "Commentaire", "Avis"),
            "name": ("reviewer displayName", "reviewer", "Reviewer Name", "Author", "Auteur", "Nom"),
            "rating": ("starRating", "Rating", "Stars", "Note", "Étoiles"),
            "date": ("createTime", "updateTime", "properties date", "Review Date", "Date de l’avis", "Date"),
            "url": ("properties google_maps_url",),
        },
        (("id", "name", "starRating"),),
    ),
)
EXPORTS: Mapping[str, Export] = MappingProxyType({export.KIND: export for export in TABLE})
