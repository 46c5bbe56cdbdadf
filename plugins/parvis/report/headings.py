"""Which column of an export holds what: as Matomo, Plausible and GoatCounter head them, or as declared.

Matomo: `Referrers.getCampaigns`, MarketingCampaignsReporting, page addresses; API names, English and French headers.
Plausible: `utm_*.csv` and `entry_pages.csv` of a dashboard's archive, `imported_sources….csv` of a site's.
GoatCounter: its CSV of page views, versions 1 and 2. No other column of a table is ever looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from ..errors import CONFIG, Refused, did_you_mean, refuse
from ..sources import grid
from ..sources.columns import plainly
from .tables import Table

# Without accents, capitals and signs. The first that is there counts.
CALLED: Mapping[str, Sequence[str]] = {
    "visits": [
        "nb visits", "visits", "visites", "nombre de visites", "entry nb visits", "total entrances", "entrances",
        "entrees", "sessions", "visitors", "nb uniq visitors", "sum daily nb uniq visitors",
        "unique entrances", "unique visitors", "visiteurs uniques", "visiteurs", "uniques",
    ],
    "url": [
        "landing page url", "landing page", "landing url", "entry page url", "entry page", "entry url", "page d entree",
        "url de la page d entree", "page de destination", "2 path", "1 path", "2path", "1path", "path", "chemin",
        "page url", "url de la page", "page", "url", "adresse", "address", "action details 0 url", "metadata url",
        "metadonnees url", "meta donnees url",
    ],
    "campaign": [
        "utm campaign", "mtm campaign", "pk campaign", "matomo campaign", "campaign name", "campaign", "campagne",
        "nom de campagne", "nom de la campagne", "referrers campaign", "session campaign",
    ],
    "network": [
        "utm source", "mtm source", "pk source", "campaign source", "source de campagne", "source de la campagne",
        "network", "reseau", "session source", "source",
    ],
    "medium": ["utm medium", "mtm medium", "pk medium", "campaign medium", "media de campagne", "medium", "media"],
    "code": [
        "utm content", "mtm content", "pk content", "campaign content", "contenu de la campagne",
        "contenu de campagne", "ambassador code", "code ambassadeur", "content", "contenu", "code",
    ],
    "date": ["date", "day", "jour"],
    "label": ["label", "name", "nom", "libelle", "etiquette"],
    "segment": ["metadata segment", "metadonnees segment", "meta donnees segment", "segment"],
    "event": ["event"],
    "bot": ["bot"],
    "first": ["first visit", "firstvisit"],
    "referrer": ["referrer"],
    "scheme": ["referrer scheme"],
}  # fmt: skip
DECLARED = ("url", "campaign", "network", "medium", "code", "visits", "date")
TELLING = ("url", "campaign", "network", "code")
EACH_ROW = "row"
EXAMPLE = '--columns "url=Landing page, visits=Sessions"'
VISITORS = {
    "visitors", "nb uniq visitors", "sum daily nb uniq visitors", "unique entrances", "unique visitors",
    "visiteurs uniques", "visiteurs", "uniques",
}  # fmt: skip
BY_NAME = {"utm_campaigns": "campaign", "utm_sources": "network", "utm_contents": "code", "entry_pages": "url"}
BY_SEGMENT = {
    "campaignName": "campaign", "referrerName": "campaign", "campaignSource": "network", "campaignContent": "code",
    "pageUrl": "url", "entryPageUrl": "url",
}  # fmt: skip
PAIR = re.compile(r"(?:^|,)\s*([\w-]+)\s*=")


def declared(words: str) -> dict[str, str]:
    """`url=Landing page, visits=Sessions` by field. Raises Refused for a field that is none."""
    parts = PAIR.split(words)
    pairs = dict(zip(parts[1::2], (header.strip() for header in parts[2::2]), strict=True))
    wrong = [field for field in pairs if field not in DECLARED]
    if parts[0].strip() or wrong or not all(pairs.values()):
        got = f"no field is named '{wrong[0]}'{did_you_mean(wrong[0], DECLARED)}" if wrong else f"cannot read '{words}'"
        raise refuse(
            "--columns", got, f"write field=header, as in {EXAMPLE}; fields are {', '.join(DECLARED)}", code=CONFIG
        )
    return pairs


def found(table: Table, given: Mapping[str, str]) -> dict[str, int]:
    """Columns, counted from 0, by field; `given` headers win. -1 says that each row counts one visit."""
    names = [plainly(header) for header in table.headers]
    places = {field: _place(table, names, header) for field, header in given.items()}
    for field, called in CALLED.items():
        named = next((names.index(name) for name in called if name in names), None)
        if field not in places and named is not None and named not in places.values():
            places[field] = named
    if "visits" not in places and {"first", "bot"} <= places.keys():
        places["visits"] = -1
    return places


def _place(table: Table, names: list[str], header: str) -> int:
    """Where a declared column is, by its header or its number from 1."""
    if header in table.headers:
        return table.headers.index(header)
    if plainly(header) in names:
        return names.index(plainly(header))
    if header == EACH_ROW:
        return -1
    if header.isdecimal() and 0 < int(header[:9]) <= len(table.headers):
        return int(header) - 1
    what = f"no column is named '{header}'; the columns are {_seen(table)}"
    raise table.refuse(what, f"write it in --columns as the file has it{did_you_mean(header, table.headers)}")


def unit(table: Table, places: Mapping[str, int]) -> str:
    """What a table counts. Visitors are fewer than visits: one who comes twice is one."""
    place = places.get("visits", -1)
    return "visitors" if place >= 0 and plainly(table.headers[place]) in VISITORS else "visits"


def meant(table: Table, segments: Iterable[str]) -> str:
    """What the column `label` of a table holds, as the segments beside it or the name of the file say, or ""."""
    for segment in segments:
        if field := BY_SEGMENT.get(segment.partition("==")[0]):
            return field
    return next((field for stem, field in BY_NAME.items() if stem in table.name.rpartition("/")[2]), "")


def check(table: Table, places: Mapping[str, int]) -> None:
    """Raises Refused where a table does not tell what has to be known."""
    lacks = [
        what
        for what, there in (
            ("how many visits a row counts", "visits" in places),
            ("by which way people came", any(field in places for field in (*TELLING, "label"))),
        )
        if not there
    ]
    if lacks:
        what = f"no column is known to tell {' or '.join(lacks)}; the columns are {_seen(table)}"
        raise table.refuse(what, f"name it, as in {EXAMPLE} (visits=row: each row is one visit)")


def undecided(table: Table, places: Mapping[str, int]) -> Refused:
    header = grid.listed([table.headers[places["label"]]])
    what = f"{header} may be campaigns, networks or codes, and no row is one of this hub's"
    return table.refuse(what, f"say which, as in --columns campaign={table.headers[places['label']][:40]}")


def _seen(table: Table) -> str:
    """The headers, for a message. A first row that holds somebody's data in their place is not repeated."""
    data = any(re.fullmatch(r"[\d\s.,:/%+-]+", each) or "@" in each or "://" in each for each in table.headers)
    return "not named: the first row looks like data" if data else grid.listed(table.headers)
