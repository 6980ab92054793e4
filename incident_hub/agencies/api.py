"""The JSON doors of the directory and of sign-in."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any, Literal

from flask import after_this_request
from pydantic import ConfigDict, Field

from incident_hub.kernel import clock
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.doors import Answer, Room, Shape
from incident_hub.kernel.errors import Conflict, NotAllowed, NotKnown, NotSignedIn

from . import actions, queries
from .admission import WRONG, handed_over, judged, knock, take_back
from .nouns import Title
from .standing import Asker, verbs_of

room = Room("agencies")


class SignIn(Shape):
    """What is typed at the door; `desk` is `agency/desk`, the first seat when left out."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"login": "ana", "password": "…", "desk": "police/duty"}]}
    )

    login: str = Field(min_length=1, max_length=64)
    password: str = Field(min_length=1, max_length=1024)
    desk: str | None = Field(None, max_length=96)


class SignedIn(Shape):
    """A session began; every change repeats `csrf` as X-CSRF-Token. One that still awaits something opens nothing."""

    csrf: str
    desk: str
    expires_at: datetime
    awaits: Literal["factor", "enrolment"] | None


class Ended(Shape):
    """Whether a session that still held was ended."""

    ended: bool


class SeatOut(Shape):
    """One of the asker's seats."""

    desk: str
    title: Title
    role: str
    post: str | None


class Me(Shape):
    """Who asks, from which desk, and what that role may do."""

    member: str
    login: str
    name: str
    language: str
    desk: str
    agency: str
    role: str
    post: str | None
    assurance: Literal["personal", "desk", "relayed", "service"]
    desks: list[SeatOut]
    may: list[str]
    scopes: list[str] | None
    csrf: str | None


class DeskOut(Shape):
    """A desk of an agency."""

    desk: str
    title: Title


class AgencyOut(Shape):
    """An agency with its desks."""

    code: str
    title: Title
    kind: str
    parent: str | None
    membership: str
    desks: list[DeskOut]


class Agencies(Shape):
    """All agencies, by code."""

    items: list[AgencyOut]
    next: str | None


class SitesWanted(Shape):
    """Which sites: those of one agency, or all."""

    agency: str | None = Field(None, max_length=64)


class SiteOut(Shape):
    """A site of an agency."""

    code: str
    agency: str
    area: str | None
    title: Title
    kind: str


class Sites(Shape):
    """Sites, by code."""

    items: list[SiteOut]
    next: str | None


class SessionOut(Shape):
    """One of the asker's own sessions; `here` marks the one that asks."""

    id: str
    desk: str
    opened_at: datetime
    seen_at: datetime
    expires_at: datetime
    agent: str
    way: Literal["password", "factor", "passkey", "provider", "pin"]
    here: bool


class Sessions(Shape):
    """The asker's sessions that still hold, the newest first."""

    items: list[SessionOut]
    next: str | None


@room.door("GET", "/me", scope=None, gives=Me)
def me(asker: Asker) -> dict[str, Any]:
    """Who asks, where they sit, and what they may do there."""
    seats = queries.seats_of(asker.member)
    return {
        "member": asker.member, "login": asker.login, "name": asker.name, "language": asker.language,
        "desk": asker.desk, "agency": asker.agency, "role": asker.role, "post": asker.post,
        "assurance": asker.assurance,
        "desks": [
            {"desk": desk.code, "title": desk.title, "role": role, "post": post}
            for desk, role, post in seats
            # A token acts at its own desk alone.
            if asker.session or desk.code == asker.desk
        ],
        "may": verbs_of(asker.role),
        "scopes": None if asker.scopes is None else sorted(asker.scopes),
        "csrf": queries.csrf_of(asker.session) if asker.session else None,
    }  # fmt: skip


@room.door("POST", "/session", scope=None, takes=SignIn, gives=SignedIn, status=201, errors=(400, 401, 403, 422, 429))
def sign_in(asker: Asker, body: SignIn) -> Answer:
    """Sign in from a script; the answer sets the session's cookie."""
    member, right = judged(body.login, body.password)
    secret = secrets.token_urlsafe(32)
    with unit_of_work() as at:
        opened = actions.enter(knock(member, right, at), body.desk, secret, at=at)
    if opened is None:
        raise NotSignedIn(WRONG)
    return handed_over(opened, secret)


@room.door("DELETE", "/session", scope=None, gives=Ended, errors=(401, 403, 409))
def sign_out(asker: Asker) -> dict[str, bool]:
    """End the session this request came with."""
    if asker.session is None:
        raise Conflict("A token has no session to end. Have the token revoked instead.")
    with unit_of_work() as at:
        ended = actions.end_session(asker.session, at=at, by=queries.by_of(asker))

    @after_this_request
    def _take_back(response: Any) -> Any:
        take_back(response)
        return response

    return {"ended": ended}


@room.door("GET", "/agencies", scope="directory:read", gives=Agencies, errors=(401, 403))
def agencies(asker: Asker) -> dict[str, Any]:
    """All agencies with their desks."""
    desks: dict[str, list[dict[str, Any]]] = {}
    for desk in queries.all_desks():
        desks.setdefault(desk.agency, []).append({"desk": desk.code, "title": desk.title})
    items = [
        {"code": one.code, "title": one.title, "kind": one.kind, "parent": one.parent, "membership": one.membership,
         "desks": desks.get(one.code, [])}
        for one in queries.agencies()
    ]  # fmt: skip
    return {"items": items, "next": None}


@room.door("GET", "/sites", scope="directory:read", query=SitesWanted, gives=Sites, errors=(401, 403))
def sites(asker: Asker, query: SitesWanted) -> dict[str, Any]:
    """All sites, or those of one agency."""
    items = [
        {"code": one.code, "agency": one.agency, "area": one.area, "title": one.title, "kind": one.kind}
        for one in queries.sites(query.agency)
    ]
    return {"items": items, "next": None}


@room.door("GET", "/sessions", scope=None, gives=Sessions, errors=(401, 403))
def sessions(asker: Asker) -> dict[str, Any]:
    """The asker's own sessions."""
    _person(asker)
    items = [
        {"id": one.id, "desk": one.desk, "opened_at": one.opened_at, "seen_at": one.seen_at,
         "expires_at": one.expires_at, "agent": one.agent, "way": one.way, "here": one.id == asker.session}
        for one in queries.sessions_of(asker.member, clock.now())
    ]  # fmt: skip
    return {"items": items, "next": None}


@room.door("DELETE", "/sessions/<id>", scope=None, gives=Ended, errors=(401, 403, 404))
def end_session(asker: Asker, id: str) -> dict[str, bool]:
    """End one of the asker's own sessions, on a browser left behind somewhere."""
    _person(asker)
    if id not in {one.id for one in queries.sessions_of(asker.member, clock.now())}:
        raise NotKnown()
    with unit_of_work() as at:
        return {"ended": actions.end_session(id, at=at, by=queries.by_of(asker))}


def _person(asker: Asker) -> None:
    if asker.session is None:
        raise NotAllowed("Only a signed-in member sees and ends sessions; a token does not.")
