"""A part that is the same wherever it stands is rendered once, and never shown for another."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from parvis.site.once import Once


@dataclass(frozen=True)
class View:
    name: str


def test_a_part_is_rendered_once_for_each_view_and_form() -> None:
    calls: list[tuple[str, int]] = []

    def part(view: View, heading: int = 1) -> Markup:
        calls.append((view.name, heading))
        return Markup(f"<h{heading}>{view.name}</h{heading}>")

    once, zoe, lea = Once(), View("zoe"), View("lea")
    shown = [once(part, zoe, 2), once(part, zoe, 2), once(part, lea, 2), once(part, zoe, 3)]

    assert shown == ["<h2>zoe</h2>", "<h2>zoe</h2>", "<h2>lea</h2>", "<h3>zoe</h3>"]
    assert calls == [("zoe", 2), ("lea", 2), ("zoe", 3)]


def test_two_parts_show_one_view_each_in_its_way() -> None:
    once, zoe = Once(), View("zoe")

    assert once(lambda view: Markup("a"), zoe) == "a"
    assert once(lambda view: Markup("b"), zoe) == "b"


def test_a_view_that_nobody_else_holds_is_not_taken_for_a_later_one() -> None:
    once = Once()

    def part(view: View) -> Markup:
        return Markup(view.name)

    assert [once(part, View(str(number))) for number in range(1000)] == [str(number) for number in range(1000)]
