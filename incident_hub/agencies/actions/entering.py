"""Sessions begin, are proved and end here, and a refusal at the door is written down."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select, update

from incident_hub.agencies.askers import asker_of_session, by_of
from incident_hub.agencies.models import Agency, Desk, Member, Seat, Session, Token
from incident_hub.agencies.standing import Asker
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import NotAllowed
from incident_hub.kernel.record import By
from incident_hub.kernel.text import sha256

from .places import HUB, write

# A picture on the wall must outlive a night and a weekend; it may not outlive the week.
SESSION_LASTS = timedelta(days=7)
# How long somebody has for the second factor, or to set one up.
HALF_LASTS = timedelta(minutes=15)
# So many wrong second factors, and the password is asked for again.
WRONG_FACTORS = 5
NO_SEAT = "You have no seat at that desk; ask the administrator of your agency for one."


@dataclass(frozen=True)
class Opened:
    """A session as it began: what its changes must repeat, where it sits, when it ends, what it still awaits."""

    csrf: str
    desk: str
    expires_at: datetime
    awaits: str | None = None


@dataclass(frozen=True)
class Knock:
    """Somebody at the door: whose login it was, whether the password was right, from where, with which old cookie.

    Shape: `awaits` is what is still owed when the password is right: factor, enrolment or nothing; `agent` is the
    browser in two words, and `way` what it was that was right.
    """

    member_id: str | None
    right: bool
    address: str
    before: str | None
    awaits: str | None = None
    agent: str = ""
    way: str = "password"


@dataclass(frozen=True)
class Shared:
    """The device of a duty room, by what its secret is kept as, and how long it waits for a press. Units: seconds."""

    device: str
    idle: int


def enter(knock: Knock, desk: str | None, secret: str, *, at: datetime, shared: Shared | None = None) -> Opened | None:
    """Let somebody in and end the session their browser had before, or write down that they were not let in.

    Shape: None when they were not. Raises: NotAllowed when the password was right and the desk is not theirs.
    """
    if knock.member_id is None or not knock.right:
        refuse_sign_in(knock.member_id, knock.address, at=at)
        return None
    there = db.session.scalar(select(Desk.id).where(Desk.code == desk)) if desk else None
    if desk and there is None:
        raise NotAllowed(NO_SEAT)
    opened = open_session(knock.member_id, there, secret, at=at, knock=knock, shared=shared)
    if knock.before:
        old = asker_of_session(knock.before, None, at)
        before = db.session.scalar(select(Session.id).where(Session.hash == sha256(knock.before.encode())))
        if before:
            end_session(before, at=at, by=by_of(old) if old else HUB)
    return opened


def open_session(
    member_id: str, desk_id: int | None, secret: str, *, at: datetime, knock: Knock | None = None,
    shared: Shared | None = None,
) -> Opened:  # fmt: skip
    """Begin a session at one of the member's desks, the first when none is named; the secret is kept only as a hash.

    Raises: NotAllowed when the member is disabled or does not sit there.
    """
    knock = knock or Knock(member_id, True, "", None)
    desk, by = _seated(member_id, desk_id)
    id, csrf = sha256(secret.encode()), secrets.token_urlsafe(32)
    expires_at = at + (HALF_LASTS if knock.awaits else SESSION_LASTS)
    db.session.add(
        Session(
            id=id, hash=id, member_id=member_id, desk_id=by.desk_id, csrf=csrf,
            opened_at=at, seen_at=at, expires_at=expires_at, revoked_at=None, awaits=knock.awaits, wrong=0,
            way=knock.way, proved_at=None if shared else at, agent=knock.agent,
            device=shared.device if shared else None, idle=shared.idle if shared else None,
        )
    )  # fmt: skip
    if knock.awaits is None:
        _opened(id, expires_at, knock.way, at, replace(by, assurance="desk") if shared else by)
    return Opened(csrf, desk, expires_at, knock.awaits)


def complete(session_id: str, secret: str, way: str, *, at: datetime) -> Opened:
    """Let in whoever now showed what was still owed; the cookie's secret is another from here on.

    Raises: NotAllowed when nothing is owed any more, or the seat is gone.
    """
    row = db.session.get(Session, session_id)
    if row is None or row.awaits is None or row.revoked_at is not None or row.expires_at <= at:
        raise NotAllowed("This sign-in is over; begin again.")
    desk, by = _seated(row.member_id, row.desk_id)
    row.awaits, row.hash, row.csrf, row.way = None, sha256(secret.encode()), secrets.token_urlsafe(32), way
    row.proved_at, row.opened_at, row.seen_at, row.expires_at = at, at, at, at + SESSION_LASTS
    _opened(row.id, row.expires_at, way, at, by)
    return Opened(row.csrf, desk, row.expires_at)


def prove(session_id: str, secret: str, way: str, *, at: datetime, by: By) -> None:
    """Note that the member proved to be there; the cookie's secret is another from here on, its sockets stay.

    Raises: NotAllowed when the session holds no longer.
    """
    row = db.session.get(Session, session_id)
    if row is None or row.revoked_at is not None:
        raise NotAllowed("This session is over; sign in again.")
    row.hash, row.proved_at = sha256(secret.encode()), at
    write("session.proved", ("session", session_id), at, by, {"member": row.member_id, "way": way}, {})


def challenge(session_id: str, awaits: str, *, at: datetime) -> None:
    """Ask for more in a session that is open; it lets nobody in until that is shown. Tells: session.challenged."""
    asked = update(Session).where(Session.id == session_id).values(awaits=awaits, wrong=0).returning(Session.member_id)
    member = db.session.execute(asked).scalar_one()
    facts = {"session": session_id, "member": member, "awaits": awaits}
    write("session.challenged", ("session", session_id), at, HUB, facts, {})


def shorten_waits(agency: str, idle: int) -> None:
    """Have the shared desks of an agency wait no longer than this, at once. Units: seconds."""
    desks = select(Desk.id).join(Agency, Agency.id == Desk.agency_id).where(Agency.code == agency)
    longer = (Session.idle > idle) & Session.desk_id.in_(desks)
    db.session.execute(update(Session).where(longer).values(idle=idle))


def count_wrong(session_id: str, address: str, *, at: datetime) -> int:
    """Write down a wrong second factor; returns how many more tries this session has, and ends it after the last."""
    counted = update(Session).where(Session.id == session_id).values(wrong=Session.wrong + 1)
    row = db.session.execute(counted.returning(Session.wrong, Session.member_id, Session.awaits)).one()
    refuse_sign_in(row.member_id, address, at=at)
    if row.wrong >= WRONG_FACTORS and row.awaits is not None:
        db.session.execute(update(Session).where(Session.id == session_id).values(revoked_at=at))
    return max(WRONG_FACTORS - row.wrong, 0)


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


def end_sessions_of(member_id: str, *, at: datetime, by: By, but: str | None = None) -> int:
    """End all of a member's sessions, or all `but` one, one entry each; returns how many ended."""
    mine = (Session.member_id == member_id) & Session.revoked_at.is_(None) & (Session.expires_at > at)
    mine &= Session.id != (but or "")
    ids = db.session.scalars(select(Session.id).where(mine).order_by(Session.opened_at, Session.id)).all()
    return sum(end_session(id, at=at, by=by) for id in ids)


def end_sessions_at(device: str, *, at: datetime, by: By) -> int:
    """End whatever was opened at a duty room's device."""
    here = (Session.device == device) & Session.revoked_at.is_(None)
    return sum(end_session(id, at=at, by=by) for id in db.session.scalars(select(Session.id).where(here)).all())


def refuse_sign_in(member_id: str | None, address: str, *, at: datetime) -> None:
    """Write down that somebody was not let in; an unknown login is not kept, for people type passwords there."""
    subject = ("member", member_id) if member_id else ("sign_in", "unknown")
    write("sign_in.refused", subject, at, HUB, {"member": member_id}, {"address": address})


def touch(asker: Asker, *, at: datetime) -> None:
    """Note that a session or token was used; no entry, for looking is not an act."""
    if asker.session:
        db.session.execute(update(Session).where(Session.id == asker.session).values(seen_at=at))
    else:
        db.session.execute(update(Token).where(Token.id == asker.token).values(last_used_at=at))


def _seated(member_id: str, desk_id: int | None) -> tuple[str, By]:
    query = (
        select(Desk.id, Desk.code, Agency.code.label("agency"), Seat.post, Member.name)
        .join(Seat, Seat.desk_id == Desk.id)
        .join(Agency, Agency.id == Desk.agency_id)
        .join(Member, Member.id == Seat.member_id)
        .where(Seat.member_id == member_id, Seat.until.is_(None), Member.disabled_at.is_(None))
        .order_by(Seat.id)
    )
    desk = db.session.execute(query if desk_id is None else query.where(Desk.id == desk_id)).first()
    if desk is None:
        raise NotAllowed(NO_SEAT)
    return desk.code, By(desk.agency, desk.code, desk.id, desk.post, member_id, desk.name)


def _opened(id: str, expires_at: datetime, way: str, at: datetime, by: By) -> None:
    facts = {"member": by.member, "desk": by.desk, "expires_at": expires_at.isoformat(timespec="milliseconds")}
    write("session.opened", ("session", id), at, by, facts | {"way": way}, {})
