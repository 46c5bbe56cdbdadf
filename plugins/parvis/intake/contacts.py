"""E-mail addresses and telephone numbers that people leave in what they write: no draft holds one.

An e-mail address is `name@host.tld`, quoted or spelt out (`zoe [at] exemple [point] fr`); `@name@server` is a name in
the Fediverse and stays. A telephone number is 8 to 15 digits after a plus or a 00, or a national number in one of the
groupings that people write (`GROUPINGS`). Amounts, dates, percentages and ISBN stay, and so do ten plain digits that a
word just before calls an order, an invoice or a parcel.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

MAIL, PHONE = "[e-mail]", "[tel]"

NAME = r"[\w.+%'~-]{1,64}"
LABEL = r"[\w-]{1,63}"
TOP = r"(?!(?:png|jpe?g|gif|webp|svg|css|js)\b)(?:xn--[a-z0-9-]{1,59}|[^\W\d_]{2,24})"
AT_IN_BRACKETS = r"\s?[\[({<]\s?(?:at|arobase|arobas|chez|@)\s?[\])}>]\s?"
DOT_IN_WORDS = r"(?:\s?[\[({<]\s?(?:dot|point|\.)\s?[\])}>]\s?|\s(?:dot|point)\s)"
MAILS = re.compile(
    rf"(?<![@\w.+-])(?:mailto:)?(?:{NAME}|\"[^\"\n]{{1,64}}\")(?:@|%40)(?:{LABEL}\.){{1,8}}{TOP}"
    rf"|(?<![@\w])(?:mailto:)?{NAME}@\[[0-9a-f:.]{{3,45}}\]"
    rf"|(?<![@\w.+-]){NAME}(?:{AT_IN_BRACKETS}|\sarobase?\s){LABEL}(?:(?:\.|{DOT_IN_WORDS}){LABEL}){{0,6}}(?:\.|{DOT_IN_WORDS}){TOP}\b"
    rf"|(?<![@\w.+-]){NAME}\sat\s{LABEL}(?:\sdot\s{LABEL}){{0,6}}\sdot\s{TOP}\b",
    re.IGNORECASE,
)

# How many digits stand together, of numbers that begin with 0: France, Belgium, Switzerland, Germany, Britain, Italy.
GROUPINGS = (
    "2 2 2 2 2", "2 8", "2 4 4", "2 3 3 2", "2 2 3 3", "2 3 2 3", "1 3 3 3", "4 2 2 2", "4 3 3", "4 6", "3 7", "3 3 4",
    "3 3 2 2", "2 3 2 2", "3 2 2 2", "3 3 3", "3 4 4", "3 8", "4 3 4", "4 7", "5 6", "5 3 3",
)  # fmt: skip
GAP = r"[ \u00a0\u2009\u202f.\-\u2010\u2011\u2013/·]"
WITHIN = rf"(?:{GAP}|[()]){{0,4}}"


def _grouped(grouping: str) -> str:
    first, *others = map(int, grouping.split())
    start = "0" if first == 1 else rf"0[1-9]\d{{{first - 2}}}"
    return start + "".join(rf"{GAP}{{1,3}}\d{{{count}}}" for count in others)


PHONES = re.compile(
    rf"(?<![\w+])\+\s?\(?[1-9](?:{WITHIN}\d){{7,14}}(?!\d)"
    rf"|(?<![\d.,])00{GAP}?[1-9]\d{{0,2}}(?:{GAP}{{1,3}}\d{{1,5}}){{2,7}}(?!\d)"
    r"|(?<!\d)(?:00)?33[67]\d{8}(?!\d)"
    rf"|(?<!\d)(?:{'|'.join(map(_grouped, GROUPINGS))})(?!\d)"
    rf"|(?<!\d)\(0\d{{1,4}}\)(?:{GAP}{{0,3}}\d){{5,9}}(?!\d)"
    rf"|(?<!\d)(?:\([2-9]\d\d\){GAP}?|[2-9]\d\d{GAP})\d{{3}}{GAP}\d{{4}}(?!\d)"
    r"|(?<!\d)(?P<plain>0[1-9]\d{8}|07\d{9})(?!\d)"
)
AMOUNT = re.compile(r"\+?\d{1,3}(?:[ \u00a0\u202f.,]000){2,}")
MEASURED = re.compile(r"\s?(?:[€$£%]|euros?\b|dollars?\b)", re.IGNORECASE)
NO_PHONE = re.compile(
    r"(?:#|isbn|ean|siret|siren|commande|facture|dossier|colis|suivi|série|réf\w*|order|invoice|parcel|tracking|ref\w*)"
    r"[\s.:]*(?:(?:n[°ºo]|number|num[ée]ro)[\s.:]*)?$",
    re.IGNORECASE,
)
CALLS = re.compile(r"//(?:wa\.me|api\.whatsapp\.com|call\.whatsapp\.com)/|[?&](?:phone|tel)=\W*\d", re.IGNORECASE)
SIGN = re.compile("[@＠﹫]")
WORD = re.compile(r"[aAcC](?<!\w[aAcC])(?:[tT]|[rR][oO][bB][aA][sSſ]|[hH][eE][zZ])")
DIGITS = re.compile(r"\d(?:\D{0,4}\d){6}")
OTHER_DIGIT = re.compile(r"(?![0-9])\d")
WIDE = str.maketrans("＠﹫＋．。（）", "@@+..()")


def masked(text: str) -> str:
    """The text with a mark in place of each e-mail address and telephone number."""
    if not (SIGN.search(text) or "%40" in text or DIGITS.search(text) or WORD.search(text)):
        return text  # three searches that begin with few characters take a tenth of one for all
    for spans, mark in ((_mails, MAIL), (_phones, PHONE)):
        for start, end in reversed(list(spans(_folded(text)))):
            text = text[:start] + mark + text[end:]
    return text


def without(text: str) -> str:
    """A name without the e-mail addresses and telephone numbers that stand beside it or in its place."""
    marked = masked(text)
    if marked == text:
        return text
    bare = re.sub(r"[(<\[]\s*[)>\]]", "", marked.replace(MAIL, "").replace(PHONE, "")).strip(" ,;:<>-|/")
    return bare[1:-1].strip() if bare.startswith("(") and bare.endswith(")") else bare


def reaches_somebody(address: str) -> bool:
    """Whether a web address spells an e-mail address or a telephone number."""
    return bool(MAILS.search(_folded(unquote(address))) or CALLS.search(address))


def _mails(text: str) -> Iterator[tuple[int, int]]:
    return (found.span() for found in MAILS.finditer(text))


def _phones(text: str) -> Iterator[tuple[int, int]]:
    for found in PHONES.finditer(text):
        amount = AMOUNT.fullmatch(found[0]) or MEASURED.match(text, found.end())
        named = found["plain"] and NO_PHONE.search(text, max(0, found.start() - 40), found.start())
        if not amount and not named:
            yield found.span()


def _folded(text: str) -> str:
    """The same length, with the digits and signs of other scripts as ASCII has them."""
    if text.isascii():
        return text
    return OTHER_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), text.translate(WIDE))
