"""The kit of one language: logos and pictures with licence and weight, words to quote, what to do and what not."""

from __future__ import annotations

from collections.abc import Iterator

from ..offers import Kit, Offered
from . import pictures, views
from .heads import Heads
from .tongue import Tongue
from .views import Download, Link

DRAWN = {".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif"}
"""What browsers draw."""


def write(tongue: Tongue) -> None:
    kit = tongue.brand.kit
    if kit is None:
        return
    heads, here = tongue.heads, tongue.heads.beside("kit")
    paths = heads.everywhere(lambda lang: tongue.addresses.beside(lang, "kit"))
    about = heads.words.gettext("Logos, pictures and words for whoever speaks of us.")
    page = heads.page(
        "kit", here.label, about, paths[tongue.lang],
        there=paths, nearest=paths.__getitem__, trail=(heads.section("ambassadors"), here),
    )  # fmt: skip
    tongue.show.page(paths[tongue.lang], page, (), kit=view(tongue, kit))


def link(heads: Heads) -> Link | None:
    """The way to the page, where there is one."""
    return heads.beside("kit") if heads.brand.kit else None


def view(tongue: Tongue, kit: Kit) -> views.Kit:
    lang = tongue.lang
    return views.Kit(
        licence=kit.licence.in_(lang),
        licence_url=kit.licence_url,
        files=tuple(_files(tongue, kit)),
        about=kit.about.paragraphs(lang),
        hashtags=tuple(f"#{word.lstrip('#')}" for word in kit.hashtags.in_(lang)),
        do=kit.do.in_(lang),
        dont=kit.dont.in_(lang),
        join=tongue.heads.beside("join") if tongue.brand.join else None,
    )


def _files(tongue: Tongue, kit: Kit) -> Iterator[Download]:
    """The pictures that every brand has, then those it chose; each file once, as the brand describes it."""
    _, brand = tongue.heads.words.gettext, tongue.brand
    own = (
        (brand.logo, _("Wordmark")),
        (brand.icon, _("Icon")),
        (brand.touch_icon, _("Icon, in pixels")),
        (brand.card, _("Card for networks")),
    )
    chosen = {offered.file for offered in kit.files}
    for file, name in dict(own).items():
        if file and file not in chosen:
            yield _download(tongue, file, name, brand.name, "")
    for offered in kit.files:
        yield _offered(tongue, offered)


def _offered(tongue: Tongue, offered: Offered) -> Download:
    lang = tongue.lang
    name = offered.name.in_(lang) or offered.file.rpartition("/")[2]
    return _download(tongue, offered.file, name, offered.alt.in_(lang), offered.licence.in_(lang))


def _download(tongue: Tongue, path: str, name: str, alt: str, licence: str) -> Download:
    file = tongue.settings.content / path
    suffix, drawn = file.suffix.lower(), file.suffix.lower() in DRAWN
    width, height = pictures.size(file) if drawn else (0, 0)
    kilobytes = max(1, round(file.stat().st_size / 1000))
    kind = suffix[1:].upper().replace("JPG", "JPEG")
    return Download(name, pictures.address(path), alt, kind, kilobytes, width, height, licence, drawn)
