"""The pages of hazards: the list by urgency, and one with what is to be done about it next."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, render_template, request

from incident_hub.agencies import queries as agencies
from incident_hub.agencies.askers import allow
from incident_hub.agencies.standing import may
from incident_hub.incidents import queries as incidents
from incident_hub.kernel import clock
from incident_hub.kernel.database import read_snapshot
from incident_hub.kernel.pages import language
from incident_hub.operations import queries as operations
from incident_hub.operations.queries import pages as surroundings

from . import course, queries

pages = Blueprint("hazards", __name__)
# What a hazard may be linked to from its page: the newest incidents that the desk knows.
LINKABLE = 100


@pages.get("/operations/<op>/hazards")
def list_page(op: str) -> str:
    """What was found, the overdue first, then by deadline and age."""
    asker = g.identify()
    allow(asker, "board.read")
    read_snapshot()
    operation = operations.for_desk(op, asker.desk_id)
    at = clock.now()
    show, agency = request.args.get("show", "open"), request.args.get("agency") or None
    everything = queries.by_urgency(operation.id, asker.desk_id, queries.Wanted(), at)
    rows = [one for one in everything if _shown(one, show) and agency in (None, one["agency"])]
    sites = [one for one in agencies.sites() if one.agency in operations.participants(operation.id)]
    return render_template(
        "hazards/hazards.html", here=request.path, rows=rows, at=at, show=show, agency=agency, all=everything,
        counts={name: sum(_shown(one, name) for one in everything) for name in ("overdue", "open", *course.STATES)},
        owners=sorted({one["agency"] for one in everything}), sites=sites, states=course.STATES,
        lines=operations.plan_in_force(operation.id)[1].checklists, may_find=may(asker, "hazard.find") is None,
        said=_titles(), **surroundings.around(asker, operation, language(), at),
    )  # fmt: skip


@pages.get("/hazards/<ref>")
def hazard_page(ref: str) -> str:
    """One hazard: its five things, its clocks, what was done, and what the asker may do next."""
    asker = g.identify()
    allow(asker, "board.read")
    read_snapshot()
    row = queries.known(ref, asker.desk_id)
    operation, at = operations.at(row.chain), clock.now()
    told = queries.page(row, asker.desk_id, at)
    owner = agencies.desk(row.owner)
    known, _ = incidents.listed(operation, asker.desk_id, incidents.Wanted(), None, LINKABLE)
    linked = {one["incident"] for one in told["links"]}
    return render_template(
        "hazards/hazard.html", here=request.path, told=told, at=at, may=queries.offered(row, asker, at),
        posts=agencies.posts_of(owner.id) if owner else [], relations=course.RELATIONS, outcomes=course.OUTCOMES,
        linkable=[one for one in known if one["ref"] not in linked], incidents={one["ref"]: one for one in known},
        named=_at_another(told), said=_titles(), **surroundings.around(asker, operation, language(), at),
    )  # fmt: skip


def _shown(one: dict[str, Any], show: str) -> bool:
    if show == "overdue":
        return one["overdue"]
    if show == "open":
        return one["state"] != "verified"
    return show == "all" or one["state"] == show


def _at_another(told: dict[str, Any]) -> list[str]:
    """The desks of other agencies that know of it: they may be named to supervise it."""
    return [one for one in told["known_to"] if one.partition("/")[0] != told["agency"]]


def _titles() -> dict[str, Any]:
    sites = {one.code: one.title for one in agencies.sites()}
    desks = {one.code: one.title for one in agencies.all_desks()}
    return {one.code: one.title for one in agencies.agencies()} | sites | desks
