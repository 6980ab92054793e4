"""The board as one desk may see it, from its parts (pure)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

GROUPS = ("status", "grade", "type")


def counted(cards: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """How many hang there, in all and by status, grade and type; ungraded ones count as `none`."""
    counts: dict[str, Any] = {"open": len(cards)}
    for group in GROUPS:
        counts[group] = dict(Counter(str(card[group] or "none") for card in cards))
    return counts
