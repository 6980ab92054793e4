"""Filing at a screen: the form of one unit, the sheet of many, and an outlet's home."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import Response, render_template, request

from incident_hub import paper
from incident_hub.agencies.standing import Asker, may
from incident_hub.kernel import clock
from incident_hub.kernel.errors import NotKnown
from incident_hub.kernel.pages import language
from incident_hub.operations.queries import Operation
from incident_hub.returns import queries
from incident_hub.returns.cells import STILL
from incident_hub.returns.days import local_date
from incident_hub.returns.sheets import documents

from .frame import around, asked_date, own_returns, pages, placed, sent

# An agency with more units than this pastes them.
FEW = 8


@pages.get("/operations/<op>/zero-reports/today")
def filing_page(op: str) -> str:
    """What one's own units owe for a date, the form of one of them, and the place to paste many."""
    asker, operation, asked = placed(op)
    today = local_date(clock.now(), operation.zone)
    on = asked_date("date") or today
    own = own_returns(operation, asker, on)
    wanted = request.args.get("unit") or (own[0]["unit"] if len(own) == 1 else "")
    chosen = next((one for one in own if one["unit"] == wanted), None)
    if wanted and chosen is None:
        raise NotKnown
    report = queries.known(chosen["id"], asker.desk_id)[0] if chosen else None
    return render_template(
        "returns/filing.html", on=on, today=today, own=own, chosen=chosen, asked=asked,
        beside=queries.beside(report, asker.desk_id, own=True, at=clock.now()) if report else {}, many=len(own) > FEW,
        before=_before(operation, asker, chosen, on), late=bool(chosen and clock.now() > chosen["due_at"]),
        still=sum(1 for one in own if one["state"] in STILL), may_file=may(asker, "return.file") is None,
        out=queries.links_out(operation.id, asker.agency, asker.desk_id, on, clock.now()),
        **around(asker, operation),
    )  # fmt: skip


@pages.get("/operations/<op>/zero-reports/form.<kind>")
def form_document(op: str, kind: str) -> Response:
    """The sheet to be filled: the units that still owe the day, and not one number."""
    asker, operation, asked = placed(op)
    if kind not in ("csv", "xlsx"):
        raise NotKnown
    at, lang = clock.now(), language()
    on = asked_date("date") or local_date(at, operation.zone)
    owing = {
        one["unit"]
        for one in queries.day(operation.id, asker.desk_id, on)
        if one["state"] in STILL and one["agency"] == asker.agency
    }
    units = [one for one in queries.owed_by(operation.id, asker.agency) if one.code in owing]
    form = documents.Form(units, on, asked.categories, lang)
    exercise = "演练 EXERCISE " if operation.exercise else ""
    title = f"{exercise}{'零报告' if lang == 'zh' else 'Daily returns'} {on.isoformat()}"
    raw = documents.form_csv(form) if kind == "csv" else documents.form_xlsx(form, title, at)
    media = "text/csv; charset=utf-8" if kind == "csv" else paper.XLSX
    mark = "EXERCISE-" if operation.exercise else ""
    return sent(raw, media, f"{mark}returns-{operation.code}-{on.isoformat()}-{lang}.{kind}")


@pages.get("/operations/<op>/outlet")
def outlet_page(op: str) -> str:
    """The home of an outlet's desk: report, today's return, what is to be mended."""
    asker, operation, _ = placed(op)
    on = local_date(clock.now(), operation.zone)
    own = own_returns(operation, asker, on)
    still = sum(1 for one in own if one["state"] in STILL)
    return render_template("returns/outlet.html", own=len(own), still=still, **around(asker, operation))


def _before(operation: Operation, asker: Asker, chosen: dict[str, Any] | None, on: date) -> str:
    """The return of the day before, which the page asks for only once today's is in."""
    if chosen is None:
        return ""
    yesterday = queries.day(operation.id, asker.desk_id, on - timedelta(days=1))
    return next((one["id"] for one in yesterday if one["unit"] == chosen["unit"] and one["filing"]), "")
