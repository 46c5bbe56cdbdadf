"""French gets its spaces, in text only; everything else keeps its bytes."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from parvis.site.typography import fine, fine_text, unbroken

SPACES = {"·": "\u202f", "_": "\u00a0"}


def spaced(text: str) -> str:
    """`·` stands for the fine no-break space, `_` for the wide one."""
    return text.translate(str.maketrans(SPACES))


@pytest.mark.parametrize(
    ("written", "set"),
    [
        ("Vraiment ? Oui ! Bien ; fin", "Vraiment·? Oui·! Bien·; fin"),
        ("Vraiment? Oui! Bien; fin", "Vraiment·? Oui·! Bien·; fin"),
        ("Voici : deux", "Voici_: deux"),
        ("Voici: deux", "Voici_: deux"),
        ("« Bonjour »", "«_Bonjour_»"),
        ("«Bonjour»", "«_Bonjour_»"),
        ("Quoi ?! Non !!!", "Quoi·?! Non·!!!"),
        ("12 % et 9 €", "12·% et 9·€"),
        ("à 12:30, 16:9", "à 12:30, 16:9"),
        ("https://x.example/?a=1;b ! www.x.example?c", "https://x.example/?a=1;b·! www.x.example?c"),
        ("parole@x.example: oui", "parole@x.example: oui"),
        ("l'eau d'ici", "l'eau d'ici"),
        ("std::vector ?page=2", "std::vector ?page=2"),
        ("AT&amp;T &lt; 3 ; &eacute;", "AT&amp;T &lt; 3·; &eacute;"),
        ("fin&nbsp;! &laquo;&nbsp;oui&nbsp;&raquo;", "fin·! «_oui_»"),
        ("<em>toi</em> !", "<em>toi</em>·!"),
        ("<code>a ; b</code> c ;", "<code>a ; b</code> c·;"),
        ("<pre>a ?<code>b !</code> c !</pre> d !", "<pre>a ?<code>b !</code> c !</pre> d·!"),
        ('<a title="quoi ?">ici ?</a>', '<a title="quoi ?">ici·?</a>'),
        ('<a href="https://x.example/?a ! b">ici</a>', '<a href="https://x.example/?a ! b">ici</a>'),
        ('<q lang="en">Really ? "Yes" !</q> Oui !', '<q lang="en">Really ? "Yes" !</q> Oui·!'),
        ('<q lang="fr-CA">Oui !</q>', '<q lang="fr-CA">Oui·!</q>'),
        ("<!-- a ! --> b !", "<!-- a ! --> b·!"),
        ("a < b ; c > d !", "a < b·; c > d·!"),
    ],
)  # fmt: skip
def test_french_text_is_set(written: str, set: str) -> None:
    assert fine(Markup(written), "fr") == spaced(set)


def test_a_text_without_markup_is_set_too() -> None:
    assert fine_text("Où ? « Là »", "fr-FR") == spaced("Où·? «_Là_»")


def test_english_keeps_its_bytes() -> None:
    assert fine(Markup("What ? « Yes » : no !"), "en") == "What ? « Yes » : no !"
    assert fine_text("What ? «Yes»", "en") == "What ? «Yes»"


@given(st.text(alphabet="ab «»;:!?%€9 &<>\"'/=\u00a0\u202f\n"))
def test_nothing_but_spaces_changes_and_twice_is_once(text: str) -> None:
    once = fine_text(text, "fr")

    assert fine_text(once, "fr") == once
    assert re.sub("[ \u00a0\u202f]", "", once) == re.sub("[ \u00a0\u202f]", "", text)


@given(st.text(alphabet="ab ;:!?<>/='\"-codeprq"))
def test_tags_keep_their_bytes(text: str) -> None:
    html = f'<p title="a ; b !">{text}</p>'

    assert fine(Markup(html), "fr").startswith('<p title="a ; b !">')


def test_a_strangers_spaces_no_longer_break_and_nothing_is_added() -> None:
    words = Markup("<p>« Oui » : merci ! Et toi? http://a.example/ ?</p>")

    held = unbroken(words, "fr")

    assert held == "<p>«\u00a0Oui\u00a0»\u00a0: merci\u202f! Et toi? http://a.example/\u202f?</p>"
    assert unbroken(words, "en") == words


@pytest.mark.parametrize("text", ["\u00a0" * 100_000, "a@b " + "x" * 100_000 + " !", " " * 100_000 + "a"])
def test_no_text_takes_longer_than_its_length(text: str) -> None:
    """100,000 spaces took two minutes."""
    began = time.process_time()
    fine_text(text, "fr")

    assert time.process_time() - began < 2
