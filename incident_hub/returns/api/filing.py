"""One return: filed, read, accepted or sent back; and all of a day or of many days at once."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import Annotated, Any, Literal

from pydantic import Field

from incident_hub.agencies.askers import allow, by_of
from incident_hub.agencies.standing import Asker
from incident_hub.kernel import clock
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.doors import Answer, Shape, answer
from incident_hub.kernel.errors import BadInput
from incident_hub.kernel.saying import say
from incident_hub.operations import queries as operations
from incident_hub.returns import actions, queries
from incident_hub.returns.days import local_date
from incident_hub.returns.shapes import FiledOut, ReturnOut, ReturnsOfDay, Reviewed
from incident_hub.returns.shapes.summing import FigureOut, MatrixOut, RollUpOut
from incident_hub.returns.summing import rolled_up

from .room import WRITES, ReturnIn, Text, not_taken, room, told

LONGEST = dt.timedelta(days=92)


class DayAsked(Shape):
    """A local date; today's when none is given."""

    date: dt.date | None = None


class DaysAsked(Shape):
    """Some local dates, both ends among them."""

    since: Annotated[dt.date, Field(alias="from")]
    until: Annotated[dt.date, Field(alias="to")]


class ReviewIn(Shape):
    """Accepted, or sent back with the reason."""

    outcome: Literal["accepted", "returned"]
    reason: Text = ""


@room.door(
    "GET", "/operations/<op>/zero-reports", scope="returns:read", query=DayAsked, gives=ReturnsOfDay, errors=(403, 404)
)
def list_returns(asker: Asker, query: DayAsked, op: str) -> dict[str, Any]:
    """How every return of a date stands that the asker's desk may know of."""
    allow(asker, "board.read")
    operation = operations.for_desk(op, asker.desk_id)
    on = query.date or local_date(clock.now(), operation.zone)
    return {"date": on.isoformat(), "items": queries.day(operation.id, asker.desk_id, on), "next": None}


@room.door(
    "POST", "/operations/<op>/zero-reports", scope="returns:write", takes=ReturnIn, gives=FiledOut, status=201,
    errors=WRITES,
)  # fmt: skip
def file_return(asker: Asker, body: ReturnIn, op: str) -> Answer:
    """File the return of one unit for one date."""
    allow(asker, "return.file")
    operation = operations.for_desk(op, asker.desk_id)
    with unit_of_work(operation.id) as at:
        outcome = actions.file(operation, [body.line()], at, by_of(asker))[0]
        if outcome.refused:
            raise not_taken(outcome)
        return answer(told(outcome), status=201)


@room.door(
    "GET", "/operations/<op>/zero-reports/matrix", scope="returns:read", query=DaysAsked, gives=MatrixOut,
    errors=(403, 404, 422),
)  # fmt: skip
def read_matrix(asker: Asker, query: DaysAsked, op: str) -> dict[str, Any]:
    """Unit by day, one word a cell, and for each day received n of m."""
    allow(asker, "board.read")
    operation = operations.for_desk(op, asker.desk_id)
    if not dt.timedelta() <= query.until - query.since <= LONGEST:
        raise BadInput(say("Ask for at most {days} days, the last not before the first.", days=LONGEST.days))
    return asdict(queries.matrix(operation.id, asker.desk_id, query.since, query.until))


@room.door("GET", "/operations/<op>/zero-reports/figure", scope="returns:read", gives=FigureOut, errors=(403, 404))
def read_figure(asker: Asker, op: str) -> dict[str, Any]:
    """Received n of m on the newest day, as the board shows it to the asker's desk; null where it may know of none."""
    allow(asker, "board.read")
    operation = operations.for_desk(op, asker.desk_id)
    return {"zero_reports": queries.figure(operation, asker.desk_id, clock.now())}


@room.door(
    "GET", "/operations/<op>/zero-reports/roll-up", scope="returns:read", query=DayAsked, gives=RollUpOut,
    errors=(403, 404),
)  # fmt: skip
def read_roll_up(asker: Asker, query: DayAsked, op: str) -> dict[str, Any]:
    """Received n of m, the missing named, and totals of what was received alone, as the asker's desk may know."""
    allow(asker, "board.read")
    operation = operations.for_desk(op, asker.desk_id)
    on = query.date or local_date(clock.now(), operation.zone)
    asked = operations.plan_of(operation.plan_version).zero_report
    categories = [one.code for one in asked.categories] if asked else []
    return {"date": on.isoformat()} | asdict(rolled_up(queries.standing(operation.id, asker.desk_id, on), categories))


@room.door("GET", "/zero-reports/<id>", scope="returns:read", gives=ReturnOut, errors=(403, 404))
def read_return(asker: Asker, id: str) -> dict[str, Any]:
    """One return with every version of it, and what stands beside it for the asker's desk."""
    allow(asker, "board.read")
    report = queries.known(id, asker.desk_id)[0]
    told = queries.one(report)
    return told | queries.beside(report, asker.desk_id, told["agency"] == asker.agency, clock.now())


@room.door("POST", "/zero-reports/<id>/review", scope="returns:write", takes=ReviewIn, gives=Reviewed, errors=WRITES)
def review_return(asker: Asker, body: ReviewIn, id: str) -> Answer:
    """Accept the version that counts, or send it back with the reason; then it is owed again."""
    allow(asker, "return.review")
    with unit_of_work(queries.known(id, asker.desk_id)[0].chain) as at:
        # Read again inside, so that what was checked is what is changed.
        report, role = queries.known(id, asker.desk_id)
        operation = operations.at(report.chain)
        actions.review(operation, report, role, body.outcome, body.reason, at, by_of(asker, "return.review"))
        return answer({"id": id, "state": report.state, "accepted": report.accepted})
