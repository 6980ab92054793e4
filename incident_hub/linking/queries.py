"""The links of an incident, for a desk that may know of both sides; to every other a link is not there."""

from __future__ import annotations

from typing import Any

from sqlalchemy import or_, select

from incident_hub.incidents import queries as incidents
from incident_hub.kernel import feeds, record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import NotKnown

from .models import IncidentLink


def known(one: incidents.Known, id: str) -> IncidentLink:
    """A link of an incident, if the desk may know of both.

    Raises: NotKnown otherwise.
    """
    row = db.session.get(IncidentLink, id)
    if row is None or one.incident.ref not in (row.ref, row.other) or not _readable(one, row):
        raise NotKnown
    return row


def of(one: incidents.Known) -> list[dict[str, Any]]:
    """The links of an incident, the newest first, those that were ended last.

    Shape: {id, kind, direction, incident: {ref, title, type, status, grade}, by, at, ended}; `direction` is out where
    it was said of this one, in where it was said of the other.
    """
    ref = one.incident.ref
    query = select(IncidentLink).where(or_(IncidentLink.ref == ref, IncidentLink.other == ref))
    rows = [row for row in db.session.scalars(query) if _readable(one, row)]
    far = {_far(row, ref) for row in rows}
    cards = feeds.cards_of(one.incident.chain, [("incident", other) for other in far])
    rows.sort(key=lambda row: (row.ended_at is None, row.at), reverse=True)
    return [_shape(row, ref, cards[_far(row, ref)]) for row in rows]


def between(ref: str, other: str) -> bool:
    """Whether a link stands between two incidents."""
    either = or_(
        (IncidentLink.ref == ref) & (IncidentLink.other == other),
        (IncidentLink.ref == other) & (IncidentLink.other == ref),
    )
    return db.session.scalar(select(IncidentLink.id).where(either, IncidentLink.ended_at.is_(None))) is not None


def knowing_both(row: IncidentLink) -> list[int]:
    """The desks that may know of both sides now."""
    one, other = (record.access(row.chain, ("incident", ref)) for ref in (row.ref, row.other))
    there = {access.desk_id for access in other}
    return [access.desk_id for access in one if access.desk_id in there]


def _readable(one: incidents.Known, row: IncidentLink) -> bool:
    """Both sides known; who joined either “from now” reads of no link that was made before."""
    far = record.may_know(row.chain, ("incident", _far(row, one.incident.ref)), one.access.desk_id)
    if far is None:
        return False
    begins = [access.since for access in (one.access, far) if access.history == "from_now"]
    return all(row.at >= since for since in begins)


def _far(row: IncidentLink, ref: str) -> str:
    return row.other if row.ref == ref else row.ref


def _shape(row: IncidentLink, ref: str, card: dict[str, Any]) -> dict[str, Any]:
    names = ("ref", "title", "type", "status", "grade")
    ended = {"at": row.ended_at, "by": row.ended_by, "reason": row.reason} if row.ended_at else None
    return {
        "id": row.id, "kind": row.kind, "direction": "out" if row.ref == ref else "in",
        "incident": {name: card[name] for name in names}, "by": row.by, "at": row.at, "ended": ended,
    }  # fmt: skip
