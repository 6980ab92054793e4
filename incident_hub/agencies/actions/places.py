"""Areas, agencies, sites, desks and posts are added here, one entry of the house's record each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import select

from incident_hub.agencies.models import Agency, AgencyArea, Area, Desk, Post, Site
from incident_hub.agencies.nouns import Title
from incident_hub.agencies.reading import CODE, SITE_CODE
from incident_hub.agencies.rows import DUTY_TITLE, KINDS, MEMBERSHIPS, POSTS, SITE_KINDS, PostRow
from incident_hub.kernel.database import HOUSE, Base, db
from incident_hub.kernel.errors import BadInput, Conflict
from incident_hub.kernel.record import By, Draft, append
from incident_hub.kernel.saying import say

# Who acts when nobody does: a refusal at the door, a clock that ran out.
HUB = By("house", "house/door", 0, assurance="service")

_Row = TypeVar("_Row", Area, Agency, Desk, Site)


def add_area(code: str, title: Title, *, parent: str | None = None, at: datetime, by: By) -> int:
    """Add a place to the tree; returns its number.

    Raises: Conflict when the code is taken, BadInput for a parent that does not exist.
    """
    _fits(code, CODE)
    _free(Area, code)
    above = found(Area, parent).id if parent else None
    row = _stored(Area(code=code, title=title, parent_id=above))
    write("area.added", ("area", code), at, by, {"parent": parent}, _titled(title))
    return row.id


def add_agency(
    code: str,
    title: Title,
    kind: str,
    *,
    at: datetime,
    by: By,
    parent: str | None = None,
    membership: str = "member",
    areas: Sequence[str] = (),
) -> int:
    """Add an agency with its duty desk and that desk's posts; returns the number of the duty desk."""
    _fits(code, CODE)
    one_of("kind", kind, KINDS)
    one_of("membership", membership, MEMBERSHIPS)
    _free(Agency, code)
    above = found(Agency, parent).id if parent else None
    row = _stored(Agency(code=code, title=title, kind=kind, parent_id=above, membership=membership))
    for area in areas:
        db.session.add(AgencyArea(agency_id=row.id, area_id=found(Area, area).id))
    facts = {"kind": kind, "parent": parent, "membership": membership, "areas": list(areas)}
    write("agency.added", ("agency", code), at, by, facts, _titled(title))
    return add_desk(code, "duty", DUTY_TITLE, at=at, by=by)


def add_site(
    code: str,
    agency: str,
    title: Title,
    *,
    at: datetime,
    by: By,
    area: str | None = None,
    kind: str = "outlet",
) -> int:
    """Add a site of an agency; returns its number."""
    _fits(code, SITE_CODE)
    one_of("kind", kind, SITE_KINDS)
    _free(Site, code)
    owner, place = found(Agency, agency).id, found(Area, area).id if area else None
    row = _stored(Site(code=code, agency_id=owner, area_id=place, title=title, kind=kind))
    write("site.added", ("site", code), at, by, {"agency": agency, "area": area, "kind": kind}, _titled(title))
    return row.id


def add_desk(agency: str, name: str, title: Title, *, at: datetime, by: By, posts: Sequence[PostRow] = POSTS) -> int:
    """Add a desk, `name` without its agency, with its posts in the same entry; returns its number."""
    _fits(name, CODE)
    code = f"{agency}/{name}"
    _free(Desk, code)
    row = _stored(Desk(code=code, agency_id=found(Agency, agency).id, title=title))
    for post in posts:
        db.session.add(Post(desk_id=row.id, code=post.code, title=post.title, kind=post.kind))
    texts = _titled(title)
    for post in posts:
        texts |= {f"posts.{post.code}.{language}": words for language, words in post.title.items()}
    held = [{"code": post.code, "kind": post.kind} for post in posts]
    write("desk.added", ("desk", code), at, by, {"agency": agency, "id": row.id, "posts": held}, texts)
    return row.id


def add_post(desk: str, code: str, title: Title, kind: str, *, at: datetime, by: By) -> int:
    """Add a post to a desk that exists; returns its number."""
    _fits(code, CODE)
    one_of("kind", kind, ("seated", "on_call"))
    where = found(Desk, desk)
    if db.session.scalar(select(Post.id).where(Post.desk_id == where.id, Post.code == code)) is not None:
        raise Conflict(say("The desk {desk} has a post {code} already; choose another code.", desk=desk, code=code))
    row = _stored(Post(desk_id=where.id, code=code, title=title, kind=kind))
    write("post.added", ("desk", desk), at, by, {"post": code, "kind": kind}, _titled(title))
    return row.id


def found(table: type[_Row], code: str) -> _Row:
    """The row with this code.

    Raises: BadInput when there is none.
    """
    row = db.session.scalars(select(table).where(table.code == code)).first()
    if row is None:
        raise BadInput(
            say(
                "There is no {noun} {code}; add it first or correct the code.",
                noun=table.__tablename__,
                code=code,
            )
        )
    return row


def one_of(name: str, word: str, words: Sequence[str]) -> None:
    """Refuse a word that is not in the list."""
    if word not in words:
        raise BadInput(say("`{name}` is {word!r}; it must be one of {words}.", name=name, word=word, words=words))


def write(
    kind: str, subject: tuple[str, str], at: datetime, by: By, facts: dict[str, Any], texts: dict[str, str]
) -> None:
    """One entry of the house's record; names and free text go beside it, not into it."""
    append(Draft(HOUSE, kind, at, by, subject, data=facts, texts=texts))


def _fits(code: str, pattern: Any) -> None:
    if not pattern.fullmatch(code):
        raise BadInput(
            say("The code {code!r} may hold letters, digits, dots, hyphens and underscores, at most 41.", code=code)
        )


def _free(table: type[_Row], code: str) -> None:
    if db.session.scalar(select(table.id).where(table.code == code)) is not None:
        raise Conflict(
            say(
                "The {noun} {code} exists already; choose another code.",
                noun=table.__tablename__,
                code=code,
            )
        )


_New = TypeVar("_New", bound=Base)


def _stored(row: _New) -> _New:
    db.session.add(row)
    db.session.flush()
    return row


def _titled(title: Title) -> dict[str, str]:
    return {f"title.{language}": words for language, words in title.items()}
