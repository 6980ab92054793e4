"""What was reported outside the Hub: spoken, or come in by fax or on paper, and written down afterwards."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from incident_hub.agencies import queries as agencies
from incident_hub.incidents import queries as incidents
from incident_hub.incidents.stated import Via, too_early
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import BadInput
from incident_hub.kernel.record import By
from incident_hub.kernel.saying import say
from incident_hub.kernel.text import opaque, sha256
from incident_hub.operations import queries as operations
from incident_hub.reports import queries
from incident_hub.reports.models import SENT, Report, Sending
from incident_hub.reports.tiers import way

from .sending import open_to
from .stating import state, who

SPOKEN = ("phone", "radio", "face")


def take_down(of: incidents.Known, form: str, to: str | None, via: Via, at: datetime, by: By) -> str:
    """Write down a report that was made outside the Hub, by one's own desk or by whoever told it. Tells: report.sent.

    Shape: from `via.desk`, left out one's own; to the desk named, left out one's own. It settles the clocks of whoever
    spoke by the instant at which it was said, and the listener has it already.
    Raises: BadInput without the words, for an instant to come, or for a desk that may not know of the incident.
    """
    sender, receiver = via.desk or by.desk, to or by.desk
    _refuse_misfits(of, sender, receiver, via, at, by)
    said_at = via.stated_at or at
    row = _row(of, form, sender, via, said_at, at, by)
    db.session.add(row)
    db.session.flush()
    found = queries.Found(row, of, True)
    record.disclose(row.chain, found.subject, _desk_id(sender), "lead", "full", at, by.desk)
    open_to(found, [receiver], at, by)
    plan, seats = operations.plan_of(of.incident.plan_version), queries.seats_of(of)
    there = way(plan, seats, row.agency, receiver.partition("/")[0])
    sent = Sending(
        id=opaque(), report=row.id, desk=sender, to=receiver, tiers=list(there.tiers), channel=via.channel,
        via=via.shape(), relay=False, copy_of=None, reason=None, sent_at=said_at, received_at=said_at,
        received_by={"desk": receiver, "agency": receiver.partition("/")[0], "name": via.words_by, "via": via.shape()},
    )  # fmt: skip
    db.session.add(sent)
    data: dict[str, Any] = {
        "report": row.id, "form": form, "mode": row.mode, "number": row.number, "sending": sent.id, "from": sender,
        "to": receiver, "addressed": [], "tiers": list(there.tiers), "channel": via.channel, "skip_level": False,
        "skipped": [], "relay": False, "amends": None, "sha256": row.sha256,
    }  # fmt: skip
    state(of, SENT, at, by, data, {}, via)
    return row.id


def _row(of: incidents.Known, form: str, sender: str, via: Via, said_at: datetime, at: datetime, by: By) -> Report:
    agency, mode = sender.partition("/")[0], "spoken" if via.channel in SPOKEN else "written"
    return Report(
        id=opaque(), chain=of.incident.chain, ref=of.incident.ref, form=form, mode=mode,
        number=queries.next_number(of, agency, form) if mode == "written" else None, agency=agency, desk=sender,
        state="sent", open_key=None, typed={}, version=1, moved={}, words=via.words, via=via.shape(),
        sha256=sha256((via.words or "").encode()), cut_off=said_at, sent_at=said_at, compiled_by=who(by),
        compiled_at=at,
    )  # fmt: skip


def _refuse_misfits(of: incidents.Known, sender: str, receiver: str, via: Via, at: datetime, by: By) -> None:
    errors: list[dict[str, str]] = []
    if not (via.words or "").strip():
        errors.append({"pointer": "/via/words", "detail": "Write down what was read out, or what the paper says."})
    if refusal := too_early("stated_at", via.stated_at, at):
        errors.append({"pointer": "/via/stated_at", "detail": refusal})
    if by.desk not in (sender, receiver):
        told = "Write down what your own desk reported, or what was reported to it."
        errors.append({"pointer": "/to", "detail": told})
    if sender.partition("/")[0] == receiver.partition("/")[0]:
        errors.append({"pointer": "/to", "detail": "Name the desk it was reported to, or from which it came."})
    desk = agencies.desk(sender)
    if desk is None or not record.may_know(of.incident.chain, of.subject, desk.id):
        told = say(
            "{sender} may not know of this incident, so it cannot have reported it; share it first.", sender=sender
        )
        errors.append({"pointer": "/via/from/desk", "detail": told})
    listener = agencies.desk(receiver)
    if listener is None or listener.agency not in operations.participants(of.incident.chain):
        errors.append(
            {
                "pointer": "/to",
                "detail": say(
                    "There is no desk {receiver} in {operation}.", receiver=receiver, operation=of.operation.code
                ),
            }
        )
    if errors:
        raise BadInput(errors[0]["detail"], errors=errors)


def _desk_id(code: str) -> int:
    desk = agencies.desk(code)
    if desk is None:
        raise BadInput(say("There is no desk {code}.", code=code))
    return desk.id
