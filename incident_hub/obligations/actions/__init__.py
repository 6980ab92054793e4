"""The verbs of a debt: the plan opens and settles it, people answer it, the clock chases it."""

from __future__ import annotations

from .answering import acknowledge, explain, find_not_applicable, settle
from .carrying import Fate, dispose, end_left
from .chasing import miss, take_due
from .coming_round import open_periodic
from .following import follow
from .releasing import end, extend, waive
from .saying import Said

__all__ = [
    "Fate", "Said", "acknowledge", "dispose", "end", "end_left", "explain", "extend", "find_not_applicable", "follow",
    "miss", "open_periodic", "settle", "take_due", "waive",
]  # fmt: skip
