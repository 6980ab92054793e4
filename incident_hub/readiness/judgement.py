"""Whether something is in place at an instant, and why not (pure).

Silence is not readiness: what nobody has stated is missing. What was stated ends by its own word or the plan's, as
soon as one of them does, and what whoever oversees objects to does not count until it is stated anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from incident_hub.plan.contingency import Requirement

PARTS = ("investment", "training", "management", "rescue")
# What is in place; everything else is not.
IN_PLACE = ("ready", "expiring")
STATES = (*IN_PLACE, "missing", "short", "expired", "no_evidence", "objected")


@dataclass(frozen=True)
class Stated:
    """One statement as judgement reads it. Shape: `value` as it was stated; `files` is how many are attached."""

    value: bool | int | str | None
    as_of: datetime
    expires_at: datetime | None = None
    files: int = 0
    verdict: str | None = None


def judge(asked: Requirement, stated: Stated | None, at: datetime, zone: str) -> str:
    """The state of one requirement. Units: `at` aware UTC; an instant at which something ends is already too late."""
    if stated is None:
        return "missing"
    if stated.verdict == "objected":
        return "objected"
    if asked.kind == "document" and not stated.files:
        return "no_evidence"
    if not enough(asked, stated.value):
        return "short"
    end = ends(asked, stated, zone)
    if end is not None and end <= at:
        return "expired"
    return "expiring" if end is not None and asked.warn is not None and end - asked.warn <= at else "ready"


def enough(asked: Requirement, value: bool | int | str | None) -> bool:
    """Whether what was stated is what the plan wants; a document and a day are judged by file and clock."""
    if asked.kind == "yes_no":
        return value is True
    if asked.kind in ("count", "percent") and isinstance(value, int):
        return (asked.at_least is None or value >= asked.at_least) and (asked.at_most is None or value <= asked.at_most)
    return asked.kind in ("date", "document")


def ends(asked: Requirement, stated: Stated, zone: str) -> datetime | None:
    """When a statement holds no longer: its own end, the plan's, or the day it names, whichever is first."""
    found = [stated.expires_at] if stated.expires_at else []
    if asked.valid_for is not None:
        found.append(stated.as_of + asked.valid_for)
    if asked.kind == "date" and isinstance(stated.value, str):
        found.append(end_of_day(date.fromisoformat(stated.value), zone))
    return min(found) if found else None


def end_of_day(day: date, zone: str) -> datetime:
    """The instant at which a local day is over."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(ZoneInfo("UTC"))


def refuses(asked: Requirement, value: bool | float | str | None) -> str | None:
    """Why a value cannot be stated of this; None when it can."""
    if asked.measured:
        return "The Hub counts this by itself; nobody states it."
    if asked.kind == "yes_no":
        return None if isinstance(value, bool) else "Say true or false."
    if asked.kind in ("count", "percent"):
        whole = isinstance(value, int) and not isinstance(value, bool) and value >= 0
        fits = whole and (asked.kind == "count" or float(value or 0) <= 100)
        if fits:
            return None
        return "Say a whole number from 0 to 100." if asked.kind == "percent" else "Say a whole number."
    if asked.kind == "document":
        return None if value is None else "A document is attached as a file; leave the value out."
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return "Say until which day, for example 2026-09-30."
    return None


def closure(closed: int, found: int) -> int:
    """The part of hazards that were closed, in percent, rounded down; where none was found nothing is open."""
    return closed * 100 // found if found else 100


def ready(states: Sequence[str]) -> bool:
    """Whether all of these are in place."""
    return all(state in IN_PLACE for state in states)
