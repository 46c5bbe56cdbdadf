"""Letters as readers count them: what people wrote, made fit to be set, and cut only where a letter ends."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from unicodedata import category, combining, east_asian_width, normalize

HIDDEN = re.compile("[\u00ad\u061c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
HELD = re.compile(r"(?<=«) | (?=[:;!?»]+(?:\s|$))")
SPACES = re.compile(r"[^\S\u00a0\u202f]+")
JOINER, SEAM = "\u200d", "\u200b"
MARKS, VIRAMA = {"Mn", "Me", "Mc"}, 9
FLAGS, TONES, TAGS = range(0x1F1E6, 0x1F200), range(0x1F3FB, 0x1F400), range(0xE0020, 0xE0080)
HANGUL = range(0xAC00, 0xD7A4)
MOST_MARKS = 3
CLOSING = set(
    "、。，．・：；？！゛゜ヽヾゝゞ々ー）〕］｝〉》」』】〙〗〟’”»…‥%％℃°,.:;?!)]}ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
)
OPENING = set("（〔［｛〈《「『【〘〖〝‘“«([{$￥＄")
GONE = "…"
"""Stands for words in letters that no face has."""


def tidy(text: str) -> str:
    """One line of text without what cannot be seen, and without towers of marks."""
    plain = "".join(" " if category(letter) == "Cc" else letter for letter in HIDDEN.sub("", text))
    out: list[str] = []
    for cluster in clusters(SPACES.sub(" ", normalize("NFC", plain)).strip()):
        if category(cluster[0]) not in ("Cs", "Co", "Cn"):
            marks = [letter for letter in cluster[1:] if category(letter) == "Mn" and combining(letter)]
            out.append("".join(c for c in cluster if c not in marks[MOST_MARKS:]) if marks else cluster)
    return "".join(out)


def clusters(text: str) -> Iterator[str]:
    """Letters with their marks, flags, and pictures joined to one: nearly the clusters of UAX #29."""
    first = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or not _joined(text, first, place):
            yield text[first:place]
            first = place


def _joined(text: str, first: int, place: int) -> bool:
    before, letter = text[place - 1], text[place]
    if category(letter) in MARKS or letter == JOINER or ord(letter) in TONES or ord(letter) in TAGS:
        return True
    if before == JOINER or (combining(before) == VIRAMA and category(letter) == "Lo"):
        return True
    if 0x1160 <= ord(letter) < 0x1200 and 0x1100 <= ord(before) < 0x1200:
        return True
    return ord(letter) in FLAGS and ord(before) in FLAGS and (place - first) % 2 == 1


def settable(text: str, has: Callable[[str], bool]) -> tuple[str, float]:
    """The text in letters that there are, and how much of its words that is, 0 to 1.

    Letters in fancy dress become plain ones; pictures that nobody can draw go; words in a script that nobody has
    become an ellipsis. Lines do not end between a word and the marks that French sets apart from it.
    """
    out: list[str] = []
    seen = kept = 0
    for cluster in clusters(tidy(text)):
        made = next((each for each in _forms(cluster) if has(each)), "")
        if wordy := category(cluster[0])[0] in "LN":
            seen, kept = seen + 1, kept + bool(made)
        if made:
            out.append(made)
        elif wordy and (not out or out[-1] != GONE):
            out.append(GONE)
    return HELD.sub("\u00a0", SPACES.sub(" ", "".join(out)).strip()), kept / seen if seen else float(bool(out))


def _forms(cluster: str) -> Iterator[str]:
    """A cluster as it is, then simpler and simpler."""
    yield cluster
    yield normalize("NFKC", cluster)
    bare = "".join(c for c in cluster if ord(c) not in TONES and ord(c) not in TAGS and c not in "\ufe0e\ufe0f")
    if bare != cluster:
        yield bare
    yield normalize("NFKD", cluster)[:1]


def breaks(before: str, after: str) -> bool:
    """Whether a line may end between two clusters that no space parts: in Chinese and Japanese, and beside pictures."""
    if not (_wide(before) or _wide(after)):
        return False
    return after[0] not in CLOSING and before[-1] not in OPENING


def _wide(cluster: str) -> bool:
    return east_asian_width(cluster[0]) in "WF" and ord(cluster[0]) not in HANGUL
