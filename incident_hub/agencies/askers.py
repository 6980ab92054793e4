"""From what somebody shows at the door to who asks: a session's secret or a token, and the desk they mean."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from werkzeug.wrappers import Request

from incident_hub.kernel.database import db
from incident_hub.kernel.errors import NotAllowed
from incident_hub.kernel.record import By
from incident_hub.kernel.text import sha256

from .models import Agency, Desk, Member, Seat, Session, Token
from .standing import Asker, may

# The cookie that carries a session's secret.
COOKIE = "hub_session"


@dataclass(frozen=True)
class OpenSession:
    """One of a member's sessions that has not ended; `desk` is the code of its first desk."""

    id: str
    desk: str
    opened_at: datetime
    seen_at: datetime
    expires_at: datetime


def asker_shown(shown: Request, desk_code: str | None, at: datetime) -> Asker | None:
    """Who asks by what they show with a request: a bearer token if there is one, else the session's cookie."""
    scheme, _, token = shown.headers.get("Authorization", "").partition(" ")
    if scheme:
        # Whoever sends a token means the token, whatever cookie the browser adds.
        return asker_of_token(token.strip(), desk_code, at) if scheme.lower() == "bearer" else None
    secret = shown.cookies.get(COOKIE)
    return asker_of_session(secret, desk_code, at) if secret else None


def asker_of_environ(environ: Mapping[str, Any], at: datetime) -> Asker | None:
    """Who opens a socket, before it is opened, at their default desk; needs an application context."""
    return asker_shown(Request(dict(environ)), None, at)


def asker_of_session(secret: str, desk_code: str | None, at: datetime) -> Asker | None:
    """Who holds this cookie, at the desk named or the session's own.

    Shape: None when it ended or expired, the member is disabled, or does not sit at that desk.
    """
    return _of_session(session_id(secret), desk_code, at)


def asker_of_token(secret: str, desk_code: str | None, at: datetime) -> Asker | None:
    """Who sends this token; a token acts at its own desk and at no other."""
    id = token_id(secret)
    kept = db.session.scalar(select(Token.hash).where(Token.id == id)) or ""
    if not hmac.compare_digest(kept, sha256(secret.encode())):
        return None
    return _of_token(id, desk_code, at)


def asker_again(asker: Asker, desk_code: str | None, at: datetime) -> Asker | None:
    """The same session or token asked again, later or at another desk; None when it no longer holds there."""
    if asker.session:
        return _of_session(asker.session, desk_code, at)
    return _of_token(asker.token, desk_code, at) if asker.token else None


def session_alive(session_id: str, at: datetime) -> bool:
    """Whether a session still lets its member in."""
    query = (
        select(Session.id)
        .join(Member, Member.id == Session.member_id)
        .where(Session.id == session_id, *_open(at), Member.disabled_at.is_(None))
    )
    return db.session.scalar(query) is not None


def sessions_of(member_id: str, at: datetime) -> list[OpenSession]:
    """A member's sessions that still hold, the newest first."""
    query = (
        select(Session.id, Desk.code, Session.opened_at, Session.seen_at, Session.expires_at)
        .join(Desk, Desk.id == Session.desk_id)
        .where(Session.member_id == member_id, *_open(at))
        .order_by(Session.opened_at.desc(), Session.id)
    )
    return [OpenSession(*row) for row in db.session.execute(query)]


def csrf_of(session_id: str) -> str:
    """What a change made in this session must repeat."""
    return db.session.scalar(select(Session.csrf).where(Session.id == session_id)) or ""


def last_seen(asker: Asker) -> datetime | None:
    """When what the asker came in with was last used, to the minute; None before the first time."""
    if asker.session:
        return db.session.scalar(select(Session.seen_at).where(Session.id == asker.session))
    return db.session.scalar(select(Token.last_used_at).where(Token.id == asker.token))


def allow(asker: Asker, verb: str) -> None:
    """Stop an asker whose role does not do this.

    Raises: NotAllowed with the sentence that says whose it is.
    """
    if refusal := may(asker, verb):
        raise NotAllowed(refusal)


def by_of(asker: Asker) -> By:
    """The asker as the record names whoever acts."""
    return By(asker.agency, asker.desk, asker.desk_id, asker.post, asker.member, asker.name, asker.assurance)


def session_id(secret: str) -> str:
    """What a session is known by everywhere but in its cookie."""
    return sha256(secret.encode())


def token_id(secret: str) -> str:
    """The part of `ih_<id>_<secret>` that may be shown; empty when it is not a token."""
    return secret.split("_", 2)[1] if secret.startswith("ih_") and secret.count("_") >= 2 else ""


def _open(at: datetime) -> tuple[Any, ...]:
    return (Session.revoked_at.is_(None), Session.expires_at > at)


def _of_session(id: str, desk_code: str | None, at: datetime) -> Asker | None:
    held = db.session.execute(select(Session.member_id, Session.desk_id).where(Session.id == id, *_open(at))).first()
    if held is None:
        return None
    rows = _seats(held.member_id)
    if desk_code is not None:
        row = next((row for row in rows if row.desk == desk_code), None)
    else:
        # The desk of the session comes first; whoever lost that seat is at the first one left.
        row = next((row for row in rows if row.desk_id == held.desk_id), rows[0] if rows else None)
    return None if row is None else Asker(**row._mapping, assurance="personal", scopes=None, session=id)


def _of_token(id: str, desk_code: str | None, at: datetime) -> Asker | None:
    held = db.session.execute(
        select(Token.member_id, Token.desk_id, Token.scopes).where(
            Token.id == id, Token.revoked_at.is_(None), Token.expires_at > at
        )
    ).first()
    if held is None:
        return None
    row = next((row for row in _seats(held.member_id) if row.desk_id == held.desk_id), None)
    if row is None or desk_code not in (None, row.desk):
        return None
    return Asker(**row._mapping, assurance="service", scopes=frozenset(held.scopes), token=id)


def _seats(member_id: str) -> list[Any]:
    query = (
        select(
            Member.id.label("member"), Member.login, Member.name, Desk.code.label("desk"), Desk.id.label("desk_id"),
            Agency.code.label("agency"), Seat.role, Seat.post, Member.language,
        )
        .join(Seat, Seat.member_id == Member.id)
        .join(Desk, Desk.id == Seat.desk_id)
        .join(Agency, Agency.id == Desk.agency_id)
        .where(Member.id == member_id, Member.disabled_at.is_(None), Seat.until.is_(None))
        .order_by(Seat.id)
    )  # fmt: skip
    return list(db.session.execute(query))
