"""Makes any run of Pelican pull first. In PLUGINS it stands before `parvis.site`, which reads what was pulled.

A source that cannot be read is a warning, and the build goes on with what it said before. Settings at fault end the
run, and so does a disk that cannot be written.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path

from pelican import Pelican, signals

from .. import settings
from ..errors import Refused, report
from .pull import pull

log = logging.getLogger(__name__)


def pull_first(pelican: Pelican) -> None:
    ours = pelican.settings
    if "PARVIS_SETTINGS" in ours:
        log.warning("PLUGINS: put parvis.intake.plugin before parvis.site, which has already read what lay there")
    try:
        account = pull(settings.load(ours.get("PARVIS", {}), Path(ours["PATH"]).resolve().parent), os.environ)
    except Refused as refused:
        raise SystemExit(report(refused.faults)) from refused
    for fault in account.faults:
        log.warning("%s", fault)
    log.info("pulled: %s", account.last())


def register() -> None:
    signals.initialized.connect(pull_first)
