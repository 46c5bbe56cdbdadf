"""Templates in the words of one language, compiled for many pages.

What Jinja asks again at each place of each page is settled when a template is compiled: words are put in, those with
variables are called straight, and text is escaped without a Markup of its own, since a page is joined from it at once.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from functools import lru_cache
from typing import Any

from babel.support import Translations
from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape


class Straight(CodeGenerator):
    """Jinja's compiler, but for how text is escaped."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.shown(")


class Templates(Environment):
    """Templates in the words of one language: they are put in once, when a template is compiled, not page by page."""

    code_generator_class = Straight

    def __init__(self, words: Translations, **options: Any) -> None:
        super().__init__(**options)
        self._words = words
        self.install_gettext_translations(words, newstyle=True)  # type: ignore[attr-defined]
        kept = lru_cache(maxsize=1024, typed=True)  # a text equals the Markup of the same letters
        word, count = kept(self.word), kept(self.words)
        self.globals |= dict.fromkeys(("_", "gettext"), word) | {"ngettext": count}
        self.filters |= {"gettext": word, "ngettext": count}
        self._escaped = lru_cache(maxsize=1024)(escape)

    def shown(self, value: object) -> str:
        """Text as a page shows it; a page says most of its short texts several times."""
        kind = type(value)
        if kind is Markup:
            return value  # type: ignore[return-value]
        return self._escaped(value) if kind is str else escape(value)

    def word(self, message: str, /, **values: object) -> Markup:
        """A message in this language, its variables escaped: what Jinja's own gettext answers, without its context."""
        return Markup(self._words.gettext(message)) % values

    def words(self, one: str, many: str, number: int, /, **values: object) -> Markup:
        return Markup(self._words.ngettext(one, many, number)) % {"num": number, **values}

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """One dict for all templates: Jinja compares their globals at each import, and its own chains are slow."""
        return super().make_globals(d) if d else self.globals

    def _generate(self, source: nodes.Template, *given: Any, **named: Any) -> str:
        return super()._generate(Worded().visit(source, self.word), *given, **named)


class Worded(NodeTransformer):
    """Puts the translation where `_("…")` stands. With variables it is called as a filter: a filter is not handed
    through Jinja's context at each call."""

    def visit_Call(self, call: nodes.Call, word: Callable[[str], Markup]) -> nodes.Expr:
        self.generic_visit(call, word)
        match call:
            case nodes.Call(
                node=nodes.Name(name="_" | "gettext"), args=[nodes.Const(value=str(message))], kwargs=[],
                dyn_args=None, dyn_kwargs=None,
            ):  # fmt: skip
                return nodes.Const(word(message))
            case nodes.Call(node=nodes.Name(name="_" | "gettext"), args=[message]):
                return _straight("gettext", message, [], call)
            case nodes.Call(node=nodes.Name(name="ngettext"), args=[one, *more]):
                return _straight("ngettext", one, more, call)
        return call


def _straight(name: str, message: nodes.Expr, more: list[nodes.Expr], call: nodes.Call) -> nodes.Filter:
    return nodes.Filter(message, name, more, call.kwargs, call.dyn_args, call.dyn_kwargs, lineno=call.lineno)
