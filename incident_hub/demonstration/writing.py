"""Reports of the week: compiled, signed by whoever leads, sent a level up, and received there."""

from __future__ import annotations

from datetime import datetime

from incident_hub.incidents.queries import Known
from incident_hub.kernel.errors import BadInput
from incident_hub.kernel.record import By
from incident_hub.reports import actions, queries

from .places import WEEK, Table


def draft(found: Known, said: Table, at: datetime, by: By) -> queries.Found:
    """A draft with its lines: words, or `?` and the reason for what is unknown."""
    id, _ = actions.draft(found, said["form"], None, at, by)
    begun = queries.known(id, by.desk_id)
    lines = {
        code: {"unknown": words[1:]} if words.startswith("?") else {"value": words}
        for code, words in said.get("lines", {}).items()
    }
    actions.write(begun, begun.row.version, lines, at, by)
    return begun


def report(found: Known, said: Table, at: datetime, by: By) -> None:
    """Compile a report, sign it and send it."""
    made = draft(found, said, at, by)
    actions.sign(made, queries.print_of(queries.as_it_reads(made, by.desk, by.desk_id)), at, by)
    actions.send(made, actions.Outgoing(said["to"], reason=said.get("reason")), at, by)


def receive(found: Known, said: Table, at: datetime, by: By) -> None:
    """Say that what came to one's desk was received, and hand it on where the line says to whom."""
    for one in queries.of_incident(found, by.desk_id):
        if any(way.to == by.desk and way.received_at is None for way in queries.sendings_of([one.row.id])[one.row.id]):
            actions.receive(one, None, None, at, by)
            if to := said.get("to"):
                actions.hand_on(one, actions.Outgoing(to), at, by)
            return
    raise BadInput(f"{WEEK}: nothing waits for {by.desk} on {found.incident.title!r} at {said['at']}.")
