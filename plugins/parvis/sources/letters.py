"""What somebody wrote in a message themselves, without what they quote, their signature and what their program adds."""

from __future__ import annotations

import re

from ..html import prose
from .markup import cut
from .values import paragraphs

SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
REST = re.compile(
    r"^(?:-{2,} ?(?:original message|message d['’]origine|message transféré|forwarded message|message original) ?-{2,}"
    r"|_{10,}|begin forwarded message ?:|début du message (?:transféré|réexpédié) ?:"
    r"|\*?(?:from|de|von) ?: ?\*?[^\n]{3,200}\n\*?(?:sent|date|envoyé|to|à|gesendet|datum|an) ?:)",
    re.MULTILINE | re.IGNORECASE,
)
ATTRIBUTION = re.compile(
    r"^(?:on|le|el|am) [^\n]{4,200}(?:\n(?!>)[^\n]{1,120})?(?:wrote|a écrit|escribió|schrieb)[^\n]{0,80}:[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
ARMOUR = re.compile(
    r"^-----BEGIN PGP SIGNED MESSAGE-----\n(?:[^\n]+\n)*\n?"
    r"|^-----BEGIN PGP (SIGNATURE|MESSAGE)-----\n.*?(?:^-----END PGP \1-----\n?|\Z)"
    r"|^- (?=-)",
    re.MULTILINE | re.DOTALL,
)
SPACES = {0xA0: " ", 0x202F: " "}
QUOTED = re.compile(r"^[ \t]*>.*\n?", re.MULTILINE)
SENT_FROM = re.compile(
    r"\n[ \t]*(?:sent from my|sent with|sent via|get outlook for|envoyé de(?:puis)? (?:mon|ma)|envoyé à partir de"
    r"|obtenez outlook pour|télécharger outlook pour)[^\n]*\s*\Z",
    re.IGNORECASE,
)
SOFT_BREAK = re.compile(r"(?<=[^\n -]) \n(?![>\n ])")
NOT_OWN = re.compile(
    r"(?:class=[\"']?(?:gmail_quote|gmail_signature|moz-cite-prefix|moz-signature|yahoo_quoted|protonmail_quote|gmail_attr)"
    r"|id=[\"']?(?:divRplyFwdMsg|appendonsend|Signature|ms-outlook-mobile-signature)|<blockquote[^>]*type=[\"']?cite)",
    re.IGNORECASE,
)
HEAD = re.compile(r"<(head|style|script|title)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)


def own_words(text: str, *, flowed: bool = False) -> str:
    """Plain text as markup. `flowed` joins the lines that a program has broken (RFC 3676)."""
    said = ARMOUR.sub("", text.replace("\r\n", "\n").translate(SPACES))
    said = SOFT_BREAK.sub(" ", said) if flowed else said
    for end in (SIGNATURE, REST):
        if found := end.search(said):
            said = said[: found.start()]
    found = ATTRIBUTION.search(said)
    if found and not QUOTED.search(said, found.end()):
        said = said[: found.start()]
    said = QUOTED.sub("", ATTRIBUTION.sub("", said))
    return paragraphs(SENT_FROM.sub("", f"\n{said.rstrip()}").strip())


def own_words_of_html(html: str) -> str:
    """Markup up to where somebody else's words or a signature begin."""
    bare = HEAD.sub("", html)
    if found := NOT_OWN.search(bare):
        start = bare.rfind("<", 0, found.start() + 1)
        bare = bare[: start if start >= 0 else found.start()]
    return prose(cut(bare, len(bare))).strip()
