"""Sealing: once a minute, whether or not anything happened, and once more when an operation ends."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from incident_hub.anchors import queries
from incident_hub.anchors.mark import Sealed, mark_of, signed_bytes
from incident_hub.anchors.models import Anchor
from incident_hub.kernel import chains
from incident_hub.kernel.database import db
from incident_hub.kernel.text import instant, opaque
from incident_hub.operations.queries import Operation


def seal(operation: Operation, key: Ed25519PrivateKey, at: datetime) -> Sealed:
    """Seal the head of an operation's record as it stands in this unit of work; the key is not in the database."""
    size, head = chains.head_of(operation.id)
    last, nonce = queries.newest(operation.id), secrets.token_hex(32)
    bare = Sealed(
        operation.code, instant(at), size, head, nonce, mark_of(nonce, size, head), last.mark if last else "",
        chains.public(key), "", operation.exercise,
    )  # fmt: skip
    sealed = replace(bare, signature=key.sign(signed_bytes(bare)).hex())
    row = Anchor(
        id=opaque(), chain=operation.id, number=(last.number if last else 0) + 1, at=at, size=size, head=head,
        nonce=nonce, mark=sealed.mark, prev=sealed.prev, key=sealed.key, signature=sealed.signature,
        exercise=sealed.exercise,
    )  # fmt: skip
    db.session.add(row)
    return sealed
