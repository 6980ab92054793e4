"""Hazards as a desk may know them, what it may do about each, and how many there are."""

from __future__ import annotations

from .listing import Wanted, by_urgency, closure, counted, known, listed, of_incident, of_sources, overdue, raised
from .showing import attached, offered, page, shape
from .standing import above, authority, facts, known_to, of, overseers, standing, steps_of, subject, who

__all__ = [
    "Wanted", "above", "attached", "authority", "by_urgency", "closure", "counted", "facts", "known", "known_to",
    "listed", "of", "of_incident", "of_sources", "offered", "overdue", "overseers", "page", "raised", "shape",
    "standing", "steps_of", "subject", "who",
]  # fmt: skip
