"""All that writing the pages of one language needs, made once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ..kept.store import Store
from ..options import Brand
from ..settings import Settings
from .addresses import Addresses
from .cards import Cards
from .drawn import Drawn
from .heads import Heads
from .show import Show
from .stock import Stock


@dataclass(frozen=True)
class Tongue:
    lang: str
    settings: Settings
    stock: Stock
    addresses: Addresses
    heads: Heads
    cards: Cards
    drawn: Drawn
    show: Show
    now: datetime
    store: Store
    made: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """What several rooms ask for and one makes."""

    @property
    def brand(self) -> Brand:
        return self.settings.brand
