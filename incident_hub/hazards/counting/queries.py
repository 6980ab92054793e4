"""Where hazards are, and when each was found, closed and due."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from incident_hub.hazards.course import TO_RECTIFY
from incident_hub.hazards.models import Hazard
from incident_hub.kernel import record
from incident_hub.kernel.database import db


@dataclass(frozen=True)
class Placed:
    """A hazard at a place. Shape: `deadline` is None once it is put right. Units: aware UTC."""

    ref: str
    agency: str
    site: str | None
    found_at: datetime
    closed_at: datetime | None
    deadline: datetime | None


def placed(chain: int, agencies: Collection[str], since: datetime, known_to: Collection[int] | None) -> list[Placed]:
    """The hazards of some agencies that were found or closed from an instant on, or are still to be put right.

    Shape: those alone that every desk in `known_to` may know of; None is for whoever shows nobody what it finds.
    """
    lately = or_(Hazard.found_at >= since, Hazard.closed_at >= since, Hazard.state.in_(TO_RECTIFY))
    query = select(Hazard).where(Hazard.chain == chain, Hazard.agency.in_(agencies), lately)
    for desk in known_to or ():
        query = query.where(Hazard.ref.in_(record.known_refs(chain, desk, "hazard")))
    return [
        Placed(
            row.ref, row.agency, row.site, row.found_at, row.closed_at,
            row.deadline if row.state in TO_RECTIFY else None,
        )
        for row in db.session.scalars(query.order_by(Hazard.found_at, Hazard.ref))
    ]  # fmt: skip
