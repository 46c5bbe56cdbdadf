"""IndexNow (indexnow.org): search engines are told which pages are new, changed or gone.

They know the site by a file at its root that is named after the key and holds it; it speaks for all below the folder
it lies in, so for a site under a project path, too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

from lxml import etree

from ..operator import Publish
from .notice import Notice, batches

AT_ONCE = 10_000
JSON = "application/json; charset=utf-8"


def notices(site: str, told: Publish, output: Path, paths: Iterable[str]) -> Iterator[Notice]:
    """What tells of those files among `paths` that are pages which search engines may list; one that is not in
    `output` is gone. `site` is the site's address without a slash at its end."""
    pages = {path: address(site, path) for path in sorted(paths) if path.endswith(".html")}
    listed = [path for path, url in pages.items() if _is_listed(output / path, url)]
    proof = f"{site}/{told.indexnow}.txt"
    hint = f"{proof} must hold the key by now, and `url` in content/brand.yml be the site's address"
    for batch in batches(listed, AT_ONCE):
        said = {
            "host": urlsplit(site).netloc,
            "key": told.indexnow,
            "keyLocation": proof,
            "urlList": [pages[path] for path in batch],
        }
        yield Notice(told.indexnow_at, JSON, json.dumps(said, ensure_ascii=False).encode(), batch, hint)


def address(site: str, path: str) -> str:
    """Where the file at `path` is read: a folder's index.html at the folder."""
    folder = path.removesuffix("index.html")
    return f"{site}/{quote(folder if folder.endswith('/') or not folder else path)}"


def _is_listed(file: Path, url: str) -> bool:
    """Whether a page is gone, or neither asks to be left out nor names another address as its own."""
    if not file.is_file():
        return True
    head = etree.HTML(file.read_bytes().partition(b"</head>")[0] + b"<body>", etree.HTMLParser(encoding="utf-8"))
    rules = [meta.get("content", "") for meta in head.iter("meta") if meta.get("name") == "robots"]
    own = [link.get("href") for link in head.iter("link") if link.get("rel") == "canonical"]
    return not any("noindex" in rule for rule in rules) and own in ([], [url])
