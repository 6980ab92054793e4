"""The one word a unit's day is shown by. Pure."""

from __future__ import annotations

# In the order they are looked for on a screen: what is not there first.
CELLS = ("missing", "returned", "due", "incomplete", "late", "nonzero", "zero", "exempt")
# What counts among those received; missing never does.
RECEIVED = ("incomplete", "late", "nonzero", "zero")
# The states in which a unit still owes its day.
STILL = ("due", "missing", "returned")


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
