"""What people wrote into a cell: a yes, a rating, a date."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from math import ceil

YES = {
    "oui", "yes", "true", "vrai", "1", "x", "y", "o", "ok", "on", "accepte", "accepted", "agreed", "coche", "checked",
    "granted", "d accord", "bien sur", "of course",
}  # fmt: skip
TICKS = set("✓✔☑✅👍\ufe0f")
AGREED = re.compile(
    r"(?:(?:oui|yes) )?(?:j accepte|j autorise|je consens|je suis d accord|i agree|i accept|i consent|i allow)\b"
)
UNSURE = re.compile(
    r"\b(?:non|no|not|pas|ne|n|sauf|mais|sans|seulement|uniquement|but|except|only|unless|without|if|si)\b"
)
SCALE = re.compile(r"(?:/|\bsur\b|\bout of\b|\bof\b|[aà0-9]\s*[-–]|\bà\b|\ba\b|\bto\b)\s*(\d{1,3})\b")
STARS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "un": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5}
NUMBER = re.compile(r"\d{1,3}(?:[.,]\d{1,3})?")
IN_ENGLISH = re.compile(r"\b(?:timestamp|submi\w+|created|posted|published|completed|review|time)\b", re.IGNORECASE)
MONTHS = {
    "jan": 1, "fev": 2, "feb": 2, "mar": 3, "avr": 4, "apr": 4, "mai": 5, "may": 5, "juin": 6, "jun": 6, "juil": 7,
    "jul": 7, "aou": 8, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
GONE = {
    "deleted", "removed", "reported", "flagged", "archived", "draft", "partial", "in progress", "rejected", "refused",
    "spam", "hidden", "private", "unpublished", "pending", "supprime", "retire", "signale", "archive", "brouillon",
    "partiel", "partielle", "en cours", "rejete", "refuse", "masque", "prive", "non publie", "en attente",
}  # fmt: skip
BY_A_MACHINE = re.compile(
    r"\((?:translated by google|traduit par google|traduction par google)\)\s*(.*?)"
    r"(?:\((?:original|avis d['’]origine|texte d['’]origine)\)\s*(.*))?$",
    re.DOTALL | re.IGNORECASE,
)
EPOCH = re.compile(r"(\d{10})(?:\.\d+|\d{3})?")
YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?!\d)")
YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?!\d)")
DAY_MONTH = re.compile(r"\b(\d{1,2})(?:er|st|nd|rd|th)?[ -]([a-z]{3,9})\.?,?[ -](\d{4})\b")
MONTH_DAY = re.compile(r"\b([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b")
TIME = re.compile(r"(?<!\d)(\d{1,2})[:h](\d{2})(?::(\d{2}))?(?:[.,]\d+)?(?: ?([ap])\.?m)?")
ZONE = re.compile(r"[ (]*(?:(?:utc|gmt)? ?([+-])(\d{1,2}):?(\d{2})?|utc|gmt|z)\b")


@lru_cache(4096)
def folded(cell: str) -> str:
    """Small letters without accents; every run of spaces is one."""
    letters = (c for c in unicodedata.normalize("NFKD", cell) if not unicodedata.combining(c))
    return " ".join("".join(letters).casefold().split())


@lru_cache(4096)
def is_yes(cell: str, question: str) -> bool:
    """Whether an answer is clearly a yes: a plain one, a tick, "I agree …", or the box's own label repeated."""
    if cell.strip() and set(cell.strip()) <= TICKS:
        return True
    said, asked = (" ".join(re.findall(r"[^\W_]+", folded(text))) for text in (cell, question))
    if said in YES:
        return True
    return bool(said) and not UNSURE.search(said) and (bool(AGREED.match(said)) or said == asked)


def is_gone(cell: str) -> bool:
    """Whether a state says that words are not for everybody, or no more: removed, reported, a draft."""
    return folded(cell).rstrip("e") in GONE or folded(cell) in GONE


def own_language(cell: str) -> str:
    """The words as they were written, where a machine's translation stands before or after them."""
    found = BY_A_MACHINE.search(cell)
    if not found:
        return cell
    return (found[2] or cell[: found.start()]).strip()


@lru_cache(4096)
def rating(cell: str, question: str) -> int | None:
    """1 to 5, from stars, "FIVE", "4/5", or a number on the scale that the answer or else the question names.

    Between two the lower one is taken: a brand does not round its own praise up.
    """
    if stars := sum(cell.count(star) for star in "★⭐"):
        return stars if stars <= 5 else None
    found = NUMBER.search(cell)
    if not found:
        return STARS.get(re.sub(r" (?:stars?|etoiles?)$", "", folded(cell)))
    scales = SCALE.search(folded(cell[found.end() :])) or SCALE.search(folded(question))
    given, scale = float(found[0].replace(",", ".")), int(scales[1]) if scales else 5
    return max(1, ceil(given * 5 / scale - 0.5)) if 0 < given <= scale else None


def day_comes_first(cells: Iterable[str], header: str = "") -> bool:
    """How a column writes 9/12/2026: a day or month above 12 tells, else AM and PM do, else the header.

    Below an English one it is as in America, where no program writes a zero before a digit; else as in French.
    """
    american, padded, single = False, False, False
    for cell in cells:
        if found := YEAR_LAST.search(cell):
            if int(found[1]) > 12:
                return True
            if int(found[2]) > 12:
                return False
            american = american or bool(re.search(r"\d ?[AaPp]\.?[Mm]\b", cell))
            padded = padded or "0" in (found[1][0], found[2][0])
            single = single or 1 in (len(found[1]), len(found[2]))
    return not (american or (single and not padded and IN_ENGLISH.search(header)))


def when(cell: str, day_first: bool = True) -> datetime | None:
    """A date and time as people and programs write them, in French or English; without a zone where none is given."""
    said = folded(cell)
    try:
        if epoch := EPOCH.fullmatch(said):
            return datetime.fromtimestamp(int(epoch[1]), UTC)
        ymd = _ymd(said, day_first)
        return datetime(*ymd, *_time(said), tzinfo=_zone(said)) if ymd else None
    except (ValueError, OverflowError):
        return None


def _ymd(said: str, day_first: bool) -> tuple[int, int, int] | None:
    if found := YEAR_FIRST.search(said):
        return int(found[1]), int(found[2]), int(found[3])
    if found := YEAR_LAST.search(said):
        day, month = (found[1], found[2]) if day_first else (found[2], found[1])
        return int(found[3]) + (2000 if len(found[3]) == 2 else 0), int(month), int(day)
    if found := DAY_MONTH.search(said):
        return int(found[3]), _month(found[2]), int(found[1])
    if found := MONTH_DAY.search(said):
        return int(found[3]), _month(found[1]), int(found[2])
    return None


def _month(name: str) -> int:
    """Its number; 0, which no date has, where it is none."""
    return MONTHS.get(name[:4]) or MONTHS.get(name[:3]) or 0


def _time(said: str) -> tuple[int, int, int]:
    found = TIME.search(said)
    if not found:
        return 0, 0, 0
    hour = int(found[1]) % 12 + 12 * (found[4] == "p") if found[4] else int(found[1])
    return hour, int(found[2]), int(found[3] or 0)


def _zone(said: str) -> timezone | None:
    """What stands right after the time of day: UTC, GMT, Z or an offset."""
    time = TIME.search(said)
    found = ZONE.match(said, time.end()) if time else None
    if not found:
        return None
    offset = timedelta(hours=int(found[2] or 0), minutes=int(found[3] or 0))
    return timezone(-offset if found[1] == "-" else offset)
