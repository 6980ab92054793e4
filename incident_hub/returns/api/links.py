"""Links for outlets without an account: made by their operator's desk, used once by whoever holds one."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AwareDatetime, Field

from incident_hub.agencies.admission import holding
from incident_hub.agencies.askers import allow, by_of
from incident_hub.agencies.standing import Asker
from incident_hub.kernel import clock
from incident_hub.kernel.asking import Machine
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.doors import Answer, answer
from incident_hub.operations import queries as operations
from incident_hub.returns import actions, queries
from incident_hub.returns.days import local_date
from incident_hub.returns.shapes import FiledByLink, LinksMade, LinksOut

from .filing import DayAsked
from .room import WRITES, Code, StatedIn, not_taken, room


class LinksIn(DayAsked):
    """For which units and which local date; without units for every one of the agency that is still missing."""

    units: Annotated[list[Code], Field(min_length=1, max_length=2000)] | None = None
    expires_at: AwareDatetime | None = None


@room.door(
    "GET", "/operations/<op>/filing-links", scope="returns:read", query=DayAsked, gives=LinksOut, errors=(403, 404)
)
def list_links(asker: Asker, query: DayAsked, op: str) -> dict[str, Any]:
    """The links of one's own agency for a date that were used or still may be; never their secrets."""
    allow(asker, "return.file")
    operation, at = operations.for_desk(op, asker.desk_id), clock.now()
    on = query.date or local_date(at, operation.zone)
    return {
        "date": on.isoformat(),
        "items": queries.links_out(operation.id, asker.agency, asker.desk_id, on, at),
        "next": None,
    }


@room.door(
    "POST", "/operations/<op>/filing-links", scope="returns:write", takes=LinksIn, gives=LinksMade, status=201,
    errors=WRITES,
)  # fmt: skip
def make_links(asker: Asker, body: LinksIn, op: str) -> Answer:
    """Make links with which units of one's own agency file one return each; their secrets are said this once."""
    allow(asker, "return.file")
    operation = operations.for_desk(op, asker.desk_id)
    with unit_of_work(operation.id) as at:
        on = body.date or local_date(at, operation.zone)
        owed = queries.to_invite(operation.id, asker.agency, asker.desk_id, on, body.units)
        made = actions.invite(operation, owed, body.expires_at, at, by_of(asker))
        titles = {unit.code: unit.title for _, unit in owed}
        items = [
            {
                "id": one.id, "unit": one.unit, "title": titles[one.unit], "path": f"/filing/{one.secret}",
                "expires_at": one.expires_at,
            }
            for one in made
        ]  # fmt: skip
    return Answer({"date": on.isoformat(), "by": asker.desk, "items": items}, 201, kept=False)


def held(secret: str) -> None:
    """Make sure that whoever comes holds a link that may still be used, and does not try too often."""
    with holding(secret):
        queries.link_shown(secret, clock.now())


@room.door(
    "POST", "/filing-links/<secret>/return", scope=None, takes=StatedIn, gives=FiledByLink, status=201,
    errors=(404, 422, 429), signed=held,
)  # fmt: skip
def file_by_link(asker: Machine, body: StatedIn, secret: str) -> Answer:
    """File the one return a link is for; it is used up by that, and by nothing else."""
    with unit_of_work(queries.link_shown(secret, clock.now()).chain) as at:
        link = queries.link_shown(secret, at)
        operation = operations.at(link.chain)
        outcome = actions.file_by(link, operation, body.of(link.unit, link.date, channel="link"), at)
        if outcome.refused:
            raise not_taken(outcome)
        told = {name: getattr(outcome, name) for name in ("state", "late", "same", "questions")}
        return answer(told, status=201)
