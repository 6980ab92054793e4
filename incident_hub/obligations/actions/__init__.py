"""The verbs of a debt: the plan opens and settles it, people answer it, the clock chases it."""

from __future__ import annotations

from .answering import Said, acknowledge, find_not_applicable, settle
from .chasing import miss, take_due
from .following import follow

__all__ = ["Said", "acknowledge", "find_not_applicable", "follow", "miss", "settle", "take_due"]
