"""French spacing: fine no-break spaces before ; ! ?, no-break ones before : and inside « ».

After the Lexique des règles typographiques en usage à l'Imprimerie nationale. That is for the brand's own voice; in a
stranger's words only the spaces that are there stop breaking. Apostrophes, English, code and addresses stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from markupsafe import Markup, escape

from . import tags

FINE, FIXED = "\u202f", "\u00a0"
UNTOUCHED = {"code", "kbd", "pre", "samp", "script", "style", "svg", "math", "textarea", "tt", "var"}
SPACE = f"[ {FIXED}{FINE}]"
MARKED = re.compile("[&;!?:«»%€]")
RUN = f"(?<!{SPACE}){SPACE}+"
"""A run of spaces from its beginning: to try from each of them again takes quadratic time."""
KEPT, MAIL = r"&\#?\w+; | https?://\S+ | www\.\S+", r"(?<!\S)\S+@\S+"


def rules(kept: str, first: str = "") -> re.Pattern[str]:
    """The rules of spaces. `kept` is what they pass over; each match begins with what `first` names."""
    return re.compile(
        rf"""
        {first}
        (?: (?P<kept> {kept} )
        | {RUN} (?P<high> [;!?]+ ) (?!\w)
        | (?<=[\w)»”’%€]) (?P<stuck> [;!?]+ ) (?=\s|$|[)»”])
        | {RUN} (?P<colon> : ) (?!\w)
        | (?<=[^\W\d]) (?P<tied> : ) (?=\s|$|»)
        | (?P<opening> « ) {SPACE}*
        | (?: {RUN} )? (?P<closing> » )
        | (?<=\d) {SPACE} (?P<unit> [%€] )
        )
        """,
        re.VERBOSE,
    )


RULES = rules(KEPT, rf"(?=[hw&;!?:«»%€]|{SPACE})")
RULES_WITH_MAIL = rules(rf"{MAIL} | {KEPT}")
"""A mail address begins with anything, so looking for one takes five times as long."""
THERE = re.compile(r"(?P<kept>https?://\S+)|(?P<fixed>(?<=«) | (?=[:»](?!\w)))|(?P<fine> (?=[;!?]+(?!\w)))")
ENTITIES = {"&nbsp;": FIXED, "&#160;": FIXED, "&#xa0;": FIXED, "&laquo;": "«", "&raquo;": "»"}


def fine(html: Markup, lang: str) -> Markup:
    """Markup with the spaces of its language; tags and attributes keep their bytes."""
    return _through(html, lang, _fine)


def unbroken(html: Markup, lang: str) -> Markup:
    """Markup of somebody else: the spaces that are there before ; : ! ? and inside « » no longer break."""
    return _through(html, lang, lambda text: THERE.sub(_held, text))


def _through(html: Markup, lang: str, spaced: Callable[[str], str]) -> Markup:
    if not lang.startswith("fr"):
        return escape(html)
    out: list[str] = []
    barrier, depth = "", 0
    for piece in tags.pieces(str(escape(html))):
        if depth:
            depth += piece.step if piece.name == barrier else 0
        elif piece.step == 1 and (piece.name in UNTOUCHED or _foreign(piece.lang, lang)):
            barrier, depth = piece.name, 1
        touched = not depth and piece.is_text and MARKED.search(piece.source)
        out.append(spaced(_decoded(piece.source)) if touched else piece.source)
    return Markup("".join(out))


def fine_text(text: str, lang: str) -> str:
    """The same for text without markup."""
    return _fine(text) if lang.startswith("fr") else text


def _fine(text: str) -> str:
    return (RULES_WITH_MAIL if "@" in text else RULES).sub(_spaced, text)


def _foreign(lang: str, own: str) -> bool:
    return bool(lang) and lang.partition("-")[0].lower() != own.partition("-")[0]


def _decoded(source: str) -> str:
    """With the entities that stand for spaces and guillemets as characters; others may be needed as they are."""
    for entity, character in ENTITIES.items():
        source = source.replace(entity, character)
    return source


def _held(found: re.Match[str]) -> str:
    return {"fixed": FIXED, "fine": FINE}.get(found.lastgroup or "", found[0])


def _spaced(found: re.Match[str]) -> str:
    kind, mark = found.lastgroup, found[found.lastgroup or 0]
    match kind:
        case "high" | "stuck":
            return FINE + mark
        case "colon" | "tied" | "closing":
            return FIXED + mark
        case "opening":
            return mark + FIXED
        case "unit":
            return FINE + mark
    return mark
