"""What is asked about operations: which there are, which plan rules them, who plays which role."""

from __future__ import annotations

from .operations import (
    Operation,
    at,
    by_id,
    every,
    for_desk,
    known_to,
    live,
    operation,
    phases,
    plan_in_force,
    plan_of,
    read_all_plans,
    ruled_since,
    seats,
    shape,
)
from .overseeing import overseers, own_matters_alone, site_owners
from .planning import lacks_second_signature, may_countersign, plan_text, planning
from .playing import bound, participants, places, titles

__all__ = [
    "Operation",
    "at",
    "bound",
    "by_id",
    "every",
    "for_desk",
    "known_to",
    "lacks_second_signature",
    "live",
    "may_countersign",
    "operation",
    "overseers",
    "own_matters_alone",
    "participants",
    "phases",
    "places",
    "plan_in_force",
    "plan_of",
    "plan_text",
    "planning",
    "read_all_plans",
    "ruled_since",
    "seats", "shape", "site_owners",
    "titles",
]  # fmt: skip
