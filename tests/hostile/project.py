"""A project as a clone of this repository is one, with other content; commands run in it as people run them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from parvis import matter

ROOT = Path(__file__).resolve().parents[2]
CODE = ("pelicanconf.py", "publishconf.py", "tasks.py", "plugins", "theme", "bench")
NOW = "2026-11-20T12:00:00+01:00"
SITE = "https://maison.example/hub"
CANARY = "CANARY-9f1d"
OUTSIDE = ("../secret.txt", "secret.txt", ".env", "content/secret.txt", "content/drafts/x.md", "content/secret.png")
"""Files that no text may bring onto the site; the first lies beside the project."""
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082"
)
NASTY = """"'></title><img src=x onerror=alert(1)><script>alert(2)</script>"""
BRAND = {
    "name": f"La maison {NASTY}",
    "authority": "maison.example,2026",
    "url": SITE,
    "public": False,
    "languages": ["fr", "en"],
    "tagline": {"fr": f"Ligne {NASTY}", "en": f"Line {NASTY}"},
    "legal": f"Mentions {NASTY}",
    "contact": f"javascript:alert(3)//{NASTY}",
    "topics": {"recettes": {"fr": f"Recettes {NASTY}", "en": f"Recipes {NASTY}"}, "jardin": {"fr": "Jardin"}},
    "social": [{"name": f"Ailleurs {NASTY}", "url": "https://social.example/'onload='alert(4)"}],
    "kit": {
        "licence": f"CC0 {NASTY}", "licence_url": "https://l.example/'onload='alert(5)", "about": f"Nous {NASTY}",
        "do": [f"Oui {NASTY}"], "dont": {"fr": [f"Non {NASTY}"]}, "hashtags": [f"#mot{NASTY}"],
        "files": [{"file": "images/r.png", "alt": f"R {NASTY}", "name": f"R {NASTY}", "licence": f"L {NASTY}"}],
    },
    "join": {
        "url": "https://f.example/issues/'onload='alert(6)", "mail": "a@b.example", "version": f"1 {NASTY}",
        "gives": [f"Une clé {NASTY}"], "agree": f"Vous {NASTY}",
    },
    "thanks": f"Merci {NASTY}",
    "logo": "images/r.png",
    "icon": "images/r.png",
}  # fmt: skip
TEAM = {"juniors": ["lea"], "seniors": ["marc"]}
CONF = f'PARVIS |= {{"now": "{NOW}", "feeds": {{"items": 1000}}}}\n'
Files = Mapping[str, str | bytes]


@dataclass(frozen=True, slots=True)
class Project:
    """A folder that commands run in. `environ` comes on top of what every command gets."""

    folder: Path
    environ: Mapping[str, str] = field(default_factory=dict)
    umask: int = -1

    @property
    def output(self) -> Path:
        return self.folder / "output"

    @property
    def log(self) -> Path:
        return self.folder.parent / f"{self.folder.name}.opened"

    def run(self, module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`python -m module arguments`, its opened files noted."""
        command = [sys.executable, str(Path(__file__).with_name("watched.py")), str(self.log), module, *arguments]
        environ = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}
        environ |= self.environ
        return subprocess.run(
            command, cwd=self.folder, env=environ, umask=self.umask, capture_output=True, text=True, check=False
        )

    def build(self) -> None:
        done = self.run("pelican", "-s", "pelicanconf.py", "--fatal", "errors")
        assert done.returncode == 0, done.stderr[-3000:]

    def opened(self) -> list[str]:
        return self.log.read_text("utf-8").splitlines()

    def tree(self, *but: str) -> dict[str, bytes]:
        """Every file around and in the folder, but for what lies in the folders named."""
        skipped = {self.folder / name for name in but}
        files = (file for file in self.folder.parent.rglob("*") if file.is_file() and skipped.isdisjoint(file.parents))
        return {
            file.relative_to(self.folder.parent).as_posix(): file.read_bytes() for file in files if file != self.log
        }


def create(folder: Path, files: Files, *, conf: str = CONF) -> Project:
    """A project in `folder` with these files, a picture, and secrets in and around its content/.

    `conf` ends its pelicanconf.py.
    """
    folder.mkdir(parents=True)
    for name in CODE:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    with (folder / "pelicanconf.py").open("a", encoding="utf-8") as file:
        file.write(f"\n{conf}")
    whole: Files = {
        "content/brand.yml": matter.dump(BRAND),
        "content/team.yml": matter.dump(TEAM),
        "content/images/r.png": PNG,
        **dict.fromkeys(OUTSIDE, CANARY),
        **files,
    }
    for path, text in whole.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text if isinstance(text, bytes) else text.encode())
    return Project(folder)
