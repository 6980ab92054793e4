"""What takes a fresh proof that it is the person who sits there, and how long a proof and a seat hold. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

# How long a proof holds; it is asked for again for whatever is done later.
PROOF_LASTS = timedelta(minutes=10)

# What is signed: at a shared desk it is done by a person who proved to be there, never by the desk.
SIGNED = frozenset(
    {"report.sign", "handover.sign", "handover.take", "inspection.sign", "return.review", "roster.approve", "plan.sign"}
)

# What else widens who knows, puts a plan in force, or changes who may come in.
PROVED = SIGNED | {"plan.propose", "access.grant", "lead.direct", "directory.change", "device.enrol", "personal.reveal"}


def fresh(proved_at: datetime | None, at: datetime) -> bool:
    """Whether a proof still holds; one that lies in the future, after the clock was put back, does not."""
    return proved_at is not None and timedelta(0) <= at - proved_at < PROOF_LASTS


def idle(seen_at: datetime, seconds: int | None, at: datetime) -> bool:
    """Whether nobody has pressed anything for as long as a shared desk waits; a sign-in of one's own waits for ever."""
    return seconds is not None and at - seen_at >= timedelta(seconds=seconds)
