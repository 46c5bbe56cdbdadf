"""Parts of pages that are the same wherever they stand, such as a card in all the lists it is in: rendered once.

    {{ once(card, item, 2) }}    instead of    {{ card(item, 2) }}

Only for parts that see nothing but what they are given, and for views that stand on several pages.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

from markupsafe import Markup

Part = Callable[..., Markup]


class Once:
    """What one language's parts became. It is made anew for each build, as the views are."""

    def __init__(self) -> None:
        self._made: dict[tuple[Part, int, tuple[Hashable, ...]], tuple[object, Markup]] = {}

    def __call__(self, part: Part, view: object, *more: Hashable) -> Markup:
        key = part, id(view), more
        if key not in self._made:
            self._made[key] = view, part(view, *more)  # the view is kept, or its id would soon be another's
        return self._made[key][1]
