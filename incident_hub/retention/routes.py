"""The page of retention: what is kept until when, what is held back and why, and what was destroyed."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from flask import Blueprint, g, render_template, request

from incident_hub.agencies import queries as agencies
from incident_hub.agencies.askers import allow
from incident_hub.agencies.standing import Asker, may
from incident_hub.incidents import queries as incidents
from incident_hub.kernel import clock
from incident_hub.kernel.database import read_snapshot
from incident_hub.kernel.pages import language
from incident_hub.operations import queries as operations
from incident_hub.operations.queries import pages as surroundings

from . import queries

pages = Blueprint("retention", __name__)
# Which incidents may be held from the page: the newest that the desk knows.
OFFERED = 200


@pages.get("/operations/<op>/retention")
def retention_page(op: str) -> str:
    """What is kept, held and destroyed, as the desk may know it."""
    asker: Asker = g.identify()
    allow(asker, "board.read")
    read_snapshot()
    operation, at = operations.for_desk(op, asker.desk_id), clock.now()
    known, _ = incidents.listed(operation, asker.desk_id, incidents.Wanted(), None, OFFERED)
    said = {one.code: one.title for one in agencies.agencies()} | {one.code: one.title for one in agencies.all_desks()}
    until = (at + timedelta(days=90)).astimezone(ZoneInfo(operation.zone))
    return render_template(
        "retention/retention.html", here=request.path, told=queries.page(operation, asker.desk_id, at), known=known,
        said=said, holds=may(asker, "retention.hold") is None, until=f"{until:%Y-%m-%dT%H:%M}",
        **surroundings.around(asker, operation, language(), at),
    )  # fmt: skip
