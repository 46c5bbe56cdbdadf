"""What keys of `reads` stand for now, each as a word that is another as soon as a render would see a difference."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pelican.contents import Content, Static
from pelican.urlwrappers import URLWrapper

from .. import canon
from ..digests import digest_of
from ..following import ANY
from ..reading.light import Light
from .reads import CHANGED, UNKNOWABLE, Tracked

NEVER = ""
"""The word of what is never the same."""
UNNAMED = "?"
"""The word of a list that nobody has named yet: it is made for a page that comes later, or never again."""
BUILTIN = (list, tuple, set, frozenset, dict)


class Facts:
    """Of one build, from the moment on when all lists are complete."""

    def __init__(self, context: Mapping[str, Any], told: Mapping[str, str]) -> None:
        """`told` are the words of texts that plugins make outputs from."""
        self._context, self._told = context, told
        self._names: dict[int, str] = {}
        self._lists: dict[str, list[Any]] = {}
        self._fills: dict[str, Callable[[], list[Any]]] = {}
        self._tracked: dict[int, Tracked] = {}
        self._words: dict[str, str] = {UNKNOWABLE: NEVER, CHANGED: NEVER, ANY: ANY}
        for key, value in context.items():
            if type(value) is list:
                self.name(value, key)

    def name(self, members: list[Any], name: str) -> str:
        """Gives a list of contents, or of names and their contents, the name that it has in keys. The first one counts;
        a list of anything else has none, and is a value like others."""
        known = self._names.get(id(members))
        if known is not None or not members or not _is_listing(members[0]):
            return known or ""
        self._names[id(members)], self._lists[name] = name, members
        if type(members[0]) is tuple:
            for wrapper, contents in members:
                self.name(contents, f"{name}.{wrapper.slug}")
        return name

    def tracked(self, value: Any) -> Any:
        """The list as templates see it."""
        name = self._names.get(id(value))
        if name is None:
            return value
        made = self._tracked.get(id(value))
        if made is None:
            pairs = value and type(value[0]) is tuple
            made = Tracked([(wrapper, self.tracked(each)) for wrapper, each in value] if pairs else value)
            made.name = name
            self._tracked[id(value)] = made
        return made

    def word(self, key: str) -> str:
        found = self._words.get(key)
        if found is None:
            found = self._word(key)
            if found != UNNAMED:
                self._words[key] = found
        return found

    def _word(self, key: str) -> str:
        kind, _, name = key.partition(" ")
        if kind in {"m", "b", "t"}:
            return self._of_content(kind, self._context["generated_content"].get(name))
        if kind in {"l", "n", "i"}:
            return self._of_list(kind, name)
        if kind == "a":
            return self._told.get(name, NEVER)
        return self.said(self._context[name]) if name in self._context else "-"

    def _of_content(self, kind: str, content: Content | None) -> str:
        if content is None:
            return "-"
        if isinstance(content, Light):
            content.fill()
        known = content.__dict__
        if kind == "t":
            return (
                self.said([each.relative_source_path for each in content.translations]) if content.translations else "0"
            )
        digests = known.get("_digests")
        if digests is None:
            return NEVER
        if kind == "b":
            return str(digests[1]) if "_content" not in known else NEVER
        changed = known.get("_set")
        if not changed:
            return str(digests[0])
        since = [(name, self.said(known[name])) for name in sorted(changed) if name in known]
        return NEVER if any(not word for _, word in since) else digest_of([digests[0], *(str(each) for each in since)])

    def _of_list(self, kind: str, name: str) -> str:
        if kind == "i":
            name, start, stop, step = name.rsplit(" ", 3)
            self.filled(name)
            members = self._lists.get(name)
            if members is None:
                return UNNAMED
            cut = slice(*(None if each == "None" else int(each) for each in (start, stop, step)))
            return self._members(members[cut])
        self.filled(name)
        members = self._lists.get(name)
        if members is None:
            return UNNAMED
        return str(len(members)) if kind == "n" else self._members(members)

    def _members(self, members: list[Any]) -> str:
        if members and type(members[0]) is tuple:
            return digest_of(f"{_named(wrapper)} {self._names.get(id(contents))}" for wrapper, contents in members)
        return digest_of(["\0".join([each.relative_source_path for each in members])])

    def said(self, value: Any) -> str:
        """A word for any value: contents and lists by their names, since looks at them are noted one by one."""
        try:
            return digest_of([self.described(value)])
        except canon.Opaque:
            return NEVER

    def described(self, value: Any, depth: int = 0) -> str:  # noqa: PLR0911 - one for each kind of value
        """Raises Opaque where nobody can say what the value depends on."""
        if id(value) in self._names:
            return f"list {self._names[id(value)]}"
        if isinstance(value, Static):
            return f"static {value.relative_source_path} {Content.url.fget(value)} {Content.save_as.fget(value)}"
        if isinstance(value, Light):
            return f"content {value.relative_source_path}"
        if isinstance(value, URLWrapper):
            return _named(value)
        if depth > canon.DEEPEST or isinstance(value, Content):
            raise canon.Opaque("a content that is not ours")
        if isinstance(value, dict):
            pairs = (f"{canon.said(key)}={self.described(each, depth + 1)}" for key, each in value.items())
            return f"{{{','.join(pairs)}}}"
        if isinstance(value, BUILTIN):
            parts = [self.described(each, depth + 1) for each in value]
            return f"{type(value).__name__}[{','.join(sorted(parts) if isinstance(value, set | frozenset) else parts)}]"
        if isinstance(value, canon.ATOMS) or type(value).__module__ in {"datetime", "zoneinfo", "pathlib"}:
            return canon.said(value)
        raise canon.Opaque(type(value).__name__)

    def words(self, keys: Iterable[str]) -> list[str]:
        """Of many keys at once; most are contents that are as they were."""
        found: list[str] = []
        add, word, contents = found.append, self.word, dict(self._context["generated_content"])
        for key in keys:
            kind = key[0]
            content = contents.get(key[2:]) if kind in "mb" else None
            known = content.__dict__ if content is not None else {}
            if "_digests" not in known or "_set" in known or "_content" in known:
                add(word(key))
            else:
                add(known["_digests"][kind == "b"])
        return found

    def later(self, members: list[Any], name: str, fill: Callable[[], list[Any]]) -> None:
        """Names a list that is filled only if somebody wants to know what is in it."""
        self._names[id(members)], self._lists[name] = name, members
        self._fills[name] = fill

    def filled(self, name: str) -> None:
        fill = self._fills.pop(name, None)
        if fill:
            self._lists[name].extend(fill())


def _named(wrapper: Any) -> str:
    return f"{type(wrapper).__name__} {wrapper.name!r} {wrapper.slug!r}"


def _is_listing(member: Any) -> bool:
    """Whether lists of such members are tracked: contents, or a name with its contents."""
    if isinstance(member, Light):
        return True
    return type(member) is tuple and len(member) == 2 and isinstance(member[0], URLWrapper) and type(member[1]) is list
