"""The door of a file."""

from __future__ import annotations

from flask import Response

from incident_hub.agencies.askers import allow
from incident_hub.agencies.standing import Asker
from incident_hub.kernel.door import Media
from incident_hub.kernel.doors import Room

from . import queries
from .content import SENT
from .documents import sent

room = Room("files")


@room.door("GET", "/files/<id>", scope="incidents:read", gives=Media(SENT), errors=(403, 404))
def read_file(asker: Asker, id: str) -> Response:
    """The bytes of one file, for whoever may know what it belongs to; always as something to keep, never to run."""
    allow(asker, "board.read")
    return sent(queries.one(id, asker.desk_id), inline=False)
