"""What of a briefing may stand in a file: nothing under TLP:RED, which is read at the listed desks alone (pure)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

RED = "RED"


def printable(told: Mapping[str, Any], red: Collection[str], order: Collection[str]) -> dict[str, Any]:
    """A briefing without the incidents under TLP:RED by name; how many there are stays counted, as everywhere.

    Shape: `red` are their references, `order` the marks from the strictest on; the strictest that is left marks it.
    """
    incidents, clocks = told["sections"]["incidents"], told["sections"]["clocks"]
    named = [one for one in incidents["open"] if one["ref"] not in red]
    owed = [one for one in clocks["oldest"] if one["subject"]["ref"] not in red]
    marks = {one["tlp"] for one in named}
    changed = {"incidents": {**incidents, "open": named}, "clocks": {**clocks, "oldest": owed}}
    tlp = next((one for one in order if one in marks), None)
    return {**told, "tlp": tlp, "sections": {**told["sections"], **changed}}
