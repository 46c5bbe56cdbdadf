"""Colours people name: read, measured against the paper, moved to the nearest one that can be read.

Contrast follows WCAG 2.2 (relative luminance); nearness is measured in OKLCH, where equal steps look equal
(Björn Ottosson, 2020).
"""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from .nodes import Node, Text
from .schema import Place

PAPER, NIGHT = "#faf8f3", "#1a1714"
WASH, DUSK = "#f2eee5", "#25201c"
READABLE = 4.5
HEX = re.compile(r"#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")

Rgb = tuple[float, float, float]


class Shade(NamedTuple):
    """One role in two schemes, as `#rrggbb`."""

    day: str
    night: str


def read(node: Node, place: Place) -> str | None:
    """A colour as `#rrggbb`, dark enough for text on the paper; the fault names the nearest that is."""
    colour = whole(node.value) if isinstance(node, Text) else ""
    if not colour:
        got = node.value if isinstance(node, Text) else "something else"
        place.wrong(
            node.line, f"want a colour as \"#0b4f6c\", got '{got}'", "put it between quotes: # begins a comment"
        )
        return None
    ratio = contrast(colour, PAPER)
    if ratio < READABLE:
        near = nearest(colour, PAPER)
        what = f"{colour} on the paper {PAPER} has a contrast of {_rounded(ratio)}, text needs {READABLE}"
        place.wrong(node.line, what, f"the nearest colour that passes is {near} ({_rounded(contrast(near, PAPER))})")
        return None
    return colour


def whole(written: str) -> str:
    """A colour as people write it, as `#rrggbb`; '' where it is none."""
    found = HEX.fullmatch(written)
    digits = found[1].lower() if found else ""
    return "#" + ("".join(c * 2 for c in digits) if len(digits) == 3 else digits) if digits else ""


def _rounded(ratio: float) -> str:
    """Down, so that 4.499 does not read as the 4.5 it fails."""
    return f"{math.floor(ratio * 100) / 100:.2f}"


def palette(brand: str) -> dict[str, Shade]:
    """What a brand's accent brings with it, by role; every text colour reads on the grounds it is made for.

    `accent` is the brand's own, lifted for the night; `deep` the same on the wash and on the square. `companion` is
    the quiet voice of the community, nearly across the circle from the accent; `square` the ground it stands on,
    `disc` that of its initials.
    """
    lightness, chroma, hue = oklch(brand)
    grey = chroma < 0.02
    lifted = nearest(hexadecimal(max(lightness, 0.76), min(chroma, 0.13), hue), DUSK)
    across = 255.0 if grey else (hue + 165) % 360
    disc = Shade(hexadecimal(0.885, 0.026, across), hexadecimal(0.33, 0.03, across))
    companion = Shade(
        nearest(hexadecimal(0.47, 0.055, across), disc.day), nearest(hexadecimal(0.77, 0.05, across), disc.night)
    )
    square = Shade(mixed(PAPER, companion.day, 0.09), mixed(NIGHT, companion.night, 0.07))
    return {
        "accent": Shade(brand, lifted),
        "deep": Shade(nearest(brand, square.day), nearest(lifted, square.night)),
        "companion": companion,
        "square": square,
        "disc": disc,
    }


def mixed(ground: str, tint: str, share: float) -> str:
    """A ground with a share (0 to 1) of a tint in it, as two paints mix on a screen."""
    channels = zip(_channels(ground), _channels(tint), strict=True)
    return "#" + "".join(f"{round(255 * (under * (1 - share) + over * share)):02x}" for under, over in channels)


def contrast(one: str, other: str) -> float:
    """WCAG contrast of two `#rrggbb` colours, 1 to 21."""
    dark, light = sorted(_luminance(colour) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def nearest(colour: str, ground: str, ratio: float = READABLE) -> str:
    """The colour of the same hue whose lightness is moved least so that it reads on `ground`."""
    lightness, chroma, hue = oklch(colour)
    step = 0.0025 if _luminance(ground) < 0.18 else -0.0025
    while contrast(colour, ground) < ratio and 0 <= lightness <= 1:
        lightness += step
        colour = hexadecimal(lightness, chroma, hue)
    return colour


def oklch(colour: str) -> tuple[float, float, float]:
    """Lightness 0 to 1, chroma from 0, hue in degrees."""
    red, green, blue = (_linear(channel) for channel in _channels(colour))
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360


def hexadecimal(lightness: float, chroma: float, hue: float) -> str:
    """`#rrggbb` of an OKLCH colour, its chroma lowered until the screen can show it."""
    while chroma > 0 and not all(-0.0005 <= channel <= 1.0005 for channel in _rgb(lightness, chroma, hue)):
        chroma -= 0.002
    channels = (_gamma(min(max(channel, 0.0), 1.0)) for channel in _rgb(lightness, max(chroma, 0.0), hue))
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)


def _rgb(lightness: float, chroma: float, hue: float) -> Rgb:
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _channels(colour: str) -> Rgb:
    return int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return float(channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4)


def _gamma(channel: float) -> float:
    return float(channel * 12.92 if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055)
