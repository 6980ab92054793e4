"""Making a redacted copy: an export, so it is stated in the record before it is handed over."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from incident_hub.incidents import queries as incidents
from incident_hub.kernel import feeds, record
from incident_hub.kernel.destruction import CODES
from incident_hub.kernel.errors import NotAllowed
from incident_hub.kernel.record import By, Draft
from incident_hub.kernel.text import canonical, instant
from incident_hub.retention import models, redaction


def copied(
    found: incidents.Known, reason: str, key: Ed25519PrivateKey, at: datetime, by: By
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The head and the lines of a copy of what this desk was shown of an incident. Tells: record.copied.

    Raises: NotAllowed for TLP:RED.
    """
    incident = found.incident
    if incident.tlp == "RED":
        raise NotAllowed("TLP:RED is read at the listed desks and is given to nobody, not even without its words.")
    entries = feeds.shown_of(incident.chain, by.desk_id, found.subject)
    lines = [redaction.line(one | {"at": instant(one["at"])}, CODES) for one in entries]
    about = {"operation": found.operation.code, "incident": incident.ref, "type": incident.type, "desk": by.desk}
    head = redaction.sealed(
        {**about, "at": instant(at), "key": key.public_key().public_bytes_raw().hex(), "tlp": incident.tlp}, lines
    )
    head |= {"exercise": True} if found.operation.exercise else {}
    signed = head | {"signature": key.sign(canonical(head)).hex()}
    data = {"size": len(lines), "digest": head["digest"]}
    facts = incidents.facts(incident)
    record.append(Draft(incident.chain, models.COPIED, at, by, found.subject, facts, data, {"reason": reason}))
    return signed, lines
