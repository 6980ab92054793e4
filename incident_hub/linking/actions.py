"""Linking two incidents, and ending it."""

from __future__ import annotations

from datetime import datetime

from incident_hub.incidents import queries as incidents
from incident_hub.incidents.lifecycle import may_in_circle
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import BadInput, Conflict, NotAllowed
from incident_hub.kernel.record import By, Draft
from incident_hub.kernel.text import opaque

from . import queries
from .models import LINKED, UNLINKED, IncidentLink


def link(one: incidents.Known, other: incidents.Known, kind: str, at: datetime, by: By) -> str:
    """Say that two incidents belong together; told to the desks alone that may know of both. Tells: incident.linked.

    Raises: BadInput for the incident itself or one of another operation, Conflict for what is linked already.
    """
    _refuse_unless(one)
    if other.incident.chain != one.incident.chain or other.incident.ref == one.incident.ref:
        words = "Name another incident of this operation."
        raise BadInput(words, errors=[{"pointer": "/to", "detail": words}])
    if queries.between(one.incident.ref, other.incident.ref):
        raise Conflict("These two are linked already; end that link first.")
    row = IncidentLink(
        id=opaque(), chain=one.incident.chain, ref=one.incident.ref, other=other.incident.ref, kind=kind, by=by.desk,
        at=at, ended_at=None, ended_by=None, reason=None,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    _tell(LINKED, row, "", at, by)
    return row.id


def unlink(one: incidents.Known, id: str, reason: str, at: datetime, by: By) -> None:
    """End a link with a reason; that it stood stays. Tells: incident.unlinked."""
    _refuse_unless(one)
    row = queries.known(one, id)
    if row.ended_at is not None:
        raise Conflict("This link was ended already.")
    row.ended_at, row.ended_by, row.reason = at, by.desk, reason
    _tell(UNLINKED, row, reason, at, by)


def _tell(kind: str, row: IncidentLink, reason: str, at: datetime, by: By) -> None:
    """One entry on each of the two, which names the link and never the other: who loses one of them reads no trace."""
    both = queries.knowing_both(row)
    for ref in (row.ref, row.other):
        facts = incidents.facts(incidents.known(ref, by.desk_id).incident)
        data = {"link": row.id, "relation": row.kind}
        record.append(
            Draft(row.chain, kind, at, by, ("incident", ref), facts, data, {"reason": reason}, desks=tuple(both))
        )


def _refuse_unless(one: incidents.Known) -> None:
    if refusal := may_in_circle(one.access.role, "incident.amend"):
        raise NotAllowed(refusal)
