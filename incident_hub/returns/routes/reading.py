"""Reading returns: unit by day, the roll-up of a day, and one return with its versions and review."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from flask import Response, g, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from incident_hub import paper
from incident_hub.agencies.askers import allow
from incident_hub.agencies.standing import Asker, may
from incident_hub.anchors import queries as anchors
from incident_hub.kernel import clock, registry
from incident_hub.kernel.errors import NotKnown
from incident_hub.kernel.pages import language
from incident_hub.operations import queries as operations
from incident_hub.operations.queries import Operation
from incident_hub.plan.frame import ZeroReport
from incident_hub.returns import queries
from incident_hub.returns.cells import CELLS, STILL
from incident_hub.returns.days import local_date
from incident_hub.returns.summing import rolled_up

from .frame import around, asked_date, pages, placed, sent

PAPERS = {"pdf": (paper.PDF, paper.pdf), "docx": (paper.DOCX, paper.docx)}

# As long as an expo; as many rows as a screen scrolls through without becoming slow.
DAYS = 11
ROWS = 100
LONGEST = timedelta(days=92)


@pages.get("/operations/<op>/zero-reports")
def matrix_page(op: str) -> str:
    """Unit by day: what is there, what is late and what is missing."""
    asker, operation, _ = placed(op)
    today = local_date(clock.now(), operation.zone)
    until = asked_date("to") or today
    since = max(asked_date("from") or until - timedelta(days=DAYS - 1), until - LONGEST)
    made = queries.matrix(operation.id, asker.desk_id, since, until)
    show, agency = request.args.get("show", ""), request.args.get("agency", "")
    rows = [one for one in made.rows if _shown(one, show, agency)]
    first = max(request.args.get("page", 1, int), 1)
    return render_template(
        "returns/matrix.html", days=made.days[::-1], rows=rows[(first - 1) * ROWS : first * ROWS], all=len(made.rows),
        found=len(rows), number=first, last=max(1, -(-len(rows) // ROWS)), since=since, until=until, today=today,
        copied=_copied(operation, asker, until),
        show=show, agency=agency, agencies_=sorted({one["agency"] for one in made.rows}), cells=CELLS,
        still=[one for one in queries.day(operation.id, asker.desk_id, today) if one["state"] in STILL],
        **around(asker, operation),
    )  # fmt: skip


@pages.get("/operations/<op>/zero-reports/roll-up")
def roll_up_page(op: str) -> str:
    """Received n of m, the missing by name, and totals of what was received alone."""
    asker, operation, asked = placed(op)
    at = clock.now()
    on = asked_date("date") or local_date(at, operation.zone)
    return render_template(
        "returns/rollup.html", on=on, asked=asked, names=_names(operation, asker),
        mine=queries.to_roll_up(operation, asker.desk, asker.desk_id, on, at),
        went=queries.roll_ups(operation.id, asker.desk_id, on), may_roll_up=may(asker, "return.roll_up") is None,
        **_rolled(asker, operation, asked, on), **around(asker, operation),
    )  # fmt: skip


@pages.get("/operations/<op>/zero-reports/roll-up.pdf")
def roll_up_document(op: str) -> Response:
    """The same on paper, in the customary form."""
    asker, operation, asked = placed(op)
    at, lang = clock.now(), language()
    on = asked_date("date") or local_date(at, operation.zone)
    told, names = _rolled(asker, operation, asked, on)["rolled"], _names(operation, asker)
    sheet = paper.forms.roll_up(
        {
            "lang": lang, "agency": asker.desk, "at": at.isoformat(),
            "subtitle": f"{operation.code} · {on.isoformat()}",
            "exercise": operation.exercise, "record_mark": anchors.newest_mark(operation.id, at),
            "owed": told["owed"], "received": told["received"],
            "missing": [[code, names[code]["title"].get(lang, ""), names[code]["agency"]] for code in told["missing"]],
            "late": [[code, names[code]["title"].get(lang, ""), names[code]["agency"]] for code in told["late"]],
            "totals": [
                {"title": one.title.of(lang), **{name: told["totals"][one.code][name] for name in ("n", "of")}}
                for one in asked.categories
            ],
        }
    )  # fmt: skip
    return sent(paper.pdf("sheet", sheet), paper.PDF, f"roll-up-{operation.code}-{on.isoformat()}-{lang}.pdf")


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
    return sent(made("sheet", paper.forms.roll_up(queries.printed(row, lang))), media, name)


@pages.get("/zero-reports/<id>")
def return_page(id: str) -> str:
    """One return: who stated what, what was asked about it, and its review."""
    asker: Asker = g.identify()
    allow(asker, "board.read")
    row, role = queries.known(id, asker.desk_id)
    operation = operations.at(row.chain)
    told, asked = queries.one(row), operations.plan_of(operation.plan_version).zero_report
    beside = queries.beside(row, asker.desk_id, own=told["agency"] == asker.agency, at=clock.now())
    flags = [one | {"page": registry.nouns[one["noun"]].format(ref=one["ref"])} for one in beside["flagged"]]
    return render_template(
        "returns/return.html", told=told, asked=asked, beside=beside, flags=flags,
        reviews=role == "informed" and may(asker, "return.review") is None, **around(asker, operation),
    )  # fmt: skip


@pages.get("/returns/<ref>")
def owing_page(ref: str) -> AnyResponse:
    """Where a debt on returns leads: to the matrix of its operation."""
    asker: Asker = g.identify()
    allow(asker, "board.read")
    return redirect(f"/operations/{queries.operation_of(ref, asker.desk_id)}/zero-reports")


def _copied(operation: Operation, asker: Asker, until: date) -> list[str]:
    """The units to have a look at: as of the last day shown, or of the one before while that is not filed yet."""
    days = (until, until - timedelta(days=1))
    return next((found for on in days if (found := queries.copied(operation.id, asker.desk_id, on))), [])


def _shown(row: dict[str, Any], show: str, agency: str) -> bool:
    if agency and row["agency"] != agency:
        return False
    if show == "flagged":
        return any(cell["flagged"] for cell in row["cells"].values())
    return not show or any(cell["cell"] == show for cell in row["cells"].values())


def _rolled(asker: Asker, operation: Operation, asked: ZeroReport, on: date) -> dict[str, Any]:
    found = queries.standing(operation.id, asker.desk_id, on)
    return {"rolled": asdict(rolled_up(found, [one.code for one in asked.categories]))}


def _names(operation: Operation, asker: Asker) -> dict[str, dict[str, Any]]:
    return {one["unit"]: one for one in queries.units(operation.id, asker.desk_id)}
