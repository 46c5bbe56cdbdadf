"""A Pelican plugin of the stock site that is measured: writes the feeds that plan.json lists, by Pelican's own writer.

plan.json is a list of [type, slugs]: "rss" or "atom", and the articles of one feed in their order.
"""

from __future__ import annotations

import json
import time
from pathlib import Path

from pelican import Pelican
from pelican.generators import Generator
from pelican.plugins import signals
from pelican.writers import Writer

from .clock import processor, tell

PLAN = "plan.json"


class Planned(Generator):
    """Runs after Pelican's own generators: every text is rendered by then, as the hub's are."""

    def generate_output(self, writer: Writer) -> None:
        texts = {article.slug: article for article in self.context["articles"]}
        plan = json.loads(Path(PLAN).read_text("ascii"))
        wall, cpu = time.perf_counter(), processor()
        for number, (type, slugs) in enumerate(plan):
            path = f"planned/{number}.{type}.xml"
            articles = [texts[slug] for slug in slugs]
            writer.write_feed(articles, self.context, path, feed_type=type, feed_title=f"Feed {number}")
        tell(time.perf_counter() - wall, processor() - cpu, [])


def generators(pelican: Pelican) -> type[Planned]:
    return Planned


def register() -> None:
    signals.get_generators.connect(generators)
