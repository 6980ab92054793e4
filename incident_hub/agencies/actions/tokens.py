"""Tokens are issued and revoked here: what scripts act with."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update

from incident_hub.agencies.models import Desk, Member, Seat, Token
from incident_hub.agencies.standing import scope_fault
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import BadInput
from incident_hub.kernel.record import By
from incident_hub.kernel.text import opaque, sha256

from .places import write


def issue_token(
    member_id: str, desk_id: int, scopes: Sequence[str], *, label: str, expires_at: datetime, at: datetime, by: By
) -> str:
    """Issue a token for one desk; what is returned is shown once and kept only as a hash.

    Raises: BadInput for a scope that is none, a member who does not sit there, or an end that is past.
    """
    for fault in filter(None, map(scope_fault, scopes)):
        raise BadInput(fault)
    if not scopes or expires_at <= at:
        raise BadInput("A token needs at least one scope, and must end later than now.")
    seated = select(Desk.code).join(Seat, Seat.desk_id == Desk.id).join(Member, Member.id == Seat.member_id)
    here = (Seat.member_id == member_id, Seat.desk_id == desk_id, Seat.until.is_(None), Member.disabled_at.is_(None))
    desk = db.session.scalar(seated.where(*here))
    if desk is None:
        raise BadInput("The member does not sit at that desk; give the member a seat there first.")
    id, held = opaque(), sorted(set(scopes))
    secret = f"ih_{id}_{secrets.token_urlsafe(32)}"
    db.session.add(
        Token(
            id=id, hash=sha256(secret.encode()), member_id=member_id, desk_id=desk_id, scopes=held, label=label[:128],
            issued_at=at, expires_at=expires_at, last_used_at=None, revoked_at=None,
        )
    )  # fmt: skip
    facts = {"member": member_id, "desk": desk, "scopes": held}
    facts["expires_at"] = expires_at.isoformat(timespec="milliseconds")
    write("token.issued", ("token", id), at, by, facts, {"label": label[:128]})
    return secret


def revoke_token(token_id: str, *, at: datetime, by: By) -> bool:
    """Revoke one token; False when it was revoked already."""
    revoking = (
        update(Token)
        .where(Token.id == token_id, Token.revoked_at.is_(None))
        .values(revoked_at=at)
        .returning(Token.member_id)
    )
    member = db.session.execute(revoking).scalar()
    if member is None:
        return False
    write("token.revoked", ("token", token_id), at, by, {"member": member}, {})
    return True


def revoke_tokens_of(member_id: str, *, at: datetime, by: By) -> int:
    """Revoke all of a member's tokens, one entry each; returns how many."""
    ids = db.session.scalars(select(Token.id).where(Token.member_id == member_id, Token.revoked_at.is_(None))).all()
    return sum(revoke_token(id, at=at, by=by) for id in ids)
