"""Sessions begin and end here, tokens are issued and revoked, and a refusal at the door is written down."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update

from incident_hub.agencies.askers import asker_of_session, by_of
from incident_hub.agencies.models import Agency, Desk, Member, Seat, Session, Token
from incident_hub.agencies.standing import Asker, scope_fault
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import BadInput, NotAllowed
from incident_hub.kernel.record import By
from incident_hub.kernel.text import opaque, sha256

from .places import HUB, write

# A picture on the wall must outlive a night and a weekend; it may not outlive the week.
SESSION_LASTS = timedelta(days=7)
NO_SEAT = "You have no seat at that desk; ask the administrator of your agency for one."


@dataclass(frozen=True)
class Opened:
    """A session as it began: what its changes must repeat, where it sits, when it ends."""

    csrf: str
    desk: str
    expires_at: datetime


@dataclass(frozen=True)
class Knock:
    """Somebody at the door: whose login it was, whether the password was right, from where, with which old cookie."""

    member_id: str | None
    right: bool
    address: str
    before: str | None


def enter(knock: Knock, desk: str | None, secret: str, *, at: datetime) -> Opened | None:
    """Let somebody in and end the session their browser had before, or write down that they were not let in.

    Shape: None when they were not. Raises: NotAllowed when the password was right and the desk is not theirs.
    """
    if knock.member_id is None or not knock.right:
        refuse_sign_in(knock.member_id, knock.address, at=at)
        return None
    there = db.session.scalar(select(Desk.id).where(Desk.code == desk)) if desk else None
    if desk and there is None:
        raise NotAllowed(NO_SEAT)
    opened = open_session(knock.member_id, there, secret, at=at)
    if knock.before:
        old = asker_of_session(knock.before, None, at)
        end_session(sha256(knock.before.encode()), at=at, by=by_of(old) if old else HUB)
    return opened


def open_session(member_id: str, desk_id: int | None, secret: str, *, at: datetime) -> Opened:
    """Begin a session at one of the member's desks, the first when none is named; the secret is kept only as a hash.

    Raises: NotAllowed when the member is disabled or does not sit there.
    """
    query = (
        select(Desk.id, Desk.code, Agency.code.label("agency"), Seat.post, Member.name)
        .join(Seat, Seat.desk_id == Desk.id)
        .join(Agency, Agency.id == Desk.agency_id)
        .join(Member, Member.id == Seat.member_id)
        .where(Seat.member_id == member_id, Seat.until.is_(None), Member.disabled_at.is_(None))
        .order_by(Seat.id)
    )
    rows = db.session.execute(query if desk_id is None else query.where(Desk.id == desk_id)).all()
    if not rows:
        raise NotAllowed(NO_SEAT)
    desk, id = rows[0], sha256(secret.encode())
    csrf, expires_at = secrets.token_urlsafe(32), at + SESSION_LASTS
    db.session.add(
        Session(
            id=id, member_id=member_id, desk_id=desk.id, csrf=csrf,
            opened_at=at, seen_at=at, expires_at=expires_at, revoked_at=None,
        )
    )  # fmt: skip
    by = By(desk.agency, desk.code, desk.id, desk.post, member_id, desk.name)
    facts = {"member": member_id, "desk": desk.code, "expires_at": expires_at.isoformat(timespec="milliseconds")}
    write("session.opened", ("session", id), at, by, facts, {})
    return Opened(csrf, desk.code, expires_at)


def end_session(session_id: str, *, at: datetime, by: By) -> bool:
    """End one session; False when it had ended already."""
    ending = (
        update(Session)
        .where(Session.id == session_id, Session.revoked_at.is_(None))
        .values(revoked_at=at)
        .returning(Session.member_id)
    )
    member = db.session.execute(ending).scalar()
    if member is None:
        return False
    write("session.ended", ("session", session_id), at, by, {"session": session_id, "member": member}, {})
    return True


def end_sessions_of(member_id: str, *, at: datetime, by: By) -> int:
    """End all of a member's sessions, one entry each; returns how many ended."""
    mine = (Session.member_id == member_id) & Session.revoked_at.is_(None) & (Session.expires_at > at)
    ids = db.session.scalars(select(Session.id).where(mine).order_by(Session.opened_at, Session.id)).all()
    return sum(end_session(id, at=at, by=by) for id in ids)


def refuse_sign_in(member_id: str | None, address: str, *, at: datetime) -> None:
    """Write down that somebody was not let in; an unknown login is not kept, for people type passwords there."""
    subject = ("member", member_id) if member_id else ("sign_in", "unknown")
    write("sign_in.refused", subject, at, HUB, {"member": member_id}, {"address": address})


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


def touch(asker: Asker, *, at: datetime) -> None:
    """Note that a session or token was used; no entry, for looking is not an act."""
    if asker.session:
        db.session.execute(update(Session).where(Session.id == asker.session).values(seen_at=at))
    else:
        db.session.execute(update(Token).where(Token.id == asker.token).values(last_used_at=at))
