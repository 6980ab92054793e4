"""Whether a desk may know of an incident, and its place in the circle."""

from __future__ import annotations

from dataclasses import dataclass

from incident_hub.incidents import models
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.disclosure import Access
from incident_hub.kernel.errors import NotKnown
from incident_hub.operations import queries as operations


@dataclass(frozen=True)
class Known:
    """An incident a desk may know of, its operation and the desk's place in the circle."""

    incident: models.Incident
    operation: operations.Operation
    access: Access

    @property
    def subject(self) -> tuple[str, str]:
        """How the record names it."""
        return ("incident", self.incident.ref)


def mark(chain: int, ref: str) -> str | None:
    """Under which TLP an incident stands now, for whoever writes about it; None when there is no such incident."""
    incident = db.session.get(models.Incident, ref)
    return incident.tlp if incident is not None and incident.chain == chain else None


def known(ref: str, desk_id: int) -> Known:
    """The incident, if this desk may know of it.

    Raises: NotKnown when there is none or it may not; the two look the same.
    """
    incident = db.session.get(models.Incident, ref)
    access = incident and record.may_know(incident.chain, ("incident", ref), desk_id)
    operation = incident and operations.by_id(incident.chain)
    if incident is None or access is None or operation is None:
        raise NotKnown
    return Known(incident, operation, access)
