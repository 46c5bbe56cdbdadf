"""How Pelican builds this hub. What the brand says of itself stands in content/*.yml; PARVIS is for the operator."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "plugins"))

from fastbuild import Pelican as PELICAN_CLASS  # noqa: F401  # plugins/ is on the path only now

PATH = "content"
OUTPUT_PATH = "output"
DELETE_OUTPUT_DIRECTORY = True  # fastbuild makes the next site beside the live one
THEME = "theme"
MARKDOWN = {  # the same HTML by shorter ways; what else stands here comes to editorial text and to strangers' words
    "extensions": ["fastbuild.markdown"],
    "extension_configs": {"fastbuild.markdown": {"beside": ["parvis.site"]}},
}
PLUGIN_PATHS = ["plugins"]
PLUGINS = ["fastbuild", "parvis.site"]
FASTBUILD = {"trust": ["parvis"]}  # same inputs, same site: what did not change is not built again

FEED_ALL_ATOM = CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = (
    None  # ours are better
)
TIMEZONE = "UTC"  # content/brand.yml says the zone of the pages

PARVIS = {
    "fetch": {},
    "feeds": {"items": 40},
}
