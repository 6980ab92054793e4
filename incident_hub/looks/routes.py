"""The page of who has looked at an incident."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, g, render_template, request

from incident_hub.agencies import queries as agencies
from incident_hub.agencies.askers import allow
from incident_hub.agencies.standing import Asker
from incident_hub.incidents import queries as incidents
from incident_hub.kernel import clock
from incident_hub.kernel.database import read_snapshot
from incident_hub.kernel.pages import language
from incident_hub.operations.queries import pages as surroundings

from . import queries

pages = Blueprint("looks", __name__)
BACK = timedelta(days=90)


@pages.get("/incidents/<ref>/looks")
def looks_page(ref: str) -> str:
    """Which desks looked, and which were refused, in the last ninety days."""
    asker: Asker = g.identify()
    allow(asker, "looks.read")
    read_snapshot()
    found, at = incidents.known(ref, asker.desk_id), clock.now()
    queries.readable(found, asker)
    rows = queries.of(found, at - BACK)
    said = {one.code: one.title for one in agencies.agencies()} | {one.code: one.title for one in agencies.all_desks()}
    return render_template(
        "looks/looks.html", here=request.path, incident=found.incident, said=said,
        looked=[one for one in rows if one["outcome"] == "looked"],
        refused=[one for one in rows if one["outcome"] == "refused"],
        **surroundings.around(asker, found.operation, language(), at),
    )  # fmt: skip
