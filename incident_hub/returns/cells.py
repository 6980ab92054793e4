"""The one word a unit's day is shown by. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

# In the order they are looked for on a screen: what is not there first.
CELLS = ("missing", "returned", "due", "incomplete", "late", "nonzero", "zero", "exempt")
# What counts among those received; missing never does.
RECEIVED = ("incomplete", "late", "nonzero", "zero")
# The states in which a unit still owes its day.
STILL = ("due", "missing", "returned")


@dataclass(frozen=True)
class Count:
    """A day in numbers: those let off are not owed."""

    owed: int
    received: int
    exempt: int


def count(words: Mapping[str, int]) -> Count:
    """Received n of m. Shape: how many units have each word; matrix, roll-up and reminders count a day by this."""
    received = sum(n for word, n in words.items() if word in RECEIVED)
    exempt = words.get("exempt", 0)
    return Count(sum(words.values()) - exempt, received, exempt)


def cell(state: str, *, late: bool, nothing: bool | None, incomplete: bool) -> str:
    """due, missing, late, zero, nonzero, incomplete, returned or exempt.

    Shape: `nothing` says that every number of it is nought; a late return stays late whatever it states.
    """
    if state != "received":
        return state
    if incomplete:
        return "incomplete"
    if late:
        return "late"
    return "zero" if nothing else "nonzero"
