"""A stranger's picture made ours: decoded within limits, turned as it was meant, made small, encoded anew.

Nothing of the file that came is kept but its pixels: no place, no camera, no comment, no colour profile.
"""

from __future__ import annotations

import hashlib
import warnings
from dataclasses import dataclass
from io import BytesIO

FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
REASONS = {
    "UnidentifiedImageError": "is no JPEG, PNG, GIF or WebP",
    "DecompressionBombError": "has far too many pixels",
    "DecompressionBombWarning": "has far too many pixels",
}
MOST_BYTES = 12 * 2**20
MOST_PIXELS = 24_000_000
LARGEST, SMALLEST = 1600, 32  # pixels of the longer side of a copy, of the shorter side of what is a picture at all


@dataclass(frozen=True, slots=True)
class Copy:
    """A picture as it will lie in content/images/: its name is a hash of its bytes, so that it never changes."""

    name: str
    body: bytes
    width: int
    height: int


def copied(body: bytes) -> Copy:
    """The first frame of a JPEG, PNG, GIF or WebP. Raises ValueError, with the reason, for anything else."""
    if len(body) > MOST_BYTES:
        raise ValueError(f"is larger than {MOST_BYTES // 2**20} MiB")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return _encoded(body)
    except ValueError:
        raise
    except Exception as error:  # whatever a stranger's file does to its decoder costs this picture only
        raise ValueError(REASONS.get(type(error).__name__, "is a picture that cannot be read")) from None


def _encoded(body: bytes) -> Copy:
    from PIL import Image, ImageOps

    with Image.open(BytesIO(body), formats=FORMATS) as looked_at:
        width, height = looked_at.size
        if width * height > MOST_PIXELS:
            raise ValueError(f"has {width} × {height} pixels, more than {MOST_PIXELS // 10**6} million")
        if min(width, height) < SMALLEST:
            raise ValueError(f"has {width} × {height} pixels: that is a mark to count readers by, or an icon")
        looked_at.verify()
    with Image.open(BytesIO(body), formats=FORMATS) as picture:
        picture.seek(0)
        upright = ImageOps.exif_transpose(picture)
        clear = upright.has_transparency_data
        pixels = upright.convert("RGBA" if clear else "RGB")
    pixels.thumbnail((LARGEST, LARGEST))
    bare = Image.new(pixels.mode, pixels.size)
    bare.paste(pixels)
    out = BytesIO()
    if clear:
        bare.save(out, "PNG", optimize=True)
    else:
        bare.save(out, "JPEG", quality=85, optimize=True, progressive=True)
    made = out.getvalue()
    name = f"{hashlib.sha256(made).hexdigest()[:20]}.{'png' if clear else 'jpg'}"
    return Copy(name, made, *bare.size)
