"""What git keeps: text with LF endings, and nothing that names the machine it was written on."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator

import pytest

from tests.house.imports import ROOT

# A folder of some machine, or the host of a package registry. Written so that this file does not match itself.
PRIVATE = re.compile(
    r"(?:^|[^\w./-])/(?:work|farm|root)/|/home/(?!runner\b)\w+/|\b(?:py[p]i|npm[j]s|python[h]osted)\.(?:org|com)", re.M
)
pytestmark = pytest.mark.skipif(
    not (ROOT / ".git").exists() or not shutil.which("git"), reason="asks git what it keeps, and there is none here"
)


def git(*words: str) -> list[str]:
    command = ["git", "-c", "core.quotePath=off", *words, "-z"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")[:-1]


def private(text: str) -> list[str]:
    return [found[0].strip() for found in PRIVATE.finditer(text)]


def text_files() -> Iterator[tuple[str, str]]:
    """Name and words of every tracked file that git would call text; the corpus holds what it must."""
    for name in git("ls-files", "--", ".", ":!tests/corpus"):
        if (path := ROOT / name).is_file() and b"\0" not in (raw := path.read_bytes())[:8000]:
            yield name, raw.decode("utf-8", "replace")


def test_no_tracked_file_names_a_folder_of_this_machine_or_a_package_registry() -> None:
    assert {name: found for name, text in text_files() if (found := private(text))} == {}


def test_every_text_file_has_lf_endings() -> None:
    kept = [line.partition("\t") for line in git("ls-files", "--eol")]

    assert [name for ends, _, name in kept if re.match(r"i/(crlf|mixed)\b", ends) and "attr/-text" not in ends] == []


def test_git_is_told_to_keep_lf_endings_and_corpus_bytes() -> None:
    told = [line.split() for line in (ROOT / ".gitattributes").read_text("utf-8").splitlines()]

    assert ["*", "text=auto", "eol=lf"] in told
    assert ["tests/corpus/**", "-text"] in told


@pytest.mark.parametrize(
    "text",
    [
        "see /" + "root/.cache",
        "path: '/" + "work/main'",
        "/home/" + "zoe/site",
        "https://py" + "pi.org/simple",
        "npm" + "js.com",
    ],
)
def test_a_private_name_is_seen(text: str) -> None:
    assert private(text) != []


@pytest.mark.parametrize(
    "text", ["docs/work/plan.md", "https://x.example/work/1", "/communaute/", "/home/", "a/root/b"]
)
def test_an_address_of_a_site_is_not_a_folder_of_a_machine(text: str) -> None:
    assert private(text) == []
