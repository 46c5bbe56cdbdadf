"""One stylesheet for the whole site: layers from folders, colours from the brand, a name made from its bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from .. import colours
from ..options import Brand

LAYERS = ("tokens", "base", "layout", "parts", "utilities", "brand")
TOKEN = re.compile(
    r"""(?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|url\([^)"']*\))|(?P<comment>/\*.*?\*/)|(?P<space>\s+)""",
    re.DOTALL,
)
TIGHT = re.compile(r" ?([{};,]) ?")
COLON = re.compile(r"([{;][a-z-]+): ")


def stylesheet(theme: Path, brand: Brand) -> tuple[str, bytes]:
    """File name with a hash of the content, and the minified bytes."""
    source = [f"@layer {', '.join(LAYERS)};", layer("tokens", [shades(brand)])]
    source += [layer(name, (path.read_text("utf-8") for path in files(theme, name))) for name in LAYERS]
    data = minified("\n".join(filter(None, source))).encode()
    return f"style.{sha256(data).hexdigest()[:8]}.css", data


def files(theme: Path, name: str) -> list[Path]:
    """The files of one layer, in the order they are read."""
    patterns = {
        "tokens": ["styles/tokens.css"],
        "parts": ["parts/*/*.css"],
        "brand": ["brand/parts/*/*.css", "brand/styles/*.css"],
    }
    return [path for pattern in patterns.get(name, [f"styles/{name}/*.css"]) for path in sorted(theme.glob(pattern))]


def shades(brand: Brand) -> str:
    """The brand's palette as custom properties, both schemes."""
    roles = (f"--{role}: light-dark({day}, {night});" for role, (day, night) in _palette(brand).items())
    return f":root {{ {' '.join(roles)} }}"


def layer(name: str, sources: Iterable[str]) -> str:
    """The sources inside their layer; the folder they lie in is the layer, so no file says it."""
    inside = "\n".join(sources)
    return f"@layer {name} {{\n{inside}\n}}" if inside.strip() else ""


def minified(css: str) -> str:
    """Without comments and needless space; strings and addresses stay as they are."""
    out, rest = [], 0
    for token in TOKEN.finditer(css):
        out.append(css[rest : token.start()])
        out.append(_kept(token))
        rest = token.end()
    return _tight("".join([*out, css[rest:]]))


def _kept(token: re.Match[str]) -> str:
    if token["string"]:
        return token["string"]
    return " " if token["space"] else ""


def _tight(css: str) -> str:
    """Squeezes outside strings only; `calc(a + b)` and `a :hover` need the spaces that stay."""
    parts = re.split(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|url\([^)]*\))""", css)
    parts[::2] = [
        COLON.sub(r"\1:", TIGHT.sub(r"\1", re.sub(" +", " ", part))).replace(";}", "}") for part in parts[::2]
    ]
    return "".join(parts).strip()


def _palette(brand: Brand) -> dict[str, colours.Shade]:
    return colours.palette(brand.colours.brand)
