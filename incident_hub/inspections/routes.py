"""The pages of inspections: the visits, and one visit to write on, to sign and to read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, g, render_template, request

from incident_hub import paper
from incident_hub.agencies import queries as agencies
from incident_hub.agencies.askers import allow
from incident_hub.agencies.standing import Asker, may
from incident_hub.anchors import queries as anchors
from incident_hub.kernel import clock
from incident_hub.kernel.database import read_snapshot
from incident_hub.kernel.errors import NotKnown
from incident_hub.kernel.pages import language
from incident_hub.operations import queries as operations
from incident_hub.operations.queries import pages as surroundings
from incident_hub.operations.zones import zone_title
from incident_hub.plan.vocabulary import VISITS

from . import queries, visit
from .form import values

pages = Blueprint("inspections", __name__)
PAPERS = {"pdf": (paper.PDF, paper.pdf), "docx": (paper.DOCX, paper.docx)}
# A page lists so many; the API goes on over pages.
LISTED = 200


@pages.get("/operations/<op>/inspections")
def list_page(op: str) -> str:
    """The visits that the asker's desk may know of, narrowed as the address says, and a form to begin one."""
    asker: Asker = g.identify()
    allow(asker, "board.read")
    read_snapshot()
    operation = operations.for_desk(op, asker.desk_id)
    asked = {name: request.args.get(name) or None for name in ("state", "visit", "origin", "agency")}
    rows, further = queries.listed(operation.id, asker.desk_id, queries.Wanted(**asked), None, LISTED)
    taking_part = operations.participants(operation.id)
    return _render(
        "inspections/inspections.html", asker, operation, rows=rows, further=further, asked=asked,
        narrowed=any(asked.values()), may_begin=may(asker, "inspection.make") is None,
        lists=operations.plan_of(operation.plan_version).checklists, seats=_seats(taking_part),
        sites=[one for one in agencies.sites() if one.agency in taking_part], visits=VISITS, origins=visit.ORIGINS,
        owners=operations.site_owners(operation),
    )  # fmt: skip


@pages.get("/inspections/<ref>")
def visit_page(ref: str) -> str:
    """One visit: its questions, its findings, and how it ends."""
    asker: Asker = g.identify()
    allow(asker, "board.read")
    read_snapshot()
    row = queries.known(ref, asker.desk_id)
    operation = operations.at(row.chain)
    inspects = asker.agency in queries.hands_of(row)
    told = queries.page(row, asker.desk_id, clock.now())
    signs = asker.agency == row.agency and may(asker, "inspection.sign") is None
    witnesses = [one for one in _seats(operations.participants(operation.id)) if one["agency"] != row.agency]
    return _render(
        "inspections/visit.html", asker, operation, told=told, inspects=inspects, witnesses=witnesses,
        writes=inspects and may(asker, "inspection.make") is None, signs=signs,
        asked_to_sign=visit.known_before(row.visit), offered=queries.offered(row, asker),
    )  # fmt: skip


@pages.get("/inspections/<ref>.<form>")
def visit_document(ref: str, form: str) -> Response:
    """The customary form of a visit, to sign by hand or to keep."""
    asker: Asker = g.identify()
    allow(asker, "board.read")
    row = queries.known(ref, asker.desk_id)
    if form not in PAPERS:
        raise NotKnown
    operation, lang, (media, made) = operations.at(row.chain), language(), PAPERS[form]
    told = queries.page(row, asker.desk_id, clock.now())
    names = {code: title.get(lang) or title.get("en") or code for code, title in _titles().items()}
    sheet = values(told, names, lang, operation.zone) | {
        "zone": zone_title(operation.zone, lang), "exercise": operation.exercise, "sha256": queries.fingerprint(row),
        "record_mark": anchors.newest_mark(operation.id),
    }  # fmt: skip
    response = Response(made("sheet", paper.forms.inspection(sheet)), content_type=media)
    mark = "EXERCISE-" if operation.exercise else ""
    response.headers.set("Content-Disposition", "attachment", filename=f"{mark}inspection-{ref}-{lang}.{form}")
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _seats(taking_part: list[str]) -> list[dict[str, Any]]:
    """The seats by agency and post; who sits there is nobody's business here."""
    seats = dict.fromkeys(
        (desk.agency, post.code)
        for desk in agencies.all_desks()
        if desk.agency in taking_part
        for post in agencies.posts_of(desk.id)
    )
    return [{"agency": agency, "post": post} for agency, post in seats]


def _titles() -> Mapping[str, Mapping[str, str]]:
    sites = {one.code: one.title for one in agencies.sites()}
    return {one.code: one.title for one in agencies.agencies()} | sites


def _render(template: str, asker: Asker, operation: operations.Operation, **more: Any) -> str:
    around = surroundings.around(asker, operation, language(), clock.now())
    return render_template(template, here=request.path, said=_titles(), **around, **more)
