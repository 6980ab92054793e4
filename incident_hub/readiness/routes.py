"""The page of readiness: carrier by part, then the reasons."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, g, render_template, request

from incident_hub.agencies import queries as agencies
from incident_hub.agencies.askers import allow
from incident_hub.kernel import clock
from incident_hub.kernel.database import read_snapshot
from incident_hub.kernel.errors import BadInput
from incident_hub.kernel.pages import language
from incident_hub.kernel.text import read_instant
from incident_hub.operations import queries as operations
from incident_hub.operations.queries import pages as surroundings

from . import judgement, queries

pages = Blueprint("readiness", __name__)


@pages.get("/operations/<op>/readiness")
def readiness_page(op: str) -> str:
    """Who is not ready and why, now or at an instant to come or gone."""
    asker = g.identify()
    allow(asker, "board.read")
    read_snapshot()
    operation = operations.for_desk(op, asker.desk_id)
    now = clock.now()
    at = _instant() or now
    told = queries.readiness(operation, asker, at)["items"]
    agency = request.args.get("agency") or None
    return render_template(
        "readiness/readiness.html", here=request.path, at=at, now=now, told=told, agency=agency,
        shown=[one for one in told if agency in (None, one["agency"])], parts=judgement.PARTS,
        asks=bool(operations.plan_of(operation.plan_version).readiness), in_place=judgement.IN_PLACE,
        titles={one.code: one.title for one in agencies.agencies()},
        **surroundings.around(asker, operation, language(), now),
    )  # fmt: skip


def _instant() -> datetime | None:
    words = request.args.get("at")
    if not words:
        return None
    try:
        return read_instant(words.replace(" ", "+"))
    except ValueError as fault:
        raise BadInput("at is no instant with an offset, for example 2026-09-02T08:00:00+08:00.") from fault
