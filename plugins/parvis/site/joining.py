"""The page of one language on how to become an ambassador: what one gets, what one agrees to, the way in and out."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from ..offers import Join
from . import presskit, views
from .heads import Heads
from .tongue import Tongue
from .views import Link


def write(tongue: Tongue) -> None:
    join = tongue.brand.join
    if join is None:
        return
    heads, here = tongue.heads, tongue.heads.beside("join")
    paths = heads.everywhere(lambda lang: tongue.addresses.beside(lang, "join"))
    about = heads.words.gettext("What one gets, what one agrees to, and how to leave again.")
    page = heads.page(
        "join", here.label, about, paths[tongue.lang],
        there=paths, nearest=paths.__getitem__, trail=(heads.section("ambassadors"), here),
    )  # fmt: skip
    tongue.show.page(paths[tongue.lang], page, (), join=view(tongue, join))


def link(heads: Heads) -> Link | None:
    """The way to the page, where there is one."""
    return heads.beside("join") if heads.brand.join else None


def view(tongue: Tongue, join: Join) -> views.Join:
    kit, lang = tongue.brand.kit, tongue.lang
    return views.Join(
        form=join.url,
        open="issues" in urlsplit(join.url).path.split("/"),
        mail=join.mail,
        mailto=_mailto(tongue.heads, join) if join.mail else "",
        version=join.version,
        gives=join.gives.in_(lang),
        agree=join.agree.paragraphs(lang),
        do=kit.do.in_(lang) if kit else (),
        dont=kit.dont.in_(lang) if kit else (),
        kit=presskit.link(tongue.heads),
        leave=join.mail or tongue.brand.contact,
    )


def _mailto(heads: Heads, join: Join) -> str:
    """A letter to be filled in (RFC 6068: every line ends with %0D%0A)."""
    words, brand = heads.words.gettext, {"brand": heads.brand.name}
    subject = words("Ambassador of %(brand)s") % brand
    lines = [
        words("Hello,"), "",
        words("I would like to become an ambassador of %(brand)s.") % brand, "",
        words("My name, as it should be read:"),
        words("The languages I share in:"),
        words("The topics I speak about:"),
        words("Where I speak (addresses):"), "",
        words("I agree to (cross out what you do not want):"),
        "- " + words("a page of my own (profile)"),
        "- " + words("my name on the roll of thanks (thanks)"),
        "- " + words("a feed under my name (feed)"), "",
        words("I have read what one agrees to, version %(version)s.") % {"version": join.version}
        if join.version else words("I have read what one agrees to."),
        "",
    ]  # fmt: skip
    text = "\r\n".join(lines)
    return f"mailto:{quote(join.mail, safe='@')}?subject={quote(subject, safe='')}&body={quote(text, safe='')}"
