"""Cards of Ghost's editors as HTML: pictures, code, embeds and all that stands between paragraphs."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from ..sources.payload import Part
from ..sources.values import markdown

SILENT = {"email", "email-cta", "signup", "paywall", "collection"}
"""What Ghost shows in its letters or makes anew for each reader; an article has no words of it."""


def card(kind: str, said: Part) -> str | None:
    """HTML that still has to pass the gate; None where nobody here knows such a card. Raises Wrong for an odd one."""
    if kind in SILENT:
        return ""
    made = CARDS.get(kind)
    return made(said) if made else None


def picture(address: str, alt: str) -> str:
    return f'<p><img src="{escape(address)}" alt="{escape(alt)}"></p>' if address else ""


def _link(address: str, words: str) -> str:
    return f'<p><a href="{escape(address)}">{escape(words or address)}</a></p>' if address else ""


def _caption(said: Part) -> str:
    return f"<p>{said.text('caption')}</p>" if said.text("caption") else ""


def _image(said: Part) -> str:
    return picture(said.text("src"), said.text("alt", "title")) + _caption(said)


def _gallery(said: Part) -> str:
    return "".join(map(_image, said.parts("images"))) + _caption(said)


def _code(said: Part) -> str:
    return f"<pre><code>{escape(said.text('code'))}</code></pre>" + _caption(said)


def _bookmark(said: Part) -> str:
    about = said.text("metadata.description", "description")
    link = _link(said.text("url", "metadata.url"), said.text("metadata.title", "title"))
    return link + (f"<blockquote><p>{escape(about)}</p></blockquote>" if about else "") + _caption(said)


def _embed(said: Part) -> str:
    return (_link(said.text("url"), said.text("metadata.title")) or said.text("html")) + _caption(said)


def _callout(said: Part) -> str:
    return f"<blockquote><p>{escape(said.text('calloutEmoji'))} {said.text('calloutText')}</p></blockquote>"


def _toggle(said: Part) -> str:
    return f"<p><strong>{said.text('heading')}</strong></p>{said.text('content')}"


def _button(said: Part) -> str:
    return _link(said.text("buttonUrl"), said.text("buttonText"))


def _file(said: Part) -> str:
    words = said.text("fileTitle", "title", "fileName")
    return _link(said.text("src"), words) + (_caption(said) or f"<p>{said.text('fileCaption')}</p>")


def _header(said: Part) -> str:
    below = f"<p>{said.text('subheader')}</p>" if said.text("subheader") else ""
    return f"<h2>{said.text('header')}</h2>{below}" + _button(said)


def _product(said: Part) -> str:
    title = f"<p><strong>{said.text('productTitle')}</strong></p>"
    button = _link(said.text("productUrl"), said.text("productButton"))
    return picture(said.text("productImageSrc"), "") + title + said.text("productDescription") + button


def _call(said: Part) -> str:
    return picture(said.text("imageUrl"), "") + said.text("textValue") + _button(said)


CARDS: dict[str, Callable[[Part], str]] = {
    "image": _image,
    "gallery": _gallery,
    "markdown": lambda said: markdown(said.text("markdown")),
    "card-markdown": lambda said: markdown(said.text("markdown")),
    "html": lambda said: said.text("html"),
    "code": _code,
    "codeblock": _code,
    "hr": lambda _: "<hr>",
    "horizontalrule": lambda _: "<hr>",
    "bookmark": _bookmark,
    "embed": _embed,
    "callout": _callout,
    "toggle": _toggle,
    "button": _button,
    "video": _file,
    "audio": _file,
    "file": _file,
    "header": _header,
    "product": _product,
    "call-to-action": _call,
}
