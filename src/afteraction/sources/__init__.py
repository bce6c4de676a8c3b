"""Connectors to the outside world: links that are copied, and sources that are pulled, one folder each.

Knows which sources there are. Refuses to know how any of them answers: that stays in its folder.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from importlib.util import find_spec

from afteraction.sources.pulls import Puller


@cache
def pullers() -> dict[str, Puller]:
    """Every source that can be pulled, by name."""
    found: dict[str, Puller] = {}
    for module in pkgutil.iter_modules(__path__):
        place = f"{__name__}.{module.name}.puller"
        if module.ispkg and find_spec(place) is not None:
            puller: Puller = importlib.import_module(place).PULLER
            found[puller.name] = puller
    return dict(sorted(found.items()))
