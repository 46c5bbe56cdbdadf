"""What a person's consent covers: the words of `scope:`, in French and in English, and what each allows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from .model import Consent
from .slugs import slug

Use = Literal["profile", "thanks", "feed", "elsewhere"]
WHOLE = {"all", "everything", "tout"}
SITE = {"site", "web", "website", "site-web"}
COVERS: Mapping[Use, set[str]] = {
    "profile": {"profile", "profil", "page"} | SITE | WHOLE,
    "thanks": {"thanks", "remerciements", "merci"} | SITE | WHOLE,
    "feed": {"feed", "flux"} | WHOLE,
    "elsewhere": {"elsewhere", "ailleurs", "frame", "frames", "cadre", "cadres"} | WHOLE,
}
"""`profile` is an ambassador's page and place in lists, `thanks` the roll of thanks, `feed` the feed under their name;
`elsewhere` is a testimonial on other sites, in a frame. Other words, as `name`, are for people and change nothing."""


def allows(consent: Consent | None, use: Use) -> bool:
    """Whether it covers this use. None allows nothing; one without a scope covers all; whether it still holds is for
    `library.in_time` to say."""
    if consent is None:
        return False
    return not consent.scope or not COVERS[use].isdisjoint(map(slug, consent.scope))
