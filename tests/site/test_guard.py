"""Pictures and links inside content/: what leads nowhere stops the build, at the line that says it."""

from __future__ import annotations

import pytest

from tests.site.conftest import Build, article

PICTURE = "-- content/images/loire.png --\nx\n"


def said(build: Build, site: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The lines of faults that end the build."""
    with pytest.raises(SystemExit) as ended:
        build(site)
    assert ended.value.code == 1
    return [line.strip() for line in capsys.readouterr().err.splitlines() if "content/" in line and "hint" not in line]


@pytest.mark.parametrize(
    ("body", "link"),
    [
        ("![La Loire](images/none.png)", "images/none.png"),
        ("![La Loire](/images/none.png)", "/images/none.png"),
        ("![La Loire](images/loire.png)", "images/loire.png"),
        ("![La Loire](../images/loire.png)", "../images/loire.png"),
        ("![La Loire][r]\n\n[r]: images/none.png", "images/none.png"),
        ("<p>\n<img alt='La Loire' src='none.png'></p>", "none.png"),
    ],
)
def test_a_picture_that_leads_nowhere_is_told_with_its_line(
    build: Build, body: str, link: str, capsys: pytest.CaptureFixture[str]
) -> None:
    [line] = said(build, PICTURE + article(body=body), capsys)

    number = 8 + body[: body.index(link)].count("\n")
    assert line.startswith(f"content/articles/roue.md:{number}: the picture {link} leads nowhere")


@pytest.mark.parametrize(
    "link", ["/images/loire.png", "{static}/images/loire.png", "https://a.example/x.png", "data:image/png;base64,AA=="]
)
def test_a_picture_that_is_there_is_none_of_our_business(build: Build, link: str) -> None:
    assert build(PICTURE + article(body=f"![La Loire]({link})")).files("articles/roue/index.html")


def test_a_text_at_fault_makes_no_second_fault_of_those_that_link_to_it(
    build: Build, capsys: pytest.CaptureFixture[str]
) -> None:
    site = article(body="[b]({filename}b.md)") + article("b", more="colour: red\n")

    assert said(build, site, capsys) == ["content/articles/b.md:6: colour: no such option"]


def test_settings_at_fault_do_not_hide_texts_at_fault(build: Build, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        build("-- content/sources.yml --\nforum: {kind: feed, pth: demo/x.xml}\n" + article(more="colour: red\n"))

    told = capsys.readouterr().err
    assert ended.value.code == 2
    assert "content/sources.yml:1: forum.pth" in told and "content/articles/roue.md:6: colour" in told
