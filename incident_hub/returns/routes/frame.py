"""What the pages of daily returns have in common: who asks where, for which date, and how a document is sent."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, Response, g, request

from incident_hub.agencies.askers import allow
from incident_hub.agencies.standing import Asker
from incident_hub.kernel import clock
from incident_hub.kernel.errors import NotKnown
from incident_hub.kernel.pages import language
from incident_hub.operations import queries as operations
from incident_hub.operations.queries import Operation
from incident_hub.operations.queries import pages as surroundings
from incident_hub.plan.frame import ZeroReport
from incident_hub.returns import queries
from incident_hub.returns.cells import CELLS

pages = Blueprint("returns", __name__)


def placed(op: str) -> tuple[Asker, Operation, ZeroReport]:
    """Who asks, in which operation, and what its plan asks of units.

    Raises: NotKnown where the desk does not take part, or the plan asks for no returns.
    """
    asker: Asker = g.identify()
    allow(asker, "board.read")
    operation = operations.for_desk(op, asker.desk_id)
    asked = operations.plan_of(operation.plan_version).zero_report
    if asked is None:
        raise NotKnown
    return asker, operation, asked


def around(asker: Asker, operation: Operation) -> dict[str, Any]:
    """What the frame of a page needs."""
    return surroundings.around(asker, operation, language(), clock.now()) | {"here": request.path}


def asked_date(name: str) -> date | None:
    """A date in the address; None for anything that is none."""
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None


def own_returns(operation: Operation, asker: Asker, on: date) -> list[dict[str, Any]]:
    """The returns of the asker's own agency, what is not there first."""
    own = [one for one in queries.day(operation.id, asker.desk_id, on) if one["agency"] == asker.agency]
    return sorted(own, key=lambda one: CELLS.index(one["cell"]))


def sent(raw: bytes, media: str, name: str) -> Response:
    """A document as it goes out: kept by the browser, and never run."""
    response = Response(raw, content_type=media)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
