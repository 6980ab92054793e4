"""The page of the record's seals, and the verifier to take home."""

from __future__ import annotations

from importlib.resources import files

from flask import Blueprint, Response, g, render_template

from incident_hub.agencies import queries as agencies
from incident_hub.agencies.askers import allow
from incident_hub.agencies.standing import Asker
from incident_hub.kernel import clock
from incident_hub.kernel.database import read_snapshot
from incident_hub.kernel.feeds import sealed_head
from incident_hub.kernel.pages import language
from incident_hub.operations import queries as operations
from incident_hub.operations.queries import pages as surroundings

from . import queries

pages = Blueprint("anchors", __name__)
# What the page lists; the API has them all.
LISTED = 30


@pages.get("/operations/<op>/record")
def record_page(op: str) -> str:
    """The newest seals of an operation's record, who witnessed them, and how anybody checks them."""
    asker: Asker = g.identify()
    allow(asker, "board.read")
    read_snapshot()
    operation = operations.for_desk(op, asker.desk_id)
    items, _ = queries.listed(operation, None, LISTED)
    around = surroundings.around(asker, operation, language(), clock.now())
    said = {one.code: one.title for one in agencies.agencies()}
    position, digest = sealed_head(operation.id, asker.desk_id)
    return render_template(
        "anchors/record.html", items=items, said=said, own={"position": position, "hash": digest},
        witnessed=queries.last_witnessed(operation.id), **around,
    )  # fmt: skip


@pages.get("/record/verifier")
def verifier() -> Response:
    """The verifier: one readable file that needs the export alone."""
    g.identify()
    text = (files("incident_hub.anchors") / "verifier.py").read_bytes()
    kept = {"Content-Disposition": 'attachment; filename="verify_record.py"'}
    return Response(text, content_type="text/x-python; charset=utf-8", headers=kept)
