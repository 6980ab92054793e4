"""The pages of audits: who reads as whom, and what an evaluator reads."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, render_template, request

from incident_hub.agencies import queries as agencies
from incident_hub.agencies.askers import allow
from incident_hub.agencies.standing import Asker, may
from incident_hub.kernel import clock
from incident_hub.kernel.database import read_snapshot
from incident_hub.kernel.pages import language
from incident_hub.operations import queries as operations
from incident_hub.operations.queries import pages as surroundings

from . import queries

pages = Blueprint("auditing", __name__)


@pages.get("/operations/<op>/audits")
def audits_page(op: str) -> str:
    """Who reads or has read as this desk; for evaluators, the form that begins it."""
    asker: Asker = g.identify()
    allow(asker, "board.read")
    read_snapshot()
    operation = operations.for_desk(op, asker.desk_id)
    there = set(operations.participants(operation.id))
    desks_there = [one.code for one in agencies.all_desks() if one.agency in there and one.code != asker.desk]
    return _render(
        "auditing/audits.html", asker, operation, rows=queries.of_desk(operation, asker.desk_id, clock.now()),
        audits=may(asker, "audit.open") is None, desks_there=desks_there,
    )  # fmt: skip


@pages.get("/audits/<id>")
@pages.get("/audits/<id>/incidents/<ref>")
def audit_page(id: str, ref: str | None = None) -> str:
    """The board of the desk that is read, or one incident on it."""
    asker: Asker = g.identify()
    allow(asker, "audit.open")
    read_snapshot()
    at = clock.now()
    row = queries.reading(id, asker, at)
    told = queries.incident(row, ref) if ref else None
    return _render(
        "auditing/audit.html", asker, operations.at(row.chain), audit=queries.shape(row, at), told=told,
        cards=[] if ref else queries.board(row),
    )  # fmt: skip


def _render(template: str, asker: Asker, operation: operations.Operation, **more: Any) -> str:
    around = surroundings.around(asker, operation, language(), clock.now())
    said = {one.code: one.title for one in agencies.agencies()} | {one.code: one.title for one in agencies.all_desks()}
    return render_template(template, here=request.path, said=said, **around, **more)
