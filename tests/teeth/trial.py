"""One run of pytest in which each fault is tried: the tests are collected once, and copies of the process run them."""

from __future__ import annotations

import importlib
import os
import random
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from time import perf_counter, process_time
from types import CodeType, FunctionType
from typing import Any, NoReturn

import pytest
from _pytest.runner import runtestprotocol
from hypothesis import Phase, settings

from .faults import Fault, faults

PATIENCE = 15, 5  # seconds for a test, and times what it takes alone: a fault that makes one hang is found
SLOW = 0.1  # seconds of a processor
SEED = 7


@dataclass
class Trial:
    """A plugin of pytest. `modules` are the gate, each with the functions to try (all where none is named)."""

    modules: dict[str, tuple[str, ...]]
    most: int
    say: Callable[[str], None]
    died: int = 0
    tried: int = 0
    there_are: int = 0

    def pytest_collection(self) -> None:
        """Examples are not made smaller, nor kept for the next fault: that they fail is enough."""
        settings.register_profile("teeth", deadline=None, database=None, phases=[Phase.explicit, Phase.generate])
        settings.load_profile("teeth")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = _quick_first(session.items)
        found = [fault for module, wanted in self.modules.items() for fault in faults(module, wanted)]
        chosen = found if not self.most or len(found) <= self.most else random.Random(SEED).sample(found, self.most)
        self.there_are = len(found)
        for fault in sorted(chosen, key=str):
            self.tried += 1
            if dies(fault, items):
                self.died += 1
            else:
                self.say(f"  lives: {fault}")
            if self.tried % 50 == 0:
                self.say(f"  {self.tried} of {len(chosen)} tried, {self.died} died")
        return True


def _quick_first(items: Sequence[pytest.Item]) -> dict[pytest.Item, int]:
    """The seconds that each test may take. Quick ones come first, one of each function before its other cases."""
    order: dict[pytest.Item, tuple[bool, bool, float]] = {}
    seconds: dict[pytest.Item, int] = {}
    seen: set[str] = set()
    for item, after in zip(items, [*items[1:], None], strict=True):
        began, worked = perf_counter(), process_time()
        if any(report.failed for report in runtestprotocol(item, log=False, nextitem=after)):
            raise SystemExit(f"{item.nodeid} fails without any fault")
        name, took = item.nodeid.partition("[")[0], process_time() - worked
        order[item] = took > SLOW, name in seen, took
        seconds[item] = PATIENCE[0] + ceil(PATIENCE[1] * (perf_counter() - began))
        seen.add(name)
    return {item: seconds[item] for item in sorted(items, key=order.__getitem__)}


def dies(fault: Fault, items: Mapping[pytest.Item, int]) -> bool:
    """Whether some test fails, or takes more than its seconds, with the fault in place. In a copy of this process."""
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        _try(fault, items)
    return os.waitpid(child, 0)[1] != 0


def _try(fault: Fault, items: Mapping[pytest.Item, int]) -> NoReturn:
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    failed = True
    try:
        _put_in(fault)
        failed = any(map(_fails, items, [*[*items][1:], None], items.values()))
    finally:
        os._exit(int(failed))


def _fails(item: pytest.Item, after: pytest.Item | None, seconds: int) -> bool:
    signal.alarm(seconds)  # which ends the process
    return any(report.failed for report in runtestprotocol(item, log=False, nextitem=after))


def _put_in(fault: Fault) -> None:
    """Changes the living module. What it remembers is forgotten, or what it said before would hide the fault."""
    module = importlib.import_module(fault.module)
    for known in list(vars(module).values()):
        getattr(known, "cache_clear", lambda: None)()
    if fault.function:
        _living(module, fault.function).__code__ = _code(fault.code, fault.function)
        return
    before = dict(vars(module))
    exec(fault.code, vars(module))
    for name, old in before.items():
        new = vars(module)[name]
        if isinstance(old, type) or isinstance(new, FunctionType):
            for one, other in _functions(old, new):
                one.__code__, one.__defaults__ = other.__code__, other.__defaults__
            setattr(module, name, old)


def _functions(old: Any, new: Any) -> Iterator[tuple[FunctionType, FunctionType]]:
    """The functions of two editions of a module or class, side by side."""
    if isinstance(old, type) and old.__module__ == new.__module__:
        for name in vars(old).keys() & vars(new).keys():
            yield from _functions(vars(old)[name], vars(new)[name])
    elif isinstance(_bare(old), FunctionType) and isinstance(_bare(new), FunctionType):
        yield _bare(old), _bare(new)


def _living(owner: Any, name: str) -> FunctionType:
    for part in name.split("."):
        owner = vars(owner)[part]
    function: FunctionType = _bare(owner)
    return function


def _bare(function: Any) -> Any:
    """A function below whatever wraps it."""
    for wrap in ("fget", "func", "__func__", "__wrapped__"):
        function = getattr(function, wrap, function)
    return function


def _code(module: CodeType, name: str) -> CodeType:
    for part in name.split("."):
        module = next(each for each in module.co_consts if isinstance(each, CodeType) and each.co_name == part)
    return module
