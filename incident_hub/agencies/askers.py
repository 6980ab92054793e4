"""From what somebody shows at the door to who asks: a session's secret or a token, and the desk they mean."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select
from werkzeug.wrappers import Request

from incident_hub.kernel.database import db
from incident_hub.kernel.errors import NotAllowed, ProofWanted
from incident_hub.kernel.record import By
from incident_hub.kernel.text import sha256

from .models import Agency, Desk, Member, Seat, Session, Token
from .proving import PROVED, SIGNED, fresh, idle
from .standing import Asker, may

# The cookie that carries a session's secret; over https its name binds it to this host alone, so that no neighbour
# under the same domain can set one.
COOKIE = "hub_session"
SECURE_COOKIE = f"__Host-{COOKIE}"
# The cookie that says which duty room a device stands in.
DEVICE_COOKIE = "hub_device"


@dataclass(frozen=True)
class HalfOpen:
    """A session that lets nobody in yet: the password was right, and something is still owed."""

    id: str
    member: str
    awaits: str
    csrf: str


def session_cookie(shown: Request) -> str | None:
    """The secret of a session that a request shows; over https only the cookie that is bound to this host counts."""
    return shown.cookies.get(SECURE_COOKIE if shown.is_secure else COOKIE)


def asker_shown(shown: Request, desk_code: str | None, at: datetime) -> Asker | None:
    """Who asks by what they show with a request: a bearer token if there is one, else the session's cookie."""
    secret, machine = secret_shown(shown)
    if not secret:
        return None
    if machine:
        return asker_of_token(secret, desk_code, at)
    # What was opened at a duty room's device holds at that device alone.
    here = or_(Session.device.is_(None), Session.device == device_shown(shown))
    return _of_session(and_(Session.hash == session_id(secret), here), desk_code, at)


def secret_shown(shown: Request) -> tuple[str | None, bool]:
    """The secret of a token or a session that a request shows, and whether it is a token's."""
    scheme, _, token = shown.headers.get("Authorization", "").partition(" ")
    if scheme:
        # Whoever sends a token means the token, whatever cookie the browser adds.
        return (token.strip() if scheme.lower() == "bearer" else None), True
    return session_cookie(shown), False


def device_shown(shown: Request) -> str:
    """What the secret of a duty room's device is kept as, if a request shows one; otherwise nothing's hash."""
    secure = f"__Host-{DEVICE_COOKIE}" if shown.is_secure else DEVICE_COOKIE
    return session_id(shown.cookies.get(secure) or "")


def asker_of_environ(environ: Mapping[str, Any], at: datetime) -> Asker | None:
    """Who opens a socket, before it is opened, at their default desk; needs an application context."""
    return asker_shown(Request(dict(environ)), None, at)


def asker_of_session(secret: str, desk_code: str | None, at: datetime) -> Asker | None:
    """Who holds this cookie, at the desk named or the session's own.

    Shape: None when it ended or expired, the member is disabled, or does not sit at that desk.
    """
    return _of_session(Session.hash == session_id(secret), desk_code, at)


def half_open(secret: str | None, at: datetime) -> HalfOpen | None:
    """The session behind a cookie for which something is still owed; None when there is none or nothing is owed."""
    query = (
        select(Session.id, Session.member_id, Session.awaits, Session.csrf)
        .join(Member, Member.id == Session.member_id)
        .where(Session.hash == session_id(secret or ""), *_running(at), Session.awaits.is_not(None))
        .where(Member.disabled_at.is_(None))
    )
    found = db.session.execute(query).first()
    return HalfOpen(*found) if found else None


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
        return _of_session(Session.id == asker.session, desk_code, at)
    return _of_token(asker.token, desk_code, at) if asker.token else None


def session_alive(session_id: str, at: datetime) -> bool:
    """Whether a session still lets its member in."""
    query = (
        select(Session.id)
        .join(Member, Member.id == Session.member_id)
        .where(Session.id == session_id, *open_at(at), Member.disabled_at.is_(None))
    )
    return db.session.scalar(query) is not None


def csrf_of(session_id: str) -> str:
    """What a change made in this session must repeat."""
    return db.session.scalar(select(Session.csrf).where(Session.id == session_id)) or ""


def last_seen(asker: Asker) -> datetime | None:
    """When what the asker came in with was last used, to the minute; None before the first time."""
    if asker.session:
        return db.session.scalar(select(Session.seen_at).where(Session.id == asker.session))
    return db.session.scalar(select(Token.last_used_at).where(Token.id == asker.token))


def allow(asker: Asker, verb: str) -> None:
    """Stop an asker whose role does not do this, or who has to prove first that they are there.

    Raises: NotAllowed with the sentence that says whose it is; ProofWanted for what `proving` lists.
    """
    if refusal := may(asker, verb):
        raise NotAllowed(refusal)
    if verb in PROVED:
        prove(asker)


def prove(asker: Asker) -> None:
    """Stop a session whose member has not proved within the last minutes to be there; a token has its scopes instead.

    Raises: ProofWanted.
    """
    if asker.session and not asker.proved:
        raise ProofWanted()


def by_of(asker: Asker, verb: str | None = None) -> By:
    """The asker as the record names whoever acts.

    Shape: who signs at a shared desk has just proved to be there, so that signature, named by its verb, is personal.
    """
    signs = verb in SIGNED and asker.session is not None and asker.proved
    assurance = "personal" if signs else asker.assurance
    return By(asker.agency, asker.desk, asker.desk_id, asker.post, asker.member, asker.name, assurance)


def session_id(secret: str) -> str:
    """What the secret of a session's cookie is kept as; a session that was never proved again has it for its id."""
    return sha256(secret.encode())


def token_id(secret: str) -> str:
    """The part of `ih_<id>_<secret>` that may be shown; empty when it is not a token."""
    return secret.split("_", 2)[1] if secret.startswith("ih_") and secret.count("_") >= 2 else ""


def open_at(at: datetime) -> tuple[Any, ...]:
    """What holds of a session that lets its member in."""
    return (*_running(at), Session.awaits.is_(None))


def _running(at: datetime) -> tuple[Any, ...]:
    return (Session.revoked_at.is_(None), Session.expires_at > at)


def _of_session(which: Any, desk_code: str | None, at: datetime) -> Asker | None:
    columns = (
        Session.id, Session.member_id, Session.desk_id, Session.proved_at, Session.device, Session.seen_at,
        Session.idle,
    )  # fmt: skip
    held = db.session.execute(select(*columns).where(which, *open_at(at))).first()
    if held is None or idle(held.seen_at, held.idle, at):
        return None
    rows = _seats(held.member_id)
    if held.device:
        # The device stands at one desk, whoever sits down at it.
        rows = [row for row in rows if row.desk_id == held.desk_id]
    if desk_code is not None:
        row = next((row for row in rows if row.desk == desk_code), None)
    else:
        # The desk of the session comes first; whoever lost that seat is at the first one left.
        row = next((row for row in rows if row.desk_id == held.desk_id), rows[0] if rows else None)
    if row is None:
        return None
    assurance = "desk" if held.device else "personal"
    proved = fresh(held.proved_at, at)
    return Asker(**row._mapping, assurance=assurance, scopes=None, session=held.id, proved=proved)


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
