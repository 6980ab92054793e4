"""The course of a hazard: found, settled, put right, and looked at again by somebody else (pure).

Who put a thing right is the last to see that it is not right. So whoever owns a hazard never verifies it: another desk
and another person do, another agency for what the authority found, the supervising desk for what is major.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from incident_hub.agencies.authority import lacks_authority
from incident_hub.kernel.saying import say

STATES = ("found", "settled", "rectified", "rejected", "verified", "reopened")
TO_SETTLE = ("found", "reopened")
TO_RECTIFY = ("settled", "rejected")
ORIGINS = ("self", "authority", "joint", "mystery")
GRADES = ("general", "major")
RELATIONS = ("related", "same_event", "caused_by", "found_by")
OUTCOMES = ("warning", "order", "fine", "suspension", "none")
# What is settled about each: 责任, 措施, 资金, 时限, 预案.
FIVE = {
    "post": "who answers for it (post)",
    "measure": "the measure",
    "funds": "the funds (say so if it takes none)",
    "deadline": "the deadline",
    "interim": "the interim plan (what keeps people safe meanwhile)",
}


@dataclass(frozen=True)
class Standing:
    """A hazard as judgement reads it.

    Shape: desks are `agency/desk`; `hands` are the accounts of its owner that settled it or put it right.
    """

    state: str
    grade: str
    origin: str
    agency: str
    owner: str
    supervisor: str | None = None
    deadline: datetime | None = None
    hands: frozenset[str] = field(default_factory=frozenset[str])


@dataclass(frozen=True)
class Who:
    """Whoever would act: from which desk, and whether their agency oversees the owner's under the plan."""

    agency: str
    desk: str
    member: str | None = None
    oversees: bool = False


def overdue(state: str, deadline: datetime | None, at: datetime) -> bool:
    """Whether what should have been put right by now is not. Units: aware UTC; the deadline itself is in time."""
    return state in TO_RECTIFY and deadline is not None and deadline < at


def missing(five: Mapping[str, object]) -> list[str]:
    """Which of the five things nobody has said, in their order."""
    return [name for name in FIVE if not five.get(name)]


def lacking(names: Sequence[str]) -> str:
    """The sentence that asks for the things that are missing."""
    named = [FIVE[name] for name in names]
    return say("Five things are settled about a hazard; still missing: {names}.", names=named)


def may_find(origin: str, own: str, owner: str, looked_after: Sequence[str]) -> str | None:
    """Why somebody may not raise this as a hazard of the owner's; None when they may.

    Shape: `looked_after` are the agencies that own the sites here, and so look after their own places alone.
    """
    if origin == "self":
        return (
            None
            if own == owner
            else say("Only {owner} finds its own hazards; choose authority, joint or mystery.", owner=owner)
        )
    if own == owner:
        return "What an agency finds at its own place is found by itself; choose self."
    if own in looked_after:
        return say("{own} looks after its own places; tell whoever oversees {owner}.", own=own, owner=owner)
    return None


def may_settle(one: Standing) -> str | None:
    """Why the five things cannot be settled now; None when they can."""
    if one.state in TO_SETTLE:
        return None
    return "Its five things are settled, and they stand; a deadline is moved by an extension, with the reason."


def may_supervise(one: Standing, supervisor: str | None, who: Who, known: Sequence[str]) -> str | None:
    """Why this desk may not supervise; None when it may. A major hazard has one, of another agency than the owner's.

    Shape: `known` are the desks that know of the hazard.
    """
    if one.grade != "major":
        return "Only a major hazard is supervised; leave the supervising desk out." if supervisor else None
    if supervisor is None:
        return "A major hazard is supervised: name the supervising desk beside the responsible one."
    if supervisor.partition("/")[0] == one.agency:
        return say("{agency} does not supervise itself; name a desk of another agency.", agency=one.agency)
    if who.agency == one.agency and supervisor not in known:
        return say(
            "{agency} names a desk that knows of this already; whoever oversees it may name another.", agency=one.agency
        )
    return None


def may_rectify(one: Standing, who: Who) -> str | None:
    """Why somebody may not hand in evidence that it is put right; None when they may."""
    if one.state not in TO_RECTIFY:
        return say("Evidence is for a hazard that is settled; this one is {state}.", state=one.state)
    if who.agency != one.agency:
        return say("{agency} puts this right and shows it; others verify.", agency=one.agency)
    return None


def may_verify(one: Standing, who: Who) -> str | None:
    """Why somebody may not say whether it is put right; None when they may. Never its owner."""
    if one.state != "rectified":
        return say("There is no evidence to judge: this hazard is {state}.", state=one.state)
    if who.desk == one.owner:
        return "Whoever owns a hazard does not verify it; somebody else does."
    if who.member and who.member in one.hands:
        return "Who settled it or put it right does not verify it; somebody else does."
    if one.grade == "major" and who.desk != one.supervisor:
        return say(
            "A major hazard is verified by the desk that supervises it: {supervisor}.", supervisor=one.supervisor
        )
    if one.origin != "self" and who.agency == one.agency:
        return say("What {agency} did not find by itself is verified by another agency.", agency=one.agency)
    return None


def may_reopen(one: Standing) -> str | None:
    """Why it cannot be opened again; None when it can."""
    return (
        None
        if one.state == "verified"
        else say("Only a hazard that was verified is reopened; this one is {state}.", state=one.state)
    )


def may_extend(one: Standing, who: Who, authority: str, above: Sequence[str], at: datetime) -> str | None:
    """Why somebody may not move the deadline; None when they may. Never its owner, never one that has passed.

    Shape: `authority` is the plan's word; `above` are the agencies over the owner, with those who oversee it.
    """
    if one.state not in TO_RECTIFY or one.deadline is None:
        return say("There is no deadline to extend: this hazard is {state}.", state=one.state)
    if who.agency == one.agency:
        return "Who owes it gives itself no more time; ask whoever the plan names, with the reason."
    if refusal := lacks_authority(authority, who.agency, who.desk, one.agency, above):
        return refusal
    if one.deadline <= at:
        return "Its deadline has passed, and that stays a fact; put it right late and say why."
    return None


def may_enforce(one: Standing, who: Who, cause: str | None) -> str | None:
    """Why no enforcement opens from this; None when it may.

    What a carrier found by itself opens none, or nobody would look: the authority says which cause it found.
    """
    if who.agency == one.agency:
        return "Enforcement is for the authority; the owner puts it right."
    if not who.oversees and who.desk != one.supervisor:
        return say(
            "Enforcement is for whoever oversees {agency} under the plan, or supervises this hazard.", agency=one.agency
        )
    if one.origin == "self" and not (cause or "").strip():
        return "What a carrier finds by itself opens no enforcement by itself; say which cause the authority found."
    return None


def verifier(one: Standing, finder: str, overseers: Sequence[str]) -> str | None:
    """The desk that is asked to look again: the supervisor's, else whoever oversees, else who found it."""
    if one.grade == "major":
        return one.supervisor
    return next((desk for desk in (*overseers, finder) if desk.partition("/")[0] != one.agency), None)
