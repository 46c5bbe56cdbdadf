"""One stylesheet: in layers, from roles, readable in both schemes, small, and named after its bytes."""

from __future__ import annotations

import gzip
import re
from itertools import product
from pathlib import Path

import pytest

from parvis import colours
from parvis.options import Brand, Colours
from parvis.site import styles
from parvis.site.catalogues import THEME

BRANDS = ("#a23e22", "#8a3a1f", "#0b4f6c", "#222222", "#6a1b9a", "#1b5e20", "#7a6a00", "#b00020", "#005a9c")
OURS = [path for name in styles.LAYERS for path in styles.files(THEME, name)]
PARTS = styles.files(THEME, "parts")
LAID_DOWN = re.compile(r"--([a-z0-9-]+):light-dark\((#[0-9a-f]{3,6}),(#[0-9a-f]{3,6})\)")


def brand(colour: str = "#a23e22") -> Brand:
    return Brand(name="Maison", authority="maison.example,2026", colours=Colours(brand=colour))


def roles(colour: str) -> dict[str, colours.Shade]:
    """The colours of each role as the stylesheet lays them down first, by day and by night."""
    _, css = styles.stylesheet(THEME, brand(colour))
    found: dict[str, colours.Shade] = {}
    for role, day, night in LAID_DOWN.findall(css.decode().partition("@media")[0]):
        found.setdefault(role, colours.Shade(day, night))
    return found


def test_the_name_changes_with_the_bytes_and_only_then() -> None:
    one, again, other = (styles.stylesheet(THEME, brand(colour)) for colour in ("#a23e22", "#a23e22", "#0b4f6c"))

    assert one == again
    assert one[0] != other[0]
    assert re.fullmatch(r"style\.[0-9a-f]{8}\.css", one[0])


def test_it_is_small() -> None:
    assert len(gzip.compress(styles.stylesheet(THEME, brand())[1])) <= 10_000


def test_the_layers_are_declared_once_and_the_brand_comes_last() -> None:
    css = styles.stylesheet(THEME, brand())[1].decode()

    assert css.startswith("@layer tokens,base,layout,parts,utilities,brand;@layer tokens{")
    assert css.count("{") == css.count("}")


def test_a_brand_without_styles_of_its_own_has_no_layer_for_them(tmp_path: Path) -> None:
    (tmp_path / "brand/styles").mkdir(parents=True)
    (tmp_path / "brand/parts/disc").mkdir(parents=True)
    before = styles.stylesheet(tmp_path, brand())[1].decode()
    (tmp_path / "brand/styles/own.css").write_text(".disc { border-radius: 0; }", "utf-8")
    (tmp_path / "brand/parts/disc/disc.css").write_text(".disc { color: red; }", "utf-8")

    after = styles.stylesheet(tmp_path, brand())[1].decode()

    assert "@layer brand{" not in before
    assert after.endswith("@layer brand{.disc{color:red}.disc{border-radius:0}}")


@pytest.mark.parametrize("colour", BRANDS)
@pytest.mark.parametrize("scheme", ["day", "night"])
def test_every_text_can_be_read_on_every_ground_it_stands_on(colour: str, scheme: str) -> None:
    made = {role: getattr(shade, scheme) for role, shade in roles(colour).items()}
    grounds = product(("ink", "soft", "companion"), ("paper", "square"))
    others = ("accent paper", "deep square", "companion disc", "paper companion", "paper ink", "ink wash", "soft wash")
    pairs = [*grounds, *(tuple(pair.split()) for pair in others)]

    too_weak = {pair: ratio for pair in pairs if (ratio := colours.contrast(made[pair[0]], made[pair[1]])) < 4.5}

    assert too_weak == {}


def test_the_paper_is_the_one_that_a_brands_colour_is_measured_on() -> None:
    assert roles("#a23e22")["paper"] == (colours.PAPER, colours.NIGHT)
    assert roles("#a23e22")["wash"] == (colours.WASH, colours.DUSK)


@pytest.mark.parametrize("colour", BRANDS)
def test_the_brands_own_colour_stays_as_it_is_by_day(colour: str) -> None:
    assert colours.palette(colour)["accent"].day == colour


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_a_stylesheet_keeps_the_house_rules(path: Path) -> None:
    css = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)

    assert "!important" not in css
    assert "@import" not in css
    assert "@layer" not in css, "the folder is the layer"
    assert "url(" not in css, "one request is enough"
    assert not re.search(r"(^|[\s,>+~])#[a-zA-Z][\w-]*[^;]*\{", css), "no id selectors"
    physical = (
        r"[^-\w](margin|padding|border|inset)-(left|right|top|bottom)\b|[^-\w](left|right|top|bottom|width|height):"
    )
    assert not re.search(physical, re.sub(r"\((min|max)-width:", "(", css)), "logical properties"


@pytest.mark.parametrize("path", PARTS, ids=lambda path: path.name)
def test_a_part_names_roles_never_colours_and_only_itself(path: Path) -> None:
    css = path.read_text("utf-8")

    assert not re.search(r"#[0-9a-f]{3,8}\b|\b(rgb|hsl|oklch|light-dark)\(", css)
    assert path.stem == path.parent.name


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_every_role_that_is_used_is_laid_down(path: Path) -> None:
    css = styles.stylesheet(THEME, brand())[1].decode()
    laid_down = set(re.findall(r"(--[a-z0-9-]+):", css))

    used = re.findall(r"var\((--[a-z0-9-]+)(\)?)", path.read_text("utf-8"))

    assert {role for role, alone in used if alone} <= laid_down


@pytest.mark.parametrize(
    ("css", "small"),
    [
        ("a { color : red ; }", "a{color : red}"),
        ("a , b > c { margin: 0 auto; }\n\n/* why */ d {}", "a,b > c{margin:0 auto}d{}"),
        ("a { width: calc(1px + 2px); }", "a{width:calc(1px + 2px)}"),
        ("a :hover { color: red }", "a :hover{color: red }".replace(": red ", ":red")),
        ('a::after { content: "  /* kept */ ; } "; }', 'a::after{content:"  /* kept */ ; } "}'),
        ("a { content: '\\'  {'; }", "a{content:'\\'  {'}"),
        ("a { background: url(a  b.png); }", "a{background:url(a  b.png)}"),
        ("@media (min-width: 1px) and (x: y) { a { b: c; } }", "@media (min-width: 1px) and (x: y){a{b:c}}"),
        ("a { --x: ; --y: a , b }", "a{--x:;--y:a,b}"),
    ],
)
def test_minifying_takes_only_what_means_nothing(css: str, small: str) -> None:
    assert styles.minified(css) == small
