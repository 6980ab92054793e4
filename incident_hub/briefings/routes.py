"""The page of the briefing, and the same on paper."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, g, render_template, request

from incident_hub import paper
from incident_hub.agencies.askers import allow
from incident_hub.agencies.standing import Asker
from incident_hub.kernel import clock
from incident_hub.kernel.database import read_snapshot
from incident_hub.kernel.errors import BadInput, NotKnown
from incident_hub.kernel.pages import language
from incident_hub.kernel.saying import say
from incident_hub.kernel.text import read_instant
from incident_hub.operations import queries as operations
from incident_hub.operations.queries import pages as surroundings

from . import queries
from .period import Period, period

pages = Blueprint("briefings", __name__)
FORMS = {"pdf": (paper.PDF, paper.pdf), "docx": (paper.DOCX, paper.docx)}
# How many of those issued are listed on the page; the API has all.
LISTED = 14


@pages.get("/operations/<op>/briefing")
def briefing_page(op: str) -> str:
    """The situation now, at a cut-off of the past, or as it was issued."""
    asker, operation = _at(op)
    lang = language()
    span, kept = _asked(operation, asker)
    told = queries.briefing(operation, asker.desk, asker.desk_id, span)
    around = surroundings.around(asker, operation, lang, clock.now())
    return render_template(
        "briefings/briefing.html", told=told, sections=queries.shown(operation, told, lang), kept=kept,
        issued=queries.issued(operation, asker.desk)[:LISTED], here=request.path, **around,
    )  # fmt: skip


@pages.get("/operations/<op>/briefing.<form>")
def briefing_document(op: str, form: str) -> Response:
    """The briefing as a file to keep or to print."""
    asker, operation = _at(op)
    if form not in FORMS:
        raise NotKnown
    lang, (media, made) = language(), FORMS[form]
    span, _ = _asked(operation, asker)
    sheet = queries.printed(operation, asker.desk, asker.desk_id, span, lang)
    response = Response(made("sheet", sheet), content_type=media)
    mark = "EXERCISE-" if operation.exercise else ""
    name = f"{mark}briefing-{operation.code}-{span.at:%Y%m%dT%H%MZ}-{lang}.{form}"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _at(op: str) -> tuple[Asker, operations.Operation]:
    asker: Asker = g.identify()
    allow(asker, "board.read")
    read_snapshot()
    return asker, operations.for_desk(op, asker.desk_id)


def _asked(operation: operations.Operation, asker: Asker) -> tuple[Period, dict[str, Any] | None]:
    """The period in the address: that of one that was issued, or the instants that are named."""
    if id := request.args.get("issued"):
        kept = queries.one_issued(operation, asker.desk, id)
        return Period(kept["from"], kept["to"], kept["at"]), kept
    found = period(_instant("at"), _instant("from"), _instant("to"), clock.now())
    if isinstance(found, str):
        raise BadInput(found)
    return found, None


def _instant(name: str) -> datetime | None:
    words = request.args.get(name)
    if not words:
        return None
    try:
        return read_instant(words.replace(" ", "+"))
    except ValueError as fault:
        raise BadInput(
            say("{name} is no instant with an offset, for example 2026-09-02T08:00:00+08:00.", name=name)
        ) from fault
