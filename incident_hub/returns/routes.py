"""The pages of daily returns: unit by day, the form and the paste box, one return, the roll-up, an outlet's home."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, Response, g, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from incident_hub import paper
from incident_hub.agencies.askers import allow
from incident_hub.agencies.standing import Asker, may
from incident_hub.kernel import clock
from incident_hub.kernel.errors import NotKnown
from incident_hub.kernel.pages import language
from incident_hub.operations import queries as operations
from incident_hub.operations.queries import Operation
from incident_hub.operations.queries import pages as surroundings
from incident_hub.plan.frame import ZeroReport

from . import queries
from .cells import CELLS, STILL
from .days import local_date
from .sheets import documents
from .summing import rolled_up

pages = Blueprint("returns", __name__)
PAPERS = {"pdf": (paper.PDF, paper.pdf), "docx": (paper.DOCX, paper.docx)}

# As long as an expo; as many rows as a screen scrolls through without becoming slow.
DAYS = 11
ROWS = 100
LONGEST = timedelta(days=92)
# An agency with more units than this pastes them.
FEW = 8


@pages.get("/operations/<op>/zero-reports")
def matrix_page(op: str) -> str:
    """Unit by day: what is there, what is late and what is missing."""
    asker, operation, _ = _at(op)
    today = local_date(clock.now(), operation.zone)
    until = _date("to") or today
    since = max(_date("from") or until - timedelta(days=DAYS - 1), until - LONGEST)
    made = queries.matrix(operation.id, asker.desk_id, since, until)
    show, agency = request.args.get("show", ""), request.args.get("agency", "")
    rows = [one for one in made.rows if _shown(one, show, agency)]
    first = max(request.args.get("page", 1, int), 1)
    return render_template(
        "returns/matrix.html", days=made.days[::-1], rows=rows[(first - 1) * ROWS : first * ROWS], all=len(made.rows),
        found=len(rows), number=first, last=max(1, -(-len(rows) // ROWS)), since=since, until=until, today=today,
        show=show, agency=agency, agencies_=sorted({one["agency"] for one in made.rows}), cells=CELLS,
        still=[one for one in queries.day(operation.id, asker.desk_id, today) if one["state"] in STILL],
        **_around(asker, operation),
    )  # fmt: skip


@pages.get("/operations/<op>/zero-reports/today")
def filing_page(op: str) -> str:
    """What one's own units owe for a date, the form of one of them, and the place to paste many."""
    asker, operation, asked = _at(op)
    today = local_date(clock.now(), operation.zone)
    on = _date("date") or today
    own = _own(operation, asker, on)
    wanted = request.args.get("unit") or (own[0]["unit"] if len(own) == 1 else "")
    chosen = next((one for one in own if one["unit"] == wanted), None)
    return render_template(
        "returns/filing.html", on=on, today=today, own=own, chosen=chosen, asked=asked, many=len(own) > FEW,
        before=_before(operation, asker, chosen, on), late=bool(chosen and clock.now() > chosen["due_at"]),
        still=sum(1 for one in own if one["state"] in STILL), may_file=may(asker, "return.file") is None,
        **_around(asker, operation),
    )  # fmt: skip


@pages.get("/operations/<op>/zero-reports/form.<kind>")
def form_document(op: str, kind: str) -> Response:
    """The sheet to be filled: the units that still owe the day, and not one number."""
    asker, operation, asked = _at(op)
    if kind not in ("csv", "xlsx"):
        raise NotKnown
    at, lang = clock.now(), language()
    on = _date("date") or local_date(at, operation.zone)
    owing = {
        one["unit"]
        for one in queries.day(operation.id, asker.desk_id, on)
        if one["state"] in STILL and one["agency"] == asker.agency
    }
    units = [one for one in queries.owed_by(operation.id, asker.agency) if one.code in owing]
    form = documents.Form(units, on, asked.categories, lang)
    title = f"{'零报告' if lang == 'zh' else 'Daily returns'} {on.isoformat()}"
    raw = documents.form_csv(form) if kind == "csv" else documents.form_xlsx(form, title, at)
    media = "text/csv; charset=utf-8" if kind == "csv" else paper.XLSX
    return _sent(raw, media, f"returns-{operation.code}-{on.isoformat()}-{lang}.{kind}")


@pages.get("/operations/<op>/zero-reports/roll-up")
def roll_up_page(op: str) -> str:
    """Received n of m, the missing by name, and totals of what was received alone."""
    asker, operation, asked = _at(op)
    on = _date("date") or local_date(clock.now(), operation.zone)
    return render_template(
        "returns/rollup.html", on=on, asked=asked, names=_names(operation, asker),
        **_rolled(asker, operation, asked, on), **_around(asker, operation),
    )  # fmt: skip


@pages.get("/operations/<op>/zero-reports/roll-up.pdf")
def roll_up_document(op: str) -> Response:
    """The same on paper, in the customary form."""
    asker, operation, asked = _at(op)
    at, lang = clock.now(), language()
    on = _date("date") or local_date(at, operation.zone)
    told, names = _rolled(asker, operation, asked, on)["rolled"], _names(operation, asker)
    sheet = paper.forms.roll_up(
        {
            "lang": lang, "agency": asker.desk, "at": at.isoformat(),
            "subtitle": f"{operation.code} · {on.isoformat()}",
            "exercise": operation.exercise, "owed": told["owed"], "received": told["received"],
            "missing": [[code, names[code]["title"].get(lang, ""), names[code]["agency"]] for code in told["missing"]],
            "late": [[code, names[code]["title"].get(lang, ""), names[code]["agency"]] for code in told["late"]],
            "totals": [
                {"title": one.title.of(lang), **{name: told["totals"][one.code][name] for name in ("n", "of")}}
                for one in asked.categories
            ],
        }
    )  # fmt: skip
    return _sent(paper.pdf("sheet", sheet), paper.PDF, f"roll-up-{operation.code}-{on.isoformat()}-{lang}.pdf")


@pages.get("/roll-ups/<id>.<form>")
def sent_roll_up_document(id: str, form: str) -> Response:
    """A roll-up as it was sent, in the customary form, to keep or to print."""
    asker: Asker = g.identify()
    allow(asker, "board.read")
    row, lang = queries.roll_up_known(id, asker.desk_id), language()
    if form not in PAPERS:
        raise NotKnown
    media, made = PAPERS[form]
    operation = operations.at(row.chain)
    mark = "EXERCISE-" if operation.exercise else ""
    name = f"{mark}roll-up-{operation.code}-{row.date.isoformat()}-{row.tier}-{row.number}-{lang}.{form}"
    return _sent(made("sheet", paper.forms.roll_up(queries.printed(row, lang))), media, name)


@pages.get("/zero-reports/<id>")
def return_page(id: str) -> str:
    """One return: who stated what, what was asked about it, and its review."""
    asker: Asker = g.identify()
    allow(asker, "board.read")
    row, role = queries.known(id, asker.desk_id)
    operation = operations.at(row.chain)
    return render_template(
        "returns/return.html", told=queries.one(row), asked=operations.plan_of(operation.plan_version).zero_report,
        reviews=role == "informed" and may(asker, "return.review") is None, **_around(asker, operation),
    )  # fmt: skip


@pages.get("/returns/<ref>")
def owing_page(ref: str) -> AnyResponse:
    """Where a debt on returns leads: to the matrix of its operation."""
    asker: Asker = g.identify()
    return redirect(f"/operations/{queries.operation_of(ref, asker.desk_id)}/zero-reports")


@pages.get("/operations/<op>/outlet")
def outlet_page(op: str) -> str:
    """The home of an outlet's desk: report, today's return, what is to be mended."""
    asker, operation, _ = _at(op)
    on = local_date(clock.now(), operation.zone)
    own = _own(operation, asker, on)
    still = sum(1 for one in own if one["state"] in STILL)
    return render_template("returns/outlet.html", own=len(own), still=still, **_around(asker, operation))


def _at(op: str) -> tuple[Asker, Operation, ZeroReport]:
    asker: Asker = g.identify()
    allow(asker, "board.read")
    operation = operations.for_desk(op, asker.desk_id)
    asked = operations.plan_of(operation.plan_version).zero_report
    if asked is None:
        raise NotKnown
    return asker, operation, asked


def _own(operation: Operation, asker: Asker, on: date) -> list[dict[str, Any]]:
    """The returns of the asker's own agency, what is not there first."""
    own = [one for one in queries.day(operation.id, asker.desk_id, on) if one["agency"] == asker.agency]
    return sorted(own, key=lambda one: CELLS.index(one["cell"]))


def _around(asker: Asker, operation: Operation) -> dict[str, Any]:
    return surroundings.around(asker, operation, language(), clock.now()) | {"here": request.path}


def _date(name: str) -> date | None:
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None


def _shown(row: dict[str, Any], show: str, agency: str) -> bool:
    if agency and row["agency"] != agency:
        return False
    return not show or any(cell["cell"] == show for cell in row["cells"].values())


def _before(operation: Operation, asker: Asker, chosen: dict[str, Any] | None, on: date) -> str:
    """The return of the day before, which the page asks for only once today's is in."""
    if chosen is None:
        return ""
    yesterday = queries.day(operation.id, asker.desk_id, on - timedelta(days=1))
    return next((one["id"] for one in yesterday if one["unit"] == chosen["unit"] and one["filing"]), "")


def _rolled(asker: Asker, operation: Operation, asked: ZeroReport, on: date) -> dict[str, Any]:
    found = queries.standing(operation.id, asker.desk_id, on)
    return {"rolled": asdict(rolled_up(found, [one.code for one in asked.categories]))}


def _names(operation: Operation, asker: Asker) -> dict[str, dict[str, Any]]:
    return {one["unit"]: one for one in queries.units(operation.id, asker.desk_id)}


def _sent(raw: bytes, media: str, name: str) -> Response:
    response = Response(raw, content_type=media)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
