"""The icon of a brand that has none yet: its initial on its colour."""

from __future__ import annotations

from xml.sax.saxutils import escape

from ..colours import PAPER


def initial(name: str) -> str:
    """The first letter or digit of a name, large; a dot where it has none."""
    return next((character.upper()[:1] for character in name if character.isalnum()), "·")


def icon(name: str, colour: str) -> str:
    """A square SVG. `colour` reads on the paper, so the paper reads on it."""
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" role="img">
<title>{escape(name)}</title>
<rect width="64" height="64" fill="{colour}"/>
<text x="32" y="33" fill="{PAPER}" font-family="Charter, Georgia, serif" font-size="40" text-anchor="middle"
 dominant-baseline="central">{escape(initial(name))}</text>
</svg>
"""
