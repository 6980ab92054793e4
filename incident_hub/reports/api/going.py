"""A report on its way: sent, received, handed on, and what was stamped attached to it."""

from __future__ import annotations

from typing import Any, Literal

from incident_hub.agencies.askers import allow
from incident_hub.agencies.standing import Asker
from incident_hub.files import actions as files
from incident_hub.files import queries as kept
from incident_hub.files.content import LARGEST
from incident_hub.files.shapes import Attached, FileOut
from incident_hub.incidents import queries as incidents
from incident_hub.kernel.doors import Answer, Shape, answer
from incident_hub.kernel.errors import NotKnown
from incident_hub.kernel.shapes import Listed
from incident_hub.kernel.uploads import Upload
from incident_hub.reports import actions, queries
from incident_hub.reports.shapes import ReportOut

from .room import WRITES, Code, Reason, ViaIn, changing, room, told


class SendingIn(Shape):
    """Where it goes and how; `tier` where the receiver stands on several levels, `reason` for passing one over."""

    to: Code
    channel: Literal["hub", "phone", "fax", "paper"] = "hub"
    tier: Code | None = None
    reason: Reason | None = None
    via: ViaIn | None = None

    def plain(self) -> actions.Outgoing:
        """The same for the verbs; what did not go through the Hub has a `via` in any case."""
        via = self.via
        if via is None and self.channel != "hub":
            via = ViaIn.model_validate({"channel": self.channel})
        return actions.Outgoing(self.to, self.channel, self.tier, self.reason, via.plain() if via else None)


class ReceiptIn(Shape):
    """That it was received; `via` where the receiver told it outside the Hub."""

    sending: Code | None = None
    via: ViaIn | None = None


@room.door(
    "POST", "/reports/<id>/sending", scope="incidents:write", takes=SendingIn, gives=ReportOut, versioned=True,
    errors=WRITES,
)  # fmt: skip
def send_report(asker: Asker, body: SendingIn, id: str) -> Answer:
    """Send a signed report to a desk; it settles clocks by the plan, and the receiver owes a receipt."""
    with changing(asker, "report.send", id) as (found, at, by):
        actions.send(found, body.plain(), at, by)
        return told(asker, id)


@room.door(
    "POST", "/reports/<id>/forwarding", scope="incidents:write", takes=SendingIn, gives=ReportOut, versioned=True,
    errors=WRITES,
)  # fmt: skip
def hand_report_on(asker: Asker, body: SendingIn, id: str) -> Answer:
    """Hand a report that was received on to one's own next level, unchanged."""
    with changing(asker, "report.send", id) as (found, at, by):
        actions.hand_on(found, body.plain(), at, by)
        return told(asker, id)


@room.door(
    "POST", "/reports/<id>/receipt", scope="incidents:write", takes=ReceiptIn, gives=ReportOut, versioned=True,
    errors=WRITES,
)  # fmt: skip
def receive_report(asker: Asker, body: ReceiptIn, id: str) -> Answer:
    """Say that a report was received, oneself or as the receiver told it."""
    with changing(asker, "report.receive", id) as (found, at, by):
        actions.receive(found, body.sending, body.via.plain() if body.via else None, at, by)
        return told(asker, id)


@room.door("GET", "/reports/<id>/attachments", scope="incidents:read", gives=Listed[FileOut], errors=(403, 404))
def read_papers(asker: Asker, id: str) -> dict[str, Any]:
    """The papers of a report: the stamped copy, the fax."""
    allow(asker, "board.read")
    found = queries.known(id, asker.desk_id)
    return {"items": kept.of(found.row.chain, found.subject, asker.desk_id), "next": None}


@room.door(
    "POST", "/reports/<id>/attachments", scope="incidents:write", uploads=LARGEST, gives=Attached, status=201,
    errors=(*WRITES, 413),
)  # fmt: skip
def attach_paper(asker: Asker, upload: Upload, id: str) -> Answer:
    """Attach a stamped copy or a fax to a report; who may read the report may see it."""
    allow(asker, "file.attach")
    if not queries.known(id, asker.desk_id).reads:
        raise NotKnown
    file, note = files.sound(upload.name, upload.raw), upload.words.get("note")
    with changing(asker, "file.attach", id) as (found, at, by):
        facts = incidents.facts(found.of.incident)
        made = files.keep(found.row.chain, found.subject, facts, file, note, at, by)
        return answer({"id": made, "at": at}, status=201)
