"""What an agency asks of those who sign in for it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

# How long a shared desk waits before it asks for the PIN again. Units: minutes.
IDLE_MINUTES = 15
IDLE_BOUNDS = (1, 240)


@dataclass(frozen=True)
class Policy:
    """An agency's rules. Shape: `alone` are the roles that may go on with a password alone."""

    agency: str
    second_from: datetime | None = None
    alone: Sequence[str] = ()
    idle_minutes: int = IDLE_MINUTES


def second_wanted(seats: Iterable[tuple[Policy, str]], at: datetime) -> bool:
    """Whether a member needs a second factor: one seat that asks for it is enough.

    Shape: each seat is its agency's policy and the role held there.
    """
    return any(
        policy.second_from is not None and policy.second_from <= at and role not in policy.alone
        for policy, role in seats
    )


def awaited(wanted: bool, holds: bool) -> str | None:
    """What is still owed after the password: who has a factor shows it, whether asked to or not."""
    if holds:
        return "factor"
    return "enrolment" if wanted else None
