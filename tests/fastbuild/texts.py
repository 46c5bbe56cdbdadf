"""Texts that ask much of Markdown, at random, and how they are converted by the library's own way and the short one.

    PYTHONPATH=plugins python -m tests.fastbuild.texts 200000 [SEED]

converts so many, in turn as each of WAYS says, and prints the first that come out differently.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from typing import Any

import pygments.lexers
from markdown import Markdown
from pelican.settings import DEFAULT_CONFIG

import fastbuild.markdown
from parvis.site import markdown as parvis

SIGNS = "*_`[]()<>&\\!|:#-=~^{}\n\n\n  ab1.+"
PIECES = r"""
mot|Été|Du texte, simple ici.|12 % (peu)|1. un|1)|2. deux|10. x|- x|- *y*|* y|+|+ z|> cité|>> a|# un|## deux {#z}|###
    code|    ::python|  |\|\*|a\_b|\[|*|**|***|*a*|**b**|***c***|*a **b** c*|_c_|__d__|_a *b* c_|a_b|a_b_c|2*3*4
_|__|(*a*)|«_b_»|`|``|`x`|`<b>`|`` y ` ``|`a_b*c`|[l](u)|[l](u_v)|[l](<u v> "t")|[l](u "t")|[a*b*](u)|[l][r]|[l]|[r]
[r]: http://x.example "t"|[r]: <u>|![i](p)|![i](p 't')|![i][r]|![|[![i](p)](u)|<http://a.example>|<a@b.example>
<b>|</b>|<div>|</div>|<div markdown="1">|<p>x</p>|<hr>|<!-- c -->|<?p ?>|<3|&amp;|&|&#38;|&#x26 |AT&T|[^1]|[^1]: note
*[abc]: Def|abc|{.c}|{: #i .c }|{: x=y }|: def|Terme|~~~|``` python|```|```{.python hl_lines="1"}|def f(): pass|#!bash
---|***|===|[TOC]|!!! note|!!!|!|[|]|(|)|<|>|{|}|$|%|"q"|'s|^|x  |http://x.example|wzxhzdk:0|klzzwxh:0001|é|«|“|€|²
"""
BITS = [bit for line in PIECES.strip("\n").split("\n") for bit in line.split("|")]
BITS += ["a | b\n--|--\n1 | 2", "|a|\n|-|\n|b|", "|", "| c |", "\t", "\r\n", "\u2028", "\x0b", "\x02", "\x0212\x03"]
BITS += ["٣. x", "\u3000x", "\xa0y", "\u200b", "\N{PILE OF POO}"]
ENDS = ["", "", " ", "\n", "\n", "\n\n", "\n\n", "  \n", "\n    ", "\n  ", "\n\n\n", "\n\n    "]

BESIDE = parvis.Further(["fastbuild.markdown"], {"fastbuild.markdown": {"beside": ["parvis.site"]}})
PELICAN: dict[str, Any] = DEFAULT_CONFIG["MARKDOWN"] | {
    "extensions": [*DEFAULT_CONFIG["MARKDOWN"]["extension_configs"]]
}
EVERYTHING = ["extra", "codehilite", "admonition", "sane_lists", "smarty", "toc", "meta"]
INSTALLED = [*pygments.lexers.find_plugin_lexers()]
pygments.lexers.find_plugin_lexers = lambda: iter(INSTALLED)  # each guess of a language would look for them anew
Make = Callable[[], Markdown]
WAYS: dict[str, tuple[Make, Make]] = {
    "pelican": (lambda: Markdown(**PELICAN), lambda: tuned(PELICAN)),
    "editorial": (parvis.editorial, lambda: parvis.editorial(BESIDE)),
    "strangers": (parvis.strangers, lambda: parvis.strangers(BESIDE)),
    "bare": (Markdown, lambda: tuned({})),
    "everything": (lambda: Markdown(extensions=EVERYTHING), lambda: tuned({"extensions": EVERYTHING})),
}


def tuned(options: dict[str, Any]) -> Markdown:
    return Markdown(**options | {"extensions": [*options.get("extensions", ()), fastbuild.markdown.Tuned()]})


def texts(seed: int) -> Iterator[str]:
    """Without end; the same for the same seed."""
    chance = random.Random(seed)
    for kind in cycle(("signs", "bits", "bits", "both")):
        yield "".join(_run(chance, kind) for _ in range(chance.randint(1, 30)))


def _run(chance: random.Random, kind: str) -> str:
    if kind == "signs" or (kind == "both" and chance.random() < 0.5):
        return "".join(chance.choices(SIGNS, k=chance.randint(1, 8)))
    return chance.choice(BITS) + chance.choice(ENDS)


def outcome(md: Markdown, text: str) -> Any:
    """The HTML, and what else an instance tells of a text; or the kind of error, as the library has some."""
    try:
        return md.reset().convert(text), getattr(md, "Meta", None), getattr(md, "toc", None)
    except Exception as error:  # whichever: it has to be the same
        md.parser.state.clear()
        return type(error)


def differences(seed: int, number: int) -> Iterator[tuple[str, str, Any, Any]]:
    """Name of the way, text, and the two outcomes, for each of so many texts that comes out differently."""
    ways = [(name, plain(), short()) for name, (plain, short) in WAYS.items()]
    for (name, own, other), text in zip(cycle(ways), islice(texts(seed), number)):
        expected, found = outcome(own, text), outcome(other, text)
        if expected != found:
            yield name, text, expected, found


if __name__ == "__main__":
    number, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    found = 0
    for difference in differences(seed, number):
        found += 1
        print(*map(repr, difference), sep="\n", end="\n\n")
    print(f"{number} texts from seed {seed}: {found} differences")
    sys.exit(bool(found))
