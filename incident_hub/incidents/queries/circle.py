"""Who may know of an incident: as what, since when, by whom, and until when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from incident_hub.agencies import queries as agencies
from incident_hub.incidents import models
from incident_hub.kernel import feeds, record
from incident_hub.kernel.disclosure import Access

from .knowing import Known


def circle_of(chain: int, ref: str) -> list[dict[str, Any]]:
    """The desks that may know of an incident, as what and since when."""
    rows = record.access(chain, ("incident", ref))
    desks = agencies.desks([row.desk_id for row in rows])
    return [{"desk": desks[row.desk_id].code, "role": row.role, "since": row.since} for row in rows]


def past_circle(found: Known) -> list[dict[str, Any]]:
    """The desks that could know of it and no longer may: until when, by whom it was ended and why.

    Shape: as `granted`, with until, ended_by and reason. Who joined “from now” is told of none that had left before.
    """
    chain, since = found.incident.chain, found.access.since
    rows = record.past_access(chain, found.subject)
    if found.access.history == "from_now":
        rows = [row for row in rows if row.until and row.until >= since]
    ended = {
        (one["data"].get("desk"), one["at"]): one
        for one in feeds.entries_of(chain, found.subject, [models.ACCESS_WITHDRAWN])
    }
    told: list[dict[str, Any]] = []
    for row, shown in zip(rows, granted(rows), strict=True):
        end = ended.get((shown["desk"], row.until))
        by = end["by"]["desk"] if end else None
        reason = end["data"].get("reason") if end else None
        told.append(shown | {"until": row.until, "ended_by": by, "reason": reason})
    return told


def granted(rows: Sequence[Access]) -> list[dict[str, Any]]:
    """Rows of access as they are told: {desk, title, role, history, since, by}."""
    desks = agencies.desks(row.desk_id for row in rows)
    return [
        {
            "desk": desks[row.desk_id].code, "title": desks[row.desk_id].title, "role": row.role,
            "history": row.history, "since": row.since, "by": row.by,
        }
        for row in rows
    ]  # fmt: skip
