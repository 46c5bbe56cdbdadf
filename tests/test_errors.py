"""How faults read, and which exit code wins."""

from __future__ import annotations

import pytest

from parvis.errors import CONFIG, CONTENT, DONE, MACHINE, SOURCES, Fault, Refused, did_you_mean, exit_code, report


@pytest.mark.parametrize(
    ("codes", "code"),
    [
        ([], DONE),
        ([SOURCES], SOURCES),
        ([SOURCES, MACHINE], MACHINE),
        ([MACHINE, CONTENT], CONTENT),
        ([CONTENT, CONFIG], CONFIG),
    ],
)
def test_where_several_codes_hold_the_first_named_wins(codes: list[int], code: int) -> None:
    """DESIGN, commands: configuration, content, machine, sources."""
    assert exit_code(codes) == code


def test_faults_are_printed_by_file_and_line_with_their_hints(capsys: pytest.CaptureFixture[str]) -> None:
    refused = Refused(
        [Fault("b.md", 2, "x"), Fault("a.md", 10, "y", "z", SOURCES), Fault("a.md", 9, "w"), Fault("b.md", 2, "x")]
    )

    assert report(refused.faults) == refused.code == CONTENT
    assert capsys.readouterr().err == "3 faults\n  a.md:9: w\n  a.md:10: y\n    hint: z\n  b.md:2: x\n"


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("tilte", ["title", "date"], ", did you mean 'title'?"),
        ("xyz", ["title", "date"], ""),
        ("a", [], ""),
        ("content/articles/rain.md", ["content/articles/tiret.md"], ""),
        ("content/articles/rain.md", ["content/articles/rains.md"], ", did you mean 'content/articles/rains.md'?"),
        ("picture-0500.pgn", [f"picture-{n:04}.png" for n in range(1000)], ", did you mean 'picture-0500.png'?"),
    ],
)
def test_a_near_word_is_offered(word: str, known: list[str], meant: str) -> None:
    assert did_you_mean(word, known) == meant
