"""The language of a text that does not say: by the small words that every sentence of a language has.

Offline and a page long. Detectors with models (lingua, fastText, CLD3) weigh 1 to 100 MB or are no longer kept, and
are no surer on the few languages a hub tells apart; on less than a sentence nobody is sure, and this says so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from itertools import chain, repeat

SMALL_WORDS: Mapping[str, frozenset[str]] = {
    lang: frozenset(words.split())
    for lang, words in {
        "fr": "le la les l un une des du de d et est à au aux en dans pour par sur avec sans ce cette ces c qui que qu "
        "quoi dont ne n pas plus je j tu il elle on nous vous ils elles se s sa son ses leur leurs mon ma mes notre "
        "nos votre vos mais ou où donc si très aussi comme bien être été était sont ont avons suis fait faire tout "
        "tous toute même merci bonjour chez entre depuis après avant encore déjà quand ici y",
        "en": "the a an of and is are was were be been to in on at for with without by from as this that these those "
        "it its it's he she we you they i my your his her our their not no do does did have has had will would can "
        "could should but or if so than then there here what which who when where how why all any some more most "
        "very also just about into out up down over after before again because between thanks hello don't i'm",
        "de": "der die das ein eine einen einem einer und ist sind war zu im in auf für mit ohne von vom bei aus nach "
        "nicht auch ich du er sie es wir ihr den dem des sich dass daß wie aber oder wenn noch nur sehr schon kann "
        "haben hat wird werden über unser mein",
        "es": "el la los las un una unos y es son de del al en con sin por para que no se lo le su sus como más pero o "
        "si muy también este esta estos ha han fue era ser está están yo tú nosotros ellos mi nuestro hay cuando "
        "donde porque",
        "it": "il lo la i gli le un uno una e è sono di del della dei delle al alla in con senza per che non si ci ma "
        "o se come più anche questo questa io tu lui lei noi loro mio nostro ha hanno stato essere molto dove quando "
        "perché nel nella",
        "pt": "o a os as um uma e é são de do da dos das ao em no na nos com sem por para que não se mas ou como mais "
        "também este esta eu tu ele ela nós eles meu nosso há foi ser está muito onde quando porque você",
        "nl": "de het een en is zijn was van in op voor met zonder door aan uit bij naar niet ook ik jij je hij zij ze "
        "wij we dat die dit deze maar of als nog wel om te er meer heeft hebben wordt kan",
    }.items()
}
LANGUAGES = {
    word: tuple(lang for lang, words in SMALL_WORDS.items() if word in words)
    for word in frozenset().union(*SMALL_WORDS.values())
}
OTHERS = re.compile("[^\x00-\u024f\u2000-\u20ff]")
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
NOISE = re.compile(r"https?://\S+|[@#]\w+|\S+@\S+")
ELIDED = re.compile(r"^(l|d|j|n|c|s|qu|m|t)['’](?=\w)")
LONGEST = 4_000  # characters that are looked at
FEWEST = 2  # small words without which nobody is sure
LEAD = 1.25  # how many times as many as those of the next language


def found(text: str) -> str:
    """`fr`, `en`, `de`, `es`, `it`, `pt` or `nl`; "" where the words do not tell."""
    text = text[:LONGEST]
    if not text.isascii() and len(OTHERS.findall(text)) > len(text) / 2:
        return ""  # another alphabet, with names of ours in it
    seen = WORD.findall(NOISE.sub(" ", text).lower())
    if "'" in text or "’" in text:
        seen = [word for match in seen for word in _parts(match)]
    counts = Counter(chain.from_iterable(map(LANGUAGES.get, filter(LANGUAGES.__contains__, seen), repeat(()))))
    (best, most), (_, second) = [*counts.most_common(2), ("", 0), ("", 0)][:2]
    return best if most >= max(FEWEST, LEAD * second, len(seen) / 8) and most > second else ""


def _parts(word: str) -> tuple[str, ...]:
    """`l’eau` is two words; `don’t` is one."""
    if "'" not in word and "’" not in word:
        return (word,)
    elided = ELIDED.match(word)
    return (elided[1], word[elided.end() :]) if elided else (word.replace("’", "'"),)
