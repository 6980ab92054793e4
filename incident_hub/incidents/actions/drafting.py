"""What every verb of an incident has in common: its refusals and its draft entry."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from incident_hub.incidents import queries
from incident_hub.incidents.lifecycle import may_in_circle
from incident_hub.incidents.stated import Via, too_early
from incident_hub.kernel import record
from incident_hub.kernel.errors import BadInput, NotAllowed
from incident_hub.kernel.record import By, Draft


def draft(
    found: queries.Known,
    kind: str,
    at: datetime,
    by: By,
    data: dict[str, Any] | None = None,
    texts: dict[str, str] | None = None,
    via: Via | None = None,
) -> Draft:
    """An entry about an incident, with its facts as they stand now and how it was said."""
    incident = found.incident
    said = dict(data or {})
    words = dict(texts or {})
    if via:
        if refusal := too_early("stated_at", via.stated_at, at):
            raise BadInput(refusal, errors=[{"pointer": "/via/stated_at", "detail": refusal}])
        said["via"] = via.codes()
        said["stated_at"] = via.stated_at
        words |= via.texts()
        by = replace(by, assurance="relayed")
    return Draft(incident.chain, kind, at, by, found.subject, queries.facts(incident), said, words)


def refuse_unless(found: queries.Known, verb: str) -> None:
    """Stop a verb that this desk's role on the incident does not allow.

    Raises: NotAllowed with the sentence that says who may.
    """
    if refusal := may_in_circle(found.access.role, verb):
        raise NotAllowed(refusal)


def version(found: queries.Known, ahead: int = 1) -> int:
    """The card's version once the entry being written is in."""
    from_record = record.card_version(found.incident.chain, found.subject)
    return from_record + ahead
