"""The door to what a newly named desk would read."""

from __future__ import annotations

from typing import Any

from incident_hub.agencies.askers import allow
from incident_hub.agencies.standing import Asker
from incident_hub.incidents import queries as incidents
from incident_hub.kernel.database import read_snapshot
from incident_hub.kernel.doors import Room
from incident_hub.sharing.shapes import Preview

from . import queries

room = Room("sharing")


@room.door("GET", "/incidents/<ref>/access/preview", scope="incidents:read", gives=Preview, errors=(403, 404))
def preview_access(asker: Asker, ref: str) -> dict[str, Any]:
    """What a desk let in now would read, by title: with its past, and without."""
    allow(asker, "access.grant")
    read_snapshot()
    return queries.preview(incidents.known(ref, asker.desk_id), asker.desk, asker.desk_id)
