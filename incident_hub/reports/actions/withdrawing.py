"""Who loses an incident loses the text of its reports with it, and what is attached to them."""

from __future__ import annotations

from sqlalchemy import select

from incident_hub.agencies import queries as agencies
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.record import Draft
from incident_hub.reports.models import Report

WITHDRAWN = "access.withdrawn"


def follow(draft: Draft) -> None:
    """When a desk's access to an incident ends, end its access to each report on it in the same unit of work."""
    if draft.kind != WITHDRAWN or draft.subject[0] != "incident":
        return
    desk = agencies.desk(str(draft.data.get("desk")))
    if desk is None:
        return
    of_it = select(Report.id).where(Report.chain == draft.chain, Report.ref == draft.subject[1])
    for id in db.session.scalars(of_it).all():
        record.withdraw(draft.chain, ("report", id), desk.id, draft.at)
