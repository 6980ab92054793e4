"""The roster's pages, and the calendar that clients fetch without signing in."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response, request

from incident_hub.agencies import queries as agencies
from incident_hub.kernel import clock, doors
from incident_hub.kernel.errors import NotKnown
from incident_hub.operations import queries as operations

from . import queries
from .documents import calendar
from .wording import name, said, why

pages = Blueprint("roster", __name__)

BEHIND, AHEAD = timedelta(days=31), timedelta(days=400)


@pages.get(doors.PREFIX + "/operations/<op>/roster.ics")
def subscription(op: str) -> Response:
    """The shifts of a subscription, for whoever has its address; a calendar client cannot sign in."""
    operation = operations.operation(op)
    if operation is None:
        raise NotKnown
    taking_part = operations.participants(operation.id)
    desks = [desk for agency in taking_part for desk in agencies.desks_of_agency(agency)]
    row = queries.calendar_shown(request.args.get("token", ""), (desk.id for desk in desks))
    desk = next(one for one in desks if one.id == row.desk_id)
    people = {one.id: one for one in agencies.members()}
    language, at = people[row.member_id].language, clock.now()
    place = f"{_agency(desk.agency, language)} {said(desk.title, language)}"
    entries = [
        calendar.Entry(
            one,
            f"{said(post.title, language)} · {people[one.member].name}",
            why(one.why, language),
            place,
        )
        for post, one in queries.subscribed(row, at - BEHIND, at + AHEAD)
    ]
    made = calendar.render(name(place, language), operation.zone, entries, at)
    return Response(made, content_type="text/calendar; charset=utf-8")


def _agency(code: str, language: str) -> str:
    found = agencies.agency(code)
    return said(found.title, language) if found else code
