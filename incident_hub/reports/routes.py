"""The pages of incident reports: what an operation has, what an incident has, and one report to write or to read."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, g, render_template, request

from incident_hub import paper
from incident_hub.agencies.askers import allow
from incident_hub.agencies.standing import Asker, may
from incident_hub.incidents import queries as incidents
from incident_hub.kernel import clock
from incident_hub.kernel.errors import NotKnown
from incident_hub.kernel.pages import language
from incident_hub.obligations import queries as obligations
from incident_hub.operations import queries as operations
from incident_hub.operations.queries import pages as surroundings

from . import queries
from .fields import GROUPS
from .forms import FORMS
from .laying import as_shown
from .order import may_begin
from .queries.printing import printed, sentence
from .wording import moment

pages = Blueprint("reports", __name__)
PAPERS = {"pdf": (paper.PDF, paper.pdf), "docx": (paper.DOCX, paper.docx)}
# How many of those that went are listed on the page; the API has more.
LISTED = 60
VERBS = ("report.write", "report.sign", "report.send", "report.receive", "file.attach")


@pages.get("/operations/<op>/reports")
def reports_page(op: str) -> str:
    """What waits for one's receipt, one's drafts, what went, and the clocks that a report settles."""
    asker: Asker = g.identify()
    allow(asker, "board.read")
    operation = operations.for_desk(op, asker.desk_id)
    found, _ = queries.listed(operation.id, asker.desk_id, limit=LISTED * 4)
    heads = queries.heads(found)
    running, _ = obligations.listed(operation.id, asker.desk_id, obligations.Wanted(unanswered=True), None, 500)
    mine = [one for one in queries.clocks_of(running) if one["owed_by"]["agency"] == asker.agency]
    return _render(
        "reports/reports.html", asker, operation, waiting=[one for one in heads if _waits(one, asker.desk)],
        drafts=[one for one in heads if one["state"] != "sent"], clocks=mine,
        went=[one for one in heads if one["state"] == "sent"][:LISTED],
        open_incidents=_open(operation, asker),
    )  # fmt: skip


@pages.get("/incidents/<ref>/reports")
def incident_reports_page(ref: str) -> str:
    """The reports on one incident: begin one, or write down what was spoken."""
    asker: Asker = g.identify()
    allow(asker, "board.read")
    of = incidents.known(ref, asker.desk_id)
    sent = queries.sent_forms(of, asker.agency)
    heads = queries.heads(queries.of_incident(of, asker.desk_id))
    mine = {one["form"] for one in heads if one["state"] != "sent" and one["desk"] == asker.desk}
    forms = [
        {"code": form.code, "title": form.short, "going": form.code in mine, "not_yet": may_begin(form, sent)}
        for form in FORMS.values()
    ]
    lang, now = language(), clock.now()
    read_out = sentence(of, "first", asker.desk, asker.desk_id, lang, moment(now, of.operation.zone))
    clocks = queries.clocks_of(obligations.of_subject(of.incident.chain, ref))
    return _render(
        "reports/incident.html", asker, of.operation, incident=of.incident, forms=_in_order(forms), heads=heads,
        to=queries.places_to(of, asker.agency), sentence=read_out, clocks=clocks,
    )  # fmt: skip


@pages.get("/reports/<id>")
def report_page(id: str) -> str:
    """One report: a draft to write on, or what was signed and sent to read."""
    asker, found = _found(id)
    shown, lang, zone = queries.page(found, asker.desk, asker.desk_id), language(), found.of.operation.zone
    lines = as_shown(shown["content"] or [], lang, zone)
    groups = [(title.of(lang), [one for one in lines if one["group"] == code]) for code, title in GROUPS.items()]
    mine = shown["desk"] == asker.desk
    came_from = {shown["desk"], *(one["desk"] for one in shown["sendings"])}
    to = shown.get("to") or queries.places_to(found.of, asker.agency)
    return _render(
        "reports/draft.html" if shown["state"] == "draft" else "reports/report.html", asker, found.of.operation,
        report=shown, incident=found.of.incident, groups=[one for one in groups if one[1]], mine=mine,
        waiting=_waits(shown, asker.desk), to=[one for one in to if one["desk"] not in came_from],
        clocks=queries.clocks_of(obligations.of_subject(found.row.chain, found.row.ref)) if mine else [],
    )  # fmt: skip


@pages.get("/reports/<id>.<form>")
def report_document(id: str, form: str) -> Response:
    """A signed or sent report in the customary form, to keep or to print."""
    _, found = _found(id)
    if form not in PAPERS:
        raise NotKnown
    lang, (media, made) = language(), PAPERS[form]
    sheet = paper.forms.report(printed(found, lang))
    response = Response(made("sheet", sheet), content_type=media)
    mark = "EXERCISE-" if found.of.operation.exercise else ""
    name = f"{mark}report-{found.row.ref}-{found.row.form}{found.row.number or ''}-{lang}.{form}"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _found(id: str) -> tuple[Asker, queries.Found]:
    asker: Asker = g.identify()
    allow(asker, "board.read")
    return asker, queries.known(id, asker.desk_id)


def _waits(head: dict[str, Any], desk: str) -> bool:
    return any(one["to"] == desk and one["received_at"] is None for one in head["sendings"])


def _open(operation: operations.Operation, asker: Asker) -> list[dict[str, Any]]:
    found, _ = incidents.listed(operation, asker.desk_id, incidents.Wanted(), None, 100)
    return [one for one in found if one["status"] not in ("closed", "false_alarm", "transferred")]


def _in_order(forms: list[dict[str, Any]]) -> list[dict[str, Any]]:
    order = ("first", "follow_up", "daily", "final")
    return sorted(forms, key=lambda one: order.index(one["code"]) if one["code"] in order else len(order))


def _render(template: str, asker: Asker, operation: operations.Operation, **more: Any) -> str:
    around = surroundings.around(asker, operation, language(), clock.now())
    verbs = {verb: may(asker, verb) is None for verb in VERBS}
    return render_template(template, here=request.path, may=verbs, **around, **more)
