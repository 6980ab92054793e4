"""May this person ask, agree, or read now? Pure.

A reveal takes a reason and two people, each under their own sign-in; a script reads no value of a person.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from incident_hub.kernel.saying import say

# How long the second person has, and how long what was agreed to may be read.
TO_CONFIRM = timedelta(minutes=15)
TO_READ = timedelta(minutes=15)
# How long a page shows it. Units: seconds.
ON_SCREEN = 60


@dataclass(frozen=True)
class Asked:
    """A reveal as it stands."""

    state: str
    member: str
    desk: str
    asked_at: datetime
    answered_at: datetime | None = None


@dataclass(frozen=True)
class Person:
    """Whoever would act on it."""

    member: str
    desk: str
    assurance: str


def state_of(asked: Asked, at: datetime) -> str:
    """asked, confirmed, declined, shown, or lapsed when its time is over."""
    if asked.state == "asked" and at >= asked.asked_at + TO_CONFIRM:
        return "lapsed"
    if asked.state == "confirmed" and asked.answered_at and at >= asked.answered_at + TO_READ:
        return "lapsed"
    return asked.state


def may_act(person: Person) -> str | None:
    """None for somebody signed in as themselves; otherwise a sentence."""
    if person.assurance == "personal":
        return None
    return "A value of a person is read and agreed to under one's own sign-in; no token and no shared session does it."


def may_confirm(asked: Asked, person: Person, overseeing: Collection[str], at: datetime) -> str | None:
    """Whether this is a second person, in time: at the same desk, or at one that oversees it."""
    if refusal := may_act(person):
        return refusal
    state = state_of(asked, at)
    if state != "asked":
        return _OVER[state]
    if person.member == asked.member:
        return "You asked for it yourself; somebody else agrees, under their own sign-in."
    if person.desk != asked.desk and person.desk not in overseeing:
        return say("Whoever agrees sits at {desk} or at a desk that oversees it.", desk=asked.desk)
    return None


def may_read(asked: Asked, person: Person, at: datetime) -> str | None:
    """Whether it is shown now: to whoever asked, once, after somebody else agreed."""
    if refusal := may_act(person):
        return refusal
    if person.member != asked.member or person.desk != asked.desk:
        return "It is shown to whoever asked for it, at the desk they asked from."
    state = state_of(asked, at)
    if state == "asked":
        return "Nobody has agreed yet; a second person has 15 minutes."
    return None if state == "confirmed" else _OVER[state]


_OVER = {
    "confirmed": "Somebody agreed to it already.",
    "declined": "It was declined; ask again with a reason that says more.",
    "shown": "It was shown once already; ask again if it has to be read again.",
    "lapsed": "Its 15 minutes are over; ask again.",
}
