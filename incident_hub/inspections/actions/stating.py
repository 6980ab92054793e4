"""What the verbs of a visit share: how they are recorded, and who may not."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from incident_hub.agencies import queries as agencies
from incident_hub.inspections import queries
from incident_hub.inspections.models import Inspection
from incident_hub.kernel import record
from incident_hub.kernel.errors import BadInput, Conflict, NotAllowed
from incident_hub.kernel.record import By, Draft
from incident_hub.kernel.saying import say


def state(
    row: Inspection, kind: str, at: datetime, by: By, data: dict[str, Any], texts: dict[str, str] | None = None
) -> None:
    """Write down one step of a visit."""
    facts = queries.facts(row)
    record.append(Draft(row.chain, kind, at, by, queries.subject(row), facts, data, texts or {}))


def inspected(agency: str) -> dict[int, str]:
    """The desk of the inspected that is told."""
    desk = agencies.duty_desk(agency)
    return {desk.id: "support"} if desk else {}


def refuse_unless_going(found: Inspection, by: By) -> None:
    """Stop what is written after the end, or by others."""
    refuse_closed(found)
    refuse_others(found, by)


def refuse_closed(found: Inspection) -> None:
    """Stop what comes after the end. Raises: Conflict."""
    if found.concluded_at or found.outcome:
        raise Conflict("What was signed, refused or concluded stands; make a follow-up visit.")


def refuse_others(found: Inspection, by: By) -> None:
    """Stop whoever only reads this visit. Raises: NotAllowed."""
    if by.agency not in queries.hands_of(found):
        raise NotAllowed("Whoever makes this visit writes on it; your desk reads it.")


def refuse_seat(field: str, seat: Mapping[str, str], taking_part: Collection[str]) -> None:
    """Stop a seat that is none here: people are named by agency and post alone. Raises: BadInput."""
    desks = agencies.desks_of_agency(seat["agency"]) if seat["agency"] in taking_part else []
    posts = list(dict.fromkeys(post.code for desk in desks for post in agencies.posts_of(desk.id)))
    if seat["post"] not in posts:
        told = say(
            "{agency} has no post {post} here; it has {posts}.",
            agency=seat["agency"],
            post=seat["post"],
            posts=posts or "none",
        )
        raise refuse_field(field, told)


def refuse_field(field: str, told: str) -> BadInput:
    """A refusal that points at one field."""
    return BadInput(told, errors=[{"pointer": f"/{field}", "detail": told}])
