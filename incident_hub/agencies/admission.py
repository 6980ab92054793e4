"""Who is let in: tries are counted, a password is judged, and the session's secret is handed to the browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits import parse
from werkzeug.wrappers import Response

from incident_hub.kernel.database import db
from incident_hub.kernel.errors import NotKnown, TooMany
from incident_hub.kernel.text import sha256

from . import passwords, queries
from .actions import SESSION_LASTS
from .askers import COOKIE
from .nouns import Member

WRONG = "The login or the password is not right. Check both and try again."
TOO_OFTEN_HELD = "Too many tries in a short time; wait a minute and try again."
TOO_OFTEN = "Too many tries. Wait a minute and try again; the account is not locked."

limiter = Limiter(get_remote_address, storage_uri="memory://")
_PER_LOGIN, _PER_PLACE = parse("10/minute"), parse("60/minute")
_PER_LINK = parse("30/minute")


def judged(login: str, password: str) -> tuple[Member | None, bool]:
    """The member of this login, if there is one, and whether the password is theirs and they are welcome.

    Raises: TooMany after ten tries a minute at one login from one address; nobody is ever locked out for it.
    """
    tries, address = limiter.limiter, where_from()
    if not (tries.hit(_PER_PLACE, address) and tries.hit(_PER_LOGIN, address, login.casefold())):
        raise TooMany(TOO_OFTEN)
    member = queries.member_by_login(login)
    kept = queries.password_hash_of(member.id) if member and not member.disabled else None
    # Hashing takes a tenth of a second; no transaction stays open meanwhile.
    db.session.rollback()
    return member, passwords.holds(kept, password)


@contextmanager
def holding(secret: str) -> Iterator[None]:
    """Let somebody who is not signed in try the secret of a link.

    Raises: TooMany after sixty secrets a minute from one address that open nothing, or thirty uses of one link.
    """
    tries, address = limiter.limiter, where_from()
    if not (tries.test(_PER_PLACE, "link", address) and tries.hit(_PER_LINK, "link", sha256(secret.encode()))):
        raise TooMany(TOO_OFTEN_HELD)
    try:
        yield
    except NotKnown:
        tries.hit(_PER_PLACE, "link", address)
        raise


def where_from() -> str:
    """The address somebody knocks from."""
    return request.remote_addr or "unknown"


def keep(response: Response, secret: str) -> None:
    """Hand the session's secret to the browser, out of reach of scripts."""
    lasts = int(SESSION_LASTS.total_seconds())
    response.set_cookie(COOKIE, secret, max_age=lasts, secure=request.is_secure, httponly=True, samesite="Lax")
