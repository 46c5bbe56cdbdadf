"""What a card says, and its sizes: apart from the drawing, which takes long to load."""

from __future__ import annotations

from dataclasses import dataclass

WIDE, SQUARE = (1200, 630), (1080, 1080)


@dataclass(frozen=True, slots=True)
class Poster:
    """The words of one card. `kind` is article, community or testimonial; `text` a title, or what was said.

    `label` tells the kind or the source, `line` who the author is or what it is about, `place` the site's host.
    `stars` are 0 to 5, 0 for none. `colour` is the brand's accent as #rrggbb.
    """

    kind: str
    text: str
    author: str
    brand: str
    colour: str
    label: str = ""
    line: str = ""
    place: str = ""
    initials: str = ""
    stars: int = 0
    lang: str = ""
