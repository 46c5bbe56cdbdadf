"""What people said, and who carries it on: community posts, testimonials and ambassadors as Pelican contents."""

from __future__ import annotations

from typing import ClassVar

from pelican import Pelican, signals
from pelican.contents import Content, SkipStub
from pelican.generators import CachingGenerator


class CommunityPost(Content):
    """Somebody's words about the brand, from elsewhere."""

    mandatory_properties = ("title", "date")
    allowed_statuses = ("published", "hidden")
    default_status = "hidden"
    default_template = "voice"


class Testimonial(CommunityPost):
    """Words given to the brand about an experience with it."""

    default_template = "testimonial"


class Ambassador(CommunityPost):
    """Somebody who carries the brand's news further."""

    default_template = "ambassador"


class Voices(CachingGenerator):
    """Reads one folder after the other; other plugins find the contents under `context["parvis_voices"]`."""

    kinds: ClassVar[dict[str, type[Content]]] = {
        "community": CommunityPost,
        "testimonials": Testimonial,
        "ambassadors": Ambassador,
    }

    def generate_context(self) -> None:
        self.context["static_links"] |= self.settings["PARVIS_COPIED"]
        found = self.context.setdefault("parvis_voices", [])
        for folder, kind in () if self.settings["PARVIS_ALONE"] else self.kinds.items():
            for path in sorted(self.get_files([folder])):
                voice = self.readers.read_file(self.path, path, content_class=kind, context=self.context)
                if not isinstance(voice, SkipStub) and voice.is_valid():
                    self.add_source_path(voice)
                    found.append(voice)


def generators(pelican: Pelican) -> type[Voices]:
    return Voices


def register() -> None:
    signals.get_generators.connect(generators)
