"""Who is let in: tries are counted, a password is judged, and the session's secret is handed to the browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from flask import after_this_request, g, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits import parse
from werkzeug.wrappers import Response

from incident_hub.kernel.database import db
from incident_hub.kernel.doors import Answer
from incident_hub.kernel.errors import NotKnown, TooMany
from incident_hub.kernel.text import sha256

from . import actions, passwords, queries
from .actions import SESSION_LASTS
from .agents import two_words
from .askers import COOKIE, SECURE_COOKIE, session_cookie
from .nouns import Member

WRONG = "The login or the password is not right. Check both and try again."
TOO_OFTEN_HELD = "Too many tries in a short time; wait a minute and try again."
TOO_OFTEN = "Too many tries. Wait a minute and try again; the account is not locked."

limiter = Limiter(get_remote_address, storage_uri="memory://")
_PER_LOGIN, _PER_PLACE = parse("10/minute"), parse("60/minute")
_PER_LINK = parse("30/minute")


@dataclass
class Asked:
    """What a room above asks of whoever comes in with the right password: nothing, until it says otherwise."""

    more: Callable[[str, datetime], str | None]
    houses: Callable[[], list[tuple[str, Mapping[str, str]]]]


asked = Asked(lambda member_id, at: None, list)


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


def knock(member: Member | None, right: bool, at: datetime) -> actions.Knock:
    """Who knocks, as the verbs take it: with the cookie and the browser they came with, and what is still asked."""
    awaits = asked.more(member.id, at) if member and right else None
    agent, before = two_words(request.headers.get("User-Agent", "")), session_cookie(request)
    return actions.Knock(member.id if member else None, right, where_from(), before, awaits, agent)


def way_in(member_id: str | None, way: str) -> actions.Knock:
    """Who came in without a password: by a passkey, or through another house; None for nobody."""
    agent = two_words(request.headers.get("User-Agent", ""))
    return actions.Knock(member_id, member_id is not None, where_from(), session_cookie(request), None, agent, way)


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
    lasts, name = int(SESSION_LASTS.total_seconds()), SECURE_COOKIE if request.is_secure else COOKIE
    response.set_cookie(name, secret, max_age=lasts, secure=request.is_secure, httponly=True, samesite="Lax")


def handed_over(opened: actions.Opened, secret: str) -> Answer:
    """A session as it is told to whoever began it, with its cookie; never kept for whoever asks again."""
    # An answer kept for repetition would keep a hash over the password and somebody's session with it.
    g.hub_key = None

    @after_this_request
    def _hand_over(response: Any) -> Any:
        keep(response, secret)
        return response

    return Answer(asdict(opened), 201, kept=False)


def take_back(response: Response) -> None:
    """Have the browser forget the session's secret."""
    for name in {COOKIE, SECURE_COOKIE if request.is_secure else COOKIE}:
        response.delete_cookie(name, secure=request.is_secure, httponly=True, samesite="Lax")
