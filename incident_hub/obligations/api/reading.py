"""Reading what is owed: in an operation, and at my desk."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field

from incident_hub.agencies.askers import allow
from incident_hub.agencies.standing import Asker
from incident_hub.kernel import clock, doors
from incident_hub.kernel.doors import Shape
from incident_hub.kernel.shapes import Listed
from incident_hub.notify import queries as notices
from incident_hub.obligations import queries
from incident_hub.obligations.shapes import MyDeskOut, ObligationOut
from incident_hub.operations import queries as operations
from incident_hub.roster import queries as roster

from .room import room


class Filters(Shape):
    """Which debts are asked for."""

    state: Literal["open", "met", "met_late", "missed", "waived", "not_applicable", "superseded"] | None = None
    agency: str | None = None
    post: str | None = None
    due_before: AwareDatetime | None = None
    subject: str | None = None
    rule: str | None = None
    force: Literal["law", "order", "plan", "own"] | None = None
    unanswered: bool | None = None
    reason_wanted: bool | None = None
    cursor: str | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


@room.door(
    "GET", "/operations/<op>/obligations", scope="obligations:read", query=Filters, gives=Listed[ObligationOut],
    errors=(403, 404),
)  # fmt: skip
def obligations(asker: Asker, query: Filters, op: str) -> dict[str, Any]:
    """Everything owed in an operation, as far as the asker's desk may know."""
    allow(asker, "board.read")
    operation = operations.for_desk(op, asker.desk_id)
    names = ("state", "agency", "post", "due_before", "subject", "rule", "force", "unanswered", "reason_wanted")
    wanted = queries.Wanted(**{name: getattr(query, name) for name in names})
    after = doors.place(query.cursor)
    debts, further = queries.listed(operation.id, asker.desk_id, wanted, after, query.limit)
    items = queries.offered(debts, asker, clock.now())
    return {"items": items, "next": doors.cursor(*further) if further else None}


@room.door("GET", "/me/desk", scope="obligations:read", gives=MyDeskOut, errors=(403,))
def my_desk(asker: Asker) -> dict[str, Any]:
    """What the asker's desk owes across operations, earliest due first."""
    allow(asker, "board.read")
    at = clock.now()
    debts = queries.debts_of_member(asker.member, asker.desk_id, at)
    shown = {one["id"] for one in debts}
    called = {one["obligation"] for one in notices.unread(asker.member)} & shown
    posts = roster.posts_held_at(asker.desk_id, asker.member, at)
    wanting = queries.offered(queries.to_explain(asker.desk_id), asker, at)
    return {
        "desk": asker.desk, "posts": posts, "obligations": queries.offered(debts, asker, at),
        "called": sorted(called), "to_explain": wanting,
    }  # fmt: skip
