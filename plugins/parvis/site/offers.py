"""What a share page offers for each network: texts with their length, and the address that opens it with each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..operator import Share
from . import fitting, wordings
from .networks import BETWEEN, NETWORKS, Network, at_instances, opened
from .views import Link, Wording, Wordings
from .wordings import Telling


@dataclass(frozen=True, slots=True)
class Offer:
    """An item to share: its address and title, what is told of it, and its hashtags. `code` is an ambassador's."""

    id: str
    url: str
    title: str
    told: Telling
    hashtags: tuple[str, ...] = ()
    code: str = ""


def offered(offer: Offer, settings: Share) -> Iterator[Wordings]:
    """A box for each network that the texts fit on."""
    for name, network in NETWORKS.items():
        made = tuple(_boxes(offer, name, network, settings))
        if made:
            yield Wordings(network.name, made, network.by_hand)


def _boxes(offer: Offer, name: str, network: Network, settings: Share) -> Iterator[Wording]:
    link = wordings.tagged(offer.url, network=name, code=offer.code, item=offer.id, tags=settings.tags)
    found = [*fitting.composed(name, offer.told, link, offer.hashtags)]
    if len(found) < wordings.FEWEST:  # an address may be so long that with its marks nothing else has room
        link = offer.url
        found = [*fitting.composed(name, offer.told, link, offer.hashtags)]
    for text in found:
        yield Wording(
            text=BETWEEN.join(text.parts),
            length=text.length,
            limit=network.limit,
            open=opened(name, text.parts, link=link, title=offer.title),
            others=_servers(text.parts, settings) if name == "mastodon" else (),
            shortened=text.shortened,
        )


def _servers(parts: Sequence[str], settings: Share) -> tuple[Link, ...]:
    return tuple(Link(host, address) for host, address in at_instances(parts, settings.instances))
