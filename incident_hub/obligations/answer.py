"""Answers to a debt: who may give one, and what state it leaves the debt in. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from incident_hub.agencies.authority import lacks_authority
from incident_hub.kernel.saying import say
from incident_hub.plan.contingency import Rule
from incident_hub.plan.owing import INCIDENT_CLOSED

BY_HAND = "obligation.settled"
TAKEN_BY = "incident.acknowledged"
# What is over its time, whether it was done after all or not.
LATE = ("missed", "met_late")


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
    return say(
        "The plan settles this by {kinds:or}, not by hand; do that, and the clock stops by itself.",
        kinds=kinds or "nothing",
    )


def may_be_partial(rule: Rule | None) -> str | None:
    """None when the plan lets what is known be sent first, with the reason for what is not; otherwise a sentence."""
    if rule is not None and rule.pre_report:
        return None
    return "The plan asks for the whole of it here; a pre-report does not settle it."


def may_answer(owing: str, agency: str) -> str | None:
    """None when this agency may answer a debt for the one that owes it; otherwise a sentence."""
    if agency != owing:
        return say(
            "This is owed by {owing}; only {owing} may answer it, or whoever relays what {owing} said (via).",
            owing=owing,
        )
    return None


def still_owed(state: str) -> str | None:
    """None while a debt can still be answered; otherwise a sentence."""
    if state in ("open", "missed"):
        return None
    return say("This is owed no longer: it is {state} already.", state=state.replace("_", " "))


def counts_as(kind: str, rule: Rule | None) -> str:
    """What an acknowledgement is worth for one debt: `taken`, or no more than `seen`.

    What the plan opened because somebody had taken the incident is not quietened by taking it once more: only the
    update it asks for is an answer, or the acknowledgement would never expire.
    """
    expires = rule is not None and TAKEN_BY in rule.when
    return "seen" if expires else kind


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


def may_release(
    force: str, authority: str, speaker: tuple[str, str, bool], owing: str, above: Sequence[str]
) -> str | None:
    """None when somebody may waive or extend what an agency owes; otherwise a sentence that says who, or how.

    Shape: `authority` is the plan's word; the speaker is (agency, desk, whether they hold the post that owes);
    `above` are the agencies over the owing one, the nearest first.
    """
    if force == "law":
        return "This is a law's clock: it can be found not applicable with a reason, and is never waived or extended."
    agency, desk, itself = speaker
    if itself:
        return "Who owes it does not let themselves off; somebody else with the authority of the plan may."
    return lacks_authority(authority, agency, desk, owing, above)


def may_end_at_closing(force: str, owing: str) -> str | None:
    """None when a debt may be ended because its operation is; otherwise a sentence."""
    if force != "law":
        return None
    return say("it is a law's clock: carry it, or let {owing} find it not applicable first.", owing=owing)


def reason_wanted(state: str, ended_by: str | None, explained_at: datetime | None) -> bool:
    """Whether its agency is asked why: it was late, is missed, or was still owed when the incident was closed."""
    unfinished = state == "superseded" and ended_by == INCIDENT_CLOSED
    return explained_at is None and (state in LATE or unfinished)
