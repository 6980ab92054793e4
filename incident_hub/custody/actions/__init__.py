"""The verbs of custody. Each move is one fact; both sides of a hand-over have said so before it is done."""

from __future__ import annotations

from .ending import Outcome, Part, dispose, place, split
from .handing import Taken, accept, offer, recall, refuse
from .taking import Thing, take_in

__all__ = [
    "Outcome", "Part", "Taken", "Thing", "accept", "dispose", "offer", "place", "recall", "refuse", "split", "take_in",
]  # fmt: skip
