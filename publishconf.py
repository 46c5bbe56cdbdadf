"""How the hub is built for the web: as pelicanconf.py has it, and nothing that is not live."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from pelicanconf import *  # noqa: F403  # the folder is on the path only now

PARVIS_PREVIEW = False
