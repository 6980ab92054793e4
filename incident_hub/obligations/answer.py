"""Answers to a debt: who may give one, and what state it leaves the debt in. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from incident_hub.plan.contingency import Rule

BY_HAND = "obligation.settled"


def state_when_met(state: str, due_at: datetime, met_at: datetime, proof: str) -> str:
    """What a debt becomes when it is met.

    A clock that has passed is met in time only by what was said before it passed, and says so by its proof
    (rulings 18).
    """
    in_time = met_at <= due_at and (state == "open" or proof in ("stated", "receipt"))
    return "met" if in_time else "met_late"


def may_settle(rule: Rule | None) -> str | None:
    """None when the plan lets the debt be settled by saying so; otherwise the sentence that names what settles it."""
    if rule is None:
        return None
    kinds = sorted({settle.kind for settle in rule.settled_by})
    if BY_HAND in kinds:
        return None
    named = " or ".join(kinds) or "nothing"
    return f"The plan settles this by {named}, not by hand; do that, and the clock stops by itself."


def may_answer(owing: str, agency: str) -> str | None:
    """None when this agency may answer a debt for the one that owes it; otherwise a sentence."""
    if agency != owing:
        return f"This is owed by {owing}; only {owing} may answer it, or whoever relays what {owing} said (via)."
    return None


def still_owed(state: str) -> str | None:
    """None while a debt can still be answered; otherwise a sentence."""
    if state in ("open", "missed"):
        return None
    return f"This is owed no longer: it is {state.replace('_', ' ')} already."


def acting(by_agency: str, data: Mapping[str, Any]) -> str:
    """The agency an entry counts for: what one desk types for another after a telephone call is the other's."""
    for_whom = data.get("on_behalf_of")
    return for_whom.partition("/")[0] if isinstance(for_whom, str) and for_whom else by_agency


def as_instant(value: Any) -> datetime | None:
    """An instant as facts and data carry it: aware, or its RFC 3339 words; None for anything else."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return None
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC)
    return None


def stated(data: Mapping[str, Any], at: datetime) -> datetime:
    """When a fact was said: its stated instant, never later than its entry."""
    via = data.get("via")
    said = data.get("stated_at") or (via.get("stated_at") if isinstance(via, Mapping) else None)
    return min(as_instant(said) or at, at)
