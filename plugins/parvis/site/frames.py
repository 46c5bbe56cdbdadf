"""The wall elsewhere: pages that other sites show in a frame, without script or cookie, and the HTML that does it."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from markupsafe import escape

from ..consent import allows
from ..kinds import Testimonial
from . import views
from .pieces import Piece
from .tongue import Tongue
from .views import ROOT, Link, Snippet
from .wordings import shareable

FRAMES = ("testimonials", "all")
MOST = 6
WIDTH, HEIGHT = 480, 560
SANDBOX = "allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
"""Links open at the top or beside; what they open is not bound by it. Nothing else is wanted, scripts least of all."""


def write(tongue: Tongue) -> None:
    for name in FRAMES:
        _frame(tongue, name)
    _offer(tongue)


def pieces(tongue: Tongue, name: str) -> list[Piece]:
    """The newest of a stream that may stand on other sites."""
    kinds = (name,) if name != "all" else ("articles", "community", "testimonials")
    wanted = (piece for piece in tongue.stock.stream(tongue.lang) if piece.kind in kinds and may(tongue, piece))
    return list(islice(wanted, MOST))


def may(tongue: Tongue, piece: Piece) -> bool:
    """Testimonials by consent; nothing that is not to be shared now, or that only a preview shows."""
    head = piece.head
    agreed = not isinstance(head, Testimonial) or allows(head.consent, "elsewhere")
    return agreed and not piece.state and shareable(piece.share, tongue.now)


def _frame(tongue: Tongue, name: str) -> None:
    """Search engines are sent on to the list that the frame is taken from."""
    path = tongue.addresses.frame(tongue.lang, name)
    if not tongue.show.wants(path):
        return
    whole = _whole(tongue, name)
    title = f"{whole.label} – {tongue.brand.name}"
    page = tongue.heads.page(
        "frame", title, "", path, there={tongue.lang: path}, nearest=tongue.addresses.home, noindex=True
    )
    page = replace(page, canonical=tongue.addresses.absolute(whole.url), feeds=(), switch=())
    shown = pieces(tongue, name)
    tongue.show.page(path, page, shown, frame=views.Frame(whole.label, whole, tongue.cards.cards(shown)))


def _whole(tongue: Tongue, name: str) -> Link:
    """The page that a frame shows the beginning of."""
    if name == "all":
        return Link(tongue.heads.words.gettext("Latest"), tongue.heads.home().url)
    return tongue.heads.section(name)


def _offer(tongue: Tongue) -> None:
    heads, here = tongue.heads, tongue.heads.section("frames")
    paths = heads.section_everywhere("frames")
    if not tongue.show.wants(paths[tongue.lang]):
        return
    about = heads.words.gettext("Testimonials and the latest items for another site: no script, no cookie.")
    page = heads.page(
        "frames", here.label, about, paths[tongue.lang],
        there=paths, nearest=paths.__getitem__, trail=(here,),
    )  # fmt: skip
    view = views.Frames(tuple(_snippet(tongue, name) for name in FRAMES), SANDBOX)
    tongue.show.page(paths[tongue.lang], page, (), frames=view)


def _snippet(tongue: Tongue, name: str) -> Snippet:
    words, whole = tongue.heads.words.gettext, _whole(tongue, name)
    about = {
        "testimonials": words("The newest testimonials that may be shown elsewhere, good and less good."),
        "all": words("The newest articles, community posts and testimonials."),
    }[name]
    path = tongue.addresses.frame(tongue.lang, name)
    title = f"{whole.label} – {tongue.brand.name}"
    return Snippet(
        title=whole.label,
        about=about,
        url=ROOT + path,
        html=snippet(tongue.lang, title, tongue.addresses.absolute(path), tongue.addresses.absolute(whole.url)),
        width=WIDTH,
        height=HEIGHT,
        empty=not pieces(tongue, name),
    )


def snippet(lang: str, title: str, frame: str, whole: str) -> str:
    """HTML for any page of any site, and a link for readers whose programs show no frames."""
    return (
        f'<iframe src="{escape(frame)}" title="{escape(title)}" lang="{escape(lang)}"\n'
        f'  width="{WIDTH}" height="{HEIGHT}" loading="lazy" referrerpolicy="no-referrer"\n'
        f'  sandbox="{SANDBOX}"\n'
        '  style="width: 100%; border: 0"></iframe>\n'
        f'<p><a href="{escape(whole)}" lang="{escape(lang)}">{escape(title)}</a></p>'
    )
