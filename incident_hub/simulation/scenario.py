"""A scenario: what happens, who answers a call and who does not, and when the Hub itself is down. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from incident_hub.plan.contingency import Words

SAYS = ("taken", "seen", "nothing")


@dataclass(frozen=True)
class Event:
    """Somebody does something, or something is done to the operation.

    Shape: `do` is one of the deeds; `by` is a place, `desk:post` or `party:post`; `incident` is its name in the
    scenario; `given` are the other keys, instants already as instants; `line` is where it stands in the file.
    """

    at: datetime
    do: str
    by: str = ""
    incident: str = ""
    given: Mapping[str, Any] = field(default_factory=dict[str, Any])
    line: int = 0


@dataclass(frozen=True)
class Answer:
    """How a post answers when it is called.

    Shape: `post` is a place; `times` is how many calls of each incident it answers; `incident` limits it to one.
    """

    post: str
    after: timedelta
    says: str = "taken"
    times: int = 1
    incident: str = ""
    line: int = 0


@dataclass(frozen=True)
class Outage:
    """The Hub's own engine stands still. Units: from `since`, inclusive, until `until`, exclusive."""

    since: datetime
    until: datetime


@dataclass(frozen=True)
class Scenario:
    """One night to try a plan on."""

    title: Words
    start: datetime
    until: datetime
    phase: str | None = None
    events: tuple[Event, ...] = ()
    answers: tuple[Answer, ...] = ()
    outages: tuple[Outage, ...] = ()


def place_and_post(words: str) -> tuple[str, str | None]:
    """The two halves of a place as a scenario writes it, `police/duty:duty_officer`."""
    place, _, post = words.partition(":")
    return place, post or None
