"""Slack, delays and counts: what the clocks of a plan came to, per rule and agency, never per person (pure).

The 90th percentile is by nearest rank: the smallest value that at least nine in ten do not exceed. N stands beside
every number that is made of several, and what was met on somebody's word is counted apart (rulings 18).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

MET = ("met", "met_late")
STATES = ("open", "met", "met_late", "missed", "waived", "not_applicable", "superseded")

Clock = Mapping[str, Any]


def slack(due_at: datetime | None, met_at: datetime | None) -> int | None:
    """What was left when a clock was met. Units: whole seconds; negative is late; None while it is not met."""
    if due_at is None or met_at is None:
        return None
    return math.floor((due_at - met_at).total_seconds())


def median(values: Sequence[float]) -> float | None:
    """The middle value, or the mean of the two in the middle."""
    ordered = sorted(values)
    if not ordered:
        return None
    half = len(ordered) // 2
    middle = ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
    return int(middle) if middle == int(middle) else middle


def percentile(values: Sequence[float], share: int) -> float | None:
    """The smallest value that at least this many in a hundred do not exceed (nearest rank)."""
    ordered = sorted(values)
    if not ordered:
        return None
    return ordered[max(1, math.ceil(len(ordered) * share / 100)) - 1]


def first_answers(acknowledgements: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """How long each agency took to its first seen or taken, from when it came to know. Units: seconds."""
    first: dict[str, int] = {}
    for one in acknowledgements:
        after = one.get("after_s")
        if after is not None and (one["agency"] not in first or after < first[one["agency"]]):
            first[one["agency"]] = after
    return first


def figures(incidents: Sequence[Mapping[str, Any]], others: Sequence[Clock] = ()) -> dict[str, Any]:
    """The key figures of a review. Shape: `incidents` with clocks and acknowledgements; `others` are further clocks."""
    clocks = [*(clock for one in incidents for clock in one["clocks"]), *others]
    answers = [first_answers(one["acknowledgements"]) for one in incidents]
    delays = [delay for one in answers for delay in one.values()]
    states = _states(clocks)
    return {
        "incidents": len(incidents),
        "clocks": len(clocks),
        **{f"clocks_{state}": states[state] for state in STATES},
        "clocks_met_stated": _proven(clocks, "stated"),
        "clocks_met_receipt": _proven(clocks, "receipt"),
        "clocks_entered_late": sum(1 for clock in clocks if clock["entered_late"]),
        "acknowledged_median_s": median(delays),
        "acknowledged_p90_s": percentile(delays, 90),
        "n": len(delays),
        "by_rule": _by_rule(clocks),
        "by_agency": _by_agency(clocks, answers),
    }


def _by_rule(clocks: Sequence[Clock]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for rule, group in _grouped(clocks, lambda clock: clock["rule"]).items():
        newest = group[-1]
        head = {name: newest[name] for name in ("title", "force", "confirmed")}
        rows.append({"rule": rule, **head, **_told(group)})
    return rows


def _by_agency(clocks: Sequence[Clock], answers: Sequence[Mapping[str, int]]) -> list[dict[str, Any]]:
    """In the order of their codes: an alphabet is no ranking."""
    owed = _grouped(clocks, lambda clock: clock["owed_by"]["agency"])
    delays: dict[str, list[int]] = {}
    for one in answers:
        for agency, delay in one.items():
            delays.setdefault(agency, []).append(delay)
    rows: list[dict[str, Any]] = []
    for agency in sorted({*owed, *delays}):
        mine = delays.get(agency, [])
        said = {"acknowledged_n": len(mine), "acknowledged_median_s": median(mine)}
        said["acknowledged_p90_s"] = percentile(mine, 90)
        rows.append({"agency": agency, **_told(owed.get(agency, [])), **said})
    return rows


def _told(clocks: Sequence[Clock]) -> dict[str, Any]:
    """One group of clocks; slack is of those that were met, the missed ones are counted beside it."""
    states = _states(clocks)
    slacks = [clock["slack_s"] for clock in clocks if clock["state"] in MET and clock["slack_s"] is not None]
    return {
        "n": len(clocks),
        **states,
        "met_stated": _proven(clocks, "stated"),
        "met_receipt": _proven(clocks, "receipt"),
        "slack_n": len(slacks),
        "median_slack_s": median(slacks),
        "p90_slack_s": percentile(slacks, 90),
        # Nine in ten kept at least this much: the tail that matters of a slack is the short one.
        "p10_slack_s": percentile(slacks, 10),
    }


def _states(clocks: Sequence[Clock]) -> dict[str, int]:
    return {state: sum(1 for clock in clocks if clock["state"] == state) for state in STATES}


def _proven(clocks: Sequence[Clock], proof: str) -> int:
    return sum(1 for clock in clocks if clock["state"] in MET and clock["proof"] == proof)


def _grouped(clocks: Sequence[Clock], key: Callable[[Clock], str]) -> dict[str, list[Clock]]:
    groups: dict[str, list[Clock]] = {}
    for clock in clocks:
        groups.setdefault(key(clock), []).append(clock)
    return dict(sorted(groups.items()))
