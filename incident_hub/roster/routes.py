"""The roster's page, and the calendar that clients fetch without signing in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, Response, g, render_template, request

from incident_hub.agencies import queries as agencies
from incident_hub.agencies.askers import allow
from incident_hub.agencies.standing import may
from incident_hub.kernel import clock, doors
from incident_hub.kernel.errors import NotKnown
from incident_hub.kernel.pages import language
from incident_hub.operations import queries as operations
from incident_hub.operations.queries import pages as surroundings

from . import queries, wall
from .days import DAY, monday, month
from .documents import calendar
from .wording import name, said, why

pages = Blueprint("roster", __name__)

BEHIND, AHEAD = timedelta(days=31), timedelta(days=400)
RECENT = timedelta(days=2)


@pages.get("/operations/<op>/roster")
def roster(op: str) -> str:
    """Who holds the posts of a desk, by week or month; one's own, or another's that takes part."""
    asker = g.identify()
    allow(asker, "roster.read")
    operation = operations.for_desk(op, asker.desk_id)
    desks = [one for agency in operations.participants(operation.id) for one in agencies.desks_of_agency(agency)]
    desk = next((one for one in desks if one.code == request.args.get("of", asker.desk)), None)
    if desk is None:
        raise NotKnown
    at = clock.now()
    view = "month" if request.args.get("view") == "month" else "week"
    first, count = _span(view, request.args.get("from"), wall.local(operation.zone, at).date())
    around: dict[str, Any] = surroundings.around(asker, operation, language(), at)
    own = desk.id == asker.desk_id
    return render_template(
        "roster/roster.html", here=request.path, **around, desk=desk, own=own, view=view, first=first, at=at,
        before=_before(view, first), after=first + count * DAY, all_desks=sorted(desks, key=lambda one: one.code),
        days=[first + n * DAY for n in range(count)], today=wall.local(operation.zone, at).date(),
        rows=queries.drawn(desk.id, operation.zone, first, count), on_duty=queries.on_duty([desk.id], at),
        holes=queries.holes(desk.id, at, at + AHEAD), **(_own(desk.id, asker, at) if own else {}),
        may={verb: may(asker, verb) is None for verb in ("roster.arrange", "roster.swap", "roster.approve")},
    )  # fmt: skip


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
    lang, at = people[row.member_id].language, clock.now()
    place = f"{_agency(desk.agency, lang)} {said(desk.title, lang)}"
    entries = [
        calendar.Entry(one, f"{said(post.title, lang)} · {people[one.member].name}", why(one.why, lang), place)
        for post, one in queries.subscribed(row, at - BEHIND, at + AHEAD)
    ]
    made = calendar.render(name(place, lang), operation.zone, entries, at)
    return Response(made, content_type="text/calendar; charset=utf-8")


def _own(desk_id: int, asker: Any, at: Any) -> dict[str, Any]:
    """What only the desk itself is shown: its people, exchanges, stand-ins, hand-overs and one's subscriptions."""
    people = [{"id": member.id, "name": member.name} for member, _, _ in agencies.seats_at(desk_id)]
    coming = [one for one in queries.shifts(desk_id, None, at, at + 60 * DAY) if one["since"] > at]
    return {
        "people": people, "swaps": queries.swaps(desk_id, at), "overrides": queries.overrides(desk_id, at),
        "handovers": [one for one in queries.handovers_of(desk_id, at - RECENT) if one["signed_at"] is None],
        "calendars": queries.calendars_of(asker.member, desk_id),
        "mine": [one for one in coming if asker.member in [each["id"] for each in one["members"]]],
        "theirs": [one for one in coming if asker.member not in [each["id"] for each in one["members"]]],
    }  # fmt: skip


def _span(view: str, given: str | None, today: date) -> tuple[date, int]:
    try:
        day = date.fromisoformat(given) if given else today
    except ValueError:
        day = today
    return (monday(day), 7) if view == "week" else month(day)


def _before(view: str, first: date) -> date:
    return first - 7 * DAY if view == "week" else month(first - DAY)[0]


def _agency(code: str, lang: str) -> str:
    found = agencies.agency(code)
    return said(found.title, lang) if found else code
