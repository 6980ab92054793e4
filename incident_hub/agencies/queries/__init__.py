"""Questions to the directory; every answer is a plain thing, found by one indexed query, never an ORM row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Row, Select, select

from incident_hub.agencies import models
from incident_hub.agencies.askers import (
    asker_again,
    asker_of_session,
    asker_of_token,
    by_of,
    csrf_of,
    session_alive,
)
from incident_hub.agencies.nouns import Agency, Area, Desk, Member, Post, Site
from incident_hub.agencies.rows import Known
from incident_hub.kernel.database import db

from .areas import answered_areas, areas, areas_above, areas_of, around, unmanned
from .held import OpenSession, opened_by_password, opened_by_passwords, sessions_of, tokens_of

__all__ = [
    "Agency", "Area", "Desk", "Known", "Member", "OpenSession", "Post", "Site", "agencies", "agencies_of_area",
    "agency", "all_desks", "answered_areas", "areas", "areas_above", "areas_of", "around", "asker_again",
    "asker_of_session", "asker_of_token", "by_of", "called", "csrf_of", "desk", "desk_by_id", "desks",
    "desks_of_agency", "duty_desk", "known", "member", "member_by_login", "members", "opened_by_password",
    "opened_by_passwords", "parent_chain", "password_hash_of", "post", "post_by_id", "posts_of", "seats_at",
    "seats_of", "session_alive", "sessions_of", "site", "sites", "tokens_of", "unmanned",
]  # fmt: skip

SeatOfMember = tuple[Desk, str, str | None]
SeatAtDesk = tuple[Member, str, str | None]


def agency(code: str) -> Agency | None:
    """One agency by its code."""
    return next(_agencies(models.Agency.code == code), None)


def agencies() -> list[Agency]:
    """All agencies, by code."""
    return list(_agencies())


def parent_chain(code: str) -> list[Agency]:
    """The agencies above one, the nearest first, itself not among them; the chain ends where it would turn back."""
    every = {one.code: one for one in _agencies()}
    chain: list[Agency] = []
    above = every[code].parent if code in every else None
    while above is not None and above != code and every[above] not in chain:
        chain.append(every[above])
        above = every[above].parent
    return chain


def agencies_of_area(area: str, kind: str) -> list[Agency]:
    """The agencies of a kind that answer for an area itself, by code."""
    answers = (
        select(models.AgencyArea.agency_id)
        .join(models.Area, models.Area.id == models.AgencyArea.area_id)
        .where(models.Area.code == area)
    )
    return list(_agencies(models.Agency.id.in_(answers), models.Agency.kind == kind))


def site(code: str) -> Site | None:
    """One site by its code."""
    return next(_sites(models.Site.code == code), None)


def sites(agency: str | None = None) -> list[Site]:
    """All sites, or those of one agency, by code."""
    return list(_sites(*([] if agency is None else [models.Agency.code == agency])))


def desk(code: str) -> Desk | None:
    """One desk by its code, `agency/desk`."""
    return next(_desks(models.Desk.code == code), None)


def desk_by_id(id: int) -> Desk | None:
    """One desk by the number the kernel knows it by."""
    return next(_desks(models.Desk.id == id), None)


def desks(ids: Iterable[int]) -> dict[int, Desk]:
    """Many desks at once, by number; unknown numbers are left out."""
    wanted = set(ids)
    return {one.id: one for one in _desks(models.Desk.id.in_(wanted))} if wanted else {}


def all_desks() -> list[Desk]:
    """All desks, by code."""
    return list(_desks())


def desks_of_agency(code: str) -> list[Desk]:
    """The desks of an agency, by code."""
    return list(_desks(models.Agency.code == code))


def duty_desk(agency_code: str) -> Desk | None:
    """The desk every agency has."""
    return desk(f"{agency_code}/duty")


def posts_of(desk_id: int) -> list[Post]:
    """The posts of a desk, in the order they were set up."""
    return list(_posts(models.Post.desk_id == desk_id))


def post(desk_id: int, code: str) -> Post | None:
    """One post of a desk by its code."""
    return next(_posts(models.Post.desk_id == desk_id, models.Post.code == code), None)


def post_by_id(id: int) -> Post | None:
    """One post by its number."""
    return next(_posts(models.Post.id == id), None)


def member(id: str) -> Member | None:
    """One member by id, disabled or not."""
    return next(_members(models.Member.id == id), None)


def member_by_login(login: str) -> Member | None:
    """One member by what is typed at the door, disabled or not."""
    return next(_members(models.Member.login == login), None)


def members() -> list[Member]:
    """All members, by login, the disabled ones too."""
    return list(_members())


def password_hash_of(member_id: str) -> str | None:
    """What a member's password is checked against; None without a password."""
    return db.session.scalar(select(models.Member.password_hash).where(models.Member.id == member_id))


def seats_of(member_id: str) -> list[SeatOfMember]:
    """Where a member sits now: (desk, role, post held or None), the first seat first."""
    query = _with_desk(select(*_DESK, models.Seat.role, models.Seat.post)).join(
        models.Seat, models.Seat.desk_id == models.Desk.id
    )
    rows = db.session.execute(
        query.where(models.Seat.member_id == member_id, models.Seat.until.is_(None)).order_by(models.Seat.id)
    )
    return [(Desk(*row[:4]), row.role, row.post) for row in rows]


def seats_at(desk_id: int) -> list[SeatAtDesk]:
    """Who sits at a desk now: (member, role, post held or None); disabled members sit nowhere."""
    query = (
        select(*_MEMBER, models.Seat.role, models.Seat.post)
        .join(models.Seat, models.Seat.member_id == models.Member.id)
        .where(models.Seat.desk_id == desk_id, models.Seat.until.is_(None), models.Member.disabled_at.is_(None))
        .order_by(models.Seat.id)
    )
    return [(_member(row), row.role, row.post) for row in db.session.execute(query)]


def known() -> Known:
    """The codes and logins that exist, for a directory file that builds on them."""
    posts: dict[str, set[str]] = {}
    query = select(models.Desk.code, models.Post.code).join(
        models.Post, models.Post.desk_id == models.Desk.id, isouter=True
    )
    for at_desk, code in db.session.execute(query):
        posts.setdefault(at_desk, set()).update({code} - {None})
    return Known(
        areas=frozenset(db.session.scalars(select(models.Area.code))),
        agencies=frozenset(db.session.scalars(select(models.Agency.code))),
        posts={code: frozenset(held) for code, held in posts.items()},
    )


def called(code: str) -> str | None:
    """What an agency or a desk is called in Chinese; a desk by its agency, with its code where it is not on duty."""
    agency, _, desk = code.partition("/")
    title = db.session.scalar(select(models.Agency.title).where(models.Agency.code == agency))
    name = title.get("zh") if title else None
    return f"{name}（{code}）" if name and desk not in ("", "duty") else name


_DESK = (models.Desk.id, models.Desk.code, models.Agency.code.label("agency"), models.Desk.title)
_MEMBER = (
    models.Member.id, models.Member.login, models.Member.name, models.Member.language, models.Member.email,
    models.Member.disabled_at,
)  # fmt: skip


def _with_desk(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return query.select_from(models.Desk).join(models.Agency, models.Agency.id == models.Desk.agency_id)


def _desks(*where: Any) -> Iterator[Desk]:
    query = _with_desk(select(*_DESK)).where(*where).order_by(models.Desk.code)
    return (Desk(*row) for row in db.session.execute(query))


def _agencies(*where: Any) -> Iterator[Agency]:
    above = models.Agency.__table__.alias()
    query = (
        select(models.Agency.code, models.Agency.title, models.Agency.kind, above.c.code, models.Agency.membership)
        .join(above, above.c.id == models.Agency.parent_id, isouter=True)
        .where(*where)
        .order_by(models.Agency.code)
    )
    return (Agency(*row) for row in db.session.execute(query))


def _sites(*where: Any) -> Iterator[Site]:
    query = (
        select(models.Site.code, models.Agency.code, models.Area.code, models.Site.title, models.Site.kind)
        .join(models.Agency, models.Agency.id == models.Site.agency_id)
        .join(models.Area, models.Area.id == models.Site.area_id, isouter=True)
        .where(*where)
        .order_by(models.Site.code)
    )
    return (Site(*row) for row in db.session.execute(query))


def _posts(*where: Any) -> Iterator[Post]:
    found = models.Post
    query = select(found.id, found.desk_id, found.code, found.title, found.kind).where(*where).order_by(found.id)
    return (Post(*row) for row in db.session.execute(query))


def _members(*where: Any) -> Iterator[Member]:
    return (_member(row) for row in db.session.execute(select(*_MEMBER).where(*where).order_by(models.Member.login)))


def _member(row: Row[*tuple[Any, ...]]) -> Member:
    return Member(row.id, row.login, row.name, row.language, row.email, row.disabled_at is not None)
