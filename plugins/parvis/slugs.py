"""Words as a part of an address."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from unidecode import unidecode

from . import html


@lru_cache(maxsize=8192)
def slug(words: str) -> str:
    """Small ASCII letters, digits and single hyphens, at most 60 characters; '' where nothing is left."""
    ascii_words = unidecode(unicodedata.normalize("NFKC", html.text(words[:500]))).lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_words).strip("-")[:60].strip("-")
