"""Witnessing: an agency signs an anchor with a key that the house does not have."""

from __future__ import annotations

from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import select

from incident_hub.anchors import queries
from incident_hub.anchors.mark import SHORT, outward, witness_bytes
from incident_hub.anchors.models import WITNESSED, Witness
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import BadInput, Conflict, NotKnown
from incident_hub.kernel.record import By, Draft
from incident_hub.kernel.text import opaque
from incident_hub.operations.queries import Operation


def witness(operation: Operation, mark: str, key: str, signature: str, at: datetime, by: By) -> None:
    """Take an agency's own signature under an anchor.

    Raises: NotKnown for a mark that was not handed out, BadInput for a signature that does not hold, Conflict when the
    agency has signed it with another key. Tells: anchor.witnessed.
    """
    found = queries.of_mark(operation, mark)
    if found is None:
        raise NotKnown
    anchor, sealed = found
    if not _holds(key, signature, witness_bytes(outward(sealed))):
        told = "The signature does not hold over this anchor under this key."
        raise BadInput(told, errors=[{"pointer": "/signature", "detail": told}])
    if key == sealed.key:
        raise BadInput("This is the key of the house itself; a witness signs with a key of its own.")
    there = db.session.scalar(select(Witness).where(Witness.anchor == anchor, Witness.agency == by.agency))
    if there is not None:
        if there.key != key:
            raise Conflict("Your agency has witnessed this anchor already, with another key.")
        return
    db.session.add(
        Witness(id=opaque(), anchor=anchor, agency=by.agency, desk=by.desk, at=at, key=key, signature=signature)
    )
    told = {"mark": mark[:SHORT], "anchored_at": sealed.at, "agency": by.agency, "key": key}
    facts = {"phase": operation.phase, "plan": operation.plan_version}
    record.append(Draft(operation.id, WITNESSED, at, by, operation.subject, facts, told))


def _holds(key: str, signature: str, content: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature), content)
    except (InvalidSignature, ValueError):
        return False
    return True
