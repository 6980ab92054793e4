"""What every verb of a report has in common: its refusals and its draft entry on the incident."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from incident_hub.incidents import queries as incidents
from incident_hub.incidents.stated import Via, too_early
from incident_hub.kernel import record
from incident_hub.kernel.errors import BadInput, Conflict, NotKnown
from incident_hub.kernel.record import By, Draft
from incident_hub.kernel.saying import say
from incident_hub.reports.models import Report
from incident_hub.reports.queries import Found


def state(
    of: incidents.Known, kind: str, at: datetime, by: By, data: dict[str, Any], texts: dict[str, str], via: Via | None
) -> None:
    """Append an entry about a report: codes and instants in it, every word beside it.

    What one desk types for another counts for the other. Raises: BadInput for what is said in the future.
    """
    if via:
        if refusal := too_early("stated_at", via.stated_at, at):
            raise BadInput(refusal, errors=[{"pointer": "/via/stated_at", "detail": refusal}])
        data = data | {"via": via.codes()} | ({"stated_at": via.stated_at} if via.stated_at else {})
        texts = texts | via.texts()
        if via.desk and via.desk != by.desk:
            by, data = replace(by, assurance="relayed"), data | {"on_behalf_of": via.desk}
    record.append(Draft(of.incident.chain, kind, at, by, of.subject, incidents.facts(of.incident), data, texts))


def who(by: By) -> dict[str, Any]:
    """Who acts, as a row keeps it."""
    return {"agency": by.agency, "desk": by.desk, "post": by.post, "name": by.name, "assurance": by.assurance}


def refuse_others(found: Found, by: By) -> None:
    """Stop a desk whose report it is not. Raises: NotKnown where it may not read it, Conflict for another's report."""
    if not found.reads:
        raise NotKnown
    if found.row.desk != by.desk:
        raise Conflict(say("This report is of {desk}; hand it on, or write your own.", desk=found.row.desk))


def refuse_unless(row: Report, wanted: str, *others: str) -> None:
    """Stop what does not fit the state a report is in. Raises: Conflict with the sentence that says what does."""
    if row.state in (wanted, *others):
        return
    told = {
        "draft": "It is not signed yet; have it signed first.",
        "signed": "It is signed; take the signature back to write on it, or send it.",
        "sent": "It is sent, and what was sent never changes; amend it by another report.",
    }
    raise Conflict(told[row.state])
