"""The hazards that a desk may know of, and how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from incident_hub.hazards import course
from incident_hub.hazards.models import Hazard, HazardLink
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import NotKnown

from .showing import shape
from .standing import subject

# A page lists so many; the API goes on over pages.
LISTED = 500


@dataclass(frozen=True)
class Wanted:
    """Which hazards are asked for; empty means all."""

    state: str | None = None
    grade: str | None = None
    agency: str | None = None
    site: str | None = None
    overdue: bool | None = None


def known(ref: str, desk_id: int) -> Hazard:
    """The hazard, if this desk may know of it.

    Raises: NotKnown when there is none or it may not; the two look the same.
    """
    row = db.session.get(Hazard, ref)
    if row is None or record.may_know(row.chain, subject(row), desk_id) is None:
        raise NotKnown
    return row


def listed(
    chain: int, desk_id: int, wanted: Wanted, at: datetime, before: tuple[datetime, str] | None, limit: int
) -> tuple[list[dict[str, Any]], tuple[datetime, str] | None]:
    """The hazards of an operation that a desk may know of, newest first, with the place to go on from."""
    query = _wanted(_known_to(chain, desk_id), wanted, at)
    if before:
        found_at, ref = before
        query = query.where((Hazard.found_at < found_at) | ((Hazard.found_at == found_at) & (Hazard.ref < ref)))
    rows = list(db.session.scalars(query.order_by(Hazard.found_at.desc(), Hazard.ref.desc()).limit(limit + 1)))
    further = (rows[limit - 1].found_at, rows[limit - 1].ref) if len(rows) > limit else None
    return [shape(row, at) for row in rows[:limit]], further


def by_urgency(chain: int, desk_id: int, wanted: Wanted, at: datetime) -> list[dict[str, Any]]:
    """The same, what is overdue first and the longest, then what has a deadline, then by age; closed ones last."""
    rows = db.session.scalars(_wanted(_known_to(chain, desk_id), wanted, at).limit(LISTED))
    return sorted((shape(row, at) for row in rows), key=_urgency)


def overdue(chain: int, desk_id: int, at: datetime) -> list[dict[str, Any]]:
    """The hazards a desk may know of that should have been put right by now, the longest overdue first."""
    query = _known_to(chain, desk_id).where(_overdue(at)).order_by(Hazard.deadline, Hazard.ref)
    return [shape(row, at) for row in db.session.scalars(query)]


def of_incident(chain: int, incident: str, desk_id: int, at: datetime) -> list[dict[str, Any]]:
    """The hazards linked to an incident, as far as a desk that knows the incident may know of them too."""
    linked = select(HazardLink.ref, HazardLink.relation).where(HazardLink.incident == incident)
    relations = {ref: relation for ref, relation in db.session.execute(linked)}
    rows = db.session.scalars(_known_to(chain, desk_id).where(Hazard.ref.in_(relations)).order_by(Hazard.found_at))
    return [shape(row, at) | {"relation": relations[row.ref]} for row in rows]


def of_sources(chain: int, sources: Sequence[str], desk_id: int, at: datetime) -> list[dict[str, Any]]:
    """The hazards that came out of what is named, as far as a desk may know of them."""
    return [shape(row, at) for row in db.session.scalars(_known_to(chain, desk_id).where(Hazard.source.in_(sources)))]


def raised(chain: int, source: str) -> bool:
    """Whether a hazard came out of this already."""
    return db.session.scalar(select(Hazard.ref).where(Hazard.chain == chain, Hazard.source == source)) is not None


def counted(chain: int, agency: str, site: str | None, since: datetime, until: datetime) -> dict[str, int]:
    """How many an agency, or one site of it, had: {found, closed, overdue}; overdue as of the end.

    Units: from `since` up to and without `until`.
    """
    here = (Hazard.chain == chain) & (Hazard.agency == agency)
    if site:
        here &= Hazard.site == site
    asked = {
        "found": (Hazard.found_at >= since) & (Hazard.found_at < until),
        "closed": (Hazard.closed_at >= since) & (Hazard.closed_at < until),
        "overdue": _overdue(until),
    }
    return {name: db.session.execute(select(func.count()).where(here, one)).scalar_one() for name, one in asked.items()}


def closure(chain: int, agency: str, at: datetime) -> tuple[int, int]:
    """How many of an agency's hazards were closed by an instant, of how many found by then."""
    here = (Hazard.chain == chain) & (Hazard.agency == agency) & (Hazard.found_at <= at)
    query = select(func.count(), func.count(Hazard.closed_at).filter(Hazard.closed_at <= at)).where(here)
    found, closed = db.session.execute(query).one()
    return closed, found


def _known_to(chain: int, desk_id: int) -> Select[Hazard]:
    return select(Hazard).where(Hazard.chain == chain, Hazard.ref.in_(record.known_refs(chain, desk_id, "hazard")))


def _wanted(query: Select[Hazard], wanted: Wanted, at: datetime) -> Select[Hazard]:
    for name in ("state", "grade", "agency", "site"):
        if value := getattr(wanted, name):
            query = query.where(getattr(Hazard, name) == value)
    if wanted.overdue is not None:
        query = query.where(_overdue(at) == wanted.overdue)
    return query


def _overdue(at: datetime) -> ColumnElement[bool]:
    return Hazard.state.in_(course.TO_RECTIFY) & Hazard.deadline.is_not(None) & (Hazard.deadline < at)


def _urgency(one: dict[str, Any]) -> tuple[Any, ...]:
    deadline = one["five"]["deadline"]
    return (one["state"] == "verified", not one["overdue"], deadline is None, deadline or one["found_at"], one["ref"])
