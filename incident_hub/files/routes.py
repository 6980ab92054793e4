"""A file as a page links to it: at the tab's desk, pictures in place and everything else to keep."""

from __future__ import annotations

from flask import Blueprint, Response, g, request

from incident_hub.agencies.askers import allow
from incident_hub.agencies.standing import Asker

from . import queries
from .documents import sent

pages = Blueprint("files", __name__)


@pages.get("/files/<id>")
def file_page(id: str) -> Response:
    """One file, for whoever may know what it belongs to."""
    asker: Asker = g.identify()
    allow(asker, "board.read")
    return sent(queries.one(id, asker.desk_id), inline="keep" not in request.args)
