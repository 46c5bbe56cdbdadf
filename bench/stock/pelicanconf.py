"""A site of stock Pelican with one page for each text, and a page and a feed for each tag and category."""

import sys
from pathlib import Path

SITENAME, SITEURL, SITESUBTITLE = "Bench", "https://bench.example", "Texts to measure with"
PATH, OUTPUT_PATH, THEME = "content", "output", str(Path(__file__).parent / "theme")
TIMEZONE, DEFAULT_LANG = "Europe/Paris", "fr"
DELETE_OUTPUT_DIRECTORY = True
ARTICLE_PATHS = sorted(path.name for path in Path(PATH).iterdir() if path.is_dir() and path.name != "images")
PAGE_PATHS: list[str] = []
STATIC_PATHS = ["images"]
ARTICLE_URL = ARTICLE_LANG_URL = "posts/{slug}/"
ARTICLE_SAVE_AS = ARTICLE_LANG_SAVE_AS = "posts/{slug}/index.html"
ARTICLE_TRANSLATION_ID = None
TAG_URL, TAG_SAVE_AS = "tags/{slug}/", "tags/{slug}/index.html"
CATEGORY_URL, CATEGORY_SAVE_AS = "categories/{slug}/", "categories/{slug}/index.html"
AUTHOR_SAVE_AS = ARCHIVES_SAVE_AS = TAGS_SAVE_AS = CATEGORIES_SAVE_AS = AUTHORS_SAVE_AS = ""
DIRECT_TEMPLATES, PAGINATED_TEMPLATES, DEFAULT_PAGINATION = ["index", "sitemap"], {"index": None}, 20
SITEMAP_SAVE_AS = "sitemap.xml"
PAGINATION_PATTERNS = [(1, "{url}", "{save_as}"), (2, "page/{number}/", "page/{number}/index.html")]
FEED_MAX_ITEMS, FEED_DOMAIN, RSS_FEED_SUMMARY_ONLY = 20, SITEURL, False
FEED_ALL_ATOM, FEED_ALL_RSS = "feeds/all.atom.xml", "feeds/all.rss.xml"
CATEGORY_FEED_ATOM, CATEGORY_FEED_RSS = None, "feeds/categories/{slug}.rss.xml"
TAG_FEED_ATOM, TAG_FEED_RSS = None, "feeds/tags/{slug}.rss.xml"
TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None

sys.path.append(str(Path(__file__).parents[2] / "plugins"))
