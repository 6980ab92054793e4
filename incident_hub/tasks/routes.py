"""The pages of tasks: what a desk owes others and what others owe it, and one task with its next step."""

from __future__ import annotations

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
from .asking import OPEN

pages = Blueprint("tasks", __name__)
# What the page lists; the API has more.
LISTED = 200


@pages.get("/operations/<op>/tasks")
def list_page(op: str) -> str:
    """What the desk is asked, what it asked of others, and what is over."""
    asker: Asker = g.identify()
    allow(asker, "board.read")
    read_snapshot()
    operation = operations.for_desk(op, asker.desk_id)
    rows, _ = queries.of_desk(operation.id, asker.desk_id, None, LISTED)
    running = sorted((one for one in rows if one["state"] in OPEN), key=lambda one: one["due_at"])
    return _render(
        "tasks/tasks.html", asker, operation, rows=rows, owed=[one for one in running if one["to"] == asker.desk],
        awaited=[one for one in running if one["to"] != asker.desk], over=[one for one in rows if one not in running],
    )  # fmt: skip


@pages.get("/tasks/<id>")
def task_page(id: str) -> str:
    """One task: what is asked, how it went, and what is next."""
    asker: Asker = g.identify()
    allow(asker, "board.read")
    read_snapshot()
    row = queries.known(id, asker.desk_id)
    about = incidents.known(row.incident, asker.desk_id).incident if row.incident else None
    return _render(
        "tasks/task.html", asker, operations.at(row.chain), told=queries.shape(row),
        about={"ref": about.ref, "title": about.title} if about else None,
        files=queries.attached(row, asker.desk_id), running=row.state in OPEN,
        asked=row.to_id == asker.desk_id, asks=row.desk_id == asker.desk_id,
    )  # fmt: skip


def _render(template: str, asker: Asker, operation: operations.Operation, **more: Any) -> str:
    verbs = {verb: may(asker, verb) is None for verb in ("task.ask", "task.answer", "file.attach")}
    around = surroundings.around(asker, operation, language(), clock.now())
    phoned = {one.code for one in agencies.agencies() if one.membership == "contact_only"}
    desks = {one.code: one.title for one in agencies.all_desks() if one.agency not in phoned}
    said = {one.code: one.title for one in agencies.agencies()} | desks
    there = set(operations.participants(operation.id))
    askable = [code for code in desks if code.partition("/")[0] in there]
    return render_template(template, may=verbs, said=said, askable=askable, **around, **more)
