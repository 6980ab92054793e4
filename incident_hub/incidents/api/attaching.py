"""The doors of what is attached to an incident."""

from __future__ import annotations

from typing import Any

from incident_hub.agencies.askers import allow
from incident_hub.agencies.standing import Asker
from incident_hub.files import actions as files
from incident_hub.files import queries as kept
from incident_hub.files.content import LARGEST
from incident_hub.files.shapes import Attached, FileOut
from incident_hub.incidents import queries
from incident_hub.kernel.doors import Answer, answer
from incident_hub.kernel.shapes import Listed
from incident_hub.kernel.uploads import Upload

from .room import as_listed, changing, known, room


@room.door("GET", "/incidents/<ref>/attachments", scope="incidents:read", gives=Listed[FileOut], errors=(403, 404))
def read_attachments(asker: Asker, ref: str) -> dict[str, Any]:
    """The files of an incident as the asker's desk may know them, oldest first."""
    allow(asker, "board.read")
    found = known(asker, ref)
    return as_listed(kept.of(found.incident.chain, found.subject, asker.desk_id))


@room.door(
    "POST", "/incidents/<ref>/attachments", scope="incidents:write", uploads=LARGEST, gives=Attached, status=201,
    errors=(403, 404, 409, 413, 422),
)  # fmt: skip
def attach(asker: Asker, upload: Upload, ref: str) -> Answer:
    """Attach a file; a picture is drawn anew, without the place and the camera it came from."""
    allow(asker, "file.attach")
    known(asker, ref)
    note = upload.words.get("note")
    file = files.sound(upload.name, upload.raw)
    with changing(asker, "file.attach", ref) as (found, at, by):
        made = files.keep(found.incident.chain, found.subject, queries.facts(found.incident), file, note, at, by)
        return answer({"id": made, "at": at}, status=201)
