"""All that a template gets to see: narrow frozen views, one per kind of page.

Every template gets `site` (what all pages of one language share), `page` (this page's own head) and one more view
named in the docstring of its class. Text is `str` and is escaped by the templates; `Markup` has passed a gate.

Addresses of this site begin with `ROOT`, a mark that is turned into the way up from the page on writing
(`../../`), so that the same bytes work at a root and under a project path, and a card is the same on every page.
"""

from .offers import Crowd, Download, Frame, Frames, Join, Kit, Snippet, Thanked, Thanks
from .pages import Ambassador, Article, Faces, Feeds, Home, Listing, NotFound, Prose, Share, Voice
from .parts import (
    ROOT,
    Card,
    Code,
    Face,
    Feed,
    FeedGroup,
    Image,
    Link,
    Month,
    Note,
    Page,
    Reply,
    Signature,
    Site,
    Wording,
    Wordings,
)

__all__ = [
    "ROOT", "Ambassador", "Article", "Card", "Code", "Crowd", "Download", "Face", "Faces", "Feed", "FeedGroup", 
    "Feeds", "Frame", "Frames", "Home", "Image", "Join", "Kit", "Link", "Listing", "Month", "NotFound", "Note", "Page",
    "Prose", "Reply", "Share", "Signature", "Site", "Snippet", "Thanked", "Thanks", "Voice", "Wording",
    "Wordings",
]  # fmt: skip
