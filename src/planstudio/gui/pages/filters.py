"""The strategy filters that this person keeps by name, on this computer."""

from __future__ import annotations

import json

from planstudio.domain.strategy_filter import Filter, read_filter
from planstudio.gui.settings import Settings


def saved_filters(settings: Settings) -> dict[str, Filter]:
    return {name: read_filter(words) for name, words in json.loads(settings.filters or "{}").items()}


def keep_filter(settings: Settings, name: str, asked: Filter | None) -> None:
    """Keep *asked* under *name*; None forgets what stood there."""
    kept = {one: words.text() for one, words in saved_filters(settings).items() if one != name}
    if asked is not None:
        kept[name] = asked.text()
    settings.filters = json.dumps(kept)
