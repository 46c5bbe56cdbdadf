"""A visit joined to the share that brought it: which item, by which network, by whose code.

Links carry it as `site.wordings.tagged` writes it: campaign is the item's id, source the network, content the
ambassador's code, medium `ambassador` or `share`; under names that begin with utm_, mtm_ or pk_. Whatever a table says
is looked up among what the hub has, and nothing else goes on from here: no word of an export comes into a report.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from .. import html, library
from ..kinds import Ambassador
from ..library import Library
from ..settings import Settings
from ..share import NETWORKS as SHARED_ON
from ..site.addresses import Addresses

UNKNOWN = "?"
MEDIUMS = {"ambassador", "share"}
NETWORKS = {*SHARED_ON, "feed", "qr"} - {"any"}
"""What our links name as their source."""
PREFIXES = ("utm_", "mtm_", "pk_")
FIELDS = {"campaign": "campaign", "source": "network", "medium": "medium", "content": "code"}
LONGEST = 2000


class Share(NamedTuple):
    """One share, by what the hub calls it. "" where nothing was said, UNKNOWN where what was said is not ours."""

    item: str
    network: str
    code: str


class Said(NamedTuple):
    """What one row of a table says of its visits, as it stands there."""

    url: str = ""
    campaign: str = ""
    network: str = ""
    medium: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    id: str
    title: str
    kind: str


@dataclass(frozen=True, slots=True)
class Known:
    """What a share can be of: live items by id and by path, and ambassadors' codes; keys in small letters."""

    items: Mapping[str, Item]
    paths: Mapping[str, str]
    codes: Mapping[str, str]
    base: str = ""

    def path(self, url: str) -> str:
        """The id of the item whose page this is, or ""."""
        try:
            path = unquote(urlsplit(url[:LONGEST]).path)
        except ValueError:
            return ""
        return self.paths.get(_bare(path, self.base), "")

    def meaning(self, value: str) -> str:
        """What kind of thing a value names: campaign, network, code, url or ""."""
        first = value.partition(" - ")[0].strip().casefold()
        for field, there in (("campaign", self.items), ("code", self.codes), ("network", NETWORKS)):
            if value.casefold() in there or first in there:
                return field
        return "url" if value.startswith(("/", "http://", "https://")) else ""


def known(settings: Settings, read: Library) -> Known:
    """All that is live now, ambassadors by their code alone: what was withdrawn or erased is known by no name."""
    live = [document for path, document in sorted(read.documents.items()) if path in read.live]
    addresses = Addresses(settings.brand.languages, settings.brand.address)
    base = urlsplit(settings.brand.address).path
    shared = [document for document in live if not isinstance(document.head, Ambassador)]
    items = {d.head.id.casefold(): Item(d.head.id, html.text(d.head.title), d.path.split("/")[1]) for d in shared}
    paths = {_bare(addresses.document(d, library.home(settings, d.head))): d.head.id for d in shared}
    codes = {d.head.code.casefold(): d.head.code for d in live if isinstance(d.head, Ambassador)}
    return Known(items, paths, codes, base.strip("/"))


def _bare(path: str, base: str = "") -> str:
    """A path without the slashes at its ends, the folder that the site lives in and `index.html`."""
    bare = path.strip("/").removesuffix("index.html").strip("/")
    return bare[len(base) :].strip("/") if base and f"{bare}/".startswith(f"{base}/") else bare


def share(known: Known, said: Said, *, lone: bool = False) -> Share | None:
    """The share that a row speaks of; None where its visits came in another way.

    A campaign of ours, a code, or a medium that only our links have tell a share. `lone` says that the table has no
    column for campaigns: there a network of ours is enough.
    """
    said = said if "?" not in said.url else tagged(said)
    item = known.items.get(said.campaign.casefold())
    code = known.codes.get(said.code.casefold(), UNKNOWN if said.code else "")
    network = said.network.casefold()
    network = network if network in NETWORKS else UNKNOWN if network else ""
    ours = item or code not in ("", UNKNOWN) or said.medium.casefold() in MEDIUMS
    if not ours and (said.campaign or not lone or network in ("", UNKNOWN)):
        return None
    if said.campaign:
        return Share(item.id if item else UNKNOWN, network, code)
    return Share(known.path(said.url), network, code)


def tagged(said: Said) -> Said:
    """What the address itself carries, where the table has no column for it. Of several the last one counts."""
    query = parse_qsl(said.url[:LONGEST].partition("?")[2].partition("#")[0])
    carried = {
        FIELDS[name[len(prefix) :]]: value
        for name, value in query
        for prefix in PREFIXES
        if name.startswith(prefix) and name[len(prefix) :] in FIELDS
    }
    return said._replace(**{field: value for field, value in carried.items() if not getattr(said, field)})


def parted(known: Known, field: str, value: str) -> dict[str, str]:
    """A label as Matomo joins two: `campaign - keyword`, `source - medium`."""
    first, sign, second = (part.strip() for part in value.partition(" - "))
    if not sign or value.casefold() in known.items or known.meaning(first) != field:
        return {field: value}
    return {field: first} | ({"medium": second} if field == "network" else {})


def fields_of(known: Known, values: Iterable[str]) -> str:
    """What a column holds, told by how many of its values the hub knows; "" where it knows none."""
    counts = dict.fromkeys(("campaign", "network", "code", "url", ""), 0)
    for value in values:
        counts[known.meaning(value)] += 1
    del counts[""]
    most = max(counts, key=lambda field: counts[field])
    return most if counts[most] else ""
