"""How much work a text may make. Python-Markdown takes quadratic time on some, and recurses as deep as they nest.

4,000 times `[a](b` took it ten seconds, 10,000 times `- ` the recursion limit. What counts is the text alone, never a
clock or the stack: the same text is too much everywhere, or nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor

DEEPEST = 20
"""Quotes and lists within each other."""
MOST = 10_000_000
"""Steps of any kind: what a second is enough for."""
FENCE = re.compile(r"(`{3,}|~{3,})(.*)")
SPACES = re.compile(r"[ \t]{50,}")
"""After a fence; three parts of the pattern that reads it take spaces."""
MARK = re.compile(r"[*_`<&\\]")
QUOTE = re.compile(r"[\"'(]")
UNCLOSED = re.compile(r"<[^<>]*(?=<|\Z)")


class TooMuch(ValueError):
    """This text would take too long, or nests too deeply."""


class Work:
    """What one text has cost so far."""

    def __init__(self) -> None:
        self.done = 0

    def add(self, steps: int) -> None:
        self.done += steps
        if self.done > MOST:
            raise TooMuch("takes too much work to read as Markdown")


class Lines(Preprocessor):
    """Asked first about the whole text: what is opened and never closed is looked for to the end."""

    def __init__(self, md: Markdown, work: Work) -> None:
        super().__init__(md)
        self._work = work

    def run(self, lines: list[str]) -> list[str]:
        text, add = "\n".join(lines), self._work.add
        add(400 * len(lines))
        if "<" in text and "html_block" in self.md.preprocessors:
            unclosed = sum(len(UNCLOSED.findall(line)) for line in lines)
            add(sum(map(len, lines)) * (unclosed + text.count("<") // 500))
        if "]:" in text:
            add(sum(len(line) * len(QUOTE.findall(line)) for line in lines) // 50)
        if "{" in text:
            add(sum(line.count("{") * len(line) for line in lines) // 10)
        if "`" in text:
            add(sum(_cells(line.count("|"), line.count("`")) for line in lines))
        return self._fenced(lines) if "```" in text or "~~~" in text else lines

    def _fenced(self, lines: list[str]) -> list[str]:
        fences = [FENCE.match(line) if line.startswith(("```", "~~~")) else None for line in lines]
        self._work.add(sum(_searches([len(line) + 1 for line in lines], fences)))
        return [SPACES.sub(" ", line) if fence else line for line, fence in zip(lines, fences, strict=True)]


def _cells(bars: int, ticks: int) -> int:
    """Steps to tell which bars of a table's row stand in code."""
    return bars * ticks + ticks * ticks // 100


def _searches(sizes: Sequence[int], fences: Sequence[re.Match[str] | None]) -> Iterator[int]:
    """For each opening fence, how many characters on its partner stands, or the end of the text."""
    starts = list(accumulate(sizes, initial=0))
    closing = dict[str, int]()
    for number in reversed(range(len(sizes))):
        fence = fences[number]
        if fence:
            yield closing.get(fence[1], starts[-1]) - starts[number] + 500
            if not fence[2].strip():
                closing[fence[1]] = starts[number]


class Blocks(BlockProcessor):
    """Asked first about every block: each processor behind it looks at the whole of it again."""

    def __init__(self, parser: BlockParser, work: Work) -> None:
        super().__init__(parser)
        self._work = work

    def test(self, parent: object, block: str) -> bool:
        if len(self.parser.state) > DEEPEST:
            raise TooMuch(f"nests more than {DEEPEST} levels deep")
        self._work.add(2 * len(block))
        return False

    def run(self, parent: object, blocks: Iterable[str]) -> bool:
        return False


class Marks(InlineProcessor):
    """Asked first about every run of text: a bracket is followed to its partner, any other mark sought to the end."""

    def __init__(self, md: Markdown, work: Work) -> None:
        super().__init__(r"\A", md)
        self._work = work

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[None, None, None]:  # type: ignore[override]
        self._work.add(data.count("[") * len(data) + len(MARK.findall(data)) * len(data) // 50)
        return None, None, None


class Bounds(Extension):
    """Raises TooMuch from `convert`."""

    def extendMarkdown(self, md: Markdown) -> None:
        self._work, self._parser = Work(), md.parser
        md.registerExtension(self)
        md.preprocessors.register(Lines(md, self._work), "bounds", 28)
        md.parser.blockprocessors.register(Blocks(md.parser, self._work), "bounds", 1000)
        md.inlinePatterns.register(Marks(md, self._work), "bounds", 1000)

    def reset(self) -> None:
        self._work.done = 0
        self._parser.state.clear()  # Markdown's own reset leaves it as a text that was given up left it
