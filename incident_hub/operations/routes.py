"""The pages of an operation itself: the plan it works by."""

from __future__ import annotations

from flask import Blueprint, Response, g, render_template, request

from incident_hub.agencies.askers import allow
from incident_hub.agencies.standing import Asker
from incident_hub.kernel import clock
from incident_hub.kernel.pages import language
from incident_hub.plan.difference.changes import between

from . import queries, showing
from .queries import pages as surroundings

pages = Blueprint("operations", __name__)


@pages.get("/operations/<op>/plan")
def plan_page(op: str) -> str:
    """The plan in force as a person reads it, and how another one comes in."""
    asker, operation = _at(op)
    lang = language()
    told = queries.planning(operation)
    plan = queries.plan_of(operation.plan_version)
    told["may_countersign"] = {
        one["id"]: queries.may_countersign(one["id"], operation, asker) for one in told["proposals"]
    }
    told["changes"] = {
        one["id"]: [change.words.of(lang) for change in between(plan, queries.plan_of(one["version"]))]
        for one in told["proposals"]
        if not one["lapsed"]
    }
    told["plan"] = showing.shown(plan, queries.bound(operation.id), operation.zone, lang)
    names = {one["code"]: one["title"].get(lang, one["code"]) for one in queries.titles(operation.id)}
    around = surroundings.around(asker, operation, lang, clock.now())
    return render_template("operations/plan.html", here=request.path, told=told, names=names, **around)


@pages.get("/operations/<op>/plan/<version>.toml")
def plan_file(op: str, version: str) -> Response:
    """One version of the plan as the file it was."""
    _, operation = _at(op)
    mark = "# 演练 EXERCISE\n" if operation.exercise else ""
    response = Response(mark + queries.plan_text(operation, version), content_type="text/plain; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=f"{version}.toml")
    return response


def _at(op: str) -> tuple[Asker, queries.Operation]:
    asker: Asker = g.identify()
    allow(asker, "board.read")
    return asker, queries.for_desk(op, asker.desk_id)
