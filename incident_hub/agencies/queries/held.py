"""What a member comes in with: the sessions and tokens that still hold, without anything that would let somebody in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from incident_hub.agencies.askers import open_at
from incident_hub.agencies.models import Agency, Desk, Seat, Session, Token
from incident_hub.kernel.database import db


@dataclass(frozen=True)
class OpenSession:
    """One of a member's sessions that has not ended; `desk` is the code of its first desk."""

    id: str
    desk: str
    opened_at: datetime
    seen_at: datetime
    expires_at: datetime
    agent: str
    way: str


def sessions_of(member_id: str, at: datetime) -> list[OpenSession]:
    """A member's sessions that still hold, the newest first."""
    columns = (
        Session.id, Desk.code, Session.opened_at, Session.seen_at, Session.expires_at, Session.agent, Session.way,
    )  # fmt: skip
    query = (
        select(*columns)
        .join(Desk, Desk.id == Session.desk_id)
        .where(Session.member_id == member_id, *open_at(at))
        .order_by(Session.opened_at.desc(), Session.id)
    )
    return [OpenSession(*row) for row in db.session.execute(query)]


def tokens_of(member_id: str, at: datetime) -> list[dict[str, Any]]:
    """A member's tokens that still hold, the newest first."""
    columns = (
        Token.id, Token.label, Desk.code.label("desk"), Token.scopes, Token.issued_at, Token.expires_at,
        Token.last_used_at,
    )  # fmt: skip
    query = select(*columns).join(Desk, Desk.id == Token.desk_id).where(Token.member_id == member_id)
    held = query.where(Token.revoked_at.is_(None), Token.expires_at > at)
    return [dict(row) for row in db.session.execute(held.order_by(Token.issued_at.desc(), Token.id)).mappings()]


def opened_by_password(session_id: str, at: datetime) -> str | None:
    """Whose open session it is, if a password alone opened it."""
    return db.session.scalar(select(Session.member_id).where(Session.id == session_id, *_by_password(at)))


def opened_by_passwords(agencies: Collection[str], at: datetime) -> list[tuple[str, str]]:
    """The open sessions of members of these agencies that a password alone opened: (session, member)."""
    members = (
        select(Seat.member_id)
        .join(Desk, Desk.id == Seat.desk_id)
        .join(Agency, Agency.id == Desk.agency_id)
        .where(Agency.code.in_(agencies), Seat.until.is_(None))
    )
    query = select(Session.id, Session.member_id).where(*_by_password(at), Session.member_id.in_(members))
    return [(id, member) for id, member in db.session.execute(query.order_by(Session.opened_at, Session.id))]


def _by_password(at: datetime) -> tuple[Any, ...]:
    return (Session.way == "password", Session.device.is_(None), *open_at(at))
