"""What the code imports is declared with its reason, and what is declared is pinned by hash for every platform."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.house.imports import ROOT, imports

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
OURS = {"parvis", "fastbuild", "bench", "tests"} | {
    path.stem for path in [*ROOT.glob("*.py"), *(ROOT / "tests").rglob("*.py")]
}
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)(?P<rest>(?:.*\\\n)*.*)$", re.M)
INDEX_LINE = re.compile(r"^\s*(-i|-f|--(extra-)?index-url|--find-links|--no-index|--trusted-host)\b.*$", re.M)


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def named(requirements: Iterable[str]) -> set[str]:
    return {plain(re.split(r"[^A-Za-z0-9._-]", each, maxsplit=1)[0]) for each in requirements}


RUNTIME = named(PROJECT["project"]["dependencies"])
OPTIONAL = named(each for extra in PROJECT["project"].get("optional-dependencies", {}).values() for each in extra)
RUN_AS_PROGRAMS = {"ghp-import"}
DEVELOPMENT = RUNTIME | named(PROJECT["dependency-groups"]["dev"])


def strangers(paths: Iterable[Path], declared: set[str]) -> Iterator[str]:
    """Imports of packages that nobody declared, as `file: module`."""
    distributions = packages_distributions()
    for path in paths:
        for each in imports(path.read_text("utf-8"), package=["parvis"] * 9):
            top = each.name.partition(".")[0]
            known = top in sys.stdlib_module_names or top in OURS
            if not known and not named(distributions.get(top, [top])) & declared:
                yield f"{path.relative_to(ROOT)}: {top}"


def test_what_the_site_imports_is_a_declared_dependency() -> None:
    files = [*(ROOT / "plugins").rglob("*.py"), *ROOT.glob("*.py")]

    assert sorted(set(strangers(files, RUNTIME | OPTIONAL))) == []


def test_a_dependency_that_nobody_imports_goes() -> None:
    distributions = packages_distributions()
    sources = [path.read_text("utf-8") for path in [*(ROOT / "plugins").rglob("*.py"), *ROOT.glob("*.py")]]
    modules = {each.name.partition(".")[0] for source in sources for each in imports(source, package=["parvis"] * 9)}

    used = named(name for module in modules for name in distributions.get(module, []))
    assert RUNTIME - used - RUN_AS_PROGRAMS == set()


def test_what_a_test_imports_is_a_declared_dependency() -> None:
    assert sorted(set(strangers((ROOT / "tests").rglob("*.py"), DEVELOPMENT | OPTIONAL))) == []


@pytest.mark.parametrize("group", ["dependencies", "dev"])
def test_each_dependency_gives_its_reason(group: str) -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    declared = re.search(rf"^{group} = \[\n(.*?)^\]", text, re.M | re.S)

    assert declared and [line for line in declared[1].splitlines() if not re.search(r'",\s+# \S+ \S+', line)] == []


@pytest.mark.parametrize(("file", "declared"), [("requirements.txt", RUNTIME), ("requirements-dev.txt", DEVELOPMENT)])
def test_every_package_is_pinned_with_its_hashes(file: str, declared: set[str]) -> None:
    pins = list(PIN.finditer((ROOT / file).read_text("utf-8")))

    assert [pin["name"] for pin in pins if "--hash=sha256:" not in pin["rest"]] == []
    assert declared - {plain(pin["name"]) for pin in pins} == set()


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_no_line_names_an_index(file: str) -> None:
    text = (ROOT / file).read_text("utf-8")

    assert [line[0] for line in INDEX_LINE.finditer(text)] == []
    assert "://" not in text


def test_both_files_pin_the_same_versions() -> None:
    runtime, development = (
        {(plain(pin["name"]), pin["version"]) for pin in PIN.finditer((ROOT / file).read_text("utf-8"))}
        for file in ("requirements.txt", "requirements-dev.txt")
    )

    assert runtime - development == set()


def test_a_pin_without_a_hash_and_an_index_line_are_seen() -> None:
    text = "a==1 \\\n    --hash=sha256:00\nb==2 ; python_version < '4'\n    # via a\n--extra-index-url x\n"

    assert [pin["name"] for pin in PIN.finditer(text) if "--hash=sha256:" not in pin["rest"]] == ["b"]
    assert [line[0] for line in INDEX_LINE.finditer(text)] == ["--extra-index-url x"]


def test_an_import_that_nobody_declared_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.py").write_text("import yaml, json\nfrom bs4.element import Tag\nfrom . import model\n", "utf-8")
    monkeypatch.setitem(globals(), "ROOT", tmp_path)

    assert list(strangers([tmp_path / "x.py"], {"pyyaml"})) == ["x.py: bs4"]
