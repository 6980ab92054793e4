"""The pages of bulletins: what waits for an answer, what was sent and who is silent, and one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, g, render_template

from incident_hub.agencies import queries as agencies
from incident_hub.agencies.askers import allow
from incident_hub.agencies.standing import Asker, may
from incident_hub.incidents import queries as incidents
from incident_hub.kernel import clock
from incident_hub.kernel.database import read_snapshot
from incident_hub.kernel.pages import language
from incident_hub.operations import queries as operations
from incident_hub.operations.queries import pages as surroundings

from . import queries
from .answers import KINDS, may_instruct

pages = Blueprint("bulletins", __name__)
# What the page lists, and which incidents may be named as the one behind a bulletin; the API has more.
LISTED = 100


@pages.get("/operations/<op>/bulletins")
def list_page(op: str) -> str:
    """What the desk has to answer, what it sent with who is silent, what it was sent and what it oversees."""
    asker: Asker = g.identify()
    allow(asker, "board.read")
    read_snapshot()
    operation = operations.for_desk(op, asker.desk_id)
    rows, _ = queries.listed(operation.id, asker.desk_id, clock.now(), None, LISTED)
    waiting = [one for one in rows if one["role"] == "addressee" and one["awaited"] and not one["ended"]]
    return _render(
        "bulletins/bulletins.html", asker, operation, rows=rows,
        waiting=sorted(waiting, key=lambda one: one["due_at"]),
        sent=[one for one in rows if one["role"] == "sender"],
        others=[one for one in rows if one["role"] != "sender" and one not in waiting],
        **_writing(asker, operation),
    )  # fmt: skip


@pages.get("/bulletins/<id>")
def bulletin_page(id: str) -> str:
    """One bulletin: its sender reads who has answered, an addressee answers, whoever oversees counts."""
    asker: Asker = g.identify()
    allow(asker, "board.read")
    read_snapshot()
    found = queries.known(id, asker.desk_id)
    operation = operations.at(found.row.chain)
    told = queries.page(found, asker.desk_id, clock.now())
    mine = _writing(asker, operation) if found.sent else {}
    return _render("bulletins/bulletin.html", asker, operation, told=told, **mine)


def _render(template: str, asker: Asker, operation: operations.Operation, **more: Any) -> str:
    verbs = {verb: may(asker, verb) is None for verb in ("bulletin.send", "bulletin.answer")}
    around = surroundings.around(asker, operation, language(), clock.now())
    desks = {one.code: one.title for one in agencies.all_desks()}
    said = {one.code: one.title for one in agencies.agencies()} | desks
    return render_template(template, may=verbs, said=said, **around, **more)


def _writing(asker: Asker, operation: operations.Operation) -> Mapping[str, Any]:
    """What the form for a new one offers: the kinds this agency may send, whom to, and the incidents it knows."""
    plan, seats = operations.plan_of(operation.plan_version), operations.seats(operation.id, {})
    refused = may_instruct(plan, asker.agency, seats)
    known, _ = incidents.listed(operation, asker.desk_id, incidents.Wanted(), None, LISTED)
    return {
        "kinds": [one for one in KINDS if one != "instruction" or refused is None],
        "groups": _groups(asker, operation),
        "behind": [{"ref": one["ref"], "title": one["title"]} for one in known],
    }


def _groups(asker: Asker, operation: operations.Operation) -> Sequence[tuple[str, Sequence[agencies.Desk]]]:
    """The desks it may go to, by agency: first those that own sites, for they are the many."""
    owners = operations.site_owners(operation)
    order = [*owners, *(one for one in operations.participants(operation.id) if one not in owners)]
    found: dict[str, list[agencies.Desk]] = {agency: [] for agency in order}
    for desk in agencies.all_desks():
        if desk.agency in found and desk.id != asker.desk_id:
            found[desk.agency].append(desk)
    return [(agency, desks) for agency, desks in found.items() if desks]
