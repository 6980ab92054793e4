"""Questions about areas: how they lie in each other, and who answers for which."""

from __future__ import annotations

from sqlalchemy import select

from incident_hub.agencies import models
from incident_hub.agencies.nouns import Area
from incident_hub.kernel.database import db

PHONED = "is reached by phone, fax or paper only"
NO_DESK = "has no duty desk"


def areas() -> list[Area]:
    """All areas, by code."""
    above = models.Area.__table__.alias()
    query = select(models.Area.code, models.Area.title, above.c.code).join(
        above, above.c.id == models.Area.parent_id, isouter=True
    )
    return [Area(code, title, parent) for code, title, parent in db.session.execute(query.order_by(models.Area.code))]


def areas_above(code: str) -> list[str]:
    """An area and those it lies in, the innermost first; the walk ends where it would turn back."""
    above = around()
    walked: list[str] = []
    here: str | None = code
    while here is not None and here in above and here not in walked:
        walked.append(here)
        here = above[here]
    return walked


def areas_of(code: str) -> list[str]:
    """Codes of the areas an agency answers for."""
    query = (
        select(models.Area.code)
        .join(models.AgencyArea, models.AgencyArea.area_id == models.Area.id)
        .join(models.Agency, models.Agency.id == models.AgencyArea.agency_id)
        .where(models.Agency.code == code)
        .order_by(models.Area.code)
    )
    return list(db.session.scalars(query))


def around() -> dict[str, str | None]:
    """The area each area lies in."""
    above = models.Area.__table__.alias()
    query = select(models.Area.code, above.c.code).join(above, above.c.id == models.Area.parent_id, isouter=True)
    return {code: parent for code, parent in db.session.execute(query)}


def unmanned() -> dict[str, str]:
    """The agencies at which nobody answers on a screen, and why in words."""
    duty = models.Desk.code == models.Agency.code + "/duty"
    query = (
        select(models.Agency.code, models.Agency.membership)
        .join(models.Desk, duty, isouter=True)
        .where((models.Agency.membership == "contact_only") | models.Desk.id.is_(None))
    )
    return {code: PHONED if how == "contact_only" else NO_DESK for code, how in db.session.execute(query)}


def answered_areas() -> dict[str, list[str]]:
    """The areas each agency answers for; agencies that answer for none are left out."""
    query = (
        select(models.Agency.code, models.Area.code)
        .join(models.AgencyArea, models.AgencyArea.agency_id == models.Agency.id)
        .join(models.Area, models.AgencyArea.area_id == models.Area.id)
        .order_by(models.Agency.code, models.Area.code)
    )
    found: dict[str, list[str]] = {}
    for agency, area in db.session.execute(query):
        found.setdefault(agency, []).append(area)
    return found
